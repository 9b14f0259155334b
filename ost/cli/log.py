"""Datasette's output while it serves, in a file of limited size."""

import os
from pathlib import Path

MOST = 1 << 20
"""Bytes of the log at most, roughly; a longer one keeps its end."""

KEPT = 1 << 16
"""Bytes to keep of a log that became too long."""


class Log:
    """A log that another process appends to."""

    def __init__(self, path: Path) -> None:
        """A new, empty file; what was there is another run's."""
        self.path = path
        path.unlink(missing_ok=True)
        # Where the other process appends, cutting the file short under it is safe.
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND
        self.handle = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)

    def trim(self) -> None:
        """Keeps only the end of it, when it became long."""
        size = os.fstat(self.handle).st_size
        if size > MOST:
            end = os.pread(self.handle, KEPT, size - KEPT)
            os.ftruncate(self.handle, 0)
            os.write(self.handle, end)

    def last(self) -> str:
        """Its last line."""
        size = os.fstat(self.handle).st_size
        end = os.pread(self.handle, KEPT, max(size - KEPT, 0)).decode("utf-8", "replace")
        return end.strip().split("\n")[-1]

    def close(self) -> None:
        """Lets go of it; the other process keeps it."""
        os.close(self.handle)
