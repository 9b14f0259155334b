"""Opens the project that a command is about, as it is now or at a revision (`--at`)."""

from datetime import date
from pathlib import Path

from ost.cli.workspace import CommandProject


def open_project(path: Path, revision: str | None, today: date | None = None) -> CommandProject:
    """The project of `path` at the revision; without one, as it is now."""
    if revision is None:
        return CommandProject(path, today)
    from ost.cli.revisions import OpenedAt

    return OpenedAt(path, revision, today)
