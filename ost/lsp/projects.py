"""The projects that an editor has open, in memory, and the addresses of their files."""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from pygls.uris import from_fs_path, to_fs_path

from ost.errors import OstError
from ost.lsp.positions import Positions
from ost.project.live import Live
from ost.project.root import project_of
from ost.project.scan import SUFFIXES
from ost.read.document import Entry
from ost.read.place import Place
from ost.settings.config import FILE

MOST_COUNTED = 20
"""How many files' places stay counted."""


class OpenProject:
    """One project. Paths are relative to its content."""

    def __init__(self, live: Live) -> None:
        """Holds a project in memory."""
        self.live = live
        self.content = Path(live.project.content)
        self.versions: dict[str, int | None] = {}
        """The version of each text that the editor holds."""
        self.typed: dict[str, str] = {}
        """The texts that were not judged yet."""
        self._positions: dict[str, tuple[object, Positions]] = {}

    def uri(self, path: str) -> str:
        """A file's address."""
        return str(from_fs_path(os.path.normpath(self.content / path)))

    def text(self, path: str) -> str:
        """A file's latest text."""
        return self.typed[path] if path in self.typed else self.live.text(path)

    def positions(self, path: str) -> Positions:
        """The places in a file: counted once for its text, because one answer may name many."""
        typed = self.typed.get(path, self.live.buffers.get(path))
        version = self.live.compiled.texts.get(path) if typed is None else typed
        known = self._positions.pop(path, None)
        if known is None or version is None or known[0] != version:
            known = (version, Positions(self.text(path)))
        self._positions[path] = known
        if len(self._positions) > MOST_COUNTED:
            del self._positions[next(iter(self._positions))]
        return known[1]


class File:
    """A file that an editor asks about."""

    def __init__(self, folder: OpenProject, path: str) -> None:
        """A file of a project; `path` is relative to its content."""
        self.folder, self.path, self.live = folder, path, folder.live
        self.positions = folder.positions(path)
        known = path in self.live.compiled.texts
        self.entries: tuple[Entry, ...] = self.live.document(path).reading.entries if known else ()

    @property
    def uri(self) -> str:
        """The file's address."""
        return self.folder.uri(self.path)

    def id(self, entry: Entry) -> str:
        """The id of an entry of the file."""
        return entry.id or self.live.document(self.path).stem

    def entry(self, line: int) -> Entry | None:
        """The entry that a line belongs to."""
        above = [each for each in self.entries if each.at.line <= line]
        if len(self.entries) == 1 or not above:
            return self.entries[0] if self.entries else None
        return max(above, key=lambda each: each.at)


def covers(place: Place, line: int, column: int) -> bool:
    """Whether a place, its end included, covers a line and column."""
    start, end = (place.line, place.column), (place.end_line, place.end_column)
    return start <= (line, column) <= end


class OpenProjects:
    """All open projects, by their root."""

    def __init__(self, today: Callable[[], date]) -> None:
        """Opens nothing yet."""
        self._today = today
        self._open: dict[Path, OpenProject] = {}
        self._workspace: list[Path] = []
        self.failed: dict[Path, str] = {}
        """Why a project could not be opened, by its root."""

    def __iter__(self) -> Iterator[OpenProject]:
        return iter(tuple(self._open.values()))

    def add(self, uris: Iterable[str]) -> None:
        """Opens the projects at some folders of the workspace."""
        for uri in uris:
            if folder := to_fs_path(uri):
                self._workspace.append(Path(folder).resolve())
                if (self._workspace[-1] / FILE).is_file():
                    self._opened(self._workspace[-1])

    def remove(self, uris: Iterable[str]) -> None:
        """Closes the projects at some folders."""
        for uri in uris:
            gone = Path(to_fs_path(uri) or "/").resolve()
            self._workspace = [each for each in self._workspace if each != gone]
            self._open = {
                root: each for root, each in self._open.items() if not root.is_relative_to(gone)
            }

    def file(self, uri: str) -> File | None:
        """The file at an address; None if it is in no project."""
        found = self.place(uri)
        return File(*found) if found else None

    def place(self, uri: str) -> tuple[OpenProject, str] | None:
        """The project of an address, and the path in it; None if it is in no project."""
        path = Path(os.path.normpath(to_fs_path(uri) or "/"))
        if not path.name.endswith(SUFFIXES):
            return None
        folder = self._opened(self._root(path))
        if folder is None:
            return None
        for within in (path, path.parent.resolve() / path.name):
            if within.is_relative_to(folder.content):
                return folder, within.relative_to(folder.content).as_posix()
        return None

    def reopen(self, root: Path) -> OpenProject | None:
        """Reopens a project with the editor's texts, after its settings or its day changed."""
        before = self._open.pop(root, None)
        after = self._opened(root)
        if before and after:
            for path, text in before.live.buffers.items():
                after.live.write(path, text)
            after.versions = before.versions
        return after

    def get(self, root: Path) -> OpenProject | None:
        """The open project at a root."""
        return self._open.get(root)

    def _root(self, path: Path) -> Path:
        """The root of a file's project: the nearest folder with settings, else the folder of the
        workspace, else the file's own.
        """
        for folder in path.parents:
            if (folder / FILE).is_file():
                return folder
        around = [each for each in self._workspace if path.is_relative_to(each)]
        return max(around, key=lambda each: len(each.parts)) if around else path.parent

    def _opened(self, root: Path) -> OpenProject | None:
        if root not in self._open:
            try:
                self._open[root] = OpenProject(Live(project_of(root, self._today())))
            except (OstError, OSError) as error:
                self.failed[root] = str(error)
                return None
        self.failed.pop(root, None)
        return self._open[root]
