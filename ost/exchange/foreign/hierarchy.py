"""Finds the parents of another tool's records, and what is wrong with them.

A record without a kind is not a node: its children move to its parents.
"""

from collections.abc import Sequence

from ost.exchange.foreign.imports import Here, UnreadLine
from ost.exchange.foreign.records import ForeignRecord
from ost.read.letters import fold
from ost.read.scalar import line
from ost.tree.forms import forms
from ost.tree.model import KINDS


class Hierarchy:
    """Records by key, and which record or existing node a name means."""

    def __init__(self, records: Sequence[ForeignRecord], here: Here) -> None:
        self.here = here
        self.unread: list[UnreadLine] = []
        self.records: dict[str, ForeignRecord] = {}
        self._number: dict[str, int] = {}
        self._named: dict[str, list[str]] = {}
        self.above: dict[str, list[str]] = {}
        self._resolved: dict[str, tuple[str, ...]] = {}
        for record in records:
            self._take(record)
        self._join()

    def _take(self, record: ForeignRecord) -> None:
        if record.why:
            self._tell(record, record.why)
        elif record.kind and not line(record.title):
            self._tell(record, "no title")
            return
        key = record.key or f"{record.kind} {line(record.title)}".strip()
        known = self.records.get(key)
        if known is not None and (record.key or known.parents == record.parents):
            what = "key" if record.key else "title"
            self._tell(record, f"line {known.line} again, by its {what}")
        elif known is not None:
            key = self._free(key)
        self.records.setdefault(key, record)
        for name in dict.fromkeys(map(fold, (key, *record.names, record.title))):
            self._named.setdefault(name, []).append(key)

    def _free(self, key: str) -> str:
        """A key for another record with the same title."""
        number = self._number.get(key, 1) + 1
        while f"{key} {number}" in self.records:
            number += 1
        self._number[key] = number
        return f"{key} {number}"

    def _tell(self, record: ForeignRecord, why: str) -> None:
        text = record.said or line(record.title) or record.key
        self.unread.append(UnreadLine(record.path, record.line, text, why))

    def _join(self) -> None:
        """Finds the parents of each record and breaks circles."""
        for key, record in self.records.items():
            above = self.above.setdefault(key, [])
            for written in record.parents:
                found = self.meant(written, record)
                if found == key:
                    self._tell(record, "is its own parent")
                elif found not in above:
                    above.append(found)
        for key, record in self.records.items():
            for written in record.children:
                child = self.meant(written, record, below=True)
                if child in self.records and child != key and key not in self.above[child]:
                    self.above[child].append(key)
        self._use_links()
        self._cut()

    def _use_links(self) -> None:
        without = {key for key, above in self.above.items() if not above}
        for key, record in self.records.items():
            for written in record.links:
                other = self.meant(written, record)
                if other not in self.records or not self.records[other].kind:
                    self._refer(record, written)
                    continue
                for child, parent in [(key, other), (other, key)]:
                    one, two = self.records[child].kind, self.records[parent].kind
                    fits = one in KINDS and one != two and two in KINDS[one].under
                    if child in without and fits and parent not in self.above[child]:
                        self.above[child].append(parent)

    def _refer(self, record: ForeignRecord, written: str) -> None:
        """Keeps the name of a ticket that is not a node as a link."""
        if record.kind in KINDS and "links" in forms(KINDS[record.kind]):
            before = record.fields.get("links", ())
            links = (before,) if isinstance(before, str) else before
            record.fields["links"] = tuple(dict.fromkeys((*links, written.replace(",", " "))))

    def meant(self, written: str, record: ForeignRecord, *, below: bool = False) -> str:
        """What a name means: the key of a record, the id of an existing node, or else the name
        itself.
        """
        if written in self.records:
            return written
        found = self._named.get(fold(written), [])
        fit = (each for each in found if _fits(self.records[each], record, below=below))
        if found:
            return next(fit, found[0])
        allowed = KINDS[record.kind].under if record.kind in KINDS else ()
        titles = (self.here.titles.get((each, fold(written))) for each in allowed)
        return next(filter(None, titles), written)

    def _cut(self) -> None:
        """Removes the links that close circles, without recursion because outlines may be deep."""
        done: set[str] = set()
        for start in self.records:
            path: dict[str, int] = {}
            stack = [start]
            while stack:
                key = stack[-1]
                if key in done:
                    stack.pop()
                    continue
                at = path.setdefault(key, 0)
                above = self.above.get(key, [])
                if at >= len(above):
                    done.add(key)
                    path.pop(key)
                    stack.pop()
                elif above[at] in path:
                    title = line(self.records[above[at]].title)
                    self._tell(
                        self.records[key], f"its parents form a cycle; not put under {title!r}"
                    )
                    del above[at]
                else:
                    path[key] = at + 1
                    stack.append(above[at])

    def under(self, key: str) -> tuple[str, ...]:
        """A record's parents, skipping those without a kind."""
        resolved = self._resolved
        stack = [key]
        while stack:
            here = stack[-1]
            above = self.above.get(here, [])
            kindless = [each for each in above if self._passed(each)]
            missing = [each for each in kindless if each not in resolved]
            if missing:
                stack += missing
                continue
            found = (resolved[each] if each in kindless else (each,) for each in above)
            resolved[here] = tuple(dict.fromkeys(name for names in found for name in names))
            stack.pop()
        return resolved[key]

    def _passed(self, key: str) -> bool:
        return key in self.records and self.records[key].kind not in KINDS


def _fits(parent: ForeignRecord, child: ForeignRecord, *, below: bool) -> bool:
    if below:
        parent, child = child, parent
    return child.kind in KINDS and parent.kind in KINDS[child.kind].under
