"""See :class:`PitchedQuestion`."""

from collections.abc import Iterator

from ost.judge.questions import remarks
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Guide, Interview, Node
from ost.tree.tree import Tree


class PitchedQuestion(Rule, frozen=True):
    """A question brings in the team's own idea.

    Why: Once the team's idea is on the table the conversation is about the team, and people like it
    out of politeness. Ideas are tested by watching, one assumption at a time; an interview is for
    the customer's story. A guide is checked question by question; an interview with a transcript
    gets one note, since it is over.

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

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each question of a guide; of an interview, how many and the first."""
        asks = "pitches the team's idea; ask what they do today"
        yield from remarks(self, node, tree, ("pitch",), asks, "pitch the team's idea")
