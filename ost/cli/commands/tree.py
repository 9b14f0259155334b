"""`ost tree`: draw the tree."""

import sys
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ost.answers import queries
from ost.answers.queries import find_id
from ost.cli.ids import complete, open_with_id
from ost.cli.parameters import at_option, folder_option, format_option
from ost.cli.selectors import parse_selector, select_nodes, select_option
from ost.cli.terminal import output
from ost.cli.terminal.kinds import kinds
from ost.cli.terminal.screen import Screen
from ost.cli.terminal.tree import draw
from ost.cli.workspace import CommandProject
from ost.errors import Misuse
from ost.exchange.reports import json

if TYPE_CHECKING:
    from sqlite3 import Connection


@click.command("tree")
@click.argument("id", metavar="[SELECTOR]", required=False, default="", shell_complete=complete)
@folder_option
@select_option
@at_option
@click.option("--depth", type=click.IntRange(0), help="Draw only this many levels below the top.")
@click.option("--ids", is_flag=True, help="Show the nodes' ids, too.")
@format_option
def command(
    id: str,
    folder: Path,
    select: str | None,
    at: str | None,
    depth: int | None,
    ids: bool,
    form: str,
) -> None:
    """Draw the tree, or the nodes that SELECTOR chooses; an id alone is the branch below it.

    \b
    ◎ outcome   ● opportunity   ■ solution   ▲ assumption   ◆ test   ◼ decision

    Each person counts once per node, including all nodes below it.

    \b
    ost tree                            everything
    ost tree cant-agree-what-to-watch   one branch
    ost tree target+                    the target and everything below
    ost tree '+status:candidate'        candidate solutions and all above them
    ost tree --depth 2                  outcomes and two levels below
    ost tree --at main~20               as it was then
    """
    opened, id = open_with_id(id, folder, at)
    opened.refresh()
    connection = opened.project.connect()
    top, chosen = _selection(opened, connection, id)
    if select is not None:
        also = select_nodes(opened, select)
        chosen = also if chosen is None else chosen & also
    branches = queries.branches(connection, top, chosen)
    if top and chosen is None and not branches:
        raise Misuse(f"{top!r} is not in the tree; run `ost show {top}`")
    if form == "json":
        output.write(json.render(branches))
    elif branches:
        wide = output.columns() if sys.stdout.isatty() else None
        screen = Screen(kinds(connection), output.paint(), wide)
        output.write(draw(branches, screen, depth, ids=ids))
    elif chosen is not None:
        output.complain("no node is selected")
    else:
        output.complain("no tree yet; start one with `ost new outcome`")


def _selection(
    opened: CommandProject, connection: "Connection", written: str
) -> tuple[str, AbstractSet[str] | None]:
    """The node whose branch to draw, or the nodes that a selector chooses."""
    if not written:
        return "", None
    found, _ = queries.similar_ids(connection, written)
    if found:
        return found, None
    if name := parse_selector(written).name:
        return find_id(connection, name), None
    return "", select_nodes(opened, written)
