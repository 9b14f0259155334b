"""`ost show`: one node with its evidence."""

import sys
from pathlib import Path

import click

from ost.answers import queries
from ost.answers.queries import named
from ost.cli.ids import complete
from ost.cli.parameters import at_option, folder_option, format_option
from ost.cli.projects import opened_at
from ost.cli.terminal import output
from ost.cli.terminal.kinds import kinds
from ost.cli.terminal.portrait import portray
from ost.exchange.reports import json, text
from ost.exchange.reports.finding import findings
from ost.exchange.reports.paint import safe


@click.command("show")
@click.argument("id", shell_complete=complete)
@folder_option
@at_option
@format_option
def command(id: str, folder: Path, at: str | None, form: str) -> None:
    """Show one node: its place, fields, evidence with the second of the recording, what is below.

    \b
    ost show cant-agree-what-to-watch
    ost show p07-film-night --format json
    ost show p07-film-night --at v1.0
    """
    opened = opened_at(folder, at)
    opened.refresh()
    connection = opened.project.connect()
    card = queries.card(connection, named(connection, id))
    if form == "json":
        output.write(json.render(card))
        return
    paint = output.paint()
    wide = output.columns() if sys.stdout.isatty() else None
    place = opened.link(card.path, safe(f"{opened.shown(card.path)}:{card.line}"))
    output.write(portray(card, kinds(connection), place, paint, wide))
    said = [each for each in opened.project.diagnostics() if each.node == card.id]
    if said:
        found = findings(said, queries.names(connection))
        shown = text.render(
            found, opened.line(), opened.shown, paint, output.columns(), opened.link
        )
        output.write(f"\n{shown.rstrip()}\n")
