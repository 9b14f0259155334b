"""`ost tree`: draw the tree."""

import sys
from pathlib import Path

import click

from ost.cli import output, queries
from ost.cli.drawing import draw
from ost.cli.naming import complete, named, opened_for
from ost.cli.parameters import folder_option, format_option
from ost.errors import Misuse
from ost.exchange.reports import json


@click.command("tree")
@click.argument("id", required=False, default="", shell_complete=complete)
@folder_option
@click.option("--depth", type=click.IntRange(0), help="Show this many levels below.")
@click.option("--ids", is_flag=True, help="Also show ids.")
@format_option
def command(id: str, folder: Path, depth: int | None, ids: bool, form: str) -> None:  # noqa: FBT001
    """Draw the tree, or the branch below ID.

    \b
    ◎ outcome   ● opportunity   ■ solution   ▲ assumption   ◆ test   ◼ decision

    Each person counts once per node, including everything below it.

    \b
    ost tree                            everything
    ost tree cant-agree-what-to-watch   one branch
    ost tree --depth 2                  outcomes and two levels below
    """
    opened, id = opened_for(id, folder)
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
        output.write(draw(branches, output.paint(), wide, depth, ids=ids))
    else:
        output.complain("there is no tree yet; start one with `ost new outcome`")
