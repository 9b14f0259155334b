"""Parses many files on all cores."""

import os
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import partial
from typing import IO

import msgspec

from ost.disk.fence import Fence, FenceInOrder
from ost.project.encoding import encode
from ost.project.files import contents
from ost.project.fork import Forked, may_fork
from ost.project.results import Progress
from ost.project.sources import reading
from ost.read.document import Reading
from ost.read.vocabulary import Vocabulary

FEW = 200
"""Below this number of files, one process is faster."""

OWN, OTHERS = 3, 4
"""How to share the files: this process must also take in the others' results."""

OFTEN = 200
"""After this many files of its own, this process takes in the others' results so far."""

Parsed = tuple[str, str, bytes]
"""A file's path, the id of its content, and its reading, encoded."""


def parse_all(
    root: str,
    wanted: Mapping[str, object],
    report: Progress | None = None,
    fence: Fence | None = None,
    words: Vocabulary | None = None,
) -> Iterator[tuple[str, str, bytes, Reading | None]]:
    """Reads and parses the files: path, content id, encoded reading, and the reading if it is at
    hand.

    Files come in no particular order. `wanted` maps a path to why it cannot be read, if that is a
    text. Nothing outside the `fence` is opened.
    """
    paths, fence = sorted(wanted), fence or Fence(root)
    workers = min(os.cpu_count() or 1, 8) if len(paths) > FEW and may_fork() else 1
    shares = OWN + OTHERS * (workers - 1)
    others = [
        _Other(root, fence, {path: wanted[path] for path in _share(paths, first, shares)}, words)
        for first in range(OWN, shares, OTHERS)
    ]
    with closing(FenceInOrder(fence)) as opened:
        for done, path in enumerate(_share(paths, 0, shares)):
            name, data = contents(root, path, wanted[path], opened)
            read = reading(name, data, words)
            yield path, name, encode(read), read
            if report is not None and not done % 50:
                report("reading", done * workers, len(paths))
            if not done % OFTEN:
                for other in others:
                    yield from other.so_far()
    for other in others:
        yield from other.rest()


def _share(paths: list[str], first: int, shares: int) -> list[str]:
    """A few files at regular intervals, so that each process gets large and small ones."""
    many = OTHERS if first else OWN
    return [each for at, each in enumerate(paths) if first <= at % shares < first + many]


class _Other:
    """Another process's results: taken in while it works, and the rest when it is done."""

    def __init__(
        self, root: str, fence: Fence, wanted: Mapping[str, object], words: Vocabulary | None
    ) -> None:
        self._forked = Forked(partial(_write, root, fence, wanted, words))
        self._taken = self._at = 0

    def so_far(self) -> Iterator[tuple[str, str, bytes, None]]:
        """The results since the last call."""
        data = self._forked.so_far(self._at)
        end = 0
        while (size := _size(data[end : end + _HEAD])) and end + _HEAD + size <= len(data):
            begin, end = end + _HEAD, end + _HEAD + size
            yield (*_unpack(data[begin:end]), None)
            self._taken += 1
        self._at += end

    def rest(self) -> Iterator[tuple[str, str, bytes, None]]:
        """The results not taken in yet. If the other process died, its work is done again, in the
        same order.
        """
        with self._forked.result() as file:
            at = 0
            while size := _size(file.read(_HEAD)):
                packed = file.read(size)
                if at >= self._taken:
                    yield (*_unpack(packed), None)
                at += 1


_HEAD = 4
"""How many bytes hold the length of what follows."""


def _size(head: bytes) -> int:
    return int.from_bytes(head, "big")


_unpack = msgspec.msgpack.Decoder(Parsed).decode


def _write(
    root: str,
    fence: Fence,
    wanted: Mapping[str, object],
    words: Vocabulary | None,
    file: IO[bytes],
) -> None:
    with closing(FenceInOrder(fence)) as opened:
        for path in wanted:
            name, data = contents(root, path, wanted[path], opened)
            packed = msgspec.msgpack.encode((path, name, encode(reading(name, data, words))))
            file.write(len(packed).to_bytes(_HEAD, "big") + packed)
