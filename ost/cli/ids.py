"""Nodes named on the command line: their project, and completion in the shell."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ost.answers import queries
from ost.cli.projects import opened_at
from ost.cli.workspace import Opened
from ost.errors import OstError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def opened_for(written: str, folder: Path, at: str | None = None) -> tuple[Opened, str]:
    """The project, and the id. A folder in place of an id means the project in that folder."""
    if written and folder == Path() and Path(written).is_dir():
        return opened_at(Path(written), at), ""
    return opened_at(folder, at), written


def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Ids that begin with this, from the cache; none without one."""
    from click.shell_completion import CompletionItem

    try:
        project = Opened(Path(ctx.params.get("folder") or ".")).project
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
