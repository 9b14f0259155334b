"""See :class:`EndlessTest`."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from msgspec import Meta

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Test
from ost.tree.tree import Tree


class EndlessTest(Rule, frozen=True):
    """A test started weeks ago and has no result.

    Why: A test of one assumption takes days. One that runs for weeks tests the whole idea or was
    forgotten, and every decision above waits for it. A test with an end, a result or a verdict is
    over.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 10: small tests; the number of days
    is a playbook's; see Assumption testing
    <https://prodsens.live/2023/11/24/assumption-testing-everything-you-need-to-know-to-get-started>

    Bad:

        -- veto-on-paper.md --
        ---
        kind: test
        started: 2026-10-05  # OST505
        ---
        # Veto cards on paper with ten families

    Good:

        -- veto-on-paper.md --
        ---
        kind: test
        started: 2026-11-16
        ---
        # Veto cards on paper with ten families
        -- count-the-phones.md --
        ---
        kind: test
        started: 2026-10-05
        ended: 2026-10-09
        ---
        # Ten families count their phones
    """

    __test__: ClassVar[bool] = False
    code = "OST505"
    severity = Severity.WARNING
    kinds = (Test,)
    calendar = True

    days: Annotated[int, Meta(description="How many days a test may run.")] = 28

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """How long it has been running."""
        if not isinstance(node, Test) or node.started is None:
            return
        if node.ended or node.result or node.verdict:
            return
        running = (tree.as_of - node.started).days
        if running > self.days:
            message = (
                f"test {node.id!r} has run for {running} days without a result; end it or split it"
            )
            yield self.about(node, node.place("started"), message)
