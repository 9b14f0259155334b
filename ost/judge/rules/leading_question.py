"""See :class:`LeadingQuestion`."""

from collections.abc import Iterator

from ost.judge.questions import remarks
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Guide, Interview, Node
from ost.tree.tree import Tree


class LeadingQuestion(Rule, frozen=True):
    """A question suggests its answer.

    Why: Most people are polite. Asked whether it was not frustrating, they agree, and the team
    hears itself. A guide is checked question by question; an interview with a transcript gets one
    note, since it is over.

    Source: Teresa Torres on the interview coach, leading questions as a catastrophic fault
    <https://www.producttalk.org/2025/09/interview-coach-evals>

    Bad:

        -- film-nights.md --
        ---
        kind: guide
        ---
        # Film nights

        - Don't you find it hard to agree? <!-- OST421 -->

    Good:

        -- film-nights.md --
        ---
        kind: guide
        ---
        # Film nights

        - What was it like to agree?
    """

    code = "OST421"
    severity = Severity.WARNING
    kinds = (Guide, Interview)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each question of a guide; of an interview, how many and the first."""
        asks = "suggests an answer; ask what it was like"
        yield from remarks(self, node, tree, ("leading",), asks, "suggest an answer")
