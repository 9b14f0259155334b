"""Which lines of a one-file tree are nodes, and what hangs below what.

Each part of the text opens a scope: headings until the next of their level, items until their end,
a text that names a node until the next that names one of its kind. A scope may give the kind of
everything in it (`### Solutions`).
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from msgspec import Struct

from ost.read.blocks import Part
from ost.read.kinds import KINDS
from ost.read.own_lines import FIELD, GROUP, ONLY_LINK, PLAIN
from ost.read.vocabulary import EXPERIMENTS, SUB, Label, Vocabulary

RANK = {"outcome": 0, "opportunity": 1, "solution": 2, "assumption": 3, "test": 4}
_UNDER = {
    "opportunity": ("outcome", "opportunity"),
    "solution": ("opportunity",),
    "assumption": ("solution",),
    "test": ("assumption",),
}


def is_alone(kind: str) -> bool:
    """Whether such a node hangs under nothing, so that everything in it is its own."""
    return kind in KINDS and not KINDS[kind].placed


_BY_DEPTH = ("outcome", "opportunity", "solution", "test")


class NodeLine(Struct):
    """A line that is a node: its part, the words' kind and where they begin in the part's first
    line. `above` is the index of the node it hangs under.
    """

    part: Part
    row: int
    words: str
    kind: str
    label: Label | None
    above: int | None
    stated: tuple[int, str] | None = None
    """The row and the words of the text below that says what `Opportunity 1` is."""
    shared: bool = False
    """Whether it is the assumption of an experiment, whose text is the test's."""


class Unread(Struct, frozen=True):
    """A line that begins with a kind's word and makes no node."""

    row: int
    words: str
    label: Label


class _Scope(Struct):
    type: str
    level: int
    end: int
    node: int | None
    own: bool = False
    section: str = ""
    statement: bool = False
    opened: "Unread | None" = None
    many: int = 0
    kind: str = ""
    closed: bool = False
    """Whether nothing in it is a node: the list below `Evidence:`."""


class Outline:
    """The nodes of a tree, in the order written, and whose each row is."""

    def __init__(self, rows: int, words: Vocabulary, misspelt: Callable[[str], bool]) -> None:
        """Knows how many rows there are; `misspelt` tells whether a word is nearly a kind."""
        self.words, self.misspelt = words, misspelt
        self.found: list[NodeLine] = []
        self.unread: list[Unread] = []
        self.owner: list[int | None] = [None] * rows
        self._scopes: list[_Scope] = []
        self._of: dict[str, list[int]] = {}
        self._numbered: dict[tuple[str, str], int] = {}
        self._cursor = 0

    def read(self, parts: list[Part]) -> None:
        """Takes the parts of a text, in order."""
        for part in parts:
            if part.type == "code":
                continue
            self._own(part.first)
            self._leave(part)
            if part.type == "text":
                for line in self._lines(part):
                    self._own(line.first)
                    self._text(line)
            else:
                self._part(part)
        self._own(len(self.owner))
        while self._scopes:
            self._close()
        self.unread.sort(key=lambda each: each.row)

    def disown(self) -> None:
        """Nothing but its words is a node's own: the lines of a drawing."""
        self.owner = [None] * len(self.owner)

    def read_by_depth(self, parts: list[Part]) -> None:
        """Takes headings, and the items below them, whose kinds nothing but their depth says."""
        levels = sorted({each.depth for each in parts if each.type == "heading"})
        lists = len(levels) < 2
        for part in parts:
            if part.type in {"text", "code"}:
                continue
            self._own(part.first)
            self._leave(part)
            above = [each for each in self._scopes if each.own]
            if (part.type == "item" and not lists) or FIELD.match(part.content):
                self._open(part, self._inherited(), own=False)
                continue
            kind = _BY_DEPTH[min(len(above), len(_BY_DEPTH) - 1)]
            index = self._add(part, part.first, part.content.split("\n")[0], kind, None)
            self._open(part, index, own=True)
        self._own(len(self.owner))

    # Scopes.

    def _own(self, row: int) -> None:
        """Gives the rows up to this one to the nodes in whose scopes they stand."""
        while self._cursor < row:
            while self._scopes and self._scopes[-1].end <= self._cursor:
                self._close()
            end = row
            if self._scopes:
                end = min(row, self._scopes[-1].end)
            owner = self._inherited()
            self.owner[self._cursor : end] = [owner] * (end - self._cursor)
            self._cursor = end

    def _leave(self, part: Part) -> None:
        """Closes the scopes in which a part does not stand."""
        while self._scopes:
            top = self._scopes[-1]
            over = top.end <= part.first
            if part.type == "heading":
                over = over or top.type != "heading" or top.level >= part.depth
            if not over:
                break
            self._close()

    def _close(self) -> None:
        scope = self._scopes.pop()
        if scope.opened is not None and not scope.many:
            self.unread.append(scope.opened)

    def _open(self, part: Part, node: int | None, **says: object) -> _Scope:
        end = part.end if part.type == "item" else len(self.owner)
        if part.type == "text" and self._scopes:
            end = self._scopes[-1].end
        scope = _Scope(part.type, part.depth, end, node, **says)  # type: ignore[arg-type]
        self._scopes.append(scope)
        return scope

    def _inherited(self) -> int | None:
        return self._scopes[-1].node if self._scopes else None

    def _kind_of(self, index: int | None) -> str:
        return "" if index is None else self.found[index].kind

    # Parts.

    def _part(self, part: Part) -> None:
        words = part.content.split("\n")[0].strip()
        above = self._inherited()
        if part.kind:
            self._open(part, self._add(part, part.first, words, part.kind, None), own=True)
            return
        alone = is_alone(self._kind_of(above))
        label = self._label(words, alone=alone)
        if part.type == "item" and self._scopes and self._scopes[-1].closed:
            self._open(part, above, closed=True)
            return
        if label is not None and self._labelled(part, part.first, words, label):
            return
        if label is None and not alone and self._unlabelled(part, words):
            return
        if part.type == "item" and _opens_field(words):
            self._open(part, above, closed=True)
            return
        top = self._scopes[-1] if self._scopes else None
        grouped = part.type == "heading" and top is not None and bool(GROUP.match(words))
        section = top.section if grouped and top else ""
        self._open(part, above, section=section)

    def _text(self, part: Part) -> None:
        words = part.content.split("\n")[0].strip()
        above = self._inherited()
        if is_alone(self._kind_of(above)):
            return
        if self._scopes and self._scopes[-1].closed and self._scopes[-1].type == "text":
            self._close()
        label = self._label(words, alone=False)
        strong = words[:1] in "*_"
        parted = label is not None and label.read and words[label.end : label.title].strip()
        if label is not None and (strong or parted):
            if label.alone and not strong and not words.rstrip().endswith((":", "：")):
                return
            while (
                self._scopes
                and self._scopes[-1].type == "text"
                and RANK.get(self._scopes[-1].kind, 9) >= RANK.get(label.kind, 9)
            ):
                self._close()
            self._labelled(part, part.first, words, label)
            return
        top = self._scopes[-1] if self._scopes else None
        if label is None and top is not None and top.statement and not top.many:
            self._state(part, words, top)
        last = part.content.rstrip().rpartition("\n")[2].strip()
        if label is None and _opens_field(last):
            self._open(part, self._inherited(), closed=True)

    def _lines(self, part: Part) -> Iterator[Part]:
        """A text whose lines each name a node is so many texts; else it is one."""
        lines = part.content.split("\n")
        begins = [
            number
            for number, line in enumerate(lines)
            if not number or ((label := self.words.label(line.strip())) and label.read)
        ]
        for start, stop in zip(begins, [*begins[1:], len(lines)], strict=True):
            first = part.first + start
            last = part.last if stop == len(lines) else part.first + stop
            yield part._replace(first=first, last=last, content="\n".join(lines[start:stop]))

    def _label(self, words: str, *, alone: bool) -> Label | None:
        label = self.words.label(words)
        if alone:  # within an interview only a kind's own name begins a node
            strict = label is not None and label.word in KINDS and label.read and not label.alone
            return label if strict else None
        if label is None and (found := _MISSPELT.match(words)) and self.misspelt(found["kind"]):
            return Label(found["kind"].casefold(), found["kind"], *found.span("kind"), found.end())
        return label

    def _labelled(self, part: Part, row: int, words: str, label: Label) -> bool:
        """Whether a line with a label makes a node, or opens a section of its kind."""
        if not label.read:
            self.unread.append(Unread(row, words, label))
            return False
        if PLAIN.fullmatch(words[label.title : label.stop].strip(" *_")):
            return False  # `Risk: low`
        if label.alone and not (label.number and not label.plural):
            above = self._about(label)
            opened = Unread(row, words, label)
            statement = not label.plural
            self._open(
                part, above, section=label.kind, statement=statement, opened=opened, kind=label.kind
            )
            self.owner[row] = None
            self._cursor = max(self._cursor, part.last if part.type != "item" else row + 1)
            return True
        if label.plural and ";" in words[label.title :]:
            return self._several(part, row, words, label)
        kind = label.kind or ("opportunity" if "outcome" in self._of else "outcome")
        index = self._add(part, row, words, kind, label)
        self._open(part, index, own=True, kind=kind, statement=label.alone)
        return True

    def _several(self, part: Part, row: int, words: str, label: Label) -> bool:
        """`Assumptions: they look; they pay` are as many nodes as it has parts."""
        for title in words[label.title : label.stop].split(";"):
            if re.search(r"\w", title):
                self._add(part, row, title.strip(" *_"), label.kind, None)
        self._open(part, self._inherited())
        return True

    def _about(self, label: Label) -> int | None:
        if label.about:
            kind, _, number = label.about.partition(" ")
            found = self._numbered.get((kind, number.casefold()))
            if found is not None:
                return found
        return self._inherited()

    def _unlabelled(self, part: Part, words: str) -> bool:
        """Whether a line is a node because of where it stands."""
        top = self._scopes[-1] if self._scopes else None
        if top is None or not top.section or FIELD.match(words) or ONLY_LINK.fullmatch(words):
            return False
        if part.type == "heading" and (top.type != "heading" or GROUP.match(words)):
            return False
        if part.type == "heading" and top.statement and top.many:
            return False
        if not re.search(r"\w", words):
            return False
        kind = top.section
        top.many += 1
        index = self._add(part, part.first, words, kind, None)
        self._open(part, index, own=True, kind=kind)
        return True

    def _state(self, part: Part, words: str, top: _Scope) -> None:
        """A text right below a heading such as `Desired outcome` says which."""
        field = FIELD.match(words)
        said = words[field.end() :].strip(" *_") if field else words
        if not said:
            return
        top.many += 1
        if top.own and top.node is not None:
            self.found[top.node].stated = (part.first, said)
            return
        top.node, top.own = self._add(part, part.first, said, top.section, None), True
        top.section = ""

    # Nodes.

    def _add(self, part: Part, row: int, words: str, kind: str, label: Label | None) -> int:
        self._count()
        above = self._above(kind, label)
        if kind == "test" and self._kind_of(above) != "assumption" and self._is_experiment(label):
            over = self._above("assumption", label)
            assumption = NodeLine(part, row, words, "assumption", label, over, shared=True)
            self._keep(assumption)
            above = len(self.found) - 1
        return self._keep(NodeLine(part, row, words, kind, label, above))

    def _count(self) -> None:
        for scope in reversed(self._scopes):
            if scope.opened is not None:
                scope.many += 1

    def _is_experiment(self, label: Label | None) -> bool:
        return label is None or label.word in EXPERIMENTS or label.word in ("E", "EXP")

    def _keep(self, found: NodeLine) -> int:
        index = len(self.found)
        self.found.append(found)
        if not found.shared:
            self._of.setdefault(found.kind, []).append(index)
        if found.label is not None and found.label.number:
            number = found.label.number.removeprefix("#").casefold()
            self._numbered.setdefault((found.kind, number), index)
        return index

    def _above(self, kind: str, label: Label | None) -> int | None:
        """The node that a new one hangs under: the one around it, or where that cannot be (it is
        too high, or there is none), the last before it that can.
        """
        around = self._inherited()
        kinds = _UNDER.get(kind, ())
        over = self._kind_of(around)
        if is_alone(kind) or (over in kinds and not (label and label.word in SUB)):
            return around
        if around is not None and RANK.get(over, 9) >= RANK.get(kind, 0):
            return around
        after = -1 if around is None else around
        wanted = tuple(reversed(kinds)) if label and label.word in SUB else kinds
        parallel = label is None and bool(self._scopes) and self._scopes[-1].type == "heading"
        for name in wanted:
            if around is None and name == kind and not (label and label.word in SUB):
                continue  # beside it: nothing says that it is a part of the one before
            before = self._of.get(name, [])
            if not before or before[-1] <= after:
                continue
            # A list of its own below others does not say which of them it is about.
            if parallel and len(before) - bisect_right(before, after) > 1:
                return around
            return before[-1]
        return around


def _opens_field(words: str) -> bool:
    """Whether nothing follows behind `Evidence:`, so that what is below belongs to it."""
    field = FIELD.match(words)
    return field is not None and not words[field.end() :].strip(" *_")


_MISSPELT = re.compile(
    r"(?:\[[ xX]\]\s+)?(?:\*\*|__)?(?P<kind>[A-Za-z]{4,15})[ \t]*(?:\*\*|__)?:(?:\*\*|__)?"
)
