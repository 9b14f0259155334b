"""`ost snapshot`: a transcript becomes the draft of an interview."""

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path, PurePosixPath
from posixpath import normpath

import click

from ost.answers import queries
from ost.cli.files import create
from ost.cli.parameters import Folder, folder_option, set_option
from ost.cli.questions import fields
from ost.cli.terminal import output
from ost.cli.transcript_file import ReadFile, read_file
from ost.cli.workspace import Opened, near
from ost.edit import new
from ost.errors import Misuse
from ost.exchange.reports.paint import safe
from ost.exchange.snapshots.snapshot import DraftRequest, Snapshot, snapshot
from ost.exchange.snapshots.speech import why_not
from ost.exchange.snapshots.unread import unread
from ost.exchange.snapshots.vectors import LONGEST_LINE, WordVectors
from ost.exchange.snapshots.vectors import read as read_vectors
from ost.exchange.snapshots.wording import words
from ost.project.content import contents
from ost.project.templates import template
from ost.read.transcript import Transcript
from ost.tree.model import Interview, Opportunity
from ost.tree.participants import people
from ost.tree.tree import Tree
from ost.words import counted


@click.command("snapshot")
@click.argument("file", metavar="TRANSCRIPT", type=Folder(files=True))
@click.option("--title", default="", help="The draft's title.  [default: from what was said]")
@click.option(
    "--interviewer",
    "asks",
    multiple=True,
    metavar="SPEAKER",
    help="A speaker who asks.  [default: whoever asks most]",
)
@click.option(
    "--participant",
    "answers",
    multiple=True,
    metavar="SPEAKER[=P07]",
    help="A speaker who answers, and their pseudonym.  [default: the next free one]",
)
@set_option("segment=families")
@click.option(
    "--output",
    "-o",
    "out",
    metavar="FILE",
    help="The draft's file; - prints it.  [default: in the interviews' folder]",
)
@click.option(
    "--encoding",
    default="",
    metavar="NAME",
    help="The file's encoding, such as gb18030.  [default: UTF-8, else as it looks]",
)
@click.option(
    "--vectors",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Word vectors (GloVe or word2vec, as text), for passages that use other words.",
)
@folder_option
def command(
    file: Path,
    title: str,
    asks: tuple[str, ...],
    answers: tuple[str, ...],
    given: tuple[str, ...],
    out: str | None,
    encoding: str,
    vectors: Path | None,
    folder: Path,
) -> None:
    """Turn a transcript into a draft interview.

    It reads WebVTT, SRT, Markdown and text as Zoom, Teams, Meet, Otter, Whisper and podcasts write
    it. Every step and quote in the draft was said, at that second; opportunities of your tree come
    up where their words do. Speakers get pseudonyms. The draft counts for nothing until someone
    checks it and signs it with `ost verify`. It never overwrites a file.

    \b
    ost snapshot content/transcripts/2026-11-03.vtt
    ost snapshot call.txt --interviewer Tom --participant "Anna Berg=P07"
    ost snapshot call.srt --set segment=families --output -
    """
    opened = Opened(folder)
    opened.refresh()
    found = contents(opened.project)
    tree = found.tree()
    read = read_file(file, encoding)
    if why := why_not(read.text, read.transcript, file.suffix):
        raise Misuse(f"{near(file)} {why}; nothing was written")
    if not read.transcript.turns:
        raise Misuse(f"{near(file)} holds no words that anyone said; nothing was written")
    named = [each.partition("=") for each in answers]
    values = fields(Interview, given)
    if any(pseudonym for _, _, pseudonym in named):
        values["participant"] = ", ".join(pseudonym or speaker for speaker, _, pseudonym in named)
    inside = _inside(file, opened)
    if not out and (drafted_as := _drafted(inside, tree)):
        raise Misuse(
            f"{near(file)} is the transcript of {str(drafted_as.id)!r} already"
            f" ({opened.shown(drafted_as.path)}); to draft it again, name a file with --output"
        )
    opportunities = _opportunities(tree)
    drafted = snapshot(
        read.transcript,
        DraftRequest(
            title=title,
            fields={**_fields(file, inside), **values},
            today=opened.today,
            template=template("new/interview.md", root=opened.root),
            asks=asks,
            answers=tuple(speaker for speaker, _, _ in named),
            taken=frozenset(_taken(tree)),
            opportunities=opportunities,
            vectors=_vectors(vectors, read.transcript, opportunities) if vectors else None,
            synonyms=found.sections,
        ),
    )
    if out == "-":
        output.write(drafted.text, raw=True)
        return
    connection = opened.project.connect()
    below = new.folder("interview", queries.files(connection, "interview"))
    target = Path(out) if out else opened.content / below / f"{_id(drafted)}.md"
    create(target, drafted.text, opened.root)
    _tell(target, drafted, read, file, inside=inside)


def _inside(file: Path, opened: Opened) -> str:
    """The transcript's path in the content folder; "" for one outside of it."""
    whole_path, content = file.resolve(), opened.content.resolve()
    if not whole_path.is_relative_to(content):
        return ""
    return whole_path.relative_to(content).as_posix()


def _drafted(inside: str, tree: Tree) -> Interview | None:
    """The interview that has this file of the content folder as its transcript."""
    for node in tree.nodes(Interview):
        written = node.transcript or ""
        beside = str(PurePosixPath(node.path).parent / written)
        if inside and inside in (written, normpath(beside)):
            return node
    return None


def _fields(file: Path, inside: str) -> dict[str, str]:
    """What the file's name says: its path, and the day if there is one in it."""
    found = {"transcript": inside} if inside else {}
    day = re.search(r"(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)", file.name)
    return {**({"date": "-".join(day.groups())} if day else {}), **found}


def _taken(tree: Tree) -> list[str]:
    return [each for node in tree.nodes(Interview) for each in people(node.participant)]


def _opportunities(tree: Tree) -> dict[str, tuple[str, ...]]:
    """The opportunities that a passage may be about, each with its title and other words for it."""
    return {
        str(node.id): tuple(
            filter(None, (node.title, *(each.replace("-", " ") for each in node.aliases)))
        )
        for node in tree.nodes(Opportunity)
        if node.status != "parked"
    }


def _vectors(
    file: Path, transcript: Transcript, opportunities: Mapping[str, Sequence[str]]
) -> WordVectors:
    """The vectors of the words of a transcript and of the tree's opportunities."""
    texts = (turn.text for turn in transcript.turns)
    wanted = frozenset().union(*map(words, chain(texts, *opportunities.values())))
    try:
        with file.open("rb") as handle:
            found = read_vectors(
                iter(lambda: handle.readline(LONGEST_LINE), b""), wanted, near(file)
            )
    except OSError as error:
        raise Misuse(f"{near(file)} cannot be read: {error.strerror}") from None
    if not found.by_word:
        output.complain(f"{near(file)} knows none of the words; it made no difference")
    return found


def _id(made: Snapshot) -> str:
    return new.name(made.title) or new.name(made.participants[0]) or "interview"


def _tell(target: Path, made: Snapshot, read: ReadFile, file: Path, *, inside: str) -> None:
    """Says what is in the draft, what is not, and what to do next."""
    paint = output.paint()
    output.write(f"{paint('bold green', 'wrote')} {safe(near(target))}\n")
    for speaker, pseudonym in made.pseudonyms.items():
        output.write(f"  {safe(speaker)} is {safe(pseudonym)}\n")
    if not made.asking:
        output.write("  no one clearly asks; name the interviewer with --interviewer SPEAKER\n")
    said = f"{counted(made.steps, 'step')} and {counted(made.quotes, 'quote')}"
    about = f", likely about {', '.join(made.opportunities)}" if made.opportunities else ""
    output.write(f"  {said}{safe(about)}\n")
    if not inside:
        output.write(
            "  the transcript is outside the content folder, so its quotes cannot be verified; "
            "move it there and set `transcript`\n"
        )
    if read.encoding:
        output.write(
            f"  {safe(near(file))} is not UTF-8; read as {read.encoding}"
            " (name another one with --encoding)\n"
        )
    if lines := unread(read.lines, read.transcript):
        some = ", ".join(map(str, lines[:8])) + (" …" if len(lines) > 8 else "")
        output.write(f"  skipped {counted(len(lines), 'line')} without speech: {some}\n")
    output.write(f"check it, then sign it: ost verify {safe(target.stem)}\n")
