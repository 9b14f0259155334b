"""Copies a state's file, and gives the digest of the copy."""

import os
import sys
from contextlib import ExitStack, suppress
from io import FileIO
from pathlib import Path
from typing import IO, NamedTuple

from ost.disk import store
from ost.disk.checksum import PIECE, piece_digest

LARGE = 1 << 26
"""Above this size, some 5,000 interviews, we do not wait until the file is on the disk: that would
double the time. A power failure within seconds may damage it; the next `ost build` notices."""

_BLOCK = PIECE << 4
_DIGEST = 32


class Like(NamedTuple):
    """A file that is much like the one to copy, with its mark and the digests of its pieces."""

    file: Path
    mark: store.FileMark
    pieces: bytes


def copy(file: Path, target: IO[bytes], like: Like | None = None, *, lasting: bool = True) -> bytes:
    """Makes an open file equal to another one, and gives the digests of its pieces. A small file is
    then on the disk, if it is to be `lasting`.

    To compare with a file that is much alike takes a fifth of the time to hash everything. A target
    that is not empty is that file: only the pieces that differ are written. Measured at 10,000
    files, 150 MB: a third of the time, because the system need not find memory for all of it.
    """
    written = FileIO(target.fileno(), "r+", closefd=False)
    over = os.fstat(target.fileno()).st_size > 0
    with ExitStack() as opened, FileIO(file) as source:
        known = written if over else None
        if like is not None and not over and store.mark(like.file) == like.mark:
            known = store.opened(like.file)
            if known is not None:
                opened.enter_context(known)
        cloned = not over and _cloned(source.fileno(), target.fileno())
        pieces = like.pieces if like else b""
        found = _copied(source, None if cloned else written, known, pieces)
    if like is not None and not over and known is not None and store.mark(like.file) != like.mark:
        target.truncate(0)  # someone changed it meanwhile
        return copy(file, target, lasting=lasting)
    os.utime(target.fileno())
    if lasting and os.fstat(target.fileno()).st_size <= LARGE:
        os.fsync(target.fileno())
    return found


def _copied(source: FileIO, target: FileIO | None, known: FileIO | None, pieces: bytes) -> bytes:
    """Copies, unless `target` is None, and gives the digests of the pieces; `pieces` are those of
    `known`.
    """
    block, other = bytearray(_BLOCK), bytearray(_BLOCK)
    found = bytearray()
    at = 0
    while size := source.readinto(block):
        if known is target and known is not None:
            known.seek(at)
        same_size = known is not None and known.readinto(other) == size
        whole = same_size and block == other
        for start in range(0, size, PIECE):
            stop = min(start + PIECE, size)
            alike = whole or (same_size and block[start:stop] == other[start:stop])
            index = len(found)
            found += pieces[index : index + _DIGEST] if alike else piece_digest(block[start:stop])
            if target is not None and not (alike and known is target):
                target.seek(at + start)
                _write(target, memoryview(block)[start:stop])
        at += size
    if target is not None:
        target.truncate(at)
    return bytes(found)


def _write(target: FileIO, left: memoryview) -> None:
    while left:
        left = left[target.write(left) :]


def equal(one: Path, other: Path) -> bool:
    """Whether two files hold the same bytes."""
    left, right = store.opened(one), store.opened(other)
    if left is None or right is None:
        return False
    with left, right:
        while block := left.read(_BLOCK):
            if block != right.read(_BLOCK):
                return False
        return not right.read(1)


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
