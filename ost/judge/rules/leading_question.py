"""See :class:`LeadingQuestion`."""

from collections.abc import Iterator

from ost.judge.questions import Says, remarks
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Guide, Interview, Node
from ost.tree.tree import Tree


class LeadingQuestion(Rule, frozen=True):
    """A question suggests its answer.

    Why: Most people are polite. Asked whether it wasn't frustrating, they agree, and we only hear
    ourselves. Adjectives, interpretations, facts that no one has mentioned, and praise do the same.
    In a guide each question is reported; in an interview with a transcript, all are reported once.

    Source: Teresa Torres on the interview coach, leading questions as a catastrophic fault
    <https://www.producttalk.org/2025/09/interview-coach-evals>

    Bad:

        -- film-nights.md --
        ---
        kind: guide
        ---
        # Film nights

        - Don't you find it hard to agree? <!-- OST421 -->
        - It sounds like you were annoyed, right? <!-- OST421 -->
        - Was the choice too big? <!-- OST421 -->
        - What did you do when you gave up? <!-- OST421 -->

    Good:

        -- film-nights.md --
        ---
        kind: guide
        ---
        # Film nights

        - What was it like to agree?
        - Where did you get stuck?
    """

    code = "OST421"
    severity = Severity.WARNING
    kinds = (Guide, Interview)
    needs = "transcript"

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each question of a guide; in an interview, how many, and the first of them."""
        says = Says("suggests an answer", "suggest an answer", "ask what it was like")
        yield from remarks(self, node, tree, ("leading",), says)
