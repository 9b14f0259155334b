"""See :class:`UnmeasuredOutcome`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import OVER, Node, Opportunity, Outcome
from ost.tree.tree import Tree


class UnmeasuredOutcome(Rule, frozen=True):
    """An active outcome has neither a metric nor a learning goal.

    Why: Without either, no one can tell whether the work below it helps. A new outcome may lack a
    number for a while: then `learning_goal` says what to learn first. Nothing is reported before
    the first opportunity.

    Source: Product Talk, shifting from outputs to outcomes
    <https://prodsens.live/2024/07/17/shifting-from-outputs-to-outcomes-why-it-matters-and-how-to-get-started>

    Bad:

        -- film-nights.md --
        ---
        kind: outcome
        measure: product
        ---
        # More evenings begin with a film <!-- OST111 -->
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: film-nights
        ---
        # We cannot agree on what to watch

    Good:

        -- film-nights.md --
        ---
        kind: outcome
        metric: evenings a week on which a film is watched to its end
        ---
        # More evenings begin with a film
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: film-nights
        ---
        # We cannot agree on what to watch
    """

    code = "OST111"
    severity = Severity.NOTE
    kinds = (Outcome,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether anyone can tell that an active outcome is reached."""
        if not isinstance(node, Outcome) or node.status in OVER:
            return
        if not tree.children(node, Opportunity):
            return
        if not (node.metric or node.measurements or node.learning_goal):
            message = f"outcome {node.id!r} has no metric and no learning goal; add `metric`"
            yield self.about(node, node.at, message)
