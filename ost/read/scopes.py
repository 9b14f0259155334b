"""The scopes in a one-file tree: what is open around a line, and whose node each line is.

Each part of the text opens a scope: headings until the next of their level, items until their end,
a text that names a node until the next that names one of its kind.
"""

from msgspec import Struct

from ost.read.blocks import Part
from ost.read.vocabulary import Label


class Unread(Struct, frozen=True):
    """A line that begins with a kind's word and makes no node."""

    row: int
    words: str
    label: Label


class OpenScope(Struct):
    """What a part opens. `section` is the kind of everything in it, as in `### Solutions`."""

    type: str
    level: int
    end: int
    node: int | None
    own: bool = False
    """Whether the node is the part's own, not one around it."""
    section: str = ""
    statement: bool = False
    """Whether the text below says what the node or section is."""
    opened: Unread | None = None
    """The line that makes no node if nothing in the scope is one."""
    nodes: int = 0
    """How many nodes it holds."""
    kind: str = ""
    closed: bool = False
    """Whether nothing in it is a node: the list below `Evidence:`."""


class Scopes:
    """The scopes that are open at a line, and the node that owns each line so far."""

    def __init__(self, rows: int) -> None:
        """Nothing is open, and no row has an owner."""
        self.owner: list[int | None] = [None] * rows
        self.unread: list[Unread] = []
        self._open: list[OpenScope] = []
        self._cursor = 0

    @property
    def top(self) -> OpenScope | None:
        """The innermost scope."""
        return self._open[-1] if self._open else None

    @property
    def node(self) -> int | None:
        """The node around the line."""
        return self._open[-1].node if self._open else None

    def depth(self) -> int:
        """How many nodes are open."""
        return sum(scope.own for scope in self._open)

    def own(self, row: int) -> None:
        """Gives the rows up to this one to the nodes in whose scopes they are."""
        while self._cursor < row:
            while self._open and self._open[-1].end <= self._cursor:
                self.close()
            end = min(row, self._open[-1].end) if self._open else row
            self.owner[self._cursor : end] = [self.node] * (end - self._cursor)
            self._cursor = end

    def skip(self, row: int, end: int) -> None:
        """No node owns this row, nor those after it up to `end`: a label that opens a section."""
        self.owner[row] = None
        self._cursor = max(self._cursor, end)

    def enter(self, part: Part) -> None:
        """Owns the rows above a part, and closes the scopes in which it is not."""
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
        """The scope of a part, which begins."""
        end = part.end if part.type == "item" else len(self.owner)
        if part.type == "text" and self._open:
            end = self._open[-1].end
        scope = OpenScope(part.type, part.depth, end, node)
        self._open.append(scope)
        return scope

    def close(self) -> None:
        """Ends the innermost scope."""
        scope = self._open.pop()
        if scope.opened is not None and not scope.nodes:
            self.unread.append(scope.opened)

    def end(self) -> None:
        """Ends everything."""
        self.own(len(self.owner))
        while self._open:
            self.close()
        self.unread.sort(key=lambda each: each.row)

    def disown(self) -> None:
        """Gives every row back."""
        self.owner = [None] * len(self.owner)

    def count(self) -> None:
        """Counts a node for each scope around it that is reported when it holds none."""
        for scope in self._open:
            if scope.opened is not None:
                scope.nodes += 1
