"""Copies a state's file, and gives the digest of the copy."""

import os
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, NamedTuple

from ost import store
from ost.digest import PIECE, piece_digest

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


def copy(file: Path, target: IO[bytes], like: Like | None = None) -> bytes:
    """Copies a file into an open one and gives the digests of its pieces. A small file is then on
    the disk.

    To compare with a file that is much alike takes a fifth of the time to hash everything.
    """
    with ExitStack() as opened, file.open("rb", buffering=0) as source:
        known = store.opened(like.file) if like and store.mark(like.file) == like.mark else None
        if known is not None:
            opened.enter_context(known)
        cloned = _cloned(source.fileno(), target.fileno())
        found = _copied(source, target, known, like.pieces if like else b"", write=not cloned)
    if like is not None and known is not None and store.mark(like.file) != like.mark:
        target.seek(0)  # someone changed it meanwhile
        return copy(file, target)
    target.flush()
    if os.fstat(target.fileno()).st_size <= LARGE:
        os.fsync(target.fileno())
    return found


def _copied(
    source: IO[bytes], target: IO[bytes], known: IO[bytes] | None, pieces: bytes, *, write: bool
) -> bytes:
    block, other = bytearray(_BLOCK), bytearray(_BLOCK)
    found = bytearray()
    while size := source.readinto(block):  # type: ignore[attr-defined] # unbuffered files have it
        same_size = known is not None and known.readinto(other) == size  # type: ignore[attr-defined]
        at = len(found)
        if same_size and size == _BLOCK and block == other:
            found += pieces[at : at + _DIGEST * (_BLOCK // PIECE)]
        else:
            for start in range(0, size, PIECE):
                piece = block[start : min(start + PIECE, size)]
                alike = same_size and piece == other[start : min(start + PIECE, size)]
                at = len(found)
                found += pieces[at : at + _DIGEST] if alike else piece_digest(piece)
        if write:
            target.write(memoryview(block)[:size])
    return bytes(found)


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
