"""What a rule is: a file with a class whose docstring is its page and its tests."""

import re
from collections.abc import Iterator
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from ost.judge.severities import USUAL, Severities
from ost.read.diagnostic import Diagnostic, Fix, Severity
from ost.read.place import Place, Span
from ost.tree.model import Node
from ost.tree.tree import Tree

OtherHeadings = Annotated[
    dict[str, tuple[str, ...]],
    Meta(description="Other headings for each part, from `[sections]` of the settings."),
]
"""The option of rules that look for the parts of a snapshot."""


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One check of one node. Its fields are its options; rules keep no state and never write.

    A rule looks at one node at a time (of the kinds it names), reports on that node only, and may
    ask the tree for anything: the engine notes what was asked, and judges the node again when an
    answer changes. So a rule asks for no more than it needs, and for nothing that is not in the
    tree (`--paranoid` tells).
    `code` is stable and never reused; the name comes from the class. Rules that raise their codes
    while reading or building declare no kinds. A rule of the `calendar` depends on the day: it is
    judged only when the calendar is asked for. `fixes` says that some of its diagnostics may carry
    a fix; `severities` is what settings say about any rule; it is not an option of its own.
    """

    code: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR
    kinds: ClassVar[tuple[type[Node], ...]] = ()
    calendar: ClassVar[bool] = False
    fixes: ClassVar[bool] = False

    severities: Severities = USUAL

    @classmethod
    def name(cls) -> str:
        """`SingleSolution` is `single-solution`."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """What is wrong with the node."""
        yield from ()

    def about(
        self,
        node: Node,
        at: Place,
        message: str,
        severity: Severity | None = None,
        related: tuple[tuple[Span, str], ...] = (),
        fix: Fix | None = None,
    ) -> Diagnostic:
        """A diagnostic of this rule about a node, at a place in the node's file."""
        return Diagnostic(
            path=node.path,
            at=at,
            code=self.code,
            message=message,
            severity=severity or self.severity,
            node=node.id,
            related=related,
            fix=fix,
        )
