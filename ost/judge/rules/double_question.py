"""See :class:`DoubleQuestion`."""

from collections.abc import Iterator

from ost.judge.questions import Says, remarks
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Guide, Interview, Node
from ost.tree.tree import Tree


class DoubleQuestion(Rule, frozen=True):
    """A question asks two things at once.

    Why: People answer one of the two, usually the easier one, and later no one knows which.
    In a guide each question is reported; in an interview with a transcript, all are reported once.

    Source: Smashing Magazine, ways to improve user interview questions
    <https://www.smashingmagazine.com/2020/06/user-interview-questions/>

    Bad:

        -- film-nights.md --
        ---
        kind: guide
        ---
        # Film nights

        - Who chose the film, and how did the others take it? <!-- OST424 -->

    Good:

        -- film-nights.md --
        ---
        kind: guide
        ---
        # Film nights

        - Who chose the film?
    """

    code = "OST424"
    severity = Severity.NOTE
    kinds = (Guide, Interview)
    needs = "transcript"

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each question of a guide; in an interview, how many, and the first of them."""
        says = Says("asks two things at once", "ask two things at once", "ask one of them first")
        yield from remarks(self, node, tree, ("double-barrelled",), says)
