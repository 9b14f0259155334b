"""Publishes a state: a file that never changes again, and a pointer to it.

Even if the process is killed, the pointer names a complete file. A server with an older file open
keeps it until it follows the pointer.

An existing file counts as a build only if this user's own record says that `ost` wrote it there and
no one has touched it since, or if it equals the state byte for byte. Otherwise it may have come
with a repository, or be damaged.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ost.disk import store
from ost.disk.checksum import digest_of, joined
from ost.expression import expression
from ost.publish.copies import LARGE, Like, copy, equal, sync

POINTER = "current.json"
KEPT = 3
"""How many builds to keep, for servers that have one open and for going back."""

REMEMBERED = 32
"""How many published files to remember, in all places together."""

WAITED = 1 << 24
"""Above this size, we wait until a file's times have settled: that is at most as long as to hash
it."""


class PublishedFile(Struct, frozen=True):
    """A published file: its build, its digest and its mark. With `boot`, it may not be on the disk
    yet, and the record counts until the machine restarts. Only if it has `settled` does its mark
    change with every write, because file times are coarse. Of the newest ones, the digests of
    their `pieces`.
    """

    build: str
    digest: str
    mark: store.FileMark
    boot: str = ""
    settled: bool = False
    pieces: bytes = b""

    def holds(self, build: str, mark: store.FileMark | None, boot: str) -> bool:
        """Whether it describes a file with this mark, without a restart in between."""
        return (self.build, self.mark) == (build, mark) and self.boot in {"", boot}


def release(
    state: Path, build: str, output: Path, record: Path, boot: str = "", *, lasting: bool = True
) -> tuple[Path, bool]:
    """Publishes to a folder, or to one file when `output` ends in `.db`; tells whether it wrote.

    `record` is the file in which published files are remembered; `boot` names the time since the
    machine was started. What need not be `lasting` may be lost in a power failure: then it is
    written again after the restart.
    """
    published = _Published(state, build, record, boot, lasting=lasting)
    if output.suffix == ".db":
        output.parent.mkdir(parents=True, exist_ok=True)
        with published.at(output) as (_, written):
            return output, written
    file, pointer = output / f"ost-{build}.db", output / POINTER
    output.mkdir(parents=True, exist_ok=True)
    with published.at(file) as (digest, written):
        said = _said(file.name, build, digest)
        if not written and store.read(pointer) == said:
            return file, False
        with store.replacing(pointer) as fresh:
            fresh.write(said)
            fresh.flush()
            if lasting:
                os.fsync(fresh.fileno())
        if lasting:
            sync(output)
        _forget(file)
    return file, True


class _Published:
    """The published file of a state."""

    def __init__(self, state: Path, build: str, record: Path, boot: str, *, lasting: bool) -> None:
        self.state, self.build, self.record, self.boot = state, build, record, boot
        self.lasting = lasting
        self.known = store.load(record, dict[bytes, PublishedFile]) or {}

    @contextmanager
    def at(self, file: Path) -> Iterator[tuple[str, bool]]:
        """Makes a file equal the state; gives its digest and whether it was written. Remembers it
        at the end: what is done meanwhile takes about as long as a file's times need to settle.
        """
        key = _key(file)
        told, mark = self.known.get(key), store.mark(file)
        if told and told.settled and told.holds(self.build, mark, self.boot):
            yield told.digest, False
            if key != next(reversed(self.known)):
                self._remember(key, told)  # the next build is most like the one published last
            return
        written, pieces = mark is None or not equal(self.state, file), b""
        if written:
            spare = self._like(_surplus(file))
            with store.replacing(file, spare=spare and spare.file) as fresh:
                taken = fresh.seek(0, os.SEEK_END) > 0
                like = spare if taken else self._like(self._newest())
                pieces = copy(self.state, fresh, like, lasting=self.lasting)
        digest, mark = joined(pieces) if written else digest_of(file), store.mark(file)
        yield digest, written
        if mark is not None and mark == store.mark(file):
            unsynced = written and (mark[1] > LARGE or not self.lasting)
            # A moment now is shorter than hashing a large file at the next look.
            waits = unsynced or (written and mark[1] > WAITED)
            settled = store.settle(mark) if waits else store.settled(mark)
            boot = self.boot if unsynced else ""
            self._remember(key, PublishedFile(self.build, digest, mark, boot, settled, pieces))

    def _newest(self) -> Iterable[Path]:
        """Files that were published, the last one first."""
        return (Path(os.fsdecode(key)) for key in reversed(self.known))

    def _like(self, files: Iterable[Path]) -> Like | None:
        """The first of the files whose pieces are known, if no one has touched it since."""
        for file in files:
            made = self.known.get(_key(file))
            if made and made.pieces and made.settled and made.boot in {"", self.boot}:
                return Like(file, made.mark, made.pieces) if store.mark(file) == made.mark else None
        return None

    def _remember(self, key: bytes, copy: PublishedFile) -> None:
        others = [(each, made) for each, made in self.known.items() if each != key]
        bare = [(each, replace(made, pieces=b"")) for each, made in others[-REMEMBERED:-KEPT]]
        kept = dict([*bare, *others[-KEPT:], (key, copy)])
        with suppress(OSError):
            store.save(self.record, kept)


def _key(file: Path) -> bytes:
    return os.fsencode(os.path.abspath(file))  # noqa: PTH100 - links stay as they were given


def _said(file: str, build: str, digest: str) -> bytes:
    """The pointer's content."""
    from ost.publish.columns import VERSION

    said = {"file": file, "build": build, "schema": VERSION, "digest": digest}
    return msgspec.json.encode(said) + b"\n"


def _forget(current: Path) -> None:
    """Deletes leftovers of killed processes, and all but the newest builds."""
    fresh = (each for each in current.parent.iterdir() if _FRESH.fullmatch(each.name))
    for file in [*_surplus(current), *(each for each in fresh if _is_old(each))]:
        with suppress(OSError):
            file.unlink()


def _surplus(current: Path) -> list[Path]:
    """The builds beside the current one that are not to be kept, the newest first."""
    if not _BUILD.fullmatch(current.name):
        return []
    builds = (each for each in current.parent.iterdir() if _BUILD.fullmatch(each.name))
    others = sorted((each for each in builds if each != current), key=_changed, reverse=True)
    return others[KEPT - 1 :]


_BUILD = expression(r"ost-[0-9a-f]{12}\.db")
_FRESH = expression(r"\.(ost-[0-9a-f]{12}\.db|current\.json)\.[0-9a-f]{16}")


def _changed(file: Path) -> int:
    """When a file changed, whatever it is."""
    with suppress(OSError):
        return file.lstat().st_mtime_ns
    return 0


def _is_old(file: Path) -> bool:
    """Whether no one can still be writing it."""
    import time

    return abs(time.time_ns() - _changed(file)) > 60_000_000_000
