"""See :class:`BlurredParents`."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from ost.judge.node_lists import places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, NodeId, Opportunity, Outcome
from ost.tree.tree import Tree


class BlurredParents(Rule, frozen=True):
    """Two siblings share several children.

    Why: Siblings are distinct if a team can address one without the other. When the same needs keep
    appearing under both, the two are one need, or the line between them is in the wrong place.

    Source: Teresa Torres, opportunity mapping, as in Hamster's skill on structuring
    <https://github.com/gethamster/skills>

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film <!-- OST108 -->
        -- choosing.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # Choosing takes us the whole evening
        -- agreeing.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We argue before each film
        -- tired.md --
        ---
        kind: opportunity
        parent: [choosing, agreeing]
        ---
        # Somebody is asleep before we begin
        -- vetoes.md --
        ---
        kind: opportunity
        parent: [choosing, agreeing]
        ---
        # Everyone has a veto and no one a wish

    Good:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
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
        parent: [choosing, arriving]
        ---
        # Somebody is asleep before we begin
    """

    code = "OST108"
    severity = Severity.WARNING
    kinds = (
        Opportunity,
        Outcome,
    )

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Pairs of children that have two or more children in common."""
        shared: Counter[tuple[NodeId, NodeId]] = Counter()
        inside = tree.below(node.id, Opportunity)
        above: dict[NodeId, list[NodeId]] = {}
        for child in inside:
            for opportunity in tree.below(child.id, Opportunity):
                above.setdefault(opportunity.id, []).append(child.id)
        for both in above.values():
            shared.update(pairwise(both))
        for (one, other), many in sorted(shared.items()):
            if many > 1:
                message = f"{one!r} and {other!r} share {many} opportunities; merge or reword them"
                pair = (tree.by_id[one], tree.by_id[other])
                yield self.about(node, node.at, message, related=places(pair, "one of the two"))
