"""See :class:`VagueAssumption`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.judge.wording import TOO_VAGUE, phrase
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Assumption, Node
from ost.tree.tree import Tree


class VagueAssumption(Rule, frozen=True):
    """An assumption is too vague to test.

    Why: *Users will like it* can be neither seen nor counted. Who does what, when, and how would
    the team notice?

    Source: Teresa Torres, Continuous Discovery Habits, chapter 9, with Product Talk's five types of
    assumptions <https://producttalk.org/?p=4029>

    Bad:

        -- like.md --
        ---
        kind: assumption
        ---
        # Users will like it <!-- OST411 -->

    Good:

        -- scan.md --
        ---
        kind: assumption
        ---
        # Four people on one sofa each cast a vote before the trailer ends
    """

    code = "OST411"
    severity = Severity.NOTE
    kinds = (Assumption,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The phrase, at its place in the title."""
        found = phrase(node, TOO_VAGUE)
        if found is not None:
            message = f"{found.words!r} cannot be observed; write who does what, and how often"
            yield self.about(node, found.at, message)
