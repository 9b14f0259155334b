"""Outlines and drawings from other tools: branches, each with words and parents.

The kind of a branch is the one that its tool gives it, or the word that its text begins with. If no
branch has a kind, the depth decides. If some have one, text without a kind belongs to the node
above it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ost.exchange.foreign.imports import ForeignNode, ForeignTree, Here, Terms, UnreadLine
from ost.exchange.foreign.record_nodes import nodes
from ost.exchange.foreign.records import ForeignRecord, headline
from ost.exchange.tables.cells import RecordFields
from ost.exchange.tables.columns import Columns, columns
from ost.exchange.tables.dialect import Dialect
from ost.exchange.tables.levels import DEPTH
from ost.exchange.tables.meanings import kind
from ost.exchange.tables.sheet import ForeignRow, ForeignTable
from ost.read.vocabulary import Label, vocabulary
from ost.tree.model import KINDS
from ost.words import listed

BY_DEPTH = f"no line names a kind, so depth decides: {listed(DEPTH)}"

_MOST_NAMES = 100
"""The maximum of names for values of branches. Outlines with columns have about ten."""
_TREE = re.compile(r"opportunity[\s-]+(?:solutions?[\s-]+)?tree\b|\bOST\b", re.IGNORECASE)
_BOX = re.compile(r"\[[ xX-]\]\s+")


class OutlineItem(Struct, kw_only=True):
    """A line of an outline, or a box of a drawing. `above` holds the numbers of its parents, `kind`
    is a word for its kind, and `values` are its other values by name.
    """

    words: str
    line: int
    above: list[int] = []
    kind: str = ""
    key: str = ""
    values: Mapping[str, str] = {}


def read(
    path: str, branches: Sequence[OutlineItem], terms: Terms, here: Here, dialect: Dialect
) -> ForeignTree:
    """The nodes of the branches."""
    reading = _Reading(path, branches, terms, dialect)
    records = reading.records()
    made, unread = nodes(records, here)
    unread_lines = sorted(
        (*reading.unread, *reading.cells.unread, *unread), key=lambda each: each.line
    )
    return ForeignTree(
        nodes=made,
        unread=tuple(unread_lines),
        left_out=reading.cells.left_out,
        notes=tuple(reading.notes()) if made else (),
    )


class _Reading:
    def __init__(
        self, path: str, branches: Sequence[OutlineItem], terms: Terms, dialect: Dialect
    ) -> None:
        self.path, self.branches, self.terms, self.dialect = path, branches, terms, dialect
        self.cells = RecordFields(terms, terms.people, dialect)
        self.unread: list[UnreadLine] = []
        self.table, self.holds = self._table()
        self.labels = [vocabulary().label(_BOX.sub("", each.words)) for each in branches]
        self.kinds = [self._kind(number) for number in range(len(branches))]
        self.by_depth = not any(self.kinds) and any(each.above for each in branches)
        self.below: list[list[int]] = [[] for _ in branches]
        for number, branch in enumerate(branches):
            for above in branch.above:
                self.below[above].append(number)
        if self.by_depth:
            self._use_depth()
        self.tops = list(self._tops())
        for number in self.tops:
            self.kinds[number] = "outcome"

    def _table(self) -> tuple[ForeignTable, Columns]:
        """The values of branches as a table with one column per name."""
        every = dict.fromkeys(name for each in self.branches for name in each.values)
        names = tuple(every)[:_MOST_NAMES]
        rows = tuple(
            ForeignRow(each.line, tuple(each.values.get(name, "") for name in names))
            for each in self.branches
        )
        table = ForeignTable(self.path, names, rows)
        return table, columns(table, self.terms, self.dialect.columns)

    def _kind(self, number: int) -> str:
        """The kind of a branch: the tool's, or that of its first word."""
        row = self.table.rows[number]
        names = (self.branches[number].kind, *(row.cell(at) for at in self.holds.of("kind")))
        found = (kind(each, self.terms, self.dialect.kinds).ours for each in names if each)
        label = self.labels[number]
        own = label.kind if label and label.read and not label.alone else ""
        return next(filter(None, found), "") or own

    def _use_depth(self) -> None:
        waiting = [(number, 0) for number, each in enumerate(self.branches) if not each.above]
        while waiting:
            number, depth = waiting.pop()
            if not self.kinds[number] and depth < len(DEPTH):
                self.kinds[number] = DEPTH[depth]
                waiting += [(below, depth + 1) for below in self.below[number]]

    def _tops(self) -> Iterator[int]:
        """Turns tops without a kind into outcomes if opportunities are right below them, except the
        title of the tree.
        """
        for number, branch in enumerate(self.branches):
            opens = any(self.kinds[each] == "opportunity" for each in self.below[number])
            titled = _says_kind(self.labels[number]) or _TREE.search(branch.words)
            if opens and not (self.kinds[number] or branch.above or titled):
                yield number

    def notes(self) -> Iterator[str]:
        """A note for each kind that no word names."""
        if self.by_depth:
            yield BY_DEPTH
        if self.tops:
            yield "a top without a kind, above opportunities, became an outcome"

    def records(self) -> list[ForeignRecord]:
        """A record for each branch that is a node or groups nodes."""
        self.cells.leave_out(self.table, self.holds)
        groups = self._groups()
        found: dict[int, ForeignRecord] = {}
        for number, branch in enumerate(self.branches):
            if self.kinds[number] or number in groups:
                found[number] = self._record(number, branch, group=number in groups)
        for number, record in found.items():
            above = (each for each in self.branches[number].above if each in found)
            record.parents = tuple(found[each].key or f"#{each}" for each in above)
        self._add_texts(found)
        return list(found.values())

    def _groups(self) -> set[int]:
        """Branches without a kind above branches with one. `Opportunities` alone names the kind
        below it.
        """
        groups: set[int] = set()
        for number, label in enumerate(self.labels):
            if label and label.alone and label.kind and not self.kinds[number]:
                for below in self.below[number]:
                    self.kinds[below] = self.kinds[below] or label.kind
        waiting = [number for number, each in enumerate(self.kinds) if each]
        seen = set(waiting)
        while waiting:
            for above in self.branches[waiting.pop()].above:
                if above not in seen:
                    seen.add(above)
                    waiting.append(above)
                    groups.add(above)
        return {each for each in groups if not self.kinds[each]}

    def _record(self, number: int, branch: OutlineItem, *, group: bool) -> ForeignRecord:
        words = _BOX.sub("", branch.words)
        label = self.labels[number]
        row = self.table.rows[number]
        if label and label.read and not label.alone and label.kind == self.kinds[number]:
            words = words[label.title : label.stop]
        title, body = headline(self.cells.words(words))
        record = ForeignRecord(kind=self.kinds[number], title=title, body=body, path=self.path)
        record.line, record.said, record.names = branch.line, branch.words, (f"#{number}",)
        own = [row.cell(at) for at in self.holds.of("key") if row.cell(at)]
        record.key = branch.key or next(iter(own), "")
        if record.kind in KINDS:
            self.cells.fill(record, row, self.holds)
        elif group and not (_says_kind(label) or _TREE.search(words)):
            record.why = "no word names its kind; the nodes below it go under the node above it"
        return record

    def _add_texts(self, found: Mapping[int, ForeignRecord]) -> None:
        """Adds each branch that is not a node to the text of the node above it, or to the unread
        lines.
        """
        taken = set(found)
        for number, record in found.items():
            lines = []
            waiting = [(below, 0) for below in reversed(self.below[number]) if below not in taken]
            while waiting and record.kind:
                below, depth = waiting.pop()
                taken.add(below)
                lines.append(f"{'  ' * min(depth, 9)}- {self._words(below)}")
                inner = (each for each in reversed(self.below[below]) if each not in taken)
                waiting += [(each, depth + 1) for each in inner]
            record.body = "\n\n".join(filter(None, (record.body, "\n".join(lines))))
        for number, branch in enumerate(self.branches):
            if number not in taken and branch.words.strip():
                why = "no word names its kind, and no node is above it"
                self.unread.append(UnreadLine(self.path, branch.line, branch.words, why))

    def _words(self, number: int) -> str:
        return " ".join(self.cells.words(self.branches[number].words).split())


def _says_kind(label: Label | None) -> bool:
    return bool(label and label.alone and label.kind)


def tree(items: Sequence[tuple[int, OutlineItem]]) -> Iterator[OutlineItem]:
    """Turns branches with a depth into branches with a parent."""
    path: list[tuple[int, int]] = []
    for number, (depth, branch) in enumerate(items):
        while path and path[-1][0] >= depth:
            path.pop()
        branch.above = [path[-1][1]] if path else []
        path.append((depth, number))
        yield branch


def joined(trees: Sequence[ForeignTree]) -> ForeignTree:
    """All trees of one import as one; a node that is in several becomes one."""
    found: dict[str, ForeignNode] = {}
    for node in (each for one in trees for each in one.nodes):
        known = found.setdefault(node.key, node)
        under = tuple(dict.fromkeys((*known.under, *node.under)))
        found[node.key] = replace(known, under=under, body=known.body or node.body)
    return ForeignTree(
        nodes=tuple(found.values()),
        unread=tuple(each for one in trees for each in one.unread),
        left_out=tuple(dict.fromkeys(each for one in trees for each in one.left_out)),
        notes=tuple(dict.fromkeys(each for one in trees for each in one.notes)),
    )
