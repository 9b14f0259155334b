"""Publishes ahead: a copy of a state, made while the change it will hold is still compiled.

To copy a large file takes about as long as to work out what a small change means. So the change
goes into SQLite's write-ahead log, which tells besides which pages it touches, and is then carried
out in the state and in the copy.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from ost.publish.copying import LARGE, copy, copy_pages
from ost.publish.steps import Steps


class Ahead:
    """A copy that begins now, of a state that is about to be changed."""

    def __init__(
        self, state: Path, file: Path, lacking: set[int] | None, then: Callable[[], None]
    ) -> None:
        """Begins to copy the state; only the pages that the file is `lacking`, if it is an earlier
        copy. `then` is to be done beside. The file is not to be used before it is `whole`.
        """
        self.file, self.whole = file, False
        self._state, self._lacking, self._wanted = state, lacking, True
        self._copied, self._tried = False, Event()
        self._threads = [Thread(target=self._copy), Thread(target=then)]
        self._threads[0].start()

    def _copy(self) -> None:
        with suppress(OSError):
            if self._lacking is None:
                copy(self._state, self.file, lambda: self._wanted)
            else:
                copy_pages(self._state, self.file, self._lacking)
            self._copied = self._wanted
        self._tried.set()

    def follow(self, log: Path) -> None:
        """Carries out in the copy what the state's log holds."""
        self._threads[1].start()
        self._tried.wait()
        with suppress(OSError, sqlite3.Error):
            if self._copied:
                # The first page may have been copied before it named the log.
                copy_pages(self._state, self.file, [1])
                shutil.copyfile(log, f"{self.file}-wal")
                with closing(sqlite3.connect(self.file, isolation_level=None)) as db:
                    db.execute("pragma synchronous = off")
                    db.execute("pragma locking_mode = exclusive")
                    left = db.execute("pragma journal_mode = delete").fetchone()
                self.whole = left == ("delete",)

    def join(self) -> None:
        """Waits for all that is done beside."""
        for each in self._threads:
            if each.ident is not None:
                each.join()

    def ended(self) -> None:
        """Leaves nothing."""
        self.whole = self._wanted = False
        self.join()
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)


@contextmanager
def logged(
    state: Path, db: sqlite3.Connection, steps: Steps, begun: Ahead | None
) -> Iterator[None]:
    """What is committed within goes into a log; in the end, the state and what was `begun` hold it.

    Where there can be no log, because others read, or the state is small, only the state does.
    """
    log = state.stat().st_size > LARGE and _log(db)
    if not log:
        steps.forget()
    try:
        yield
        written = state.with_name(f"{state.name}-wal")
        pages = _pages(written) if log else set()
        if begun is not None and pages:
            begun.follow(written)
    finally:
        if db.in_transaction:
            db.execute("rollback")
        db.execute("pragma main.journal_mode = delete")
    if pages:
        steps.changed(pages | {1})
        if begun is not None and begun.whole:
            steps.copied(begun.file)


def _log(db: sqlite3.Connection) -> bool:
    (patience,) = db.execute("pragma busy_timeout").fetchone()
    try:
        db.execute("pragma busy_timeout = 0")
        # Alone with it, one needs no memory shared with others, nor their leave to end it.
        db.execute("pragma main.locking_mode = exclusive")
        db.execute("pragma wal_autocheckpoint = 0")
        if db.execute("pragma main.journal_mode = wal").fetchone() == ("wal",):
            return True
    except sqlite3.OperationalError:
        pass
    finally:
        db.execute(f"pragma busy_timeout = {patience}")
    db.execute("pragma main.locking_mode = normal")
    return False


def _pages(log: Path) -> set[int]:
    """The pages that a log holds (https://sqlite.org/fileformat2.html#walformat)."""
    with suppress(OSError), log.open("rb") as file:
        header = file.read(32)
        size = int.from_bytes(header[8:12], "big")
        found = set()
        while len(frame := file.read(24)) == 24:
            found.add(int.from_bytes(frame[:4], "big"))
            file.seek(size, 1)
        return found
    return set()
