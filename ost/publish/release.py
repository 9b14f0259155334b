"""Publishes a state: a file that never changes again, and a pointer to it.

Even if the process is killed, the pointer names a complete file. A server with an older file open
keeps it until it follows the pointer.

An existing file counts as a build only if this user's own record says that `ost` wrote it there and
no one has touched it since, or if it equals the state byte for byte. Otherwise it may have come
with a repository, or be damaged.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct

from ost.disk import store
from ost.disk.checksum import copy, digests_of, equal, joined
from ost.expression import expression
from ost.publish.columns import VERSION

POINTER = "current.json"
KEPT = 3
"""How many builds to keep: servers may have one open, and people may go back."""

REMEMBERED = 8
"""How many published files to remember, in all places together."""

WAITED = 1 << 24
"""Above this size, we wait until a file's times have settled: no longer than hashing it would take.
"""

LARGE = 1 << 26
"""Above this size, some 5,000 interviews, we do not wait until the file is on the disk: that would
double the time. A power failure within seconds may damage it; the next `ost build` notices."""


class PublishedFile(Struct, frozen=True):
    """A published file that no one has touched while it has this mark: its build, and the digests
    of its pieces. With `boot`, it may not be on the disk yet, and this holds until the machine
    restarts.
    """

    build: str
    mark: store.FileMark
    digests: bytes
    boot: str = ""


def release(
    state: Path, build: str, output: Path, record: Path, boot: str = "", *, lasting: bool = True
) -> tuple[Path, bool]:
    """Publishes to a folder, or to one file if `output` ends in `.db`; returns whether it wrote.

    `record` is the file in which published files are remembered; `boot` names the time since the
    machine was started. Without `lasting`, a power failure may lose the file; it is written again
    after the restart.
    """
    published = _Published(state, build, record, boot, lasting=lasting)
    if output.suffix == ".db":
        output.parent.mkdir(parents=True, exist_ok=True)
        with published.at(output) as (_, written):
            return output, written
    file, pointer = output / f"ost-{build}.db", output / POINTER
    output.mkdir(parents=True, exist_ok=True)
    with published.at(file) as (digests, written):
        content = _pointer(file.name, build, joined(digests))
        if not written and store.read(pointer) == content:
            return file, False
        with store.replacing(pointer) as fresh:
            fresh.write(content)
            fresh.flush()
            if lasting:
                os.fsync(fresh.fileno())
        if lasting:
            _sync(output)
        _forget(file)
    return file, True


class _Published:
    """The published file of a state."""

    def __init__(self, state: Path, build: str, record: Path, boot: str, *, lasting: bool) -> None:
        self.state, self.build, self.record, self.boot = state, build, record, boot
        self.lasting = lasting
        self.known = store.load(record, dict[bytes, PublishedFile]) or {}

    @contextmanager
    def at(self, file: Path) -> Iterator[tuple[bytes, bool]]:
        """Makes a file equal the state; returns the digests of its pieces and whether it wrote.
        Remembers the file last: by then its coarse times have settled.
        """
        known_digest = self._intact(file)
        if known_digest and known_digest.build == self.build:
            yield known_digest.digests, False
            if _key(file) != next(reversed(self.known)):
                self._remember(
                    file, known_digest
                )  # the next build differs least from the last published one
            return
        with FileIO(self.state) as state:
            written = not _is_copied(state, file)
            state.seek(0)
            digests = self._write(state, file) if written else digests_of(state)
        mark = store.mark(file)
        yield digests, written
        if mark is None or mark != store.mark(file):
            return
        # A short wait now saves hashing a large file next time.
        waits = written and (mark[1] > WAITED or not self.lasting)
        if (store.settle if waits else store.is_old_enough)(mark):
            unsynced = written and (mark[1] > LARGE or not self.lasting)
            boot = self.boot if unsynced else ""
            self._remember(file, PublishedFile(self.build, mark, digests, boot))

    def _write(self, state: FileIO, file: Path) -> bytes:
        """Writes a file, over the oldest build if no one can have it open; returns its digests."""
        spare = next(filter(self._intact, _surplus(file)), None)
        with store.replacing(file, spare=spare) as fresh:
            if spare and fresh.seek(0, os.SEEK_END):
                fresh.seek(0)
                digests = copy(state, fresh, self.known[_key(spare)].digests)
            else:
                digests = self._copy(state, fresh)
            fresh.flush()
            if self.lasting and fresh.tell() <= LARGE:
                os.fsync(fresh.fileno())
        return digests

    def _copy(self, state: FileIO, fresh: IO[bytes]) -> bytes:
        """Fills a new file, which differs little from the last published one."""
        newest = next(filter(self._intact, map(_path, reversed(self.known))), None)
        like = newest and store.opened(newest)
        if not newest or not like:
            return copy(state, fresh)
        with like:
            return copy(state, fresh, self.known[_key(newest)].digests, like)

    def _intact(self, file: Path) -> PublishedFile | None:
        """The record of a file, if no one has touched it since."""
        known_digest = self.known.get(_key(file))
        if (
            known_digest
            and known_digest.mark == store.mark(file)
            and known_digest.boot in {"", self.boot}
        ):
            return known_digest
        return None

    def _remember(self, file: Path, made: PublishedFile) -> None:
        key = _key(file)
        others = [(each, other) for each, other in self.known.items() if each != key]
        with suppress(OSError):
            store.save(self.record, dict([*others[1 - REMEMBERED :], (key, made)]))


def _is_copied(state: FileIO, file: Path) -> bool:
    """Whether a file's content equals the state's."""
    there = store.opened(file) if store.mark(file) else None
    if there is None:
        return False
    with there:
        return equal(state, there)


def _key(file: Path) -> bytes:
    return os.fsencode(os.path.abspath(file))  # noqa: PTH100 - keeps links


def _path(key: bytes) -> Path:
    return Path(os.fsdecode(key))


def _pointer(file: str, build: str, digest: str) -> bytes:
    """The pointer's content."""
    pointer = {"file": file, "build": build, "schema": VERSION, "digest": digest}
    return msgspec.json.encode(pointer) + b"\n"


def _sync(folder: Path) -> None:
    """Makes file names survive a power failure."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _forget(current: Path) -> None:
    """Deletes leftovers of killed processes, and all but the newest builds."""
    fresh = (each for each in current.parent.iterdir() if _FRESH.fullmatch(each.name))
    for file in [*_surplus(current), *(each for each in fresh if _is_old(each))]:
        with suppress(OSError):
            file.unlink()


def _surplus(current: Path) -> list[Path]:
    """The builds to delete, newest first; never the current one."""
    if not _BUILD.fullmatch(current.name):
        return []
    builds = (each for each in current.parent.iterdir() if _BUILD.fullmatch(each.name))
    others = sorted((each for each in builds if each != current), key=_changed, reverse=True)
    return others[KEPT - 1 :]


_BUILD = expression(r"ost-[0-9a-f]{12}\.db")
_FRESH = expression(r"\.(ost-[0-9a-f]{12}\.db|current\.json)\.[0-9a-f]{16}")


def _changed(file: Path) -> int:
    """When a file, of any type, changed."""
    with suppress(OSError):
        return file.lstat().st_mtime_ns
    return 0


def _is_old(file: Path) -> bool:
    """Whether no one can still be writing it."""
    return abs(time.time_ns() - _changed(file)) > 60_000_000_000
