"""`ost export`: the pages as files, for readers without a server."""

from contextlib import closing
from datetime import date
from pathlib import Path

import click

from ost.cli.parameters import as_of_option, at_option, folder_option
from ost.cli.terminal import output
from ost.cli.workspace import near, opened_at, progress
from ost.errors import Misuse
from ost.exchange.reports.paint import safe


@click.group("export", no_args_is_help=True)
def command() -> None:
    """Save the pages as files, for readers without a server.

    \b
    ost export html site
    """


@command.command("html")
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@folder_option
@as_of_option
@at_option
def html(out: Path, folder: Path, as_of: date | None, at: str | None) -> None:
    """Save the pages as files that work from a disk and from any host.

    These are the pages of `ost serve`, without what needs a server: a tree's filter and panel, and
    the tables. When you save again, it writes only what differs and removes pages of deleted
    nodes.

    \b
    ost export html site             then open site/index.html
    ost export html /srv/www/tree    for a web server
    """
    from datasette_ost.saved import ForeignError, save

    opened = opened_at(folder, at, as_of)
    opened.refresh()
    with closing(opened.project.connect()) as connection, progress() as report:
        try:
            saved = save(connection, out, report, opened.root)
        except ForeignError:
            raise Misuse(
                f"{near(out)} holds files that no export wrote; name a new or empty folder"
            ) from None
    did = output.paint()("bold green", "wrote") if saved.written + saved.gone else "unchanged:"
    output.write(f"{did} {safe(near(out / 'index.html'))}\n")
    gone = f", {saved.gone:,} removed" if saved.gone else ""
    output.write(f"{saved.files:,} files, {saved.written:,} of them written{gone}\n")
