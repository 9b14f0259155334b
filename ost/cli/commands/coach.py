"""`ost coach`: review interview questions, in a guide or a transcript."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

import ost.tree.model  # noqa: F401 - the kinds that a text may name
from ost.cli import coached_folder
from ost.cli.parameters import at_option, format_option
from ost.cli.terminal import output
from ost.cli.workspace import around, near
from ost.coach.assessment import assess
from ost.coach.guide import utterances
from ost.coach.interview import Heard, Shape, listen, written_down
from ost.coach.model import FAULTS, QUIET, Assessment
from ost.coach.situation import usability
from ost.errors import Misuse
from ost.exchange.reports import json
from ost.exchange.reports.paint import Paint, cut, safe
from ost.exchange.reports.text import excerpt
from ost.fence import OUTSIDE, Fence, typed
from ost.limits import piped, whole
from ost.read import transcripts
from ost.read.document import Entry
from ost.read.parse import parse
from ost.read.place import text_of
from ost.read.suffixes import TRANSCRIPTS
from ost.read.value import Mapping, Scalar, Value
from ost.read.value import Sequence as Items

if TYPE_CHECKING:
    from ost.cli.revisions import FilesAt

PAGE = "`ost help questions`"
"""Where each fault and strength is explained."""


class Sentence(Struct, frozen=True):
    """A sentence said to a participant, as in `--format json`."""

    path: str
    line: int
    text: str
    speaker: str
    faults: tuple[str, ...]
    strengths: tuple[str, ...]


class Review(Struct, frozen=True):
    """A file, what the coach heard in it, and whether it is a usability script."""

    path: str
    heard: Heard
    script: bool = False


@click.command("coach")
@click.argument("files", nargs=-1, required=True, metavar="PATH...")
@at_option
@format_option
def command(files: tuple[str, ...], at: str | None, form: str) -> None:
    """Review your interview questions, in a guide or a transcript.

    Reads interview guides (Markdown), transcripts (.vtt, .srt, .txt or Markdown) and snapshots
    that name one; of a folder all guides and transcripts in it; `-` reads a guide from standard
    input. It reviews English questions only and
    never fails: its findings are questions to think about.

    \b
    ost coach guides/film-nights.md
    ost coach interviews/p07.vtt
    ost coach interviews
    ost coach --format json *.md
    ost coach --at HEAD~5 guides/film-nights.md
    """
    shelf = Shelf() if at is None else _shelf_at(at)
    found = [(file, list(_found(file, shelf))) for file in files]
    if form == "json":
        said = [one for _, reviews in found for review in reviews for one in _sentences(review)]
        output.write(json.render(said))
        return
    paint = output.paint()
    for file, reviews in found:
        if file != "-" and Path(file).is_dir():
            output.write(coached_folder.summary(file, reviews, paint))
            continue
        for review in reviews:
            output.write(_text(review, paint, output.columns()))


def _found(file: str, shelf: "Shelf") -> Iterator[Review]:
    """The reviews of a file, or of the guides and transcripts in a folder."""
    if file == "-" or not Path(file).is_dir():
        yield from _reviews(file, shelf)
        return
    reviews: dict[str, Review] = {}
    for path in coached_folder.spoken(Path(file), parse, _read):
        try:
            for review in _reviews(path, shelf):
                known = reviews.get(os.path.realpath(review.path))
                if known is None or review.path != path:  # a snapshot knows who interviewed
                    reviews[os.path.realpath(review.path)] = review
        except Misuse as error:  # one file's trouble is not the folder's
            output.complain(f"left out: {error}")
    yield from reviews.values()


class Shelf:
    """Where files are read: here, as they are."""

    def text(self, file: str) -> str:
        """A file's text."""
        return _read(file)

    def transcript(self, path: Path, written: str) -> Path:
        """The file that a snapshot means."""
        return _transcript(path, written)


class _ShelfAt(Shelf):
    """Where files are read: in a revision."""

    def __init__(self, held: "FilesAt") -> None:
        self.held = held

    def text(self, file: str) -> str:
        return text_of(self.held.data(file))

    def transcript(self, path: Path, written: str) -> Path:
        return self.held.named(path, written)


def _shelf_at(revision: str) -> Shelf:
    from ost.cli.revisions import FilesAt

    return _ShelfAt(FilesAt(revision))


def _reviews(file: str, shelf: Shelf) -> Iterator[Review]:
    """What the coach hears in a file, or in the transcript that it names."""
    text = shelf.text(file)
    path = Path(file)
    if path.suffix.casefold() in TRANSCRIPTS:
        yield Review(file, listen(transcripts.read(text, path.suffix.casefold())))
        return
    entry = next((each for each in parse(text).entries if each.kind), None)
    kind = entry.kind.text if entry and entry.kind else ""
    if entry and kind == "interview":
        spoken = _transcript_of(path, entry, shelf)
        said = transcripts.read(shelf.text(str(spoken)), spoken.suffix.casefold())
        yield Review(str(spoken), listen(said, _interviewers(entry)))
    elif kind != "guide" and (interview := written_down(text)) is not None:
        yield Review(file, listen(interview))
    else:
        said_in_guide = utterances(text)
        heard = Heard(tuple(assess(said_in_guide)), None)
        yield Review(file, heard, script=usability(said_in_guide))


def _transcript_of(path: Path, snapshot: Entry, shelf: Shelf) -> Path:
    field = snapshot.field("transcript")
    if field is None or not isinstance(field.value, Scalar):
        raise Misuse(f"{path}: this snapshot names no transcript to listen to")
    return shelf.transcript(path, field.value.text.strip())


def _interviewers(snapshot: Entry) -> tuple[str, ...]:
    """Who interviewed, as a snapshot names them: by role, in a list, or one."""
    field = snapshot.field("interviewers")
    value = field.value if field else None
    if isinstance(value, Mapping):
        named: Sequence[Value] = [who for _, who in value.pairs]
    else:
        named = value.items if isinstance(value, Items) else [value] if value else []
    return tuple(who.text for who in named if isinstance(who, Scalar))


def _transcript(path: Path, written: str) -> Path:
    """The transcript: next to the snapshot, in the content folder, or at the top."""
    if not written.casefold().endswith(TRANSCRIPTS):
        raise Misuse(f"{path}: {written!r} is not a transcript; use .vtt, .srt or .txt")
    root, content = around(path)
    fence = Fence(root, content)
    beside = Path(os.path.abspath(path)).parent  # noqa: PTH100 - links stay as they were given
    found = fence.resolve(str(beside / written), fence.inner(written), written)
    if found.why == OUTSIDE:
        raise Misuse(f"{path}: the transcript {written!r} leads out of the project")
    file = Path(fence.root, found.path)
    if found.why or not file.is_file():
        raise Misuse(f"{path}: there is no transcript {written!r}")
    return Path(near(file))


def _read(file: str) -> str:
    try:
        if file == "-":
            data = piped(sys.stdin.buffer, "-")
        else:
            root = str(around(Path(file))[0])
            data = whole(Path(file), handle=typed(file, root))
    except OSError as error:
        raise Misuse(f"{file}: cannot be read: {error.strerror or error}") from None
    return text_of(data)


def _sentences(review: Review) -> Iterator[Sentence]:
    for assessment in review.heard.assessments:
        yield Sentence(
            path=review.path,
            line=assessment.utterance.line,
            text=assessment.utterance.text,
            speaker=assessment.utterance.speaker,
            faults=tuple(dict.fromkeys(remark.fault for remark in assessment.remarks)),
            strengths=assessment.strengths,
        )


def _text(review: Review, paint: Paint, columns: int) -> str:
    """Each sentence with a finding, and how the interview went."""
    heard = review.heard.assessments
    if not heard:
        nothing = "nothing to review: there are no English questions, or the interviewer is unclear"
        return f"{paint('bold', safe(review.path))} {paint('dim', nothing)}\n"
    blocks = [
        block
        for each in heard
        if each.remarks or "story-prompt" in each.strengths
        for block in _block(review.path, each, paint, columns)
    ]
    asked = sum("?" in each.utterance.text for each in heard)
    remarked = sum(bool(each.remarks) for each in heard)
    stories = sum("story-prompt" in each.strengths for each in heard)
    said = (
        f"{asked} questions in {safe(review.path)}: {remarked} to think about, "
        f"{stories} that {'asks' if stories == 1 else 'ask'} for a story"
    )
    went = _went(review.heard.shape, paint) if review.heard.shape else []
    script = [paint("dim", _SCRIPT)] if review.script else []
    return "\n".join(
        [*blocks, *went, paint("bold", said), *script, paint("dim", f"why: {PAGE}"), "", ""]
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
    found.append(line(shape.setting > 0, f"set the scene: {shape.setting} questions"))
    found.append(line(shape.timeline > 0, f"built the timeline: {shape.timeline} questions"))
    if shape.usual:
        words = f"answers about what is usual: {shape.usual}, brought back: {shape.brought_back}"
        found.append(line(shape.brought_back * 2 >= shape.usual, words))
    if shape.share is not None:
        found.append(line(shape.share <= _MUCH, f"spoke {shape.share:.0%} of the words"))
    if shape.read_out:
        found.append(line(False, "most questions ignore the answer before: a protocol"))  # noqa: FBT003
    return [*found, ""]


_MUCH = 0.35
