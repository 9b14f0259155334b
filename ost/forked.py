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
    """

    def __init__(self, work: Callable[[IO[bytes]], None]) -> None:
        """Begins."""
        from tempfile import TemporaryFile

        self._work = work
        # A file, not a pipe: a full pipe would make the copy wait until somebody reads.
        self._file = TemporaryFile(buffering=1 << 20)  # noqa: SIM115 - `result` gives it away
        self._process = os.fork() if may_fork() else -1
        if self._process == 0:
            status = 1
            try:
                work(self._file)
                self._file.flush()
                status = 0
            finally:
                os._exit(status)

    def result(self) -> IO[bytes]:
        """What it wrote, once it is done; to be closed."""
        status = os.waitpid(self._process, 0)[1] if self._process > 0 else 1
        if status:
            self._file.seek(0)
            self._file.truncate()
            self._work(self._file)
        self._file.seek(0)
        return self._file
