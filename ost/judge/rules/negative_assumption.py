"""See :class:`NegativeAssumption`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.judge.wording import NEGATIVE, in_main_clause, phrase
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Assumption, Node
from ost.tree.tree import Tree


class NegativeAssumption(Rule, frozen=True):
    """An assumption says what will not happen.

    Why: an assumption is what must be true for the idea to work. Put as a negative it has to be
    turned round to be tested, and the test then looks for failure. How does it read as something
    that must be true? Limits of what is feasible (*does not take more than a second*) are left
    alone.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 9, with Product Talk's five types of
    assumptions <https://producttalk.org/?p=4029>

    Bad:

        -- forget.md --
        ---
        kind: assumption
        ---
        # Families won't remember the code <!-- OST410 -->

    Good:

        -- remember.md --
        ---
        kind: assumption
        ---
        # Families remember the code from one week to the next
    """

    code = "OST410"
    severity = Severity.WARNING
    kinds = (Assumption,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The phrase, at its place in the title."""
        if isinstance(node, Assumption) and node.risk == "ethics":
            return
        found = phrase(node, NEGATIVE)
        if found is not None and in_main_clause(node, found):
            message = (
                f"{found.words!r} says what is not so: how does it read as what has to be true?"
            )
            yield self.about(node, found.at, message)
