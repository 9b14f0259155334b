"""See :class:`TwoOutcomesInOne`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.judge.wording import TWO_CHANGES, phrase
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Outcome
from ost.tree.tree import Tree


class TwoOutcomesInOne(Rule, frozen=True):
    """An outcome asks for two changes at once.

    Why: Each of two changes has its own opportunities. In one tree no one can tell which of them a
    branch serves, and a solution that helps one and hurts the other looks like a success.

    Source: practice notes on building opportunity solution trees, in Hamster's method page
    <https://github.com/gethamster/skills>

    Bad:

        -- both.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film and fewer people cancel <!-- OST402 -->

    Good:

        -- film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film and end with a conversation
    """

    code = "OST402"
    severity = Severity.NOTE
    kinds = (Outcome,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The phrase, at its place in the title."""
        found = phrase(node, TWO_CHANGES)
        if found is not None:
            message = f"{found.words!r} names two changes; make two outcomes"
            yield self.about(node, found.at, message)
