"""See :class:`NegativeAssumption`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.judge.wording import NEGATIVE, in_main_clause, phrase
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Assumption, Node
from ost.tree.tree import Tree


class NegativeAssumption(Rule, frozen=True):
    """An assumption says what will not happen.

    Why: An assumption is what must be true for an idea to work. A negative has to be turned around
    before it can be tested, and the test then looks for failure. Limits (*does not take more than a
    second*), ethical assumptions and a *not* in a side clause are left alone.

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
            message = f"{found.words!r} makes the assumption negative; write what has to be true"
            yield self.about(node, found.at, message)
