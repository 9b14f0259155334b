"""Parses many files on all cores."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from typing import IO, NamedTuple

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

TOGETHER = 20
"""How many neighbouring files a process takes at once, so that it opens their folder once."""

MOST_PARTS = 1000
"""The maximum of parts, so that their numbers of four bytes fit into any pipe."""

OFTEN = 200
"""After parsing this many files, this process collects the new results of the others."""

Parsed = tuple[str, str, bytes]
"""A file's path, the id of its content, and its reading, encoded."""

Found = tuple[str, str, bytes, Reading | None]
"""The same, with the reading itself if this process parsed it."""


def parse_all(
    root: str,
    wanted: Mapping[str, object],
    report: Progress | None = None,
    fence: Fence | None = None,
    words: Vocabulary | None = None,
) -> Iterator[Found]:
    """Reads and parses the files on all cores.

    Yields them in no particular order. `wanted` maps a path to why it cannot be read, if that is a
    text. Nothing outside the `fence` is opened.
    """
    reader = _Reader(root, wanted, fence or Fence(root), words)
    workers = min(os.cpu_count() or 1, 8) if len(wanted) > FEW and may_fork() else 1
    left = {*wanted}
    with closing(_Shared(sorted(wanted))) as shared:
        others = [_ReadingProcess(reader, shared) for _ in range(1, workers)]
        for found in _own_and_others(reader.parsed(shared), others):
            left.discard(found[0])
            yield found
            done = len(wanted) - len(left)
            if report is not None and done % 100 == 1:
                report("reading", done, len(wanted))
    for path, name, read in reader.parsed(sorted(left)):  # taken by a process that died
        yield path, name, encode(read), read


def _own_and_others(
    own: Iterable[tuple[str, str, Reading]], others: "list[_ReadingProcess]"
) -> Iterator[Found]:
    for done, (path, name, read) in enumerate(own):
        yield path, name, encode(read), read
        if not done % OFTEN:
            for other in others:
                yield from other.new_results()
    for other in others:
        yield from other.last_results()


class _Reader(NamedTuple):
    root: str
    wanted: Mapping[str, object]
    fence: Fence
    words: Vocabulary | None

    def parsed(self, paths: Iterable[str]) -> Iterator[tuple[str, str, Reading]]:
        """The path, the content's id and the reading of each file."""
        with closing(FenceInOrder(self.fence)) as opened:
            for path in paths:
                name, data = contents(self.root, path, self.wanted[path], opened)
                yield path, name, reading(name, data, self.words)


class _Shared:
    """Paths that several processes share: each takes the next part when it is free."""

    def __init__(self, paths: list[str]) -> None:
        """Created before the processes fork. A process takes a part by reading its number from the
        pipe.
        """
        self._paths = paths
        self._size = max(TOGETHER, len(paths) // MOST_PARTS + 1)
        self._numbers, end = os.pipe()
        with os.fdopen(end, "wb") as numbers:
            for number in range(0, len(paths), self._size):
                numbers.write(number.to_bytes(_HEAD, "big"))

    def __iter__(self) -> Iterator[str]:
        while first := os.read(self._numbers, _HEAD):
            start = _number(first)
            yield from self._paths[start : start + self._size]

    def close(self) -> None:
        """Closes the pipe: no more parts are taken here."""
        os.close(self._numbers)


class _ReadingProcess:
    """Another process that reads files; its results are collected while it works."""

    def __init__(self, reader: _Reader, paths: Iterable[str]) -> None:
        self._forked = Forked(partial(_write, reader, paths))
        self._at = 0

    def new_results(self) -> Iterator[Found]:
        """The results since the last call."""
        yield from self._results(self._forked.output_from(self._at))

    def last_results(self) -> Iterator[Found]:
        """The remaining results; fewer if the process died."""
        with self._forked.result() as file:
            file.seek(self._at)
            yield from self._results(file.read())

    def _results(self, data: bytes) -> Iterator[Found]:
        end = 0
        while (size := _number(data[end : end + _HEAD])) and end + _HEAD + size <= len(data):
            begin, end = end + _HEAD, end + _HEAD + size
            yield *_unpack(data[begin:end]), None
        self._at += end


_HEAD = 4
"""Bytes per number: the start of a part, or the length of the next result."""


def _number(head: bytes) -> int:
    return int.from_bytes(head, "big")


_unpack = msgspec.msgpack.Decoder(Parsed).decode


def _write(reader: _Reader, paths: Iterable[str], file: IO[bytes]) -> None:
    for path, name, read in reader.parsed(paths):
        packed = msgspec.msgpack.encode((path, name, encode(read)))
        file.write(len(packed).to_bytes(_HEAD, "big") + packed)
