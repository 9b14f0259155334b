"""Parses many files, on as many cores as there are."""

import os
import threading
from collections.abc import Iterator, Mapping
from tempfile import TemporaryFile
from typing import IO

import msgspec

from ost.project import Progress
from ost.project.encoding import encode
from ost.project.files import contents
from ost.project.sources import reading
from ost.read.document import Reading

FEW = 200
"""So many files are parsed before another process has started."""

Parsed = tuple[str, str, bytes]
"""A file's path, the id of its content, and its reading, encoded."""

def parse_all(
    root: str, wanted: Mapping[str, object], report: Progress | None = None
) -> Iterator[tuple[str, str, bytes, Reading | None]]:
    """Reads and parses the files: path, id of the content, encoded reading, and the reading when it is at hand.

    Files come in no order. `wanted` maps a path to why it cannot be read, if that is a text.
    """
    paths = sorted(wanted)
    cores = os.cpu_count() or 1
    alone = hasattr(os, "fork") and threading.active_count() == 1
    workers = min(cores, 8) if len(paths) > FEW and alone else 1
    others = [
        _Worker(root, {path: wanted[path] for path in paths[worker::workers]})
        for worker in range(1, workers)
    ]
    own = paths[::workers] if others else paths
    for done, path in enumerate(own):
        name, data = contents(root, path, wanted[path])
        read = reading(name, data)
        yield path, name, encode(read), read
        if report is not None and not done % 50:
            report("reading", done * workers, len(paths))
    for worker in others:
        for path, name, encoded in worker.results():
            yield path, name, encoded, None


class _Worker:
    """A forked process that parses some of the files."""

    def __init__(self, root: str, wanted: Mapping[str, object]) -> None:
        self.root, self.wanted = root, wanted
        # A file, not a pipe: a pipe would make the process wait until somebody reads.
        self.results_file = TemporaryFile(buffering=1 << 20)  # noqa: SIM115 - closed by `results`
        self.process = os.fork()
        if not self.process:
            status = 1
            try:
                for each in _parse(root, wanted):
                    self.results_file.write(_packed(each))
                self.results_file.flush()
                status = 0
            finally:
                os._exit(status)

    def results(self) -> Iterator[Parsed]:
        """What it parsed; parsed here, should it have died."""
        _, status = os.waitpid(self.process, 0)
        with self.results_file as file:
            file.seek(0)
            yield from _parse(self.root, self.wanted) if status else _unpacked(file)


def _parse(root: str, wanted: Mapping[str, object]) -> Iterator[Parsed]:
    for path in wanted:
        name, data = contents(root, path, wanted[path])
        yield path, name, encode(reading(name, data))


def _packed(parsed: Parsed) -> bytes:
    packed = msgspec.msgpack.encode(parsed)
    return len(packed).to_bytes(4, "big") + packed


def _unpacked(file: IO[bytes]) -> Iterator[Parsed]:
    unpack = msgspec.msgpack.Decoder(Parsed).decode
    while size := file.read(4):
        yield unpack(file.read(int.from_bytes(size, "big")))
