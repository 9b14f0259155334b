"""`ost check`: say what is wrong, where."""

from datetime import date
from pathlib import Path

import click

from ost.cli import baselines, output, queries
from ost.cli.opening import Opened
from ost.cli.parameters import Folder, as_of_option, format_option
from ost.exchange.reports import json, text
from ost.exchange.reports.finding import findings
from ost.read.diagnostic import Severity


@click.command("check")
@click.argument("path", type=Folder(files=True), default=".")
@format_option
@as_of_option
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Hold back what this file says was there before.",
)
@click.option(
    "--write-baseline",
    is_flag=False,
    flag_value="",
    metavar="[FILE]",
    help="Write down what there is now, for --baseline.",
)
@click.pass_context
def command(
    ctx: click.Context,
    path: Path,
    form: str,
    as_of: date | None,
    baseline: Path | None,
    write_baseline: str | None,
) -> None:
    """Say what is wrong, where.

    Reads the whole project; PATH (a folder or a file) says of which part to speak.
    Ends with 0 when there is no error, with 1 when there is one. Warnings and notes fail nothing.

    \b
    ost check                        everything
    ost check content/interviews     one folder
    ost check --format json          for programs
    ost check --write-baseline       from now on only what is new
    """
    opened = Opened(path, as_of)
    refreshed = opened.refresh()
    everything = opened.project.diagnostics()
    names = queries.names(opened.project.connect())
    if write_baseline is not None:
        output.write(baselines.write(opened, everything, names, write_baseline))
        return
    held, file = baselines.hold(opened, everything, names, baseline)
    shown = opened.shows()
    found = findings(filter(shown, held.standing), names)
    if form == "json":
        output.write(json.render(found))
    else:
        paint = output.paint()
        output.write(text.render(found, opened.line(), opened.shown, paint, output.columns()))
        output.write(text.summary(found, refreshed.nodes, refreshed.files, paint))
        if back := sum(map(shown, held.back)):
            output.write(f"held back by {file}: {back:,}\n")
    ctx.exit(1 if any(each.severity is Severity.ERROR for each in found) else 0)
