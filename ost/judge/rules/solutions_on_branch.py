"""See :class:`SolutionsOnBranch`."""

from collections.abc import Iterator

from ost.judge.node_lists import name_nodes, places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import LIVE, Node, Opportunity, Solution
from ost.tree.tree import Tree


class SolutionsOnBranch(Rule, frozen=True):
    """An opportunity has both solutions and opportunities below it.

    Why: An opportunity that has been broken down is too large for one idea. Solutions next to its
    parts are compared with ideas for another need. They belong to the leaf they address, where a
    solution can ship in a short cycle. Dropped solutions are not counted.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 7, "get down to a leaf", as in
    Hamster's skill on prioritizing opportunities <https://github.com/gethamster/skills>

    Bad:

        -- nothing-to-watch.md --
        ---
        kind: opportunity
        ---
        # I cannot find something to watch <!-- OST105 -->
        -- out-of-episodes.md --
        ---
        kind: opportunity
        parent: nothing-to-watch
        ---
        # I am out of episodes of my favourite show
        -- weekly-letter.md --
        ---
        kind: solution
        parent: nothing-to-watch
        ---
        # A weekly letter with three titles

    Good:

        -- nothing-to-watch.md --
        ---
        kind: opportunity
        ---
        # I cannot find something to watch
        -- out-of-episodes.md --
        ---
        kind: opportunity
        parent: nothing-to-watch
        ---
        # I am out of episodes of my favourite show
        -- weekly-letter.md --
        ---
        kind: solution
        parent: out-of-episodes
        ---
        # A weekly letter with three titles
    """

    code = "OST105"
    severity = Severity.WARNING
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether live solutions and other opportunities are directly below."""
        live = [each.id for each in tree.below(node.id, Solution) if each.status in LIVE]
        parts = [each for each in tree.below(node.id, Opportunity) if each.id != node.id]
        if not live or not parts:
            return
        solutions = [tree.by_id[each] for each in live]
        what = "solution" if len(solutions) == 1 else "solutions"
        which = "opportunity" if len(parts) == 1 else "opportunities"
        yield self.about(
            node,
            node.at,
            f"opportunity {node.id!r} has {what} {name_nodes(solutions)} next to {which} "
            f"{name_nodes(parts)}; move each solution to the opportunity it addresses",
            related=places(solutions, "a solution here"),
        )
