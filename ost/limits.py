"""How much of anything is taken in. What exceeds a limit is told with its place, and waits for
nobody: whoever runs `ost` on a repository, a pull request's too, has an answer in time that grows
with what is there and no faster.

The parsers that others wrote take the square of what they are given in some places, or call
themselves as often as something is nested. These limits stand in front of them. They are far above
what people write.
"""

from pathlib import Path
from typing import BinaryIO

from ost.errors import Misuse

LARGEST_FILE = 5_000_000
"""Bytes of a file: Markdown, a transcript, notes, a baseline. A larger one is told by its size and
never opened (OST003)."""

LARGEST_SETTINGS = 500_000
"""Bytes of `ost.toml`."""

DEEPEST_LISTS = 40
"""Lists and quotes within one another. What is nested further is plain text of the innermost."""

MOST_BRACKETS = 2_000
"""Lists and mappings in brackets in front matter that are read together. With more, and in a line
that begins two hundred lists, each key is read by itself: the YAML parser calls itself for every
one that is open, and the process would end."""

DEEPEST_VALUE = 50
"""Lists and keys within one another in front matter (OST001)."""

MOST_COPIES = 10_000
"""Values that the aliases of YAML in one file may unfold to (OST014)."""

DEEPEST_TREE = 100
"""Levels below a node that are gone through for what was heard there: a rule looks at each node,
and at all that is below it."""

LONGEST_SENTENCE = 2_000
"""Signs of a guide or a talk in which the ends of sentences are looked for together; a longer
paragraph is cut."""

MOST_COMPARED = 120
"""Words of a quote that are compared, one by one, with what was said, where they were not said
as they stand; a longer quote is compared in pieces."""

MOST_PLACES = 100
"""Places where the same three words were said that are looked at for the rest of a quote."""

LONGEST_NAME = 200
"""Signs of a name for which a similar one is looked for: `did you mean`."""


def size(many: int) -> str:
    """A number of bytes as it is told: `12.3 MB`."""
    return f"{many / 1_000_000:.1f} MB"


def whole(file: Path, most: int = LARGEST_FILE, handle: int | None = None) -> bytes:
    """The bytes of a file that a command was given; refused, unread, when there are too many.

    `handle` is the file, if somebody opened it already; it is closed.
    """
    with open(file if handle is None else handle, "rb") as opened:  # noqa: PTH123 - a handle
        many = opened.seek(0, 2) if opened.seekable() else 0
        if many > most:
            raise Misuse(f"{file}: {size(many)} are too much; at most {size(most)} are read")
        if many:
            opened.seek(0)
        return piped(opened, str(file), most)


def piped(opened: BinaryIO, name: str, most: int = LARGEST_FILE) -> bytes:
    """The bytes of what is open; refused as soon as there are too many."""
    data = opened.read(most + 1)
    if len(data) > most:
        raise Misuse(f"{name}: this is too much; at most {size(most)} are read")
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
    "piped",
    "size",
    "whole",
]
