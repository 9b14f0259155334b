"""A line of a handwritten tree: its words and its depth."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from ost.exchange.foreign.source_lines import NumberedLine
from ost.limits import DEEPEST_LISTS

_DEEPEST = DEEPEST_LISTS // 2
"""The maximum depth, because a node and the text below it are nested list items."""


class TreeRow(Struct, frozen=True):
    """A node's words, and the lines that continue them."""

    line: int
    depth: int
    words: str
    text: tuple[NumberedLine, ...] = ()


class TreeShape(Struct, frozen=True):
    """The rows of a tree, and the lines before them, which belong to no node."""

    rows: tuple[TreeRow, ...]
    before: tuple[NumberedLine, ...] = ()


class Growing:
    """Builds a shape line by line."""

    def __init__(self) -> None:
        self.rows: list[TreeRow] = []
        self.before: list[NumberedLine] = []

    def add(self, line: int, depth: int, words: str) -> None:
        """Adds a node at most one level deeper than the one before, within the limit."""
        deepest = min(self.rows[-1].depth + 1, _DEEPEST) if self.rows else 0
        self.rows.append(TreeRow(line, min(depth, deepest), words.strip()))

    def text(self, line: int, words: str) -> None:
        """Adds a line that continues the last node, if there is one."""
        if not words.strip():
            return
        if self.rows:
            last = self.rows[-1]
            more = (*last.text, (line, words.strip()))
            self.rows[-1] = TreeRow(last.line, last.depth, last.words, more)
        else:
            self.before.append((line, words.rstrip()))

    def shape(self) -> TreeShape:
        """The shape built so far."""
        return TreeShape(tuple(self.rows), tuple(self.before))


def nested(shape: TreeShape) -> tuple[NumberedLine, ...]:
    """The shape as nested list items in Markdown, each with the number of its line in the source
    (-1 for none).
    """
    # A heading would be a level of its own.
    made: list[NumberedLine] = [(line, words.lstrip("# \t")) for line, words in shape.before]
    if made:
        made.append((-1, ""))
    for row in shape.rows:
        indent = "  " * row.depth
        made.append((row.line, f"{indent}- {row.words}"))
        for line, words in row.text:
            made += [(-1, ""), (line, f"{indent}  {words}")]
        if row.text:
            made.append((-1, ""))
    return tuple(made)


def depths(rows: Sequence[TreeRow]) -> int:
    """How many levels the rows have."""
    return len({row.depth for row in rows})


def stacked(keys: Iterable[object]) -> list[int]:
    """The depth of each key. A key that is open closes those opened after it; a new key is one
    level deeper.
    """
    open_: list[object] = []
    found = []
    for key in keys:
        if key in open_:
            del open_[open_.index(key) + 1 :]
        else:
            open_.append(key)
        found.append(len(open_) - 1)
    return found
