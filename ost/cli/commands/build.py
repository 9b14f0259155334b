"""`ost build`: publish the tree as one SQLite file."""

from datetime import date
from pathlib import Path

import click

from ost.cli.material import unread_material
from ost.cli.parameters import (
    as_of_option,
    at_option,
    folder_argument,
    format_option,
    paranoid_option,
)
from ost.cli.projects import open_project
from ost.cli.terminal import output
from ost.cli.workspace import CommandProject, display_path, progress
from ost.exchange.reports.paint import safe
from ost.exchange.reports.text import counts
from ost.project.results import Published
from ost.words import counted


@click.command("build")
@folder_argument
@click.option(
    "--output",
    "-o",
    "out",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A folder for versioned files, or a path that ends in .db for one file.  [default: build]",
)
@click.option(
    "--history", is_flag=True, help="Include the tree's history, from the commits up to this one."
)
@format_option
@as_of_option
@at_option
@paranoid_option
def command(
    folder: Path,
    out: Path | None,
    history: bool,
    form: str,
    as_of: date | None,
    at: str | None,
    paranoid: bool,
) -> None:
    """Publish the tree as one SQLite file, for Datasette or any other reader.

    In a folder, it writes a file that never changes and a pointer to it, current.json, which a
    running server follows. Broken content is published too; only `ost check` fails.
    If nothing changed, it writes nothing.

    \b
    ost build                        into build/
    ost build --output tree.db       one plain file
    ost build --history              with the changes of every commit
    ost build docs --output /srv/kb  another folder's tree
    """
    opened = open_project(folder, at, as_of)
    out = out or opened.root / "build"
    refreshed = opened.refresh(paranoid=paranoid, history=history)
    published, revisions = _published(opened, out, history=history)
    path = display_path(published.path)
    if form == "json":
        from ost.answers.records import BuildResult
        from ost.exchange.reports import json

        built = BuildResult(
            path=path,
            written=published.written,
            build=published.build,
            files=refreshed.files,
            nodes=refreshed.nodes,
            errors=refreshed.errors,
            warnings=refreshed.warnings,
            notes=refreshed.notes,
            revisions=revisions,
        )
        output.write(json.render(built))
        return
    paint = output.paint()
    did = paint("bold green", "wrote") if published.written else paint("dim", "unchanged:")
    output.write(f"{did} {safe(path)}\n")
    read = f"{counted(refreshed.nodes, 'node')} from {counted(refreshed.files, 'file')}"
    read += f" and {counted(revisions, 'revision')}" if history else ""
    found = counts(refreshed.errors, refreshed.warnings, refreshed.notes, paint)
    more = f"; {found} ({paint('bold', 'ost check')} says which)" if found else ""
    output.write(f"{paint('dim', read)}{more}\n")
    output.write(
        "".join(f"{each}\n" for each in unread_material(opened.project.connect(), opened.shown))
    )


def _published(opened: CommandProject, out: Path, *, history: bool) -> tuple[Published, int]:
    """What was published, and how many revisions the file holds."""
    if not history:
        return opened.project.publish(out), 0
    from ost.project.history import publish

    with progress() as report:
        published, grown = publish(opened.project, out, report)
    return published, grown.revisions
