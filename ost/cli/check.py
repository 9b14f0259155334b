"""`ost check`: say what is wrong, where."""

from datetime import date
from pathlib import Path

import click

from ost.cli import output, queries
from ost.cli.opening import Opened
from ost.cli.parameters import Folder, as_of_option, format_option
from ost.exchange.reports import json, text
from ost.exchange.reports.finding import findings
from ost.read.diagnostic import Severity


@click.command("check")
@click.argument("path", type=Folder(files=True), default=".")
@format_option
@as_of_option
@click.pass_context
def command(ctx: click.Context, path: Path, form: str, as_of: date | None) -> None:
    """Say what is wrong, where.

    Reads the whole project; PATH (a folder or a file) says of which part to speak.
    Ends with 0 when there is no error, with 1 when there is one. Warnings and notes fail nothing.

    \b
    ost check                        everything
    ost check content/interviews     one folder
    ost check --format json          for programs
    """
    opened = Opened(path, as_of)
    refreshed = opened.refresh()
    within = opened.within()
    diagnostics = [
        each
        for each in opened.project.diagnostics()
        if not within or each.path == within or each.path.startswith(f"{within}/")
    ]
    found = findings(diagnostics, queries.names(opened.project.connect()))
    if form == "json":
        output.write(json.render(found))
    else:
        paint = output.paint()
        output.write(text.render(found, opened.line(), opened.shown, paint, output.columns()))
        output.write(text.summary(found, refreshed.nodes, refreshed.files, paint))
    ctx.exit(1 if any(each.severity is Severity.ERROR for each in found) else 0)
