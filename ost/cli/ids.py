"""Nodes named on the command line: their project, and completion in the shell."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ost.answers import queries
from ost.cli.projects import open_project
from ost.cli.workspace import CommandProject
from ost.errors import OstError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def open_with_id(written: str, folder: Path, at: str | None = None) -> tuple[CommandProject, str]:
    """The project, and the id. A folder in place of an id means the project in that folder."""
    if written and folder == Path() and Path(written).is_dir():
        return open_project(Path(written), at), ""
    return open_project(folder, at), written


def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Ids that begin with this, from the cache; none without one."""
    from click.shell_completion import CompletionItem

    try:
        project = CommandProject(Path(ctx.params.get("folder") or ".")).project
        if not (project.folder / "state.db").is_file():
            return []
        known = queries.titles(project.connect())
    except (OstError, OSError):
        return []
    return [
        CompletionItem(each, help=title)
        for each, title in known.items()
        if each.startswith(incomplete)
    ]
