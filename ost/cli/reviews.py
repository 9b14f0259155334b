"""Reviews of interview questions in files and folders, also at a revision."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

import ost.tree.model  # noqa: F401 - the kinds that a text may name
from ost.cli import coached_folder
from ost.cli.terminal import output
from ost.cli.workspace import display_path, find_project
from ost.coach.assessment import assess
from ost.coach.guide import utterances
from ost.coach.interview import InterviewReview, review_transcript, transcript_in_text
from ost.coach.situation import usability
from ost.disk.fence import OUTSIDE, Fence, typed
from ost.errors import Misuse
from ost.limits import read_limited, read_stream
from ost.project.markdown_transcripts import is_transcript
from ost.read import transcripts
from ost.read.document import Entry
from ost.read.parse import declared
from ost.read.place import text_of
from ost.read.suffixes import MARKDOWN, TRANSCRIPTS
from ost.read.value import Mapping, Scalar, Value
from ost.read.value import Sequence as Items

if TYPE_CHECKING:
    from ost.cli.revisions import FilesAt


class Sentence(Struct, frozen=True):
    """A sentence said to a participant, as in `--format json`."""

    path: str
    line: int
    text: str
    speaker: str
    faults: tuple[str, ...]
    strengths: tuple[str, ...]


class Review(Struct, frozen=True):
    """A file, its questions, and whether it is a usability script."""

    path: str
    questions: InterviewReview
    script: bool = False


class Shelf:
    """Reads files from the disk."""

    def __init__(self) -> None:
        """Starts without knowing the project of any folder."""
        self._roots: dict[Path, str] = {}

    def text(self, file: str) -> str:
        """A file's text."""
        try:
            if file == "-":
                data = read_stream(sys.stdin.buffer, "-")
            else:
                data = read_limited(Path(file), handle=typed(file, self._root(Path(file))))
        except OSError as error:
            raise Misuse(f"{file}: cannot be read: {error.strerror or error}") from None
        return text_of(data)

    def _root(self, file: Path) -> str:
        """The project around a file: the same for all files of a folder."""
        if file.parent not in self._roots:
            self._roots[file.parent] = str(find_project(file)[0])
        return self._roots[file.parent]

    def transcript(self, path: Path, written: str) -> Path:
        """The transcript that a snapshot names."""
        return _transcript(path, written)


class _ShelfAt(Shelf):
    """Reads files from a revision."""

    def __init__(self, files: "FilesAt") -> None:
        super().__init__()
        self.files = files

    def text(self, file: str) -> str:
        return text_of(self.files.data(file))

    def transcript(self, path: Path, written: str) -> Path:
        return self.files.resolve_named_file(path, written)


def shelf_at(revision: str | None) -> Shelf:
    """Reads files from the disk or, given a revision, from that revision."""
    if revision is None:
        return Shelf()
    from ost.cli.revisions import FilesAt

    return _ShelfAt(FilesAt(revision))


def reviews_of(file: str, shelf: "Shelf") -> Iterator[Review]:
    """The reviews of a file, or of the guides and transcripts in a folder."""
    if file == "-" or not Path(file).is_dir():
        yield from _of_file(file, shelf)
        return
    reviews: dict[str, Review] = {}
    for path in coached_folder.question_files(Path(file), Shelf().text):
        try:
            for review in _of_file(path, shelf):
                known = reviews.get(os.path.realpath(review.path))
                if known is None or review.path != path:  # a snapshot knows who interviewed
                    reviews[os.path.realpath(review.path)] = review
        except Misuse as error:  # one unreadable file does not stop the folder
            output.complain(f"left out: {error}")
    yield from reviews.values()


def _of_file(file: str, shelf: Shelf) -> Iterator[Review]:
    """Reviews a file, or the transcript that it names."""
    text = shelf.text(file)
    if "\0" in text:
        raise Misuse(f"{file}: contains NUL bytes, so it is not text")
    path = Path(file)
    if path.suffix.casefold() in TRANSCRIPTS:
        yield Review(file, review_transcript(transcripts.read(text, path.suffix.casefold())))
        return
    entry = declared(text)
    kind = entry.kind.text if entry and entry.kind else ""
    if entry and kind == "interview":
        spoken = _transcript_of(path, entry, shelf)
        text, suffix = shelf.text(str(spoken)), spoken.suffix.casefold()
        if suffix in MARKDOWN and not is_transcript(text.encode("utf-8", "replace")):
            raise Misuse(f"{path}: {spoken} is not a transcript of a conversation")
        transcript = transcripts.read(text, suffix)
        yield Review(str(spoken), review_transcript(transcript, _interviewers(entry)))
    elif kind != "guide" and (interview := transcript_in_text(text)) is not None:
        yield Review(file, review_transcript(interview))
    else:
        said_in_guide = utterances(text)
        asked = InterviewReview(tuple(assess(said_in_guide)), None)
        yield Review(file, asked, script=usability(said_in_guide))


def _transcript_of(path: Path, snapshot: Entry, shelf: Shelf) -> Path:
    field = snapshot.field("transcript")
    if field is None or not isinstance(field.value, Scalar):
        raise Misuse(f"{path}: this snapshot names no transcript; add `transcript:`")
    return shelf.transcript(path, field.value.text.strip())


def _interviewers(snapshot: Entry) -> tuple[str, ...]:
    """The interviewers that a snapshot names: one, a list, or by role."""
    field = snapshot.field("interviewers")
    value = field.value if field else None
    if isinstance(value, Mapping):
        named: Sequence[Value] = [who for _, who in value.pairs]
    else:
        named = value.items if isinstance(value, Items) else [value] if value else []
    return tuple(who.text for who in named if isinstance(who, Scalar))


def _transcript(path: Path, written: str) -> Path:
    """The transcript: next to the snapshot, in the content folder, or at the top."""
    if not written.casefold().endswith((*TRANSCRIPTS, *MARKDOWN)):
        raise Misuse(f"{path}: {written!r} is not a transcript; use .vtt, .srt, .txt or .md")
    root, content = find_project(path)
    fence = Fence(root, content)
    beside = Path(os.path.abspath(path)).parent  # noqa: PTH100 - links stay as they were given
    found = fence.resolve(str(beside / written), fence.inner(written), written)
    if found.why == OUTSIDE:
        raise Misuse(f"{path}: the transcript {written!r} leads out of the project")
    file = Path(fence.root, found.path)
    if found.why or not file.is_file():
        raise Misuse(f"{path}: no transcript {written!r}")
    return Path(display_path(file))


def sentences(review: Review) -> Iterator[Sentence]:
    """The sentences that were reviewed, as `--format json` lists them."""
    for assessment in review.questions.assessments:
        yield Sentence(
            path=review.path,
            line=assessment.utterance.line,
            text=assessment.utterance.text,
            speaker=assessment.utterance.speaker,
            faults=tuple(dict.fromkeys(remark.fault for remark in assessment.remarks)),
            strengths=assessment.strengths,
        )
