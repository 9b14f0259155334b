"""Datasette's output while it serves, in a file of limited size."""

import os
from pathlib import Path

MOST = 1 << 20
"""Bytes the log may grow to, roughly; then only its end is kept."""

KEPT = 1 << 16
"""Bytes of its end that are kept."""


class Log:
    """A log that another process appends to."""

    def __init__(self, path: Path) -> None:
        """Creates an empty file; an existing one belongs to another run."""
        self.path = path
        path.unlink(missing_ok=True)
        # The other process appends, so the file may be truncated under it.
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND
        self.handle = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)

    def trim(self) -> None:
        """Cuts a long file down to its end."""
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
        """Closes it here; the other process keeps it open."""
        os.close(self.handle)
