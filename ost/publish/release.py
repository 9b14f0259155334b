"""Publishes a state: a file that never changes again, and a pointer to it.

Whatever moment the process is killed at, the pointer names a whole file. A server that has an older
file open keeps it until it follows the pointer.
"""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import Thread

from ost.publish.copying import LARGE, copy

POINTER = "current.json"
KEPT = 3
"""So many builds are kept, for servers that still have one open, and for going back."""


def release(state: Path, build: str, output: Path, boot: str = "") -> tuple[Path, bool]:
    """Publishes to a folder, or to one file when `output` ends in `.db`; tells whether it wrote.

    `boot` names the time since the machine was started.
    """
    if output.suffix == ".db":
        return output, _one_file(state, build, output)
    file = output / f"ost-{build}.db"
    pointer = output / POINTER
    said = _said(pointer)
    # What was not waited for may be lost, if the machine was started anew since.
    lost = said.get("boot", boot) != boot
    if said.get("build") == build and _is_whole(file, state) and not lost:
        return file, False
    output.mkdir(parents=True, exist_ok=True)
    # Deleting a large file takes about as long as copying one: both at once.
    forgetting = Thread(target=_forget, args=(output, file))
    forgetting.start()
    try:
        if lost or not _is_whole(file, state):
            _copy(state, file)
        _point(pointer, {"file": file.name, "build": build}, file, boot)
    finally:
        forgetting.join()
    return file, True


def _said(pointer: Path) -> dict[str, object]:
    """What a pointer says; nothing when there is none."""
    try:
        said = json.loads(pointer.read_bytes())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


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

    from ost.publish.asking import address

    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(address(file), uri=True)) as found,
    ):
        row = found.execute("select value from meta where key = 'build'").fetchone()
        return str(row[0]) if row else ""
    return ""


def _copy(state: Path, file: Path) -> None:
    """Copies the state, and gives the copy its name."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        copy(state, fresh)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
    if not _is_large(file):
        _sync(file.parent)


def _is_large(file: Path) -> bool:
    return file.stat().st_size > LARGE


def _point(pointer: Path, said: dict[str, object], file: Path, boot: str) -> None:
    from ost.publish.schema import VERSION

    said["schema"] = VERSION
    if _is_large(file):
        said["boot"] = boot
    fresh = pointer.with_name(f".{pointer.name}.{os.getpid()}")
    with fresh.open("w", encoding="utf-8") as written:
        json.dump(said, written)
        written.write("\n")
        written.flush()
        if not _is_large(file):
            os.fsync(written.fileno())
    fresh.replace(pointer)
    if not _is_large(file):
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
    """Deletes what killed processes left, and all builds but the current and the newest others."""
    left = [each for each in folder.glob(".ost-*.db.*") if _is_old(each)]
    _delete([*_others(folder, current)[KEPT - 1 :], *left])


def _others(folder: Path, current: Path) -> list[Path]:
    """The builds beside the current one, the newest first."""
    return sorted(
        (each for each in folder.glob("ost-*.db") if each != current),
        key=lambda each: each.stat().st_mtime_ns,
        reverse=True,
    )


def _delete(files: Iterable[Path]) -> None:
    for each in files:
        with suppress(OSError):
            each.unlink()


def _is_old(file: Path) -> bool:
    """Whether nobody can still be writing it."""
    import time

    with suppress(OSError):
        return time.time() - file.stat().st_mtime > 60
    return False
