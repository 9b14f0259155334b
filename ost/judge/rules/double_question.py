"""See :class:`DoubleQuestion`."""

from collections.abc import Iterator

from ost.judge.questions import remarks
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Guide, Interview, Node
from ost.tree.tree import Tree


class DoubleQuestion(Rule, frozen=True):
    """A question asks two things at once.

    Why: People answer one of the two, usually the easier one, and later nobody knows which. A guide
    is checked question by question; an interview with a transcript gets one note, since it is over.

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

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each question of a guide; of an interview, how many and the first."""
        asks = "asks two things; split it"
        yield from remarks(self, node, tree, ("double-barrelled",), asks, "ask two things at once")
