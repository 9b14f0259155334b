"""See :class:`GeneralisingQuestion`."""

from collections.abc import Iterator

from ost.judge.questions import Says, remarks
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Guide, Interview, Node
from ost.tree.tree import Tree


class GeneralisingQuestion(Rule, frozen=True):
    """A question asks what is usual.

    Why: Asked what they usually do, people describe themselves as they would like to be. The story
    of one evening holds what happened. "You said you usually ..." is left alone: it brings someone
    back. In a guide each question is reported; in an interview with a transcript, all are reported
    once.

    Source: Teresa Torres on the interview coach, general questions as a catastrophic fault
    <https://www.producttalk.org/2025/09/interview-coach-evals>

    Bad:

        -- film-nights.md --
        ---
        kind: guide
        ---
        # Film nights

        - How do you usually choose a film? <!-- OST420 -->

    Good:

        -- film-nights.md --
        ---
        kind: guide
        ---
        # Film nights

        - Tell me about the last time you chose a film.
    """

    code = "OST420"
    severity = Severity.WARNING
    kinds = (Guide, Interview)
    needs = "transcript"

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each question of a guide; in an interview, how many, and the first of them."""
        says = Says("asks what is usual", "ask what is usual", "ask when it last happened")
        yield from remarks(self, node, tree, ("generalising",), says)
