"""Work in a second process: a fork of this one, which shares its memory."""

import os
import sys
from collections.abc import Callable
from typing import IO


def may_fork() -> bool:
    """Whether a fork is worthwhile and safe: with several cores and a single thread."""
    threading = sys.modules.get("threading")
    alone = threading is None or threading.active_count() == 1
    return hasattr(os, "fork") and alone and (os.cpu_count() or 1) > 1


class Forked:
    """One piece of work that writes its result to a file. If the fork fails or dies, the work is
    done here when someone asks for the result.

    The fork keeps what the work returns until it ends, so that Python need not free it object by
    object.
    """

    def __init__(self, work: Callable[[IO[bytes]], object], *, small: bool = False) -> None:
        """Begins. A `small` result is kept in memory."""
        self._work = work
        # A file, not a pipe: a full pipe would block the fork until someone reads.
        self._file = _memory() if small else _file()
        self._process = os.fork() if may_fork() else -1
        if self._process == 0:
            status = 1
            try:
                held = work(self._file)  # noqa: F841
                self._file.flush()
                status = 0
            finally:
                os._exit(status)

    def so_far(self, begin: int) -> bytes:
        """The output so far, from a byte on; nothing if the work is done here."""
        if self._process <= 0:
            return b""
        end = os.fstat(self._file.fileno()).st_size
        return os.pread(self._file.fileno(), end - begin, begin)

    def result(self) -> IO[bytes]:
        """The finished output; close it."""
        status = os.waitpid(self._process, 0)[1] if self._process > 0 else 1
        self._process = -1
        if status:
            self._file.seek(0)
            self._file.truncate()
            try:
                self._work(self._file)
            except BaseException:
                self._file.close()
                raise
        self._file.seek(0)
        return self._file

    def abandon(self) -> None:
        """Waits until it is done and drops its output."""
        if self._process > 0:
            os.waitpid(self._process, 0)
            self._process = -1
        self._file.close()


def _file() -> IO[bytes]:
    from tempfile import TemporaryFile

    return TemporaryFile(buffering=1 << 20)


def _memory() -> IO[bytes]:
    """A file in memory where the system has such: `tempfile` takes long to import."""
    if not hasattr(os, "memfd_create"):
        return _file()
    return os.fdopen(os.memfd_create("ost"), "w+b")
