"""Copies a state, at once or ahead of a change.

To copy a large file takes about as long as to work out what a small change means. So both are done
at once: the change goes into SQLite's write-ahead log meanwhile, and the log is then carried out in
the state and in the copy.
"""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

LARGE = 1 << 26
"""A file of more bytes, some 5,000 interviews, is not waited for until it is on the disk: that
takes as long again as copying it. A loss of power within the next seconds may cost it; the builds
before are still there, and the next `ost build` notices."""

_PIECE = 1 << 24
_PAGE = 4096


class Ahead:
    """A copy that begins now, of a state that is about to be changed."""

    def __init__(self, state: Path, copy: Path, then: Callable[[], None]) -> None:
        """Begins to copy the state, and does something else `then`. The copy is not to be used
        before it is `whole`.
        """
        self.copy = copy
        self._state, self._wal = state, state.with_name(f"{state.name}-wal")
        self.whole, self._copied, self._wanted = False, False, True
        self._then, self._tried = then, Event()
        self._thread = Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        with suppress(OSError):
            copy(self._state, self.copy, lambda: self._wanted)
            self._copied = self._wanted
        self._tried.set()
        with suppress(OSError):
            self._then()

    @contextmanager
    def logged(self, db: sqlite3.Connection) -> Iterator[None]:
        """What is committed within goes into a log; in the end, state and copy hold it.

        Where there can be no log, or nothing can be copied, only the state does.
        """
        (patience,) = db.execute("pragma busy_timeout").fetchone()
        log = False
        with suppress(sqlite3.OperationalError):  # others read: nobody waits for a log
            db.execute("pragma busy_timeout = 0")
            # Alone with it, one needs no memory shared with others, nor their leave to end it.
            db.execute("pragma main.locking_mode = exclusive")
            db.execute("pragma wal_autocheckpoint = 0")
            log = db.execute("pragma main.journal_mode = wal").fetchone() == ("wal",)
        if not log:
            db.execute("pragma main.locking_mode = normal")
        db.execute(f"pragma busy_timeout = {patience}")
        try:
            yield
            self._tried.wait()
            if log and self._copied:
                with suppress(OSError, sqlite3.Error):
                    self._catch_up()
        finally:
            if db.in_transaction:
                db.execute("rollback")
            db.execute("pragma main.journal_mode = delete")

    def _catch_up(self) -> None:
        with self._state.open("rb") as state, self.copy.open("r+b") as begun:
            begun.write(state.read(_PAGE))  # it may have been copied before it named the log
        shutil.copyfile(self._wal, f"{self.copy}-wal")
        with closing(sqlite3.connect(self.copy, isolation_level=None)) as db:
            db.execute("pragma synchronous = off")
            db.execute("pragma locking_mode = exclusive")
            self.whole = db.execute("pragma journal_mode = delete").fetchone() == ("delete",)

    def ended(self) -> None:
        """Leaves nothing."""
        self.whole = self._wanted = False
        self._thread.join()
        for each in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.copy}{each}").unlink(missing_ok=True)


def copy(file: Path, to: Path, wanted: Callable[[], bool] = lambda: True) -> None:
    """Copies a file for as long as that is wanted. A small one is on the disk then."""
    with file.open("rb") as source, to.open("wb") as target:
        if not _cloned(source.fileno(), target.fileno()):
            _fill(source.fileno(), target.fileno(), wanted)
        if os.fstat(target.fileno()).st_size <= LARGE:
            os.fsync(target.fileno())


def _fill(source: int, target: int, wanted: Callable[[], bool]) -> None:
    """Copies the bytes."""
    at = 0
    while wanted():
        if sys.platform == "linux":
            count = os.sendfile(target, source, at, _PIECE)
        else:
            count = os.write(target, os.pread(source, _PIECE, at))
        if not count:
            break
        at += count


def _cloned(source: int, target: int) -> bool:
    """Shares the blocks, where the file system can (Btrfs, XFS): no byte is copied."""
    try:
        import fcntl

        fcntl.ioctl(target, 0x40049409, source)  # FICLONE
    except (ImportError, OSError):
        return False
    return True
