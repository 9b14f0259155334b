"""`ost blame`: who set each field of a node, when, and in which commit."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import click
from msgspec import Meta, Struct

from ost.answers import queries
from ost.answers.queries import find_id
from ost.cli.ids import complete
from ost.cli.parameters import at_option, folder_option, format_option
from ost.cli.projects import open_project
from ost.cli.terminal import output
from ost.cli.workspace import CommandProject
from ost.errors import Trouble
from ost.exchange.differences.text import PLAIN
from ost.exchange.reports import json
from ost.exchange.reports.paint import Paint, cut, safe
from ost.history.biography import TEXT, Setting, WrittenVersion, settings
from ost.history.git import Repository
from ost.history.sentences import value
from ost.project.past import NodeFile, pasts


class Set(Struct, frozen=True, kw_only=True):
    """A field of a node, and who set it (`ost blame`)."""

    field: Annotated[str, Meta(description="The field; `title` and `text` are of the body.")]
    value: Annotated[object, Meta(description="Its value; for the text, a checksum.")]
    commit: Annotated[str, Meta(description="The commit that set it.")]
    date: Annotated[str, Meta(description="When it was committed.")]
    author: Annotated[str, Meta(description="Who wrote the commit.")]
    subject: Annotated[str, Meta(description="The commit's first line.")]
    first: Annotated[str, Meta(description="The day of the field's first value.")]


@click.command("blame")
@click.argument("id", shell_complete=complete)
@folder_option
@at_option
@format_option
def command(id: str, folder: Path, at: str | None, form: str) -> None:
    """Show who set each field of a node, when, and in which commit.

    Follows the node through renames, moves and former ids. Uncommitted changes are not shown.

    \b
    ost blame cant-agree-what-to-watch
    ost blame ask-ten-families --format json
    """
    opened = open_project(folder, at)
    opened.refresh()
    connection = opened.project.connect()
    node = find_id(connection, id)
    repository = Repository(opened.path if opened.path.is_dir() else opened.path.parent)
    known = queries.node_file(connection, node)
    found = settings(history_of(repository, opened, node, known, at or "HEAD"))
    if not found:
        raise Trouble(f"no commit holds {node!r} yet")
    edge = next((each.commit for each in found if repository.is_edge(each.commit)), None)
    if edge is not None:
        output.complain(repository.edge(edge))
    if form == "json":
        output.write(json.render([_set(each) for each in found]), raw=True)
        return
    output.write("\n".join(_lines(found, output.paint(), output.columns())) + "\n")


def history_of(
    repository: Repository, opened: CommandProject, node: str, known: NodeFile, until: str
) -> list[WrittenVersion]:
    """A node after each commit, oldest first."""
    from ost.answers.comparison import inside

    newest = repository.commit(until).id
    content = inside(repository, opened.content)
    return pasts(opened.project, repository, content, {node: known}, newest)[node]


def _set(setting: Setting) -> Set:
    commit = setting.commit
    return Set(
        field=setting.field,
        value=setting.value,
        commit=commit.id,
        date=commit.at,
        author=commit.author,
        subject=commit.subject,
        first=setting.first.day,
    )


def _lines(found: list[Setting], paint: Paint, columns: int) -> Iterator[str]:
    wide = max(len(each.field) for each in found)
    for line in found:
        commit = line.commit
        shown = "(the text)" if line.field == TEXT else value(line.value, PLAIN)
        about = f"{commit.id[:8]} {commit.day} {safe(commit.author)}"
        text = cut(f"{shown}", max(columns - wide - len(about) - 4, 20))
        yield f"{paint('dim', about)}  {paint('bold', safe(line.field).ljust(wide))}  {text}"
