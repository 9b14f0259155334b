"""`ost tree`: draw the tree."""

import sys
from pathlib import Path

import click

from ost.cli import queries
from ost.cli.ids import complete, named, opened_for
from ost.cli.parameters import at_option, folder_option, format_option
from ost.cli.terminal import output
from ost.cli.terminal.tree import draw
from ost.errors import Misuse
from ost.exchange.reports import json


@click.command("tree")
@click.argument("id", required=False, default="", shell_complete=complete)
@folder_option
@at_option
@click.option("--depth", type=click.IntRange(0), help="Leave out what is deeper than this.")
@click.option("--ids", is_flag=True, help="Write the nodes' ids as well.")
@format_option
def command(
    id: str,
    folder: Path,
    at: str | None,
    depth: int | None,
    ids: bool,  # noqa: FBT001 - click gives flags so
    form: str,
) -> None:
    """Draw the tree, or the part of it below ID.

    \b
    ◎ outcome   ● opportunity   ■ solution   ▲ assumption   ◆ test   ◼ decision

    Each person counts once per node, including everything below it.

    \b
    ost tree                            everything
    ost tree cant-agree-what-to-watch   one branch
    ost tree --depth 2                  outcomes and two levels below
    ost tree --at main~20               as it was then
    """
    opened, id = opened_for(id, folder, at)
    opened.refresh()
    connection = opened.project.connect()
    top = named(connection, id) if id else ""
    branches = queries.branches(connection, top)
    if top and not branches:
        raise Misuse(f"{top!r} is not in the tree; run `ost show {top}`")
    if form == "json":
        output.write(json.render(branches))
    elif branches:
        wide = output.columns() if sys.stdout.isatty() else None
        output.write(
            draw(branches, queries.kinds(connection), output.paint(), wide, depth, ids=ids)
        )
    else:
        output.complain("there is no tree yet; start one with `ost new outcome`")
