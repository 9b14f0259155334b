"""Converts places between code points and the UTF-16 units of editors. Only this module does."""

import re
from collections.abc import Sequence

from lsprotocol.types import (
    Position,
    Range,
    TextDocumentContentChangeEvent,
    TextDocumentContentChangePartial,
)

from ost.read.place import Lines, Place, normalize_newlines

_WIDE = re.compile(r"[^\u0000-\uffff]")


class Positions:
    """The lines of a text, and its places in an editor's units."""

    def __init__(self, text: str) -> None:
        """`text` may have any line ends."""
        self.lines = Lines(normalize_newlines(text))
        self._narrow = not _WIDE.search(self.lines.text)

    def position(self, line: int, column: int) -> Position:
        """A place in code points as an editor's position; the nearest if it is outside the text."""
        line = min(max(line, 0), len(self.lines.starts) - 1)
        if self._narrow:  # nothing is copied: a line may be long, and have many places
            starts = self.lines.starts
            end = starts[line + 1] - 1 if line + 1 < len(starts) else len(self.lines.text)
            return Position(line, min(column, end - starts[line]))
        return Position(line, _units(self.lines.line(line)[:column]))

    def range(self, place: Place) -> Range:
        """A place as an editor's range."""
        return Range(
            self.position(place.line, place.column), self.position(place.end_line, place.end_column)
        )

    def point(self, position: Position) -> tuple[int, int]:
        """An editor's position as line and column in code points."""
        line = min(position.line, len(self.lines.starts) - 1)
        if line < position.line:
            return line, len(self.lines.line(line))
        return line, _points(self.lines.line(line), position.character)

    def before(self, position: Position) -> str:
        """The line's text before an editor's position."""
        line, column = self.point(position)
        return self.lines.line(line)[:column]


def whole(line: int, end_line: int) -> Range:
    """Whole lines, up to the start of `end_line`."""
    return Range(Position(line, 0), Position(end_line, 0))


def edited(text: str, changes: Sequence[TextDocumentContentChangeEvent]) -> str:
    """A text after an editor's changes, in order."""
    for change in changes:
        new = normalize_newlines(change.text)
        if isinstance(change, TextDocumentContentChangePartial):
            positions = Positions(text)
            start, end = (
                positions.lines.offset(*positions.point(each))
                for each in (change.range.start, change.range.end)
            )
            text = positions.lines.text[:start] + new + positions.lines.text[end:]
        else:
            text = new
    return text


def _units(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))


def _points(line: str, units: int) -> int:
    """The code points of these units; a unit within a pair counts as its start."""
    if line.isascii():
        return min(units, len(line))
    seen = 0
    for column, letter in enumerate(line):
        seen += 2 if ord(letter) > _NARROW else 1
        if seen > units:
            return column
    return len(line)


_NARROW = 0xFFFF
