"""Tracks the open scopes of a one-file tree, and which node owns each line.

Each part of the text opens a scope. A heading's scope ends at the next heading of its level, an
item's at the end of the item, and that of a paragraph that names a node at the next paragraph that
names one of its kind.
"""

from msgspec import Struct

from ost.read.blocks import Part
from ost.read.vocabulary import Label


class Unread(Struct, frozen=True):
    """A line that starts with a kind's name but makes no node."""

    row: int
    words: str
    label: Label


class OpenScope(Struct):
    """The scope of a part. `section` is the kind of everything in it, as in `### Solutions`."""

    type: str
    level: int
    end: int
    node: int | None
    own: bool = False
    """Whether the part itself is the node, not an ancestor."""
    section: str = ""
    statement: bool = False
    """Whether the text below states the node or section."""
    opened: Unread | None = None
    """The line to report if the scope contains no node."""
    nodes: int = 0
    """The number of nodes in it."""
    kind: str = ""
    closed: bool = False
    """Whether it contains no nodes, such as the list below `Evidence:`."""


class Scopes:
    """The scopes open at a line, and the owner of each line so far."""

    def __init__(self, rows: int) -> None:
        """Starts without scopes and owners."""
        self.owner: list[int | None] = [None] * rows
        self.unread: list[Unread] = []
        self._open: list[OpenScope] = []
        self._cursor = 0

    @property
    def top(self) -> OpenScope | None:
        """The innermost open scope."""
        return self._open[-1] if self._open else None

    @property
    def node(self) -> int | None:
        """The node that contains the line."""
        return self._open[-1].node if self._open else None

    def depth(self) -> int:
        """The number of open nodes."""
        return sum(scope.own for scope in self._open)

    def own(self, row: int) -> None:
        """Assigns the rows before this one to the nodes that contain them."""
        while self._cursor < row:
            while self._open and self._open[-1].end <= self._cursor:
                self.close()
            end = min(row, self._open[-1].end) if self._open else row
            self.owner[self._cursor : end] = [self.node] * (end - self._cursor)
            self._cursor = end

    def skip(self, row: int, end: int) -> None:
        """Leaves this row and those before `end` without an owner: the label of a section."""
        self.owner[row] = None
        self._cursor = max(self._cursor, end)

    def enter(self, part: Part) -> None:
        """Assigns the rows above a part, and closes the scopes that end before it."""
        self.own(part.first)
        while self._open:
            top = self._open[-1]
            over = top.end <= part.first
            if part.type == "heading":
                over = over or top.type != "heading" or top.level >= part.depth
            if not over:
                break
            self.close()

    def begin(self, part: Part, node: int | None) -> OpenScope:
        """Opens the scope of a part."""
        end = part.end if part.type == "item" else len(self.owner)
        if part.type == "text" and self._open:
            end = self._open[-1].end
        scope = OpenScope(part.type, part.depth, end, node)
        self._open.append(scope)
        return scope

    def close(self) -> None:
        """Closes the innermost scope."""
        scope = self._open.pop()
        if scope.opened is not None and not scope.nodes:
            self.unread.append(scope.opened)

    def end(self) -> None:
        """Closes all scopes."""
        self.own(len(self.owner))
        while self._open:
            self.close()
        self.unread.sort(key=lambda each: each.row)

    def disown(self) -> None:
        """Removes the owner of every row."""
        self.owner = [None] * len(self.owner)

    def count(self) -> None:
        """Counts a node for every open scope that is reported when empty."""
        for scope in self._open:
            if scope.opened is not None:
                scope.nodes += 1
