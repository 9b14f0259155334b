"""`ost snapshot`: turn a transcript into a draft interview."""

from pathlib import Path

import click

from ost.answers import queries
from ost.cli.files import create
from ost.cli.parameters import Folder, folder_option, set_option
from ost.cli.terminal import output
from ost.cli.transcript_drafts import AskedDraft, TranscriptDraft, draft_of
from ost.cli.workspace import CommandProject, display_path
from ost.edit import new
from ost.exchange.reports.paint import safe
from ost.exchange.snapshots.selection import CLOSE
from ost.exchange.snapshots.snapshot import Snapshot
from ost.exchange.snapshots.unread import unread
from ost.words import counted


@click.command("snapshot")
@click.argument("file", metavar="TRANSCRIPT", type=Folder(files=True))
@click.option("--title", default="", help="The draft's title.  [default: from what was said]")
@click.option(
    "--interviewer",
    "asks",
    multiple=True,
    metavar="SPEAKER",
    help="The speaker who interviews.  [default: whoever asks most]",
)
@click.option(
    "--participant",
    "answers",
    multiple=True,
    metavar="SPEAKER[=P07]",
    help="A speaker who answers, with a pseudonym.  [default: the next free one]",
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
    help="The file's encoding, such as gb18030.  [default: detected, usually UTF-8]",
)
@click.option(
    "--vectors",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Word vectors (GloVe or word2vec, as text), to match passages in other words.",
)
@click.option(
    "--closeness",
    "close",
    type=click.FloatRange(0, 1, min_open=True),
    default=CLOSE,
    show_default=True,
    metavar="NUMBER",
    help="The closeness (cosine, 0 to 1) that --vectors needs to match a passage.",
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
    close: float,
    folder: Path,
) -> None:
    """Turn a transcript into a draft interview.

    It reads WebVTT, SRT, Markdown and text as Zoom, Teams, Meet, Otter, Whisper and podcasts write
    it. Every step and quote in the draft was said at the time it names; opportunities are suggested
    where their words occur. Speakers get pseudonyms. The draft does not count until someone checks
    it and signs it with `ost verify`. It never overwrites a file.

    \b
    ost snapshot content/transcripts/2026-11-03.vtt
    ost snapshot call.txt --interviewer Tom --participant "Anna Berg=P07"
    ost snapshot call.srt --set segment=families --output -
    """
    opened = CommandProject(folder)
    opened.refresh()
    asked = AskedDraft(title, asks, answers, given, vectors, close, again=bool(out))
    draft = draft_of(file, encoding, opened, asked)
    drafted = draft.snapshot
    if out == "-":
        output.write(drafted.text, raw=True)
        if not drafted.asking:
            output.complain(_unclear(draft))
        return
    connection = opened.project.connect()
    below = new.folder("interview", queries.files(connection, "interview"))
    target = Path(out) if out else opened.content / below / f"{_id(drafted)}.md"
    create(target, drafted.text, opened.root)
    _report_draft(target, draft, file)


def _unclear(draft: TranscriptDraft) -> str:
    """What to do when it is not clear who asks."""
    if any(turn.speaker for turn in draft.read.transcript.turns):
        return "no clear interviewer; name one with --interviewer SPEAKER"
    return "the transcript names no speakers; remove what the interviewer said from the draft"


def _id(made: Snapshot) -> str:
    return new.name(made.title) or new.name(made.participants[0]) or "interview"


def _report_draft(target: Path, draft: TranscriptDraft, file: Path) -> None:
    """Says what is in the draft, what is not, and what to do next."""
    paint = output.paint()
    made, read = draft.snapshot, draft.read
    output.write(f"{paint('bold green', 'wrote')} {safe(display_path(target))}\n")
    for speaker, pseudonym in made.pseudonyms.items():
        output.write(f"  {safe(speaker)} is {safe(pseudonym)}\n")
    if not made.asking:
        output.write(f"  {_unclear(draft)}\n")
    contents = f"{counted(made.steps, 'step')} and {counted(made.quotes, 'quote')}"
    about = f", likely about {', '.join(made.opportunities)}" if made.opportunities else ""
    output.write(f"  {contents}{safe(about)}\n")
    if not draft.inside:
        output.write(
            "  the transcript is outside the content folder, so its quotes cannot be verified; "
            "move it there and set `transcript`\n"
        )
    if read.encoding:
        output.write(
            f"  {safe(display_path(file))} is not UTF-8; read as {read.encoding}"
            " (name another with --encoding)\n"
        )
    if lines := unread(read.lines, read.transcript):
        some = ", ".join(map(str, lines[:8])) + (" …" if len(lines) > 8 else "")
        output.write(f"  skipped {counted(len(lines), 'line')} without speech: {some}\n")
    output.write(f"check it, then sign it: ost verify {safe(target.stem)}\n")
