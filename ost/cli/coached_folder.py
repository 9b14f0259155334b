"""Finds the files of a folder that hold questions."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from ost.coach.interview import transcript_in_text
from ost.project.scan import FOLDER, REASONS, look
from ost.read.document import Reading
from ost.read.suffixes import MARKDOWN, TRANSCRIPTS

_GUIDE = re.compile(
    r"\b(?:(?:interview|discussion|conversation|moderator|research|session|test)[ _-]*"
    r"(?:guide|script|questions?|protocol)|questionnaire)\b|^guides?\b",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^#[ \t]+([^\n]{1,200})", re.MULTILINE)


def question_files(
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
        markdown = suffixed.endswith(MARKDOWN) and _has_questions(Path(path), read(file), parse)
        if markdown or suffixed.endswith(TRANSCRIPTS):
            yield file


def _has_questions(path: Path, text: str, parse: Callable[[str], Reading]) -> bool:
    """Whether a Markdown file is a guide, a transcript, or names one."""
    entry = next((each for each in parse(text).entries if each.kind), None)
    if entry is not None:
        kind = entry.kind.text if entry.kind else ""
        return kind == "guide" or (kind == "interview" and entry.field("transcript") is not None)
    heading = _HEADING.search(text)
    named = f"{re.sub(r'[_-]', ' ', path.stem)}\n{heading[1] if heading else ''}"
    folder = path.parent.name.casefold() in {"guide", "guides"}
    return folder or bool(_GUIDE.search(named)) or transcript_in_text(text) is not None
