"""The base of rules: each is a file with a class whose docstring is its page and its tests."""

import re
from collections.abc import Iterator
from typing import ClassVar

from msgspec import Struct

from ost.judge.severities import USUAL, Severities
from ost.read.diagnostic import Diagnostic, Fix, Severity
from ost.read.place import Place, Span
from ost.tree.model import Node
from ost.tree.tree import Tree


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One check of one node. Its fields are its options; rules keep no state and never write.

    A rule looks at one node at a time (of the kinds it names), reports on that node only, and may
    read anything in the tree: the engine records what it reads and judges the node again when that
    changes. So a rule reads no more than it needs, and nothing outside the tree (`--paranoid` finds
    out). `code` is stable and never reused; the name comes from the class. `(Node,)` is all kinds;
    only our own rules whose codes come from reading or building name none. A rule of the `calendar`
    depends on the day and only runs with `--calendar`. Without `drafts`, a rule passes over drafts:
    what they lack matters once a person signs them. A rule that `needs` a field passes over nodes
    of kinds with that field if it is empty. `fixes` says that its diagnostics may carry a fix;
    `severities` holds the settings that every rule has, and is not an option.
    """

    code: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR
    kinds: ClassVar[tuple[type[Node], ...]] = ()
    calendar: ClassVar[bool] = False
    drafts: ClassVar[bool] = True
    needs: ClassVar[str] = ""
    fixes: ClassVar[bool] = False

    severities: Severities = USUAL

    @classmethod
    def name(cls) -> str:
        """`SingleSolution` is `single-solution`."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The diagnostics of the node."""
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
