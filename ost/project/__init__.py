"""A project's folder, brought up to date: which files, which settings, which cache, which day.

Holds no meaning: it moves bytes between the stages. `Project` is what every command opens.
"""

import marshal
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ost.config import Settings
from ost.project.keys import key
from ost.project.scan import Looked, look
from ost.project.patterns import excluding

if TYPE_CHECKING:
    import sqlite3

    from ost.read.diagnostic import Diagnostic

Progress = Callable[[str, int, int], None]
"""Takes what is being done, how much of it is done, and how much there is."""

FOLDER = ".ost"
_FORMAT = 1


class Refreshed(NamedTuple):
    """What bringing a project up to date found."""

    changed: bool
    build: str
    files: int
    nodes: int
    errors: int
    warnings: int
    notes: int


class Published(NamedTuple):
    """What publishing did. `path` is the file that now stands for the project."""

    path: Path
    written: bool
    build: str


class Known(NamedTuple):
    """What was written down at the last look. `since` and `until` are the days for which it holds ("" for
    no end), `content` the sum over all files."""

    format: int = _FORMAT
    key: str = ""
    build: str = ""
    content: str = "0"
    since: str = ""
    until: str = ""
    files: int = 0
    nodes: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0

    def holds(self, day: str) -> bool:
        """Whether the judgement is that of this day."""
        return self.since <= day and (not self.until or day <= self.until)

    def refreshed(self, *, changed: bool) -> Refreshed:
        """The part that commands are told."""
        return Refreshed(
            changed, self.build, self.files, self.nodes, self.errors, self.warnings, self.notes
        )


class Project:
    """One project's state. Open it, `refresh` it, then ask."""

    def __init__(self, root: Path, settings: Settings, today: date) -> None:
        """Knows the project at `root`; touches nothing yet."""
        self.root, self.settings, self.today = root, settings, today
        self.content = os.path.realpath(root / settings.content)
        self.folder = root / FOLDER
        self._borrowed: tempfile.TemporaryDirectory[str] | None = None

    def refresh(self, progress: Progress | None = None) -> Refreshed:
        """Brings the state up to date with the files. Imports nothing heavy when nothing changed."""
        now = key(self.settings)
        known, looked = self._look(now)
        if looked is not None and not looked.changed and known.holds(self.today.isoformat()):
            return known.refreshed(changed=False)
        from ost.project.compiling import compile_project

        with self._locked():
            known, looked = self._look(now)
            made = compile_project(self, now, known, looked, progress)
        return made.refreshed(changed=made.build != known.build)

    def diagnostics(self) -> "tuple[Diagnostic, ...]":
        """What `ost check` says, in reading order. Without fixes and related places."""
        from ost.publish.asking import diagnostics

        with closing(self.connect()) as connection:
            return diagnostics(connection)

    def connect(self) -> "sqlite3.Connection":
        """The state as tables (`ost.publish.schema`), read-only, rows by name."""
        from ost.publish.state import State

        return State(self.folder).read_only()

    def publish(self, output: Path) -> Published:
        """Publishes the state: to a folder (versioned files and `current.json`) or to one `.db` file.

        Writes nothing when what is published there is this build already.
        """
        from ost.publish.release import release

        known, _ = self._read()
        path, written = release(self.folder / "state.db", known.build, output)
        return Published(path, written, known.build)

    def remember(self, known: Known, folders: dict[str, bytes]) -> None:
        """Writes down what the last look found, for the next."""
        fresh = self.folder / "look.new"
        fresh.write_bytes(marshal.dumps((tuple(known), folders), 2))
        fresh.replace(self.folder / "look")

    def _look(self, now: str) -> tuple[Known, Looked | None]:
        """What is known, and what may have changed since; None when nothing known can be trusted."""
        known, folders = self._read()
        if known.key != now or not (self.folder / "state.db").exists():
            return known, None
        excluded = excluding(self.settings.exclude)
        return known, look(self.content, folders, known.files, excluded)

    def _read(self) -> tuple[Known, dict[str, bytes]]:
        try:
            known, folders = marshal.loads((self.folder / "look").read_bytes())
            return (Known(*known), folders) if known[0] == _FORMAT else (Known(), {})
        except (OSError, ValueError, EOFError, TypeError):
            return Known(), {}

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One process at a time changes the state. Where nothing can be written, it is kept elsewhere
        for as long as this process runs."""
        try:
            self.folder.mkdir(exist_ok=True)
            ignored = self.folder / ".gitignore"
            if not ignored.exists():
                ignored.write_text("*\n")
            lock = (self.folder / "lock").open("wb")
        except OSError:
            self._borrowed = tempfile.TemporaryDirectory(prefix="ost-")
            self.folder = Path(self._borrowed.name)
            lock = (self.folder / "lock").open("wb")
        with lock:
            try:
                import fcntl

                fcntl.flock(lock, fcntl.LOCK_EX)
            except (ImportError, OSError):
                pass
            yield
