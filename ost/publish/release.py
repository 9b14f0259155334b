"""Publishes a state: a file that never changes again, and a pointer to it.

Even if the process is killed, the pointer names a complete file. A server with an older file open
keeps it until it follows the pointer.

An existing file counts as a build only if this user's own record says that `ost` wrote it there and
no one has touched it since, or if it equals the state byte for byte. Otherwise it may have come
with a repository, or be damaged.
"""

import json
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from ost import store
from ost.publish.copies import LARGE, copy, digest, sync

POINTER = "current.json"
KEPT = 3
"""How many builds to keep, for servers that have one open and for going back."""

REMEMBERED = 32
"""How many published files to remember, in all places together."""


class PublishedFile(Struct, frozen=True):
    """A published file: its build, its SHA-256 and its mark. With `boot`, it may not be on the disk
    yet, and the record counts until the machine restarts. Only if it has `settled` does its mark
    change with every write, because file times are coarse.
    """

    build: str
    sha256: str
    mark: store.FileMark
    boot: str = ""
    settled: bool = False

    def holds(self, build: str, mark: store.FileMark | None, boot: str) -> bool:
        """Whether it describes a file with this mark, without a restart in between."""
        return (self.build, self.mark) == (build, mark) and self.boot in {"", boot}


def release(
    state: Path, build: str, output: Path, record: Path, boot: str = ""
) -> tuple[Path, bool]:
    """Publishes to a folder, or to one file when `output` ends in `.db`; tells whether it wrote.

    `record` is the file in which published files are remembered; `boot` names the time since the
    machine was started.
    """
    published = _Published(state, build, record, boot)
    if output.suffix == ".db":
        output.parent.mkdir(parents=True, exist_ok=True)
        return output, published.at(output)[1]
    file, pointer = output / f"ost-{build}.db", output / POINTER
    output.mkdir(parents=True, exist_ok=True)
    sha256, written = published.at(file)
    said = _said(file.name, build, sha256)
    if not written and store.read(pointer) == said:
        return file, False
    with store.replacing(pointer) as fresh:
        fresh.write(said)
        fresh.flush()
        os.fsync(fresh.fileno())
    sync(output)
    _forget(output, file)
    return file, True


class _Published:
    """The published file of a state."""

    def __init__(self, state: Path, build: str, record: Path, boot: str) -> None:
        self.state, self.build, self.record, self.boot = state, build, record, boot
        self.known = store.load(record, dict[bytes, PublishedFile]) or {}

    def at(self, file: Path) -> tuple[str, bool]:
        """Makes a file equal the state; gives its SHA-256 and whether it was written."""
        key = os.fsencode(os.path.abspath(file))  # noqa: PTH100 - links stay as they were given
        told, mark = self.known.get(key), store.mark(file)
        if told and told.settled and told.holds(self.build, mark, self.boot):
            return told.sha256, False
        same_size = mark is not None and mark[1] == self.state.stat().st_size
        sha256 = digest(file) if same_size else ""
        written = not same_size or sha256 != digest(self.state)
        if written:
            with store.replacing(file) as fresh:
                sha256 = copy(self.state, fresh)
            # A moment now is shorter than hashing a large file at the next look.
            large = self.state.stat().st_size > LARGE
            mark = store.settle(file) if large else store.mark(file)
        if mark is not None:
            waits = not written or mark[1] <= LARGE
            settled = store.settled(mark)
            self._remember(
                key, PublishedFile(self.build, sha256, mark, "" if waits else self.boot, settled)
            )
        return sha256, written

    def _remember(self, key: bytes, copy: PublishedFile) -> None:
        others = {each: made for each, made in self.known.items() if each != key}
        kept = dict(list(others.items())[-REMEMBERED + 1 :]) | {key: copy}
        with suppress(OSError):
            store.save(self.record, kept)


def _said(file: str, build: str, sha256: str) -> bytes:
    """The pointer's content."""
    from ost.publish.schema import VERSION

    said = {"file": file, "build": build, "schema": VERSION, "sha256": sha256}
    return f"{json.dumps(said)}\n".encode()


def _forget(folder: Path, current: Path) -> None:
    """Deletes leftovers of killed processes, and all but the newest builds."""
    named = {each.name: each for each in folder.iterdir()}
    builds = [each for name, each in named.items() if _BUILD.fullmatch(name) and each != current]
    builds.sort(key=_changed, reverse=True)
    left = [each for name, each in named.items() if _FRESH.fullmatch(name) and _is_old(each)]
    _delete([*builds[KEPT - 1 :], *left])


_BUILD = re.compile(r"ost-[0-9a-f]{12}\.db")
_FRESH = re.compile(r"\.(ost-[0-9a-f]{12}\.db|current\.json)\.[0-9a-f]{16}")


def _delete(files: Iterable[Path]) -> None:
    for file in files:
        with suppress(OSError):
            file.unlink()


def _changed(file: Path) -> int:
    """When a file changed, whatever it is."""
    with suppress(OSError):
        return file.lstat().st_mtime_ns
    return 0


def _is_old(file: Path) -> bool:
    """Whether no one can still be writing it."""
    import time

    return abs(time.time_ns() - _changed(file)) > 60_000_000_000
