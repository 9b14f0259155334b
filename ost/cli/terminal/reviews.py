"""Reviews of interview questions for a terminal: by sentence, or a line about each file."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from ost.cli.reviews import Review
from ost.cli.terminal import output
from ost.coach.interview import Shape
from ost.coach.model import FAULTS, QUIET, Assessment
from ost.exchange.reports.paint import Paint, cut, safe, width
from ost.exchange.reports.text import excerpt
from ost.words import counted

PAGE = "`ost help questions`"
"""Where each fault and strength is explained."""

_MUCH = 0.35
"""The share of all words that interviewers may speak without a remark."""


def review_text(review: Review, paint: Paint, columns: int) -> str:
    """Each sentence with a finding, and how the interview went."""
    assessments = review.questions.assessments
    if not assessments:
        nothing = "nothing to review: no English questions, or no clear interviewer"
        return f"{paint('bold', safe(review.path))} {paint('dim', nothing)}\n"
    blocks = [
        block
        for each in assessments
        if each.remarks or "story-prompt" in each.strengths
        for block in _block(review.path, each, paint, columns)
    ]
    asked = sum("?" in each.utterance.text for each in assessments)
    remarked = sum(bool(each.remarks) for each in assessments)
    stories = sum("story-prompt" in each.strengths for each in assessments)
    lines = (
        f"{counted(asked, 'question')} in {safe(review.path)}: {remarked} to think about, "
        f"{stories} that {'asks' if stories == 1 else 'ask'} for a story"
    )
    went = _went(review.questions.shape, paint) if review.questions.shape else []
    script = [paint("dim", _SCRIPT)] if review.script else []
    return "\n".join(
        [*blocks, *went, paint("bold", lines), *script, paint("dim", f"why: {PAGE}"), "", ""]
    )


_SCRIPT = "a usability script: only questions that are not tasks are reviewed"


def _block(path: str, each: Assessment, paint: Paint, columns: int) -> Iterator[str]:
    where = Path(os.path.abspath(path))  # noqa: PTH100 - links stay as they were given
    place = output.link(where, paint("bold", f"{safe(path)}:{each.utterance.line}"))
    if "story-prompt" in each.strengths:
        shown = cut(safe(each.utterance.text), columns - 2)
        yield f"{place} {paint('bold green', 'story-prompt')}\n  {shown}\n"
    weighty = [remark for remark in each.remarks if remark.fault not in QUIET]
    for remark in weighty or each.remarks:
        start = max(each.utterance.text.find(remark.phrase), 0)
        shown, before, under = excerpt(
            each.utterance.text, start + 1, start + 1 + len(remark.phrase), columns - 2
        )
        yield (
            f"{place} {paint('bold yellow', remark.fault)}\n  {shown}\n"
            f"  {' ' * before}{paint('yellow', '^' * under)}\n  {FAULTS[remark.fault]}\n"
        )


def _went(shape: Shape, paint: Paint) -> Sequence[str]:
    """How an interview went, line by line."""

    def line(good: bool, words: str) -> str:
        return f"  {paint('green', '✓') if good else paint('yellow', '·')} {words}"

    found = [paint("bold", f"How it went ({safe(shape.interviewer)} asks)")]
    if shape.story:
        found.append(line(True, f"opened with a story, in line {shape.story.line}"))  # noqa: FBT003
    else:
        found.append(line(False, "no story prompt among the first questions"))  # noqa: FBT003
    found.append(line(shape.setting > 0, f"set the scene: {counted(shape.setting, 'question')}"))
    found.append(
        line(shape.timeline > 0, f"built the timeline: {counted(shape.timeline, 'question')}")
    )
    if shape.usual:
        words = f"answers about what is usual: {shape.usual}, brought back: {shape.brought_back}"
        found.append(line(shape.brought_back * 2 >= shape.usual, words))
    if shape.share is not None:
        found.append(line(shape.share <= _MUCH, f"spoke {shape.share:.0%} of the words"))
    if shape.read_out:
        found.append(line(False, "most questions ignore the previous answer, as if read out"))  # noqa: FBT003
    return [*found, ""]


def folder_summary(folder: str, reviews: Sequence[Review], paint: Paint) -> str:
    """A line for each file: its questions, how many to think about, and why."""
    if not reviews:
        return f"no guides or transcripts in {safe(folder)}\n"
    wide = max(width(safe(each.path)) for each in reviews)
    lines = [_line(each, wide, paint) for each in reviews]
    asked = sum(_question_count(each) for each in reviews)
    remarked = sum(_remark_count(each) for each in reviews)
    files = counted(len(reviews), "file")
    worst = max(reviews, key=_remark_count)
    summary = paint("bold", f"{counted(asked, 'question')} in {files}: {remarked} to think about")
    more = f"read one: `ost coach {safe(worst.path)}` · why: {PAGE}"
    return "\n".join([*lines, "", summary, paint("dim", more), ""])


def _line(review: Review, wide: int, paint: Paint) -> str:
    path = safe(review.path)
    gap = " " * (wide - width(path))
    if not review.questions.assessments:
        return f"{paint('bold', path)}{gap}  {paint('dim', 'no English questions found')}"
    faults = Counter(
        fault
        for each in review.questions.assessments
        for fault in {remark.fault for remark in each.remarks} - QUIET
    )
    stories = sum("story-prompt" in each.strengths for each in review.questions.assessments)
    parts = [f"{_question_count(review):3} questions", f"{_remark_count(review):3} to think about"]
    good = paint("green", "story") if stories else paint("dim", "no story prompt")
    which = ", ".join(f"{fault} {count}" for fault, count in faults.most_common(3))
    line = f"{paint('bold', path)}{gap}  {'  '.join([*parts, good])}  {paint('yellow', which)}"
    return line.rstrip()


def _question_count(review: Review) -> int:
    return sum("?" in each.utterance.text for each in review.questions.assessments)


def _remark_count(review: Review) -> int:
    return sum(bool(each.remarks) for each in review.questions.assessments)
