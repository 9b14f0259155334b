"""See :class:`IndirectOutcome`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity, Outcome
from ost.tree.tree import Tree


class IndirectOutcome(Rule, frozen=True):
    """Opportunities hang directly under a business outcome or a traction metric.

    Why: revenue follows from what customers do, and no team moves it directly; the use of one
    feature is too narrow to discover anything. A product outcome, a change in what customers do,
    leads from the one to the other and is what a team can work towards.

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
        """Whether opportunities hang under what no team moves directly."""
        if (
            isinstance(node, Outcome)
            and node.measure in _WORDS
            and tree.children(node, Opportunity)
        ):
            what = _WORDS[node.measure]
            message = f"opportunities hang under {what}: which change in behaviour would move it?"
            yield self.about(node, node.place("measure"), message)


_WORDS = {"business": "a business outcome", "traction": "a traction metric"}
