"""`ost import`: import notes from other tools as drafts."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ost.answers import queries
from ost.cli.files import create
from ost.cli.parameters import Folder, folder_option
from ost.cli.terminal import output
from ost.cli.workspace import Opened, near
from ost.errors import Misuse, Trouble
from ost.exchange.reports.paint import safe
from ost.limits import whole

if TYPE_CHECKING:
    from ost.exchange.importers.podcast import DraftSnapshot


@click.group("import", no_args_is_help=True)
def command() -> None:
    """Import notes from other tools as drafts.

    \b
    ost import podcast notes.md
    """


@command.command("podcast")
@click.argument("file", type=Folder(files=True))
@click.option(
    "--output",
    "-o",
    "out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The draft's file.  [default: in the interviews' folder, named after the notes]",
)
@folder_option
def podcast(file: Path, out: Path | None, folder: Path) -> None:
    """Turn notes with timestamps into a draft snapshot.

    Every claim with a timestamp becomes a step of the story or a quote. A link to a node of this
    tree becomes a moment. It works out whether 14:38:00 means hours or minutes.
    It never overwrites a file.

    \b
    ost import podcast notes.md
    ost import podcast notes.md --output content/interviews/p01.md
    """
    from ost.edit import new
    from ost.exchange.importers import podcast as importer

    opened = Opened(folder)
    opened.refresh()
    connection = opened.project.connect()
    draft = importer.read(_text(file), name=file.name, known=queries.ids(connection))
    below = new.folder("interview", queries.files(connection, "interview"))
    target = out or opened.content / below / draft.source.path
    create(target, draft.source.text, opened.root)
    _tell(near(target), draft)


@command.command("tree")
@click.argument("file", type=Folder(files=True))
@click.option(
    "--output",
    "-o",
    "out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The tree's file.  [default: in the content folder, named after FILE]",
)
@folder_option
def tree(file: Path, out: Path | None, folder: Path) -> None:
    """Import a tree from one file, as other tools and people write it.

    It copies the text below front matter with `kind: tree`. `ost check` then reports lines that it
    cannot read. It never overwrites a file.

    \b
    ost import tree roadmap.md
    ost import tree roadmap.md --output content/film-nights.md
    """
    from ost.exchange.importers.tree import read

    opened = Opened(folder)
    made = read(_text(file), name=file.name)
    target = out or opened.content / made.source.path
    create(target, made.source.text)
    paint = output.paint()
    output.write(f"{paint('bold green', 'wrote')} {near(target)}\n")
    output.write(f"{made.nodes} nodes; `ost check` reports lines that it cannot read\n")


def _tell(target: str, draft: "DraftSnapshot") -> None:
    """Says how the notes were imported."""
    paint = output.paint()
    linked = draft.timestamps - draft.lost
    output.write(f"{paint('bold green', 'wrote')} {safe(target)}\n")
    style = "bold green" if not draft.lost else "bold yellow"
    output.write(
        f"{paint(style, f'{linked} of {draft.timestamps} timestamps')} linked: "
        f"{draft.steps} in story steps, {draft.quotes} in quotes, {draft.moments} in moments\n"
    )
    if draft.minutes_first:
        output.write("read timestamps such as 14:38:00 as minutes and seconds\n")
    if draft.words:
        some = ", ".join(draft.words[:3]) + (", …" if len(draft.words) > 3 else "")
        lead = "links lead" if len(draft.words) > 1 else "link leads"
        output.write(f"{len(draft.words)} {lead} to no node here and became text: {safe(some)}\n")
    for line in draft.strange:
        output.write(
            f"{paint('bold yellow', 'not understood')} line {line.line}: {safe(line.text)}\n"
        )


def _text(file: Path) -> str:
    if file.is_dir():
        raise Misuse(f"{near(file)} is a folder, not a file; name a file of notes")
    try:
        return whole(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Misuse(f"{near(file)} is not UTF-8 text: byte {error.start}") from None
    except OSError as error:
        raise Trouble(f"{near(file)} cannot be read: {error.strerror}") from None


@command.command("replies")
@click.argument("file", type=Folder(files=True))
@click.option("--tool", default="", help="Where they come from.  [default: the file's name]")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@folder_option
def replies(file: Path, tool: str, dry_run: bool, folder: Path) -> None:  # noqa: FBT001 - click's
    """Turn the replies to a recruiting prompt into interview stubs and signals.

    FILE is the CSV export of a survey, a prompt or a scheduler. Whoever booked or agreed to a call
    becomes the stub of an interview; any other answer becomes a signal. Names, addresses and phone
    numbers are left out. Importing a longer export later adds only what is new.

    \b
    ost import replies intercom.csv --dry-run
    ost import replies bookings.csv --tool calendly
    """
    from ost.edit import new
    from ost.exchange.importers.replies import read
    from ost.tree.participants import people

    opened = Opened(folder)
    opened.refresh()
    connection = opened.project.connect()
    taken = [
        each
        for (said,) in connection.execute("select participant from node")
        for each in people(said)
    ]
    name = new.name(tool or file.stem)
    found = read(_text(file), name or "reply", frozenset(queries.ids(connection)), taken)
    for reply in found.replies:
        below = new.folder(reply.kind, queries.files(connection, reply.kind))
        target = opened.content / below / reply.source.path
        if not dry_run:
            create(target, reply.source.text, opened.root)
        output.write(f"{'would write' if dry_run else 'wrote'} {safe(near(target))}\n")
    if found.doubles:
        output.write(f"{found.doubles} imported before\n")
    if found.left_out:
        output.write(f"left out, about persons: {safe(', '.join(found.left_out))}\n")
    for number, why in found.strange:
        output.write(
            f"{output.paint()('bold yellow', 'not understood')} line {number}: {safe(why)}\n"
        )
    if not found.replies and not found.doubles:
        raise Misuse(f"{near(file)} holds no reply; use a CSV export with a line of headings")
