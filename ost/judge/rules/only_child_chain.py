"""See :class:`OnlyChildChain`."""

from collections.abc import Iterator

from ost.judge.node_lists import places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree


class OnlyChildChain(Rule, frozen=True):
    """An opportunity has exactly one opportunity below it.

    Why: A child is one reason among others for its parent's need. An only child either says the
    same as its parent, or the other reasons have not come up yet: what else causes the need above?
    A parked opportunity is left alone.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 6, "vertical opportunities"; how
    children divide their parent's need <https://www.producttalk.org/opportunity-mapping>

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
        -- nothing-to-watch.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I cannot find something to watch <!-- OST104 -->
        -- out-of-episodes.md --
        ---
        kind: opportunity
        parent: nothing-to-watch
        ---
        # I am out of episodes of my favourite show

    Good:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
        -- nothing-to-watch.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I cannot find something to watch
        -- out-of-episodes.md --
        ---
        kind: opportunity
        parent: nothing-to-watch
        ---
        # I am out of episodes of my favourite show
        -- cannot-search.md --
        ---
        kind: opportunity
        parent: nothing-to-watch
        ---
        # I cannot figure out how to search for a show
    """

    code = "OST104"
    severity = Severity.WARNING
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether there is one other opportunity below."""
        below = [each.id for each in tree.below(node.id, Opportunity) if each.id != node.id]
        if len(below) != 1 or (isinstance(node, Opportunity) and node.status == "parked"):
            return
        message = (
            f"opportunity {node.id!r} has only one child, {below[0]!r}; "
            "add other causes or merge the two"
        )
        related = places([tree.by_id[below[0]]], "the only one")
        yield self.about(node, node.at, message, related=related)
