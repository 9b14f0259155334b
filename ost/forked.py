"""Work in a second process: a copy of this one, which shares all that is in memory."""

import os
import sys
from collections.abc import Callable
from typing import IO


def may_fork() -> bool:
    """Whether a copy is worth it and safe: with several cores, and one thread only."""
    threading = sys.modules.get("threading")
    alone = threading is None or threading.active_count() == 1
    return hasattr(os, "fork") and alone and (os.cpu_count() or 1) > 1


class Forked:
    """One piece of work that writes its result to a file. Where no copy can be made, or should it
    die, the work is done here, when the result is asked for.

    What the work returns is held until the copy has ended: so it need not be let go of, object by
    object.
    """

    def __init__(self, work: Callable[[IO[bytes]], object]) -> None:
        """Begins."""
        from tempfile import TemporaryFile

        self._work = work
        # A file, not a pipe: a full pipe would make the copy wait until somebody reads.
        self._file = TemporaryFile(buffering=1 << 20)  # noqa: SIM115 - `result` gives it away
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
        """What it has written until now, from a byte on; nothing when the work is done here."""
        if self._process <= 0:
            return b""
        end = os.fstat(self._file.fileno()).st_size
        return os.pread(self._file.fileno(), end - begin, begin)

    def result(self) -> IO[bytes]:
        """What it wrote, once it is done; to be closed."""
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
        """Waits until it is done, and forgets what it wrote."""
        if self._process > 0:
            os.waitpid(self._process, 0)
            self._process = -1
        self._file.close()
