"""Copies a state's file, and says what is in the copy."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

LARGE = 1 << 26
"""A file of more bytes, some 5,000 interviews, is not waited for until it is on the disk: that
takes as long again as copying it. A loss of power within the next seconds may cost it; the next
`ost build` notices."""

_PIECE = 1 << 20


def copy(file: Path, target: IO[bytes]) -> str:
    """Copies a file into an open one, and gives the SHA-256. A small one is on the disk then."""
    from hashlib import sha256

    found = sha256()
    with file.open("rb", buffering=0) as source:
        shared = _cloned(source.fileno(), target.fileno())
        while piece := source.read(_PIECE):
            found.update(piece)
            if not shared:
                target.write(piece)
    target.flush()
    if os.fstat(target.fileno()).st_size <= LARGE:
        os.fsync(target.fileno())
    return found.hexdigest()


def digest(file: Path) -> str:
    """The SHA-256 of a file."""
    from hashlib import file_digest

    with file.open("rb") as source:
        return file_digest(source, "sha256").hexdigest()


def sync(folder: Path) -> None:
    """Makes sure that names, too, outlast a loss of power."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cloned(source: int, target: int) -> bool:
    """Shares the blocks, where the file system can (Btrfs, XFS): no byte is copied."""
    if sys.platform != "linux":
        return False
    try:
        import fcntl

        fcntl.ioctl(target, 0x40049409, source)  # FICLONE
    except OSError:
        return False
    return True
