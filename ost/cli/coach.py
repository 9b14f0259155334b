"""`ost coach`: say how questions are asked, in a guide or a transcript."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from msgspec import Struct

from ost.cli import output
from ost.cli.opening import around, near
from ost.cli.parameters import format_option
from ost.coach.guide import said_in
from ost.coach.labels import heard
from ost.coach.saying import FAULTS, Heard
from ost.coach.talk import Shape, Talk, listen, written_down
from ost.errors import Misuse
from ost.exchange.reports import json
from ost.exchange.reports.paint import Paint, cut, safe
from ost.exchange.reports.text import excerpt
from ost.fence import OUTSIDE, Fence, typed
from ost.limits import piped, whole
from ost.read import transcripts
from ost.read.place import unified
from ost.read.suffixes import TRANSCRIPTS

PAGE = "docs/explanation/questions.md"
"""Where each fault and strength is explained."""


class Sentence(Struct, frozen=True):
    """One sentence said to a participant, as `--format json` gives it."""

    path: str
    line: int
    text: str
    speaker: str
    faults: tuple[str, ...]
    strengths: tuple[str, ...]


class Coached(Struct, frozen=True):
    """A file, and what the coach heard in it."""

    path: str
    talk: Talk


@click.command("coach")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@format_option
def command(files: tuple[str, ...], form: str) -> None:
    """Say how questions are asked, in a guide or a transcript.

    Reads interview guides (Markdown), transcripts (.vtt, .srt, .txt) and snapshots that name one;
    `-` reads a guide from standard input. It reads English, and is silent otherwise. It never
    fails: what it says are questions to think about.

    \b
    ost coach guides/film-nights.md
    ost coach interviews/p07.vtt
    ost coach --format json *.md
    """
    found = [Coached(*each) for file in files for each in _coached(file)]
    if form == "json":
        output.write(json.render([one for each in found for one in _sentences(each)]))
        return
    paint = output.paint()
    for each in found:
        output.write(_text(each, paint, output.columns()))


def _coached(file: str) -> Iterator[tuple[str, Talk]]:
    """What the coach hears in a file, or in the transcript that it names."""
    text = _read(file)
    path = Path(file)
    if path.suffix.casefold() in TRANSCRIPTS:
        yield file, listen(transcripts.read(text, path.suffix.casefold()))
        return
    spoken = _named(path, text)
    if spoken is not None:
        yield from _coached(str(spoken))
    elif (talk := written_down(text)) is not None:
        yield file, listen(talk)
    else:
        yield file, Talk(tuple(heard(said_in(text))), None)


def _named(path: Path, text: str) -> Path | None:
    """The transcript that a snapshot names."""
    from ost.read.parse import parse
    from ost.read.value import Scalar

    for entry in parse(text).entries:
        field = entry.field("transcript")
        kind = entry.kind.text if entry.kind else ""
        if kind == "interview" and field is not None and isinstance(field.value, Scalar):
            return _transcript(path, field.value.text.strip())
        if kind == "interview":
            raise Misuse(f"{path}: this snapshot names no transcript to listen to")
    return None


def _transcript(path: Path, written: str) -> Path:
    """The file that is meant: beside the snapshot, in the content folder, or at the top."""
    if not written.casefold().endswith(TRANSCRIPTS):
        raise Misuse(f"{path}: {written!r} is no transcript that can be read: .vtt, .srt or .txt")
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
    return unified(data.decode("utf-8-sig", "replace"))


def _sentences(coached: Coached) -> Iterator[Sentence]:
    for each in coached.talk.heard:
        yield Sentence(
            path=coached.path,
            line=each.said.line,
            text=each.said.text,
            speaker=each.said.speaker,
            faults=tuple(dict.fromkeys(remark.fault for remark in each.remarks)),
            strengths=each.strengths,
        )


def _text(coached: Coached, paint: Paint, columns: int) -> str:
    """Each sentence with something to say about it, and how the talk went."""
    talk = coached.talk
    blocks = [
        block
        for each in talk.heard
        if each.remarks or "story-prompt" in each.strengths
        for block in _block(coached.path, each, paint, columns)
    ]
    asked = sum("?" in each.said.text for each in talk.heard)
    remarked = sum(bool(each.remarks) for each in talk.heard)
    stories = sum("story-prompt" in each.strengths for each in talk.heard)
    if not talk.heard:
        nothing = "nothing to say: no English questions were found, or nobody clearly interviews"
        return f"{paint('bold', safe(coached.path))} {paint('dim', nothing)}\n"
    said = (
        f"{asked} questions in {safe(coached.path)}: {remarked} to think about, "
        f"{stories} that {'asks' if stories == 1 else 'ask'} for a story"
    )
    went = _went(talk.shape, paint) if talk.shape else []
    return "\n".join([*blocks, *went, paint("bold", said), paint("dim", f"why: {PAGE}"), "", ""])


def _block(path: str, each: Heard, paint: Paint, columns: int) -> Iterator[str]:
    place = paint("bold", f"{safe(path)}:{each.said.line}")
    if "story-prompt" in each.strengths:
        shown = cut(safe(each.said.text), columns - 2)
        yield f"{place} {paint('bold green', 'story-prompt')}\n  {shown}\n"
    for remark in each.remarks:
        start = max(each.said.text.find(remark.phrase), 0)
        shown, before, under = excerpt(
            each.said.text, start + 1, start + 1 + len(remark.phrase), columns - 2
        )
        yield (
            f"{place} {paint('bold yellow', remark.fault)}\n  {shown}\n"
            f"  {' ' * before}{paint('yellow', '^' * under)}\n  {FAULTS[remark.fault]}\n"
        )


def _went(shape: Shape, paint: Paint) -> Sequence[str]:
    """How an interview went, line by line."""
    share = next((part for name, part in shape.shares if name == shape.interviewer), 0.0)

    def line(good: bool, words: str) -> str:  # noqa: FBT001 - whether a line is good news
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
    found.append(line(share <= _MUCH, f"spoke {share:.0%} of the words"))
    if shape.read_out:
        found.append(line(False, "most questions take up nothing of the answer before: a protocol"))  # noqa: FBT003
    for each in shape.passed_over[:_FEW]:
        words = f"passed over in line {each.line}: {cut(safe(each.text), 90)}"
        found.append(line(False, words))  # noqa: FBT003
    return [*found, ""]


_MUCH, _FEW = 0.35, 5
