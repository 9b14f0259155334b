"""The questions of a guide, or of the interviewer in a snapshot's transcript, as the coach reviews
them. The coach is loaded lazily: most changes touch neither.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from ost.judge.quotes import short
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.place import Place
from ost.tree.model import Guide, Interview, Node
from ost.tree.tree import Tree

if TYPE_CHECKING:
    from ost.coach.interview import InterviewReview
    from ost.coach.model import Assessment


class Fault(Struct, frozen=True):
    """The words of a faulty question, and their line."""

    words: str
    at: Place
    line: int


def is_script(body: str) -> bool:
    """Whether a guide's text is a usability script, which gives tasks and needs no story."""
    from ost.coach.situation import usability

    return usability([each.utterance for each in guide_assessments(body)])


@lru_cache(maxsize=16)
def guide_assessments(body: str) -> "tuple[Assessment, ...]":
    """The sentences of a guide that are said to a participant."""
    from ost.coach.assessment import assess
    from ost.coach.guide import utterances

    return tuple(assess(utterances(body)))


def interview_review(interview: Interview, tree: Tree) -> "InterviewReview | None":
    """The coach's review of an interview's transcript, if it has one."""
    transcript = tree.transcript(interview)
    if transcript is None:
        return None
    from ost.coach.interview import review_transcript

    who = interview.interviewers
    return review_transcript(transcript, who.names() if who else ())


def faults(node: Node, tree: Tree, *names: str) -> Iterator[Fault]:
    """Questions with one of these faults, in a guide or an interview."""
    if isinstance(node, Guide):
        lines = node.entry.body.split("\n")
        for question in guide_assessments(node.entry.body):
            for remark in question.remarks:
                if remark.fault in names:
                    at = _place(node, lines, question.utterance.line - 1, remark.phrase)
                    yield Fault(remark.phrase, at, at.line + 1)
    elif isinstance(node, Interview):
        review = interview_review(node, tree)
        for assessment in review.assessments if review else ():
            for remark in assessment.remarks:
                if remark.fault in names:
                    yield Fault(
                        assessment.utterance.text,
                        node.place("transcript"),
                        assessment.utterance.line,
                    )


class Says(Struct, frozen=True):
    """A rule's words about one question and about many, and what to ask instead."""

    one: str
    many: str
    instead: str


def remarks(
    rule: Rule, node: Node, tree: Tree, names: tuple[str, ...], says: Says
) -> Iterator[Diagnostic]:
    """A diagnostic for each faulty question of a guide; for an interview, one for all."""
    found = list(faults(node, tree, *names))
    if isinstance(node, Guide):
        for question in found:
            yield rule.about(node, question.at, f"{question.words!r} {says.one}; {says.instead}")
    elif found:
        first = f"line {found[0].line}: {short(found[0].words)!r}"
        findings = (
            f"1 question {says.one}" if len(found) == 1 else f"{len(found)} questions {says.many}"
        )
        message = (
            f"{findings}, in {first}" if len(found) == 1 else f"{findings}, the first in {first}"
        )
        yield rule.about(node, found[0].at, message, Severity.NOTE)


def _place(node: Node, lines: list[str], row: int, phrase: str) -> Place:
    """The place of words that begin in a line of the body or in one of the next."""
    for number in range(row, min(row + 4, len(lines))):
        column = lines[number].find(phrase)
        if column >= 0:
            line, start = node.entry.point(number, column)
            return Place(line, start, line, start + len(phrase))
    line, start = node.entry.point(row, 0)
    end = len(lines[row]) if row < len(lines) else 0
    return Place(line, start, line, start + max(end, 1))
