"""See :class:`DoubleQuestion`."""

from collections.abc import Iterator

from ost.judge.questions import remarks
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Guide, Interview, Node
from ost.tree.tree import Tree


class DoubleQuestion(Rule, frozen=True):
    """A question asks two things at once.

    Why: One of the two is answered, mostly the easier one, and nobody knows later which it was.
    Guides are told question by question; of an interview with a transcript it is noted once,
    since what was asked was asked.

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
        """Each question of a guide; in a talk, how many, and the first of them."""
        asks = "asks two things: which first?"
        yield from remarks(self, node, tree, ("double-barrelled",), asks, "ask two things at once")
