"""See :class:`MomentlessBranch`."""

from collections.abc import Iterator

from ost.judge.branches import active_opportunities
from ost.judge.node_lists import name_nodes, places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Outcome
from ost.tree.tree import Tree


class MomentlessBranch(Rule, frozen=True):
    """Some branches below an outcome have no moment, though others do.

    Why: The moments of a customer's experience make good top branches: they follow each other, so
    they do not overlap. A branch without a moment among branches with one is often a topic or a
    feature. Outcomes whose branches have no moments at all are left alone.

    Source: Teresa Torres, opportunity mapping, as in Hamster's skill on structuring
    <https://github.com/gethamster/skills>

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film <!-- OST115 -->
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        moment: choosing
        ---
        # We cannot agree on what to watch
        -- asleep.md --
        ---
        kind: opportunity
        parent: more-film-nights
        moment: watching
        ---
        # Somebody is asleep before the end
        -- prices.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I pay for three services and watch one

    Good:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        moment: choosing
        ---
        # We cannot agree on what to watch
        -- asleep.md --
        ---
        kind: opportunity
        parent: more-film-nights
        moment: watching
        ---
        # Somebody is asleep before the end
    """

    code = "OST115"
    severity = Severity.NOTE
    kinds = (Outcome,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The branches without a moment, where others have one."""
        live = active_opportunities(node, tree)
        without = [each for each in live if not (each.moment or "").strip()]
        if without and 2 * len(without) < len(live):
            names = "names" if len(without) == 1 else "name"
            message = (
                f"{name_nodes(without)} below {node.id!r} {names} no moment; add when it happens"
            )
            yield self.about(node, node.at, message, related=places(without, "without a moment"))
