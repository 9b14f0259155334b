"""A project's folder, brought up to date: which files, which settings, which cache, which day.

Holds no meaning: it moves bytes between the stages. `Project` is what every command opens.
"""

import marshal
import os
import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from hashlib import sha1
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from ost.config import Settings
from ost.errors import Trouble
from ost.fence import Fence
from ost.project.files import contents
from ost.project.keys import boot, key
from ost.project.patterns import excluding
from ost.project.scan import Looked, look

if TYPE_CHECKING:
    import sqlite3

    from ost.compile.engine import Compiled
    from ost.project.full_build import Everything
    from ost.read.diagnostic import Diagnostic

Progress = Callable[[str, int, int], None]
"""Takes what is being done, how much of it is done, and how much there is."""

FOLDER = ".ost"
STATE = "state.db"
MANY = 1000
"""With so many files touched since, the look is written down again although nothing changed."""

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


class Found(NamedTuple):
    """What a look at the files found. `contents` are those that differ from the state's, by path:
    the id and the bytes, or None when the file is gone.
    """

    looked: Looked
    contents: dict[str, tuple[str, bytes] | None]


class Published(NamedTuple):
    """What publishing did. `path` is the file that now stands for the project."""

    path: Path
    written: bool
    build: str


class Known(NamedTuple):
    """What was written down at the last look. `since` and `until` are the days for which it holds
    ("" for no end), `content` the sum over all files, `further` whether other packages may have
    rules, `boot` names the time since the machine was started.
    """

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
    further: bool = True
    boot: str = ""

    def holds(self, day: str) -> bool:
        """Whether the judgement is that of this day."""
        return self.since <= day and (not self.until or day <= self.until)

    def refreshed(self, *, changed: bool) -> Refreshed:
        """The part that commands are told."""
        return Refreshed(
            changed, self.build, self.files, self.nodes, self.errors, self.warnings, self.notes
        )


def state_folder(root: Path) -> Path:
    """Where the state is kept: in a project's own folder, or with the user's caches for notes that
    are only looked at.
    """
    if any((root / each).exists() for each in ("ost.toml", ".git", FOLDER)):
        return root / FOLDER
    caches = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"))
    real = os.path.realpath(root)
    # A name for people, as far as it is safe everywhere, and one that no other folder has.
    shown = re.sub(r"[^A-Za-z0-9_-]+", "-", os.path.basename(real))[:40]
    return caches / "ost" / f"{shown}-{sha1(os.fsencode(real), usedforsecurity=False).hexdigest()}"


def keep_apart(folder: Path) -> None:
    """Makes a folder that git leaves alone."""
    folder.mkdir(parents=True, exist_ok=True)
    ignored = folder / ".gitignore"
    if not ignored.exists():
        ignored.write_text("*\n")


def temporary_folder() -> Path:
    """A folder that is deleted when this process ends."""
    import atexit
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="ost-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class Project:
    """One project's state. Open it, `refresh` it, then ask."""

    def __init__(self, root: Path, settings: Settings, today: date) -> None:
        """Knows the project at `root`; touches nothing yet."""
        self.root, self.settings, self.today = root, settings, today
        self.fence = Fence(root, settings.content)
        self.content = self.fence.content
        self.folder = state_folder(root)
        self.compiled: tuple[str, Compiled] | None = None

    def refresh(self, progress: Progress | None = None) -> Refreshed:
        """Brings the state up to date with the files. Imports nothing heavy when nothing
        changed.
        """
        now, today = key(self.settings), self.today.isoformat()
        known, found = self._look(now)
        if found is not None and not found.contents and known.holds(today):
            if len(found.looked.changed) > MANY or known.boot != boot():
                with suppress(OSError):
                    self.remember(known, found.looked.folders)
            return known.refreshed(changed=False)
        from ost.project.compilation import compile_project

        with self._locked():
            if self._read()[0] != known:
                known, found = self._look(now)
            made = compile_project(self, now, known, found, progress)
        return made.refreshed(changed=made.build != known.build)

    def diagnostics(self) -> "tuple[Diagnostic, ...]":
        """What `ost check` says, in reading order. Without fixes and related places."""
        from ost.publish.asking import diagnostics

        with closing(self.connect()) as connection:
            return diagnostics(connection)

    @property
    def readings(self) -> Path:
        """The folder of the cache in which readings are kept."""
        return self.folder

    def everything(self, progress: Progress | None = None) -> "Everything":
        """All files, read; only what the cache does not know is parsed."""
        from ost.project.full_build import everything

        return everything(self, progress)

    def connect(self) -> "sqlite3.Connection":
        """The state as tables (`ost.publish.schema`), read-only, rows by name."""
        from ost.publish.asking import connect

        return connect(self.folder / STATE)

    def publish(self, output: Path) -> Published:
        """Publishes the state: to a folder (versioned files and `current.json`) or to one `.db`
        file.

        Writes nothing when what is published there is this build already.
        """
        from ost.publish.release import release

        with self._unchanged():
            known, _ = self._read()
            try:
                path, written = release(self.folder / STATE, known.build, output, boot())
            except OSError as error:
                raise Trouble(f"{output}: cannot be written: {error.strerror or error}") from None
        return Published(path, written, known.build)

    def remember(self, known: Known, folders: dict[str, bytes]) -> None:
        """Writes down what the last look found, for the next."""
        fresh = self.folder / "look.new"
        known = known._replace(boot=boot())
        fresh.write_bytes(marshal.dumps((tuple(known), folders), 2))
        fresh.replace(self.folder / "look")

    def _look(self, now: str) -> "tuple[Known, Found | None]":
        """What is known, and what changed since; None when nothing known can be trusted."""
        known, folders = self._read()
        if known.key != now or not (self.folder / STATE).exists():
            return known, None
        if known.boot != boot() and not self._outlasted():
            return known, None
        looked = look(
            self.content, folders, known.files, excluding(self.settings.exclude), self.fence
        )
        if not looked.changed:
            return known, Found(looked, {})
        if len(looked.changed) > max(MANY, known.files // 2):
            return known, None
        from ost.publish.asking import blobs

        before = blobs(self.folder / STATE, known.build, looked.changed)
        if before is None:  # changed by a process that was killed before it could write that down
            return known, None
        now_there = {
            path: None if entry is None else contents(self.content, path, entry[1], self.fence)
            for path, entry in looked.changed.items()
        }
        return known, Found(
            looked,
            {
                path: there
                for path, there in now_there.items()
                if before.get(path) != (there[0] if there else None)
            },
        )

    def _outlasted(self) -> bool:
        """Whether the state is still whole after the machine was started anew."""
        from ost.publish.asking import whole

        return whole(self.folder / STATE)

    def _read(self) -> tuple[Known, dict[str, bytes]]:
        try:
            known, folders = marshal.loads((self.folder / "look").read_bytes())
            return (Known(*known), folders) if known[0] == _FORMAT else (Known(), {})
        except (OSError, ValueError, EOFError, TypeError):
            return Known(), {}

    @contextmanager
    def _unchanged(self) -> Iterator[None]:
        """Nobody changes the state meanwhile."""
        try:
            lock = (self.folder / "lock").open("rb")
        except OSError:
            yield  # nobody ever could
            return
        with lock:
            _flock(lock, exclusively=False)
            yield

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One process at a time changes the state. Where nothing can be written, it is kept
        elsewhere for as long as this process runs.
        """
        try:
            keep_apart(self.folder)
            lock = (self.folder / "lock").open("wb")
        except OSError:
            self.folder = temporary_folder()
            lock = (self.folder / "lock").open("wb")
        with lock:
            _flock(lock, exclusively=True)
            yield


def _flock(lock: IO[bytes], *, exclusively: bool) -> None:
    """Waits for a lock, where there are any."""
    with suppress(ImportError, OSError):
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX if exclusively else fcntl.LOCK_SH)
