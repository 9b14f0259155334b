"""Opens the project that a command is about: as it is now, or as a revision holds it (`--at`)."""

from datetime import date
from pathlib import Path

from ost.cli.workspace import Opened


def opened_at(path: Path, revision: str | None, today: date | None = None) -> Opened:
    """The project of `path`: as the revision holds it, or as it is without one."""
    if revision is None:
        return Opened(path, today)
    from ost.cli.revisions import OpenedAt

    return OpenedAt(path, revision, today)
