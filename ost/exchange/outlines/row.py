"""A line of a hand-made tree: its words and how deep it stands."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

Numbered = tuple[int, str]
"""A line of the source, counted from 0, and its text."""


class TreeRow(Struct, frozen=True):
    """A node's words, and the lines that only go on with them."""

    line: int
    depth: int
    words: str
    text: tuple[Numbered, ...] = ()


class Shape(Struct, frozen=True):
    """The rows of a tree, and the lines before them, which belong to no node."""

    rows: tuple[TreeRow, ...]
    before: tuple[Numbered, ...] = ()


class Growing:
    """A shape that is put together line by line."""

    def __init__(self) -> None:
        self.rows: list[TreeRow] = []
        self.before: list[Numbered] = []

    def add(self, line: int, depth: int, words: str) -> None:
        """A node; it stands at most one deeper than the one before."""
        deepest = self.rows[-1].depth + 1 if self.rows else 0
        self.rows.append(TreeRow(line, min(depth, deepest), words.strip()))

    def text(self, line: int, words: str) -> None:
        """A line that goes on with the last node, if there is one."""
        if not words.strip():
            return
        if self.rows:
            last = self.rows[-1]
            more = (*last.text, (line, words.strip()))
            self.rows[-1] = TreeRow(last.line, last.depth, last.words, more)
        else:
            self.before.append((line, words.rstrip()))

    def shape(self) -> Shape:
        """What has been put together."""
        return Shape(tuple(self.rows), tuple(self.before))


def nested(shape: Shape) -> tuple[Numbered, ...]:
    """The shape as nested list items of Markdown, each line with that of the source (-1: none)."""
    # A heading would be a level of its own.
    made: list[Numbered] = [(line, words.lstrip("# \t")) for line, words in shape.before]
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
    """The depth of each key: one that is open closes what opened after it, a new one is deeper."""
    open_: list[object] = []
    found = []
    for key in keys:
        if key in open_:
            del open_[open_.index(key) + 1 :]
        else:
            open_.append(key)
        found.append(len(open_) - 1)
    return found
