"""See :class:`UnmeasuredOutcome`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Outcome
from ost.tree.tree import Tree


class UnmeasuredOutcome(Rule, frozen=True):
    """An outcome names neither a metric nor what must be learned to find one.

    Why: without it nobody can say in three months whether the work did anything. A direction is
    enough to begin with; then a learning goal says so, and says what the team wants to find out
    first: `learning_goal: how many evenings begin with a film today`. So it is a note. Outcomes
    that are met or dropped are left alone.

    Source: Teresa Torres, Shifting from outputs to outcomes
    <https://www.producttalk.org/2024/07/shifting-from-outputs-to-outcomes/>; learning goals:
    Continuous Discovery Habits, chapter 3

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film <!-- OST111 -->

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        target: 40
        learning_goal: false
        ---
        # More evenings begin with a film <!-- OST111 -->

    Good:

        -- more-film-nights.md --
        ---
        kind: outcome
        metric: evenings in a week on which two or more people watch to the end
        ---
        # More evenings begin with a film
        -- fewer-lonely-evenings.md --
        ---
        kind: outcome
        learning_goal: how to see from the outside that somebody watches alone but would rather not
        ---
        # Fewer people watch alone who would rather not
    """

    code = "OST111"
    severity = Severity.NOTE
    kinds = (Outcome,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether a metric, measurements or a learning goal are given."""
        if not isinstance(node, Outcome) or node.status in {"met", "dropped"}:
            return
        if not (node.metric or node.measurements or node.learning_goal):
            message = f"outcome {node.id!r} names no metric: what changes when it is reached?"
            yield self.about(node, node.at, message)
