"""Maps the text of a Markdown block to its file: the lines of a block are parts of source lines."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from msgspec import Struct

from ost.read.blocks import BlockEvent
from ost.read.place import Place


class BodyRows:
    """The lines of a body and their places in the file.

    The body starts at line `first`. If it was assembled from parts of a file, `line_map` has for
    each line its line in the file and the columns to add.
    """

    __slots__ = ("first", "line_map", "rows")

    def __init__(self, text: str, first: int, line_map: Sequence[tuple[int, int]]) -> None:
        """Splits the text into lines."""
        self.rows, self.first, self.line_map = text.split("\n"), first, line_map

    def point(self, row: int, column: int) -> tuple[int, int]:
        """The line and column in the file."""
        if not self.line_map:
            return self.first + row, column
        line, right = self.line_map[row]
        return line, column + right

    def place(self, row: int, start: int, end: int) -> Place:
        """The place of part of a line."""
        line, column = self.point(row, start)
        return Place(line, column, line, column + end - start)

    def line(self, row: int) -> Place:
        """The place of a line without its indentation."""
        text = self.rows[row]
        return self.place(row, len(text) - len(text.lstrip()), len(text))

    def text(self, event: BlockEvent) -> "BlockText":
        """The place of a block's text."""
        content = event.content
        if "\n" not in content:
            row = self.rows[event.line].rstrip()
            if row.endswith(content):
                right = len(row) - len(content)
                if not self.line_map:
                    return BlockLine(self.first + event.line, right)
                return BlockLine(*self.point(event.line, right))
        return BlockLines(self, event)


class BlockLine(Struct, frozen=True, gc=False):
    """The text of a block on one line, starting in column `right`."""

    line: int
    right: int

    def place(self, start: int, end: int) -> Place:
        """The place of a part of the text."""
        return Place(self.line, self.right + start, self.line, self.right + end)


class BlockLines:
    """The text of a block on several lines."""

    __slots__ = ("body", "lines")

    def __init__(self, body: BodyRows, event: BlockEvent) -> None:
        """Finds the row of each line."""
        self.body = body
        self.lines: list[tuple[int, int, int]] = []
        """For each line: its offset in the block's text, its row, and the column of offset 0."""
        rows, row, offset = body.rows, event.line, 0
        for piece in event.content.split("\n"):
            words = piece.strip()
            if words:
                # Leading lines of Unicode whitespace are missing in a block's text.
                while words not in rows[row]:
                    row += 1
                whole = rows[row].rstrip()
                column = len(whole) - len(words) if whole.endswith(words) else whole.find(words)
                indent = len(piece) - len(piece.lstrip())
                self.lines.append((offset, row, column - indent - offset))
            row += 1
            offset += len(piece) + 1

    def place(self, start: int, end: int) -> Place:
        """The place of a part of the text."""
        return Place(*self._point(start), *self._point(end))

    def _point(self, offset: int) -> tuple[int, int]:
        at = bisect_right(self.lines, offset, key=itemgetter(0))
        _, row, column = self.lines[max(at - 1, 0)]
        return self.body.point(row, column + offset)


BlockText = BlockLine | BlockLines
