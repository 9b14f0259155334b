"""A project's folder, brought up to date: which files, which settings, which cache, which day.

Holds no meaning: it moves bytes between the stages. `Project` is what every command opens.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ost.config import Settings

if TYPE_CHECKING:
    import sqlite3

    from ost.read.diagnostic import Diagnostic

Progress = Callable[[str, int, int], None]
"""Takes what is being done, how much of it is done, and how much there is."""


class Refreshed:
    """What bringing a project up to date found."""

    changed: bool
    build: str
    files: int
    nodes: int
    errors: int
    warnings: int
    notes: int


class Published:
    """What publishing did. `path` is the file that now stands for the project."""

    path: Path
    written: bool
    build: str


class Project:
    """One project's state. Open it, `refresh` it, then ask."""

    def __init__(self, root: Path, settings: Settings, today: date) -> None:
        """Knows the project at `root`; touches nothing yet."""
        raise NotImplementedError

    def refresh(self, progress: Progress | None = None) -> Refreshed:
        """Brings the state up to date with the files. Imports nothing heavy when nothing changed."""
        raise NotImplementedError

    def diagnostics(self) -> "tuple[Diagnostic, ...]":
        """What `ost check` says, in reading order. Without fixes and related places."""
        raise NotImplementedError

    def connect(self) -> "sqlite3.Connection":
        """The state as tables (`ost.publish.schema`), read-only, rows by name."""
        raise NotImplementedError

    def publish(self, output: Path) -> Published:
        """Publishes the state: to a folder (versioned files and `current.json`) or to one `.db` file.

        Writes nothing when what is published there is this build already.
        """
        raise NotImplementedError
