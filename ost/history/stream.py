"""Reads git's output while git runs: parts between NULs, or a number of bytes."""

from collections.abc import Iterator
from typing import IO


def fields(stream: IO[bytes]) -> Iterator[bytes]:
    """The parts between NULs."""
    rest = b""
    while block := stream.read(1 << 16):
        *whole, rest = (rest + block).split(b"\0")
        yield from whole
    if rest.strip(b"\n"):
        yield rest


def parts(stream: IO[bytes], many: int) -> Iterator[list[bytes]]:
    """This many parts at a time."""
    found: list[bytes] = []
    for field in fields(stream):
        found.append(field)
        if len(found) == many:
            yield found
            found = []


def exactly(stream: IO[bytes], size: int) -> bytes:
    """This many bytes; fewer only at the end."""
    data = stream.read(size)
    while len(data) < size and (more := stream.read(size - len(data))):
        data += more
    return data


def skip(stream: IO[bytes], size: int) -> None:
    """Skips this many bytes."""
    while size > 0 and (read := stream.read(min(size, 1 << 20))):
        size -= len(read)
