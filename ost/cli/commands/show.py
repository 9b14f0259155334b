"""`ost show`: nodes with their evidence."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ost.answers import queries
from ost.answers.queries import find_id
from ost.answers.records import Card
from ost.cli.ids import complete
from ost.cli.parameters import at_option, folder_option, format_option
from ost.cli.projects import open_project
from ost.cli.selectors import select_option, selection
from ost.cli.terminal import output
from ost.cli.terminal.card import draw_card
from ost.cli.terminal.kinds import kinds
from ost.cli.terminal.screen import Screen
from ost.cli.workspace import CommandProject
from ost.errors import Misuse
from ost.exchange.reports import json, text
from ost.exchange.reports.finding import findings
from ost.exchange.reports.paint import safe
from ost.read.diagnostic import Diagnostic

if TYPE_CHECKING:
    from sqlite3 import Connection


@click.command("show")
@click.argument("id", required=False, default="", shell_complete=complete)
@folder_option
@select_option
@at_option
@format_option
def command(id: str, folder: Path, select: str | None, at: str | None, form: str) -> None:
    """Show a node, or those that --select chooses: place, fields, evidence, nodes below.

    Evidence comes with its time in the recording.

    \b
    ost show cant-agree-what-to-watch
    ost show p07-film-night --format json
    ost show p07-film-night --at v1.0
    ost show --select target,kind:opportunity
    """
    if not id and select is None:
        raise Misuse("name a node, or choose some with --select")
    opened = open_project(folder, at)
    opened.refresh()
    connection = opened.project.connect()
    ids = [find_id(connection, id)] if id else []
    if select is not None:
        ids = [each for each in selection(opened, select) if each in ids or not id]
    cards = [queries.card(connection, each, titles=form != "json") for each in ids]
    if form == "json":
        output.write(json.render(cards if select is not None else cards[0]))
        return
    if not cards:
        output.complain("no node is selected")
    by_node: dict[str, list[Diagnostic]] = {}
    for diagnostic in opened.project.diagnostics():
        by_node.setdefault(diagnostic.node, []).append(diagnostic)
    output.write_lines("\n\n".join(_shown(opened, connection, each, by_node) for each in cards))


def _shown(
    opened: CommandProject,
    connection: "Connection",
    card: Card,
    diagnostics: Mapping[str, Sequence[Diagnostic]],
) -> str:
    """A node with its findings."""
    paint = output.paint()
    wide = output.columns() if sys.stdout.isatty() else None
    place = opened.link(card.path, safe(f"{opened.shown(card.path)}:{card.line}"))
    shown = draw_card(card, place, Screen(kinds(connection), paint, wide))
    if card.id not in diagnostics:
        return shown
    found = findings(diagnostics[card.id], queries.names(connection))
    lines = text.render(
        found,
        opened.line(),
        opened.shown,
        paint,
        output.columns(),
        opened.link,
        wraps=wide is not None,
    )
    return f"{shown}\n{lines.rstrip()}\n"
