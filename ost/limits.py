"""The limits of what `ost` accepts. Content beyond a limit is reported at its place, so the time
for any repository, even a stranger's pull request, grows only in proportion to its size.

Some third-party parsers take quadratic time, or recurse as deeply as the input is nested. These
limits protect them. They are far above what people write.
"""

from pathlib import Path
from typing import BinaryIO

from ost.errors import Misuse

LARGEST_FILE = 5_000_000
"""Bytes of a file: Markdown, a transcript, notes, a baseline. A larger one is reported
and never opened (OST003)."""

LARGEST_SETTINGS = 500_000
"""Bytes of `ost.toml`."""

DEEPEST_LISTS = 40
"""Levels of nested lists and quotes. Deeper ones become plain text of the innermost."""

MOST_BRACKETS = 2_000
"""Lists and mappings in brackets in front matter that are parsed together. Beyond that, and in a
line with two hundred list starts, each key is parsed on its own: the YAML parser recurses for each
open one and would crash the process.
"""

DEEPEST_VALUE = 50
"""Levels of nested lists and keys in front matter (OST001)."""

MOST_COPIES = 10_000
"""Values that the YAML aliases of one file may expand to (OST014)."""

DEEPEST_TREE = 100
"""Levels below a node that count as its evidence: a rule looks at each node and everything below
it."""

LONGEST_SENTENCE = 2_000
"""Characters of a guide or transcript that are split into sentences together. A longer paragraph is
cut.
"""

MOST_COMPARED = 120
"""Words of an inexact quote that are compared one by one with the transcript. A longer quote is
compared in pieces.
"""

MOST_PLACES = 100
"""Places with the same three words that are compared with the rest of a quote."""

LONGEST_NAME = 200
"""Characters of a name that gets a suggestion (`did you mean`)."""


def size(many: int) -> str:
    """A number of bytes for people: `12.3 MB`."""
    return f"{many / 1_000_000:.1f} MB"


def read_limited(file: Path, most: int = LARGEST_FILE, handle: int | None = None) -> bytes:
    """The bytes of a file named on the command line. A file that is too large is refused without
    reading it. `handle` is the file if it is already open; it gets closed.
    """
    with open(file if handle is None else handle, "rb") as opened:  # noqa: PTH123 - a handle
        many = opened.seek(0, 2) if opened.seekable() else 0
        if many > most:
            raise Misuse(f"{file}: {size(many)} is too large; use a file of at most {size(most)}")
        if many:
            opened.seek(0)
        return read_stream(opened, str(file), most)


def read_stream(opened: BinaryIO, name: str, most: int = LARGEST_FILE) -> bytes:
    """The bytes of an open file, refused as soon as there are too many."""
    data = opened.read(most + 1)
    if len(data) > most:
        raise Misuse(f"{name} is too large; use at most {size(most)}")
    return data


__all__ = [
    "DEEPEST_LISTS",
    "DEEPEST_TREE",
    "DEEPEST_VALUE",
    "LARGEST_FILE",
    "LARGEST_SETTINGS",
    "LONGEST_NAME",
    "LONGEST_SENTENCE",
    "MOST_BRACKETS",
    "MOST_COMPARED",
    "MOST_COPIES",
    "MOST_PLACES",
    "read_limited",
    "read_stream",
    "size",
]
