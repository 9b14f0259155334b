"""Turns the rows of tables into nodes, using what their columns mean."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ost.exchange.foreign.imports import ForeignTree, Here, Terms, UnreadLine, term
from ost.exchange.foreign.pseudonyms import Pseudonyms
from ost.exchange.foreign.record_nodes import nodes
from ost.exchange.foreign.records import ForeignRecord, generated_key, merged
from ost.exchange.foreign.redaction import is_pseudonym
from ost.exchange.tables.cells import RecordFields
from ost.exchange.tables.columns import Columns, columns, level
from ost.exchange.tables.contents import by_contents
from ost.exchange.tables.dialect import Dialect
from ost.exchange.tables.levels import levels
from ost.exchange.tables.meanings import OurWord, kind
from ost.exchange.tables.order import nest_by_order
from ost.exchange.tables.references import above, names
from ost.exchange.tables.sheet import ForeignRow, ForeignTable
from ost.read.letters import fold
from ost.read.vocabulary import vocabulary
from ost.tree.model import KINDS
from ost.words import counted

_SHORT = re.compile(r"[A-Za-z]{0,3}[-_. #]*\d+(?:\.\d+)*[A-Za-z]?|[A-Za-z]")
_NO_KIND = "no kind is known; give the row a kind in a column, or the table one under [kinds]"


def read(
    tables: Sequence[ForeignTable], terms: Terms, here: Here, dialect: Dialect | None = None
) -> ForeignTree:
    """The nodes in the rows of tables that belong together."""
    reading = TableReading(tables, terms, here, dialect or Dialect())
    made, unread = nodes(reading.records(), here)
    unread_lines = (
        *(each for table in tables for each in table.unread),
        *reading.cells.unread,
        *unread,
    )
    return ForeignTree(
        nodes=made,
        unread=tuple(sorted(unread_lines, key=lambda each: (each.path, each.line))),
        left_out=reading.cells.left_out,
        notes=tuple(reading.notes()),
    )


class TableReading:
    """Tables, what their columns mean, and notes on how they were read."""

    def __init__(
        self, tables: Sequence[ForeignTable], terms: Terms, here: Here, dialect: Dialect
    ) -> None:
        self.tables, self.terms, self.dialect = tables, terms, dialect
        self.columns = [self._columns(table) for table in tables]
        self._called: dict[tuple[str, str], int] = {}
        self._by_order: list[str] = []
        self._dropped: dict[str, int] = {}
        pairs = list(zip(tables, self.columns, strict=True))
        self.known = frozenset(
            fold(row.cell(at))
            for table, found in pairs
            for row in table.rows
            for at in (*found.of("title"), *found.of("key"))
        )
        persons = (
            row.cell(at)
            for table, found in pairs
            for row in table.rows
            for at in found.of("participant")
        )
        self.cells = RecordFields(terms, _people(persons, terms, here), self.dialect)

    def records(self) -> list[ForeignRecord]:
        """A record for each row or, if each level has a column, for each of its levels."""
        found: list[ForeignRecord] = []
        for table, holds in zip(self.tables, self.columns, strict=True):
            self.cells.leave_out(table, holds)
            if holds.has_levels:
                found += merged(levels(table, holds, self.cells))
            elif any(map(holds.of, _SPOKEN)):
                found += self._records(table, holds)
            elif table.headings:
                self._skip(table)
        return found

    def _records(self, table: ForeignTable, holds: Columns) -> list[ForeignRecord]:
        """A record for each row."""
        made = [self._record(table, holds, row) for row in table.rows]
        words = (next(map(row.cell, holds.of("kind")), "") for row in table.rows)
        placed = any(map(holds.of, _PARENT_COLUMNS)) or any(holds.levels())
        if not placed and nest_by_order(list(zip(made, words, strict=True))):
            self._by_order.append(table.path)
        return made

    def _skip(self, table: ForeignTable) -> None:
        """Skips a table without a column for titles."""
        head = ForeignRow(table.line, table.headings).text
        why = f"{counted(len(table.rows), 'row')} not read: no column holds a title"
        self.cells.unread.append(UnreadLine(table.path, table.line, head, why))

    def notes(self) -> Iterator[str]:
        """How the tables were read."""
        for table, holds in zip(self.tables, self.columns, strict=True):

            def shown(what: str, table: ForeignTable = table, holds: Columns = holds) -> list[int]:
                return [at for at in holds.of(what) if table.filled(at)]

            parts = [f"{what} = {holds.headings[at[0]]}" for what in _TOLD if (at := shown(what))]
            parts += [
                f"{each} = {holds.headings[at]}"
                for at, each in holds.levels()
                if each and table.filled(at)
            ]
            yield "; ".join((f"{table.path}: {counted(len(table.rows), 'row')}", *parts))
        for path in self._by_order:
            yield f"{path}: the order of the rows decides what is under what"
        for word, number in self._dropped.items():
            yield f"{counted(number, 'row')} of {word!r} left out"

    def _columns(self, table: ForeignTable) -> Columns:
        """The columns. A column of kinds does not count as one if none of its words is a kind."""
        found = columns(table, self.terms, self.dialect.columns)
        holds = list(found.holds)
        for at in found.of("kind"):
            values = {row.cell(at) for row in table.rows} - {""}
            sure = term(self.terms.fields, found.headings[at]) == "kind"
            if not sure and not any(self._meaning(word).ours for word in values):
                holds[at] = ""
        if not found.has_levels:
            holds = by_contents(table, holds, lambda word: bool(self._meaning(word).ours))
        found = Columns(found.headings, tuple(holds))
        rows = any(map(found.of, ("title", "quote", "participant")))
        if self.dialect.titled and holds and not rows:
            holds[0] = holds[0] if term(self.terms.fields, found.headings[0]) else "title"
        return Columns(found.headings, tuple(holds))

    def _meaning(self, word: str) -> OurWord:
        return kind(word, self.terms, self.dialect.kinds)

    # One row.

    def _record(self, table: ForeignTable, holds: Columns, row: ForeignRow) -> ForeignRecord:
        """A row as a record. If its kind is unknown, the record has no kind, but the reason."""
        texts = [self.cells.words(row.cell(at)) for at in holds.of("title")]
        written = next(filter(None, texts), "")
        meaning, title = self._kind(table, holds, row, written)
        record = ForeignRecord(
            kind=meaning.ours, title=title, path=table.path, line=row.line, why=meaning.why
        )
        record.said = row.text
        record.part = any(fold(row.cell(at)) in self.dialect.parts for at in holds.of("kind"))
        self._call(record, [row.cell(at) for at in holds.of("key") if row.cell(at)])
        others = (each for each in texts if each not in ("", written))
        record.body = "\n\n".join(dict.fromkeys(others))
        record.names += (written,) if title != written else ()
        self._place(record, row, holds)
        if record.kind:
            self.cells.fill(record, row, holds)
            if not record.key and KINDS[record.kind].speaks:
                spoken = (row.cell(at) for name in _SPOKEN for at in holds.of(name))
                record.key = generated_key(record.kind, next(filter(None, spoken), record.title))
        return record

    def _call(self, record: ForeignRecord, keys: Sequence[str]) -> None:
        """Gives a record its key. A short key, such as 12 or S1, means something else in the next
        table, so it is only a name within this one.
        """
        if not keys:
            return
        lasting = self.dialect.lasting or not _SHORT.fullmatch(keys[0])
        record.names = tuple(keys[1:] if lasting else keys)
        record.key = keys[0] if lasting else ""
        first = self._called.setdefault((record.path, keys[0]), record.line)
        if first != record.line:
            record.kind, record.key, record.names = "", "", ()
            record.why = f"{keys[0]!r} is also the key of line {first}"

    def _kind(
        self, table: ForeignTable, holds: Columns, row: ForeignRow, title: str
    ) -> tuple[OurWord, str]:
        """A row's kind, and its title without the word for that kind."""
        words = [row.cell(at) for at in holds.of("kind") if row.cell(at)]
        found = [self._meaning(word) for word in words]
        meaning = next((each for each in found if each.ours), found[0] if found else None)
        if (
            meaning
            and not meaning.ours
            and not meaning.why
            and fold(words[0]) not in self.dialect.parts
        ):
            self._dropped[words[0]] = self._dropped.get(words[0], 0) + 1
        label = vocabulary().label(title)
        if label and label.kind and label.read and not label.alone:
            if meaning is None:
                meaning = self._meaning(label.kind)
            if meaning.ours == label.kind:
                title = title[label.title : label.stop]
        return meaning or self._about(table, holds), title

    def _about(self, table: ForeignTable, holds: Columns) -> OurWord:
        """The kind of a table's rows, by the table's name or its columns."""
        kind = term(self.terms.kinds, table.name)
        if kind is not None:
            return OurWord(kind)
        for word in (table.name, *reversed(re.findall(r"[^\W_]+", table.name))):
            usual = term(self.dialect.about, word)
            ours, several = vocabulary().words.get(word.casefold(), ("", False))
            if usual or (ours and several):
                return OurWord(usual or ours)
        attributed = holds.of("quote") and any(map(holds.of, ("participant", "date", "source")))
        quoted = self.dialect.quoted if holds.of("quote") else ""
        quoted = quoted or ("signal" if attributed else "")
        if self.dialect.titled:
            quoted = quoted or level(table.headings[0])
        return OurWord(quoted, "" if quoted else _NO_KIND)

    def _place(self, record: ForeignRecord, row: ForeignRow, holds: Columns) -> None:
        """Gives a row its parents and children."""
        cells = [self._named(row, at) for at in holds.of("parent")]
        known = [each for cell in cells for each in cell if fold(each) in self.known]
        record.parents = tuple(dict.fromkeys(known)) or next(filter(None, cells), ())
        number = next(filter(None, map(above, (record.key, *record.names))), "")
        if not holds.of("parent") and number and fold(number) in self.known:
            record.parents = (number,)
        for at in holds.of("children"):
            record.children += self._named(row, at)
        for at in holds.of("linked"):
            record.links += self._named(row, at)
        for at, other in holds.levels():
            self._relate(record, other, self._named(row, at))

    def _named(self, row: ForeignRow, at: int) -> tuple[str, ...]:
        return tuple(map(self.cells.words, names(row.cell(at), self.known)))

    def _relate(self, record: ForeignRecord, other: str, named: tuple[str, ...]) -> None:
        """Sorts the names of rows of another kind into parents, children and links."""
        if record.kind not in KINDS or other not in KINDS:
            record.links += named
        elif KINDS[record.kind].speaks:
            record.mentions += named
        elif other in _above(record.kind):
            record.parents += named
        elif record.kind in _above(other):
            record.children += named


def _above(kind: str) -> tuple[str, ...]:
    """The kinds that may be above a kind. A test may also be below a solution."""
    return (*KINDS[kind].under, *(("solution",) if kind == "test" else ()))


def _people(names: Iterable[str], terms: Terms, here: Here) -> Mapping[str, str]:
    """The pseudonym for each name. Pseudonyms stay as they are."""
    found = list(dict.fromkeys(filter(None, names)))
    codes = Pseudonyms(here.participants, terms.people)
    for code in filter(is_pseudonym, found):
        codes.reserve(code)
    return {
        **terms.people,
        **{each: each if is_pseudonym(each) else codes.of(each) for each in found},
    }


_PARENT_COLUMNS = ("parent", "children", "linked")
_SPOKEN = ("title", "quote", "body")
_TOLD = ("kind", "title", "key", "parent", "children", "status", "body")
