"""See :class:`TwoSolutions`."""

from collections.abc import Iterator

from ost.judge.node_lists import name_nodes, places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity, Solution
from ost.tree.tree import Tree

_CHOSEN = {"building", "shipped", "dropped"}


class TwoSolutions(Rule, frozen=True):
    """A target has two solutions, and never had a third.

    Why: One of two ideas is often there to make the other look good. A third changes the question
    from *this or that* to *what matters here*. Three is a habit, not a law, so this is a note. A
    dropped third counts, and once one of them is being built the choice is over.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 8: from many ideas to three; as in
    Hamster's method page <https://github.com/gethamster/skills>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
        ---
        # We cannot agree on what to watch <!-- OST308 -->
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Everybody vetoes on their own phone
        -- one-chooser.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # One person chooses, in turn

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
        ---
        # We cannot agree on what to watch
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Everybody vetoes on their own phone
        -- one-chooser.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # One person chooses, in turn
        -- film-of-the-week.md --
        ---
        kind: solution
        parent: cannot-agree
        status: dropped
        because: no one wants to be told
        ---
        # One film a week, and that is it
    """

    code = "OST308"
    severity = Severity.NOTE
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether there are two, and none dropped or chosen."""
        if not isinstance(node, Opportunity) or node.status != "target":
            return
        rivals = tree.children(node, Solution)
        if len(rivals) == 2 and not any(each.status in _CHOSEN for each in rivals):
            message = (
                f"target {node.id!r} has only two solutions, {name_nodes(rivals)}; add a third"
            )
            yield self.about(node, node.at, message, related=places(rivals, "a solution"))
