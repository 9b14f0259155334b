"""Copies a state's file, whole or by pages."""

import os
import sys
from collections.abc import Callable, Iterable
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


def copy_pages(file: Path, to: Path, pages: Iterable[int]) -> None:
    """Copies these pages of a database file, counted from one, into another."""
    with file.open("rb") as source, to.open("r+b") as target:
        size = int.from_bytes(os.pread(source.fileno(), 2, 16), "big")
        size = 1 << 16 if size == 1 else size  # what does not fit into two bytes is written so
        for page in pages:
            at = (page - 1) * size
            os.pwrite(target.fileno(), os.pread(source.fileno(), size, at), at)
        target.truncate(os.fstat(source.fileno()).st_size)


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


def taken(file: Path, name: Path) -> bool:
    """Gives a file that nobody has open another name, to be changed; False where that cannot be
    known for certain.
    """
    try:
        import fcntl

        lease, signalled = fcntl.F_SETLEASE, fcntl.F_SETSIG
    except (ImportError, AttributeError):  # Linux knows
        return False
    import signal

    try:
        with file.open("r+b") as opened:
            if os.fstat(opened.fileno()).st_nlink != 1:
                return False
            # Whoever opens it now has to wait, and we are told by a signal that does nothing.
            fcntl.fcntl(opened, signalled, signal.SIGURG)
            fcntl.fcntl(opened, lease, fcntl.F_WRLCK)
            file.rename(name)
            alone = fcntl.fcntl(opened, fcntl.F_GETLEASE) == fcntl.F_WRLCK
            fcntl.fcntl(opened, lease, fcntl.F_UNLCK)
    except OSError:
        return False
    if not alone:
        name.unlink()  # it keeps what it opened
    return alone
