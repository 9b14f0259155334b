"""Copies a state's file, whole or by pages."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

LARGE = 1 << 26
"""A file of more bytes, some 5,000 interviews, is not waited for until it is on the disk, nor is
its pointer: that takes as long again as copying it. A loss of power within the next seconds may
cost it; the next `ost build` notices."""

_PIECE = 1 << 24


def copy(file: Path, to: Path, wanted: Callable[[], bool] = lambda: True) -> None:
    """Copies a file for as long as that is wanted. A small one is on the disk then."""
    with file.open("rb") as source, to.open("wb") as target:
        if not _cloned(source.fileno(), target.fileno()):
            _fill(source.fileno(), target.fileno(), wanted)
        if os.fstat(target.fileno()).st_size <= LARGE:
            os.fsync(target.fileno())


def _fill(source: int, target: int, wanted: Callable[[], bool]) -> None:
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
