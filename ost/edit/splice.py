"""Applies edits to a text: only the characters that an edit names change, and line ends stay."""

import re
from collections.abc import Iterable

from ost.read.diagnostic import Edit
from ost.read.place import Place

BOM = "\ufeff"
_END = re.compile(r"\r\n|\r|\n")


class SpliceError(ValueError):
    """Two edits overlap, or an edit names a place outside the text."""


class LineEnds:
    """A text with any line ends; places in it count each line end as one character."""

    def __init__(self, text: str) -> None:
        """Takes a text without a byte-order mark."""
        self.text = text
        ends = list(_END.finditer(text))
        self.starts = [0, *(each.end() for each in ends)]
        self.stops = [*(each.start() for each in ends), len(text)]
        self.end = ends[0][0] if ends else "\n"

    def offset(self, line: int, column: int) -> int | None:
        """The offset of a line and a column; None outside the text."""
        if line == len(self.starts) and column == 0:
            return len(self.text)
        if not 0 <= line < len(self.starts) or self.starts[line] + column > self.stops[line]:
            return None
        return self.starts[line] + column

    def span(self, at: Place) -> tuple[int, int] | None:
        """The offsets of a place."""
        start, end = self.offset(at.line, at.column), self.offset(at.end_line, at.end_column)
        return None if start is None or end is None or end < start else (start, end)


def splice(text: str, edits: Iterable[Edit]) -> str:
    """A file's text after its edits; raises SpliceError if they cannot be made.

    Edits at the same place are made in the given order.
    """
    mark = text[:1] if text.startswith(BOM) else ""
    lines = LineEnds(text[len(mark) :])
    made: list[tuple[int, int, int, str]] = []
    for number, edit in enumerate(edits):
        span = lines.span(edit.span.place)
        if span is None:
            raise SpliceError(f"no such place: {edit.span}")
        made.append((*span, number, edit.text.replace("\n", lines.end)))
    made.sort()
    parts, position = [mark], 0
    for start, end, _, fresh in made:
        if start < position:
            raise SpliceError("two edits overlap")
        parts += (lines.text[position:start], fresh)
        position = end
    return "".join((*parts, lines.text[position:]))
