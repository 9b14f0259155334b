"""Places in a text.

A `Place` belongs to one text and knows no path: readings are cached by content, and two files may
have the same text. A `Span` is a place in a named file.
"""

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, repeat
from operator import add

from msgspec import Struct


class Place(Struct, frozen=True, order=True, array_like=True, gc=False):
    """From (line, column) up to but excluding (end_line, end_column).

    Zero-based, in code points. `shown` gives the one-based numbers that people, editors and the
    database use.
    """

    line: int
    column: int
    end_line: int
    end_column: int

    def shown(self) -> tuple[int, int, int, int]:
        """The four numbers, counted from one."""
        return (self.line + 1, self.column + 1, self.end_line + 1, self.end_column + 1)


START = Place(0, 0, 0, 0)


class Span(Struct, frozen=True, order=True, gc=False):
    """A place in a file. `path` is relative to the content root, with `/` between folders."""

    path: str
    place: Place


def normalize_newlines(text: str) -> str:
    """The text with `\\n` at the end of every line."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def text_of(data: bytes) -> str:
    """A file's text as people see it, for any bytes."""
    return normalize_newlines(data.decode("utf-8-sig", "replace"))


def lines_of(data: bytes) -> list[str]:
    """A file's lines as people see them, for any bytes."""
    return text_of(data).split("\n")


class Lines:
    """Converts offsets of a text to places. The only module that knows a line ends at `\\n`."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def starts(self) -> list[int]:
        """The offset of each line. Most texts are read without it."""
        lines = self.text.split("\n")
        lines.pop()
        return [0, *accumulate(map(add, map(len, lines), repeat(1)))]

    def number(self, offset: int) -> int:
        """The line of an offset; for one near the start, faster than its place."""
        return self.text.count("\n", 0, offset)

    def place(self, start: int, end: int) -> Place:
        """The place of `text[start:end]`."""
        line = bisect_right(self.starts, start) - 1
        end_line = bisect_right(self.starts, end, lo=line) - 1
        return Place(line, start - self.starts[line], end_line, end - self.starts[end_line])

    def offset(self, line: int, column: int) -> int:
        """The offset of a zero-based line and column."""
        return self.starts[line] + column

    def line(self, number: int) -> str:
        """The text of a line without its newline."""
        start = self.starts[number]
        if number + 1 < len(self.starts):
            return self.text[start : self.starts[number + 1] - 1]
        return self.text[start:]

    def cut(self, place: Place) -> str:
        """The text of a place."""
        start = self.offset(place.line, place.column)
        return self.text[start : self.offset(place.end_line, place.end_column)]
