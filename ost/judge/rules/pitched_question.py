"""See :class:`PitchedQuestion`."""

from collections.abc import Iterator

from ost.judge.questions import Says, remarks
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Guide, Interview, Node
from ost.tree.tree import Tree


class PitchedQuestion(Rule, frozen=True):
    """A question brings in the team's own idea.

    Why: As soon as our idea is on the table the interview is about us, and people like it out of
    politeness. Ideas are tested by watching, in a test of one assumption; an interview is for their
    story. In a guide each question is reported; in an interview with a transcript, all are reported
    once.

    Source: Product Talk, story-based customer interviews
    <https://producttalk.org/2024/04/story-based-customer-interviews>

    Bad:

        -- film-nights.md --
        ---
        kind: guide
        ---
        # Film nights

        - If we built a voting round, would you use it? <!-- OST423 -->

    Good:

        -- film-nights.md --
        ---
        kind: guide
        ---
        # Film nights

        - How did the four of you come to a film?
    """

    code = "OST423"
    severity = Severity.WARNING
    kinds = (Guide, Interview)
    needs = "transcript"

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each question of a guide; in an interview, how many, and the first of them."""
        says = Says("brings in our own idea", "bring in our own idea", "ask what they do today")
        yield from remarks(self, node, tree, ("pitch",), says)
