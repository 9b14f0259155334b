"""Publishes a state: a file that never changes again, and a pointer to it.

Whatever moment the process is killed at, the pointer names a whole file. A server that has an older
file open keeps it until it follows the pointer.
"""

import json
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

POINTER = "current.json"
LARGE = 1 << 26
"""A file of more bytes, some 5,000 interviews, is not waited for until it is on the disk."""

KEPT = 3
"""So many builds are kept, for servers that still have one open, and for going back."""


def release(state: Path, build: str, output: Path) -> tuple[Path, bool]:
    """Publishes to a folder, or to one file when `output` ends in `.db`; tells whether it wrote."""
    if output.suffix == ".db":
        return output, _one_file(state, build, output)
    file = output / f"ost-{build}.db"
    pointer = output / POINTER
    if _pointed(pointer) == build and _is_whole(file, state):
        return file, False
    output.mkdir(parents=True, exist_ok=True)
    # Deleting a large file takes about as long as copying one: both at once.
    forgetting = Thread(target=_forget, args=(output, file))
    forgetting.start()
    try:
        if not _is_whole(file, state):
            _copy(state, file)
        _point(pointer, file.name, build)
    finally:
        forgetting.join()
    return file, True


def _pointed(pointer: Path) -> str:
    """The build that a pointer names; "" when it names none."""
    try:
        return str(json.loads(pointer.read_bytes())["build"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _is_whole(file: Path, state: Path) -> bool:
    """Whether a copy of the state is there; one that a loss of power cut short is not."""
    with suppress(OSError):
        return file.stat().st_size == state.stat().st_size
    return False


def _one_file(state: Path, build: str, output: Path) -> bool:
    if output.exists() and _build_of(output) == build:
        return False
    output.parent.mkdir(parents=True, exist_ok=True)
    _copy(state, output)
    return True


def _build_of(file: Path) -> str:
    import sqlite3
    from contextlib import closing

    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as found,
    ):
        row = found.execute("select value from meta where key = 'build'").fetchone()
        return str(row[0]) if row else ""
    return ""


def _copy(state: Path, file: Path) -> None:
    """Copies the state and gives the copy its name once it is on the disk."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with state.open("rb") as source, fresh.open("wb") as target:
            if not _cloned(source.fileno(), target.fileno()):
                _fill(source.fileno(), target.fileno())
            _settle(target.fileno())
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
    _sync(file.parent)


def _settle(target: int) -> None:
    """Sees to it that a copy reaches the disk: waits for it, unless that takes about as long again
    as all the rest. A very large file is only sent on its way, so that a loss of power within the
    next seconds may cost it: the builds before are still there, and the next build notices.
    """
    if os.fstat(target).st_size <= LARGE or not hasattr(os, "posix_fadvise"):
        os.fsync(target)
    else:
        os.posix_fadvise(target, 0, 0, os.POSIX_FADV_DONTNEED)


def _fill(source: int, target: int) -> None:
    """Copies the bytes."""
    if sys.platform == "linux":
        at = 0
        while count := os.sendfile(target, source, at, 1 << 30):
            at += count
        return
    with os.fdopen(os.dup(source), "rb") as data, os.fdopen(os.dup(target), "wb") as copy:
        shutil.copyfileobj(data, copy, 1 << 20)


def _cloned(source: int, target: int) -> bool:
    """Shares the blocks, where the file system can (Btrfs, XFS): no byte is copied."""
    try:
        import fcntl

        fcntl.ioctl(target, 0x40049409, source)  # FICLONE
    except (ImportError, OSError):
        return False
    return True


def _point(pointer: Path, name: str, build: str) -> None:
    from ost.publish.schema import VERSION

    fresh = pointer.with_name(f".{pointer.name}.{os.getpid()}")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump({"file": name, "build": build, "schema": VERSION}, file)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(pointer)
    _sync(pointer.parent)


def _sync(folder: Path) -> None:
    """Makes sure that names, too, outlast a loss of power."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _forget(folder: Path, current: Path) -> None:
    """Deletes what killed processes left, and all builds but the newest few."""
    builds = sorted(
        (each for each in folder.glob("ost-*.db") if each != current),
        key=lambda each: each.stat().st_mtime_ns,
        reverse=True,
    )
    left = [each for each in folder.glob(".ost-*.db.*") if _is_old(each)]
    for each in [*builds[KEPT - 1 :], *left]:
        with suppress(OSError):
            each.unlink()


def _is_old(file: Path) -> bool:
    """Whether nobody can still be writing it."""
    import time

    with suppress(OSError):
        return time.time() - file.stat().st_mtime > 60
    return False
