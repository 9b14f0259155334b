"""`ost why`: trace what is built back to what people said."""

import sqlite3
from contextlib import suppress
from pathlib import Path

import click

from ost.answers.why import TreeSource, chains_for
from ost.cli.parameters import at_option, folder_option, format_choice
from ost.cli.projects import open_project
from ost.cli.terminal import output
from ost.cli.workspace import CommandProject
from ost.errors import Misuse, Trouble
from ost.exchange.reports import json
from ost.exchange.why import markdown, text

HOW = (
    "add a line to a commit message: `Solution: [[its-id]]`, or a link to its page; "
    "tickets are named in the node's `links:`"
)


@click.command("why")
@click.argument("thing", required=False, default="")
@click.option("--range", "range_", metavar="A..B", help="The commits of a pull request.")
@click.option(
    "--tree",
    "tree",
    type=click.Path(path_type=Path),
    help="The tree: a checkout's folder or a published file.",
)
@folder_option
@at_option
@format_choice("json", "markdown", help="For people, for programs, or for a comment.")
def command(
    thing: str,
    range_: str | None,
    tree: Path | None,
    folder: Path,
    at: str | None,
    form: str,
) -> None:
    """Trace a node, commit, source file or ticket back to what people said.

    THING is a node's id, a ticket that a node names in `links:`, a source file (by its commits), a
    commit, or a range of commits such as main..HEAD. A commit message names its node in the last
    lines: `Solution: [[id]]`, or a link to its page. The tree may be elsewhere: --tree.

    \b
    ost why veto-by-phone
    ost why src/player.py
    ost why PROJ-112
    ost why --range main..HEAD --tree ../discovery --format markdown
    """
    if bool(thing) == bool(range_):
        raise Misuse("name one thing: a node, a commit, a file, a ticket, or --range A..B")
    place = _place(tree or folder, at)
    lost: list[str] = []

    def complain(text: str) -> None:
        output.complain(text)
        lost.append(text)

    made = chains_for(place, folder, thing, range_, titles=form != "json", complain=complain)
    if form == "json":
        output.write(json.render(made), raw=True)
    elif form == "markdown":
        output.write(markdown.render(made, lost), raw=True)
    elif made:
        output.write_lines("\n".join(text.render(each, output.paint()) for each in made))
    else:
        how = "" if lost else f"; {HOW}"
        output.write(f"no commit of {thing or range_} names a node of the tree{how}\n")


def _place(path: Path, at: str | None) -> TreeSource:
    """A checkout's folder, a published file, or the folder that `ost build` fills."""
    if at is not None:
        if path.is_file():
            raise Misuse(f"--at cannot read {str(path)!r}, a published file; name a checkout")
        return _checkout(open_project(path, at))
    if path.is_dir() and (path / "current.json").is_file() and not (path / "ost.toml").exists():
        return TreeSource(_published(path / _current(path)), None)
    if path.is_file():
        return TreeSource(_published(path), None)
    if not path.is_dir():
        raise Misuse(f"no folder or file {str(path)!r}")
    return _checkout(CommandProject(path))


def _checkout(opened: CommandProject) -> TreeSource:
    opened.refresh()
    return TreeSource(opened.project.connect(), opened.project)


def _current(folder: Path) -> str:
    import json as plain

    with suppress(OSError, ValueError):
        pointer = plain.loads((folder / "current.json").read_bytes())
        if isinstance(pointer, dict) and isinstance(pointer.get("file"), str):
            return Path(pointer["file"]).name
    raise Trouble(f"{folder / 'current.json'} names no published file; run `ost build`")


def _published(file: Path) -> sqlite3.Connection:
    from ost.project.queries import connect

    try:
        connection = connect(file)
        connection.execute("select id, parent, fields from node limit 1").fetchone()
    except sqlite3.Error:
        raise Trouble(f"{file} was not published by `ost build`") from None
    return connection
