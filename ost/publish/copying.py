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

_PIECE = 1 << 24


def copy(file: Path, target: IO[bytes]) -> str:
    """Copies a file into an open one, and gives the SHA-256. A small one is on the disk then.

    It is hashed beside: that takes as long as copying, and each leaves the other a core.
    """
    from threading import Thread

    found: list[str] = []
    hashing = Thread(target=lambda: found.append(digest(file)))
    hashing.start()
    try:
        with file.open("rb", buffering=0) as source:
            if not _cloned(source.fileno(), target.fileno()):
                _fill(source.fileno(), target.fileno())
    finally:
        hashing.join()
    if os.fstat(target.fileno()).st_size <= LARGE:
        os.fsync(target.fileno())
    return found[0] if found else digest(file)


def _fill(source: int, target: int) -> None:
    if sys.platform == "linux":
        while os.sendfile(target, source, None, _PIECE):
            pass
        return
    while piece := os.read(source, _PIECE):
        while piece:
            piece = piece[os.write(target, piece) :]


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
