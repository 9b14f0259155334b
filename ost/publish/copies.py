"""Copies a state's file and gives its SHA-256."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

LARGE = 1 << 26
"""Above this size, some 5,000 interviews, we do not wait until the file is on the disk: that would
double the time. A power failure within seconds may damage it; the next `ost build` notices."""

_PIECE = 1 << 24


def copy(file: Path, target: IO[bytes]) -> str:
    """Copies a file into an open one and gives the SHA-256. A small file is then on the disk.

    A thread hashes meanwhile: it takes as long as copying, and each uses its own core.
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
    """Makes file names survive a power failure."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cloned(source: int, target: int) -> bool:
    """Shares the blocks if the file system can (Btrfs, XFS), without copying a byte."""
    if sys.platform != "linux":
        return False
    try:
        import fcntl

        fcntl.ioctl(target, 0x40049409, source)  # FICLONE
    except OSError:
        return False
    return True
