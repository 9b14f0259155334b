"""What looking at a project, refreshing it and publishing it return."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from ost.disk import store
from ost.project.scan import ScanResult

if TYPE_CHECKING:
    import sqlite3

Progress = Callable[[str, int, int], None]
"""Receives the current step, the amount done and the total."""

FORMAT = 4
"""Changes when the meaning of a saved look changes."""


class Refreshed(NamedTuple):
    """The result of a refresh."""

    changed: bool
    build: str
    files: int
    nodes: int
    errors: int
    warnings: int
    notes: int


class FileChanges(NamedTuple):
    """The result of a look at the files. `contents` are those that differ from the state's, by
    path: the id and the bytes, or None if the file is gone.
    """

    looked: ScanResult
    contents: dict[str, tuple[str, bytes] | None]


class Published(NamedTuple):
    """The result of publishing. `path` is the published file."""

    path: Path
    written: bool
    build: str


Apply = Callable[["sqlite3.Connection"], None]
"""Changes the rows of a file, in the caller's transaction."""


class Update(NamedTuple):
    """This process's last update of the state: from which build to which. `apply` repeats it on
    another file with the rows of the earlier build.
    """

    before: str
    build: str
    apply: Apply


class BuildRecord(NamedTuple):
    """The record of the last build. `since` and `until` are the days for which it holds ("" for no
    end), `content` the sum over all files, `basis` names what else the build depends on (see
    `ost.project.keys`), `further` says whether other packages may have rules or kinds, `sources`
    and `times` their files and when those changed, and `boot` names the time since the machine
    started.
    """

    format: int = FORMAT
    key: str = ""
    build: str = ""
    content: str = "0"
    basis: str = ""
    since: str = ""
    until: str = ""
    files: int = 0
    nodes: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    further: bool = True
    sources: tuple[str, ...] = ()
    times: str = ""
    boot: str = ""

    def holds(self, day: str) -> bool:
        """Whether the judgement holds on this day."""
        return self.since <= day and (not self.until or day <= self.until)

    def counted(self, files: int, nodes: int, severities: Mapping[str, int]) -> "BuildRecord":
        """The same record with the numbers of files, nodes and diagnostics of each severity."""
        errors, warnings, notes = (severities.get(each, 0) for each in ("error", "warning", "note"))
        return self._replace(
            files=files, nodes=nodes, errors=errors, warnings=warnings, notes=notes
        )

    def refreshed(self, *, changed: bool) -> Refreshed:
        """The part that commands show."""
        return Refreshed(
            changed, self.build, self.files, self.nodes, self.errors, self.warnings, self.notes
        )


class Look(Struct):
    """The data saved for the next look: the record, the signatures of the content's folders by
    name, and the marks of the state's files.
    """

    known: BuildRecord
    folders: list[tuple[bytes, bytes]]
    state: store.FileMark | None
    cache: store.FileMark | None


class WorkingRecords(Struct, array_like=True):
    """A build's records, and for each node a digest of everything that its record depends on."""

    build: str
    records: dict[str, bytes]
    digests: dict[str, bytes]


NOTHING = Look(BuildRecord(), [], None, None)
