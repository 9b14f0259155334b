"""See :class:`IndirectOutcome`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.judge.words import counted, places
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity, Outcome
from ost.tree.tree import Tree

_SAYS = {
    "business": "a business number: which behaviour of customers leads to it?",
    "traction": "the use of one feature: what does that use do for customers?",
}


class IndirectOutcome(Rule, frozen=True):
    """Opportunities hang directly below a business number or a traction metric.

    Why: revenue moves late and for many reasons; a team that looks at it cannot tell what its own
    work did. The use of one feature moves at once, and binds the team to that feature. Between the
    two lies what people do with the product, and that is what needs, pains and desires explain. A
    business outcome above a product outcome is as it should be; so is one below which no
    opportunity hangs. Outcomes that are met or dropped are left alone.

    Source: Hamster's method page, after Teresa Torres on product outcomes
    <https://www.producttalk.org/opportunity-solution-trees>

    Bad:

        -- fewer-cancel.md --
        ---
        kind: outcome
        measure: business  # OST110
        ---
        # Fewer subscriptions are cancelled
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: fewer-cancel
        ---
        # We cannot agree on what to watch

    Good:

        -- fewer-cancel.md --
        ---
        kind: outcome
        measure: business
        ---
        # Fewer subscriptions are cancelled
        -- more-film-nights.md --
        ---
        kind: outcome
        measure: product
        parent: fewer-cancel
        ---
        # More evenings begin with a film
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch
    """

    code = "OST110"
    severity = Severity.WARNING
    kinds = (Outcome,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether opportunities hang below what the team cannot move, or what is too narrow."""
        if not isinstance(node, Outcome) or node.status in {"met", "dropped"}:
            return
        below = tree.children(node, Opportunity)
        said = _SAYS.get(node.measure or "")
        if said and below:
            number = counted(len(below), "opportunity", "opportunities")
            hang = "hangs" if len(below) == 1 else "hang"
            message = f"{number} {hang} directly below outcome {node.id!r}, {said}"
            yield self.about(
                node, node.place("measure"), message, related=places(below[:3], "hangs below it")
            )
