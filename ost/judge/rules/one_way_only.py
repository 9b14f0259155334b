"""See :class:`OneWayOnly`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity, Solution
from ost.tree.tree import Tree


class OneWayOnly(Rule, frozen=True):
    """A target opportunity names no other way to address it.

    Why: the test of an opportunity is the question *is there more than one way to address this?*
    Only a person can answer it. A target without candidate solutions answers it by two short ideas
    in `other_ways`; where there are none, it may be a solution in disguise. Once solutions hang
    below, they are the answer.

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
            message = (
                f"{node.id!r}: is there more than one way to address this? `other_ways` names "
            )
            message += "one" if node.other_ways else "none"
            yield self.about(node, node.place("status"), message)


_TWO = 2
