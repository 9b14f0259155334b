"""Opens the project that a command is about, as it is now or at a revision (`--at`)."""

from datetime import date
from pathlib import Path

from ost.cli.workspace import Opened


def opened_at(path: Path, revision: str | None, today: date | None = None) -> Opened:
    """The project of `path` at the revision; without one, as it is now."""
    if revision is None:
        return Opened(path, today)
    from ost.cli.revisions import OpenedAt

    return OpenedAt(path, revision, today)
