"""See :class:`TestOfSeveral`."""

from collections.abc import Iterator
from typing import ClassVar

from ost.judge.node_lists import name_nodes, places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Assumption, Node, Test
from ost.tree.tree import Tree


class TestOfSeveral(Rule, frozen=True):
    """One test covers several assumptions.

    Why: When it fails, no one knows which assumption was wrong. A test of several assumptions is
    usually a test of the whole idea, as large and as slow. Small tests of one assumption take days.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 10; see Assumption testing
    <https://prodsens.live/2023/11/24/assumption-testing-everything-you-need-to-know-to-get-started>

    Bad:

        -- pilot-with-families.md --
        ---
        kind: test
        parent: [phones-are-at-hand, veto-is-used]  # OST320
        ---
        # A pilot with twenty families
        -- phones-are-at-hand.md --
        ---
        kind: assumption
        ---
        # In eight of ten evenings all who choose have a phone at hand
        -- veto-is-used.md --
        ---
        kind: assumption
        ---
        # In seven of ten families everybody uses their veto

    Good:

        -- veto-on-paper.md --
        ---
        kind: test
        parent: veto-is-used
        ---
        # Veto cards on paper with ten families
        -- veto-is-used.md --
        ---
        kind: assumption
        ---
        # In seven of ten families everybody uses their veto
    """

    __test__: ClassVar[bool] = False
    code = "OST320"
    severity = Severity.NOTE
    kinds = (Test,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether more than one assumption is above it."""
        above = {each.id: each for each in tree.parents(node) if isinstance(each, Assumption)}
        if len(above) > 1:
            tested = tuple(above.values())
            message = (
                f"test {node.id!r} covers {len(tested)} assumptions, {name_nodes(tested)}; split it"
            )
            yield self.about(
                node, node.place("parent"), message, related=places(tested, "an assumption")
            )
