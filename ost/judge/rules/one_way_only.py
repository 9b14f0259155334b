"""See :class:`OneWayOnly`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity, Solution
from ost.tree.tree import Tree


class OneWayOnly(Rule, frozen=True):
    """A target names no other way to address it.

    Why: An opportunity can be addressed in more than one way, and only a person can say whether
    this one can. Two short ideas in `other_ways` show it; a target without any may be a solution in
    disguise. A target with solutions below it has its answer.

    Source: Product Talk, what is an opportunity
    <https://www.producttalk.org/glossary-discovery-opportunity>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        status: target  # OST408
        ---
        # We cannot agree on what to watch
        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        status: target
        other_ways: [vote by phone, take turns]
        ---
        # We cannot agree on what to watch
        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
    """

    code = "OST408"
    severity = Severity.WARNING
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether a target without solutions shows that there are several ways."""
        if not isinstance(node, Opportunity) or node.status != "target":
            return
        if len(node.other_ways) < _TWO and not tree.children(node, Solution):
            has = "only one other way" if node.other_ways else "no other way"
            message = f"target {node.id!r} has {has} to address it; add two to `other_ways`"
            yield self.about(node, node.place("status"), message)


_TWO = 2
