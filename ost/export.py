"""The interface of exporters: functions named by entry points of `ost.exporters`.

An exporter of another package reads the published file, and nothing of the compiler. Its docstring
is the help of `ost export NAME`.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

GROUP = "ost.exporters"

Report = Callable[[str, int, int], None]
"""Receives the current step, the amount done and the total."""


class ForeignError(Exception):
    """The folder holds files that no export wrote."""


class Saved(NamedTuple):
    """How many files there are, how many of them were written, how many old ones were removed, and
    which file to open first.
    """

    files: int
    written: int
    gone: int
    first: Path


class Exporter(Protocol):
    """Saves a published tree below `folder`, and touches only files that differ.

    Raises `ForeignError` if the folder contains something that no export wrote, and
    `ost.disk.fence.LinkError` if a link is in the way, in the folder or between it and the
    project's `root`.
    """

    def __call__(
        self, connection: sqlite3.Connection, folder: Path, report: Report | None, root: Path
    ) -> Saved:
        """Saves it."""
