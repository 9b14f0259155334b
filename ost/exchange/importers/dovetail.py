"""Import highlights, notes, tags and insights from Dovetail as CSV.

A highlight is a quote. If its note is exported as well, the note becomes an interview and the
highlight a moment in it; otherwise the highlights of a note become a signal. A tag is the subject
of a moment: it becomes an opportunity, unless the mapping file leaves it out. So does an insight.
"""

import re
from collections.abc import Iterator, Sequence

from ost.exchange.foreign import html_text
from ost.exchange.foreign.imports import (
    ForeignTree,
    Here,
    Material,
    Sureness,
    Terms,
    UnreadLine,
    term,
)
from ost.exchange.foreign.record_nodes import nodes
from ost.exchange.foreign.records import ForeignRecord, generated_key
from ost.exchange.tables.dialect import Dialect
from ost.exchange.tables.files import sheets
from ost.exchange.tables.rows import TableReading
from ost.exchange.tables.suggestion import suggest_terms
from ost.read.letters import fold

EXAMPLE = "highlights.csv"
SIGNS = "columns Highlight and Tags, or files named highlights, notes, tags and insights"

_DIALECT = Dialect(
    columns={
        "highlight": "quote",
        "highlight text": "quote",
        "quote": "quote",
        "text": "quote",
        "tags": "of opportunity",
        "tag": "of opportunity",
        "note": "linked",
        "note title": "linked",
        "note name": "linked",
        "note id": "linked",
        "data": "linked",
        "data title": "linked",
        "highlight id": "key",
        "content": "body",
        "created at": "date",
        "created": "date",
        "color": "",
        "highlights": "",
        "highlight count": "",
        "project": "",
    },
    about={
        "highlights": "signal",
        "highlight": "signal",
        "notes": "interview",
        "data": "interview",
        "tags": "opportunity",
        "insights": "opportunity",
    },
    quoted="signal",
    markdown=html_text.markdown,
    tool="dovetail",
)
_NAMES = frozenset(("highlights", "notes", "tags", "insights", "data"))


def recognise(material: Material) -> Sureness:
    """Certainly by the columns of highlights, probably by the names of two files."""
    tables = sheets(material)
    for table in tables:
        heads = {fold(each) for each in table.headings}
        quote = heads & {"highlight", "highlight-text"}
        if quote and heads & {"tags", "tag", "note", "note-title", "data-title"}:
            return 3
    return 2 if len({fold(each.name) for each in tables} & _NAMES) > 1 else 0


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The notes, highlights, tags and insights as nodes."""
    tables = sheets(material)
    reading = TableReading(tables, terms, here, _DIALECT)
    records = reading.records()
    _part(records, terms)
    gathered = list(_gathered(records))
    made, unread = nodes((*gathered, *_tags(gathered, terms)), here)
    unread_lines: list[UnreadLine] = [each for table in tables for each in table.unread]
    return ForeignTree(
        nodes=made,
        unread=tuple(sorted((*unread_lines, *reading.cells.unread, *unread), key=_place)),
        left_out=reading.cells.left_out,
        notes=(*reading.notes(), "each tag became an opportunity; leave one out under [kinds]"),
    )


def suggest(material: Material) -> Terms:
    """A mapping to edit, which says how the tables are read."""
    return suggest_terms(sheets(material), _DIALECT)


def _place(line: UnreadLine) -> tuple[str, int]:
    return line.path, line.line


def _part(records: Sequence[ForeignRecord], terms: Terms) -> None:
    """Splits the tags of each highlight, dropping those that the mapping leaves out."""
    known = {fold(name) for each in records for name in _names(each)}
    for record in records:
        tags: list[str] = []
        for name in record.mentions:
            tags += (name,) if fold(name) in known else re.split(r"\s*[,;]\s*", name)
        record.mentions = tuple(each for each in tags if each and term(terms.kinds, each) != "")


def _gathered(records: Sequence[ForeignRecord]) -> Iterator[ForeignRecord]:
    """The records, in which highlights are moments of their note or of one signal for it."""
    notes = {
        fold(name): each for each in records if each.kind == "interview" for name in _names(each)
    }
    signals: dict[str, ForeignRecord] = {}
    for record in records:
        note = next(iter(record.links), "") if record.kind == "signal" else ""
        known = notes.get(fold(note)) or signals.get(fold(note))
        if note and known:
            known.moments.append((record.mentions, record.quote))
        elif note:
            record.moments = [(record.mentions, record.quote)]
            record.mentions, record.quote, record.title = (), "", note
            record.key = generated_key(record.kind, note)
            signals[fold(note)] = record
            yield record
        else:
            yield record


def _names(record: ForeignRecord) -> Iterator[str]:
    yield from filter(None, (record.key, *record.names, record.title))


def _tags(records: Sequence[ForeignRecord], terms: Terms) -> Iterator[ForeignRecord]:
    """An opportunity for each mentioned tag without a record of its own."""
    known = {fold(name) for each in records for name in _names(each)}
    for record in records:
        for names in (record.mentions, *(mentions for mentions, _ in record.moments)):
            for name in names:
                if fold(name) not in known:
                    known.add(fold(name))
                    kind = term(terms.kinds, name) or "opportunity"
                    yield ForeignRecord(kind=kind, title=name, path=record.path, line=record.line)
