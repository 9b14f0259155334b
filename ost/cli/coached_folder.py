"""`ost coach` of a folder: which files in it hold questions, and a line about each."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from ost.coach.interview import Heard, written_down
from ost.coach.model import QUIET
from ost.exchange.reports.paint import Paint, safe, width
from ost.project.scan import FOLDER, REASONS, look
from ost.read.document import Reading
from ost.read.suffixes import MARKDOWN, TRANSCRIPTS
from ost.words import counted

_GUIDE = re.compile(
    r"\b(?:(?:interview|discussion|conversation|moderator|research|session|test)[ _-]*"
    r"(?:guide|script|questions?|protocol)|questionnaire)\b|^guides?\b",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^#[ \t]+([^\n]{1,200})", re.MULTILINE)


class Reviewed(Protocol):
    """What is known of one file."""

    @property
    def path(self) -> str:
        """The file."""

    @property
    def heard(self) -> Heard:
        """What the coach heard in it."""


def spoken(
    folder: Path, parse: Callable[[str], Reading], read: Callable[[str], str]
) -> Iterator[str]:
    """The files of a folder that hold questions: guides, transcripts, and snapshots that name a
    transcript.
    """
    for path, entry in sorted(look(str(folder), {}).changed.items()):
        if entry is None or entry[1] == FOLDER or entry[1] in REASONS:
            continue
        file = str(folder / path)
        suffixed = path.casefold()
        markdown = suffixed.endswith(MARKDOWN) and _asks(Path(path), read(file), parse)
        if markdown or suffixed.endswith(TRANSCRIPTS):
            yield file


def _asks(path: Path, text: str, parse: Callable[[str], Reading]) -> bool:
    """Whether a Markdown file is a guide, a transcript, or names one."""
    entry = next((each for each in parse(text).entries if each.kind), None)
    if entry is not None:
        kind = entry.kind.text if entry.kind else ""
        return kind == "guide" or (kind == "interview" and entry.field("transcript") is not None)
    heading = _HEADING.search(text)
    named = f"{re.sub(r'[_-]', ' ', path.stem)}\n{heading[1] if heading else ''}"
    folder = path.parent.name.casefold() in {"guide", "guides"}
    return folder or bool(_GUIDE.search(named)) or written_down(text) is not None


def summary(folder: str, reviews: Sequence[Reviewed], paint: Paint) -> str:
    """A line about each file: how much is asked, what to think about, and why."""
    if not reviews:
        return f"no guides or transcripts in {safe(folder)}\n"
    wide = max(width(safe(each.path)) for each in reviews)
    lines = [_line(each, wide, paint) for each in reviews]
    asked = sum(_asked(each) for each in reviews)
    remarked = sum(_remarked(each) for each in reviews)
    files = counted(len(reviews), "file")
    worst = max(reviews, key=_remarked)
    said = paint("bold", f"{asked} questions in {files}: {remarked} to think about")
    more = f"read one: `ost coach {safe(worst.path)}` · why: `ost help questions`"
    return "\n".join([*lines, "", said, paint("dim", more), ""])


def _line(review: Reviewed, wide: int, paint: Paint) -> str:
    path = safe(review.path)
    gap = " " * (wide - width(path))
    if not review.heard.assessments:
        return f"{paint('bold', path)}{gap}  {paint('dim', 'no English questions found')}"
    faults = Counter(
        fault
        for each in review.heard.assessments
        for fault in {remark.fault for remark in each.remarks} - QUIET
    )
    stories = sum("story-prompt" in each.strengths for each in review.heard.assessments)
    said = [f"{_asked(review):3} questions", f"{_remarked(review):3} to think about"]
    good = paint("green", "story") if stories else paint("dim", "no story prompt")
    which = ", ".join(f"{fault} {count}" for fault, count in faults.most_common(3))
    return (
        f"{paint('bold', path)}{gap}  {'  '.join([*said, good])}  {paint('yellow', which)}".rstrip()
    )


def _asked(review: Reviewed) -> int:
    return sum("?" in each.utterance.text for each in review.heard.assessments)


def _remarked(review: Reviewed) -> int:
    return sum(bool(each.remarks) for each in review.heard.assessments)
