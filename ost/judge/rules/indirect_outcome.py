"""See :class:`IndirectOutcome`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity, Outcome
from ost.tree.tree import Tree


class IndirectOutcome(Rule, frozen=True):
    """A business outcome or traction metric is directly above opportunities.

    Why: Revenue follows from what customers do, and no team moves it directly; the use of one
    feature is too narrow for discovery. A product outcome, a change in what customers do, connects
    the two, and a team can work towards it.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 3, as in Hamster's method page
    <https://github.com/gethamster/skills>

    Bad:

        -- revenue.md --
        ---
        kind: outcome
        measure: business  # OST110
        ---
        # Revenue per household grows
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: revenue
        ---
        # We cannot agree on what to watch

    Good:

        -- revenue.md --
        ---
        kind: outcome
        measure: business
        ---
        # Revenue per household grows
        -- film-nights.md --
        ---
        kind: outcome
        measure: product
        parent: revenue
        ---
        # More evenings begin with a film
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: film-nights
        ---
        # We cannot agree on what to watch
    """

    code = "OST110"
    severity = Severity.WARNING
    kinds = (Outcome,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether opportunities are under something that no team moves directly."""
        if (
            isinstance(node, Outcome)
            and node.measure in _WORDS
            and tree.children(node, Opportunity)
        ):
            what = f"{_WORDS[node.measure]} {node.id!r}"
            message = f"{what} has opportunities directly below it; add a product outcome between"
            yield self.about(node, node.place("measure"), message)


_WORDS = {"business": "business outcome", "traction": "traction metric"}
