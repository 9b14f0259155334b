"""See :class:`SeveralParents`."""

from collections.abc import Iterator

from ost.judge.node_lists import name_nodes, places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree


class SeveralParents(Rule, frozen=True):
    """An opportunity has more than one parent.

    Why: A need that fits in two places is usually too broad: it means something else in each.
    Worded for its moment it belongs to one of them, or it is two needs. Later guidance tolerates
    it, so this is a question, not an error.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 6, patterns to avoid, as in
    Hamster's method page <https://github.com/gethamster/skills>

    Bad:

        -- choosing.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # Choosing takes us the whole evening
        -- arriving.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We sit down at different times
        -- tired.md --
        ---
        kind: opportunity
        parent: [choosing, arriving]  # OST107
        ---
        # Somebody is asleep before we begin
        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film

    Good:

        -- choosing.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # Choosing takes us the whole evening
        -- tired.md --
        ---
        kind: opportunity
        parent: choosing
        ---
        # Somebody is asleep before we have chosen
        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
    """

    code = "OST107"
    severity = Severity.WARNING
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether there is more than one parent."""
        parents = tree.parents(node)
        if len(parents) > 1:
            message = (
                f"opportunity {node.id!r} has parents {name_nodes(parents)}; "
                "keep the one where it occurs"
            )
            yield self.about(
                node, node.place("parent"), message, related=places(parents, "a parent")
            )
