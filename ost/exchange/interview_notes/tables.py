"""Reads tables that have a row or a column for each participant."""

import re
from collections.abc import Iterator, Mapping, Sequence

from ost.exchange.foreign.imports import Terms
from ost.exchange.foreign.source_lines import NumberedLine
from ost.exchange.interview_notes.labels import FIELDS, labelled
from ost.exchange.interview_notes.people import NotedPerson, find_person, heads_people
from ost.exchange.interview_notes.share import NotesDivision, NotesShare
from ost.exchange.tables.sheet import rows as sheet_rows
from ost.read.letters import fold
from ost.tables import cell_words, ruled

_LEAST = 2
_BREAK = re.compile(r"[ \t]*<br[ \t]*/?>[ \t]*", re.IGNORECASE)
SheetRow = tuple[int, list[str]]


def tables(lines: Sequence[str], known: Mapping[str, str], terms: Terms) -> NotesDivision | None:
    """The shares of a Markdown table, one for each participant."""
    for at in range(1, len(lines)):
        if ruled(f"{lines[at - 1]}\n{lines[at]}") is None:
            continue
        end = at + 1
        while end < len(lines) and "|" in lines[end]:
            end += 1
        rows = [
            (at - 1, cell_words(lines[at - 1])),
            *((n, cell_words(lines[n])) for n in range(at + 1, end)),
        ]
        shares = _shares(rows, known, terms)
        if shares:
            rest = (*range(at - 1), *range(end, len(lines)))
            return NotesDivision(shares, tuple((number, lines[number]) for number in rest))
    return None


def sheet(text: str, known: Mapping[str, str], terms: Terms) -> NotesDivision | None:
    """The shares of a table as CSV."""
    strange: list[tuple[int, str]] = []
    found = list(sheet_rows(text, strange))
    rows: list[SheetRow] = [(each.line - 1, [*map(str.strip, each.cells)]) for each in found]
    if strange:
        return None
    shares = _shares(rows, known, terms) if rows else ()
    return NotesDivision(shares) if shares else None


def _shares(
    rows: Sequence[SheetRow], known: Mapping[str, str], terms: Terms
) -> tuple[NotesShare, ...]:
    if len(rows) < _LEAST or len(rows[0][1]) < _LEAST:
        return ()
    shares = tuple(_by_row(rows, known, terms)) or tuple(_by_column(rows, known, terms))
    people = {each.person.key for each in shares if each.person}
    return shares if len(people) == len(shares) and len(shares) >= _LEAST else ()


def _by_row(
    rows: Sequence[SheetRow], known: Mapping[str, str], terms: Terms
) -> Iterator[NotesShare]:
    """Shares by row, if a column names people."""
    _, heads = rows[0]
    at = next((n for n, each in enumerate(heads) if _is_people(each, terms)), None)
    if at is None:
        return
    whose = [_person(cells[at], known) if at < len(cells) else None for _, cells in rows[1:]]
    if not all(whose):
        return
    for (number, cells), person in zip(rows[1:], whose, strict=True):
        lines: list[NumberedLine] = []
        fields: list[tuple[str, str]] = []
        for column, cell in enumerate(cells):
            head = heads[column] if column < len(heads) else ""
            if column != at:
                _take(number, head, cell, lines, fields, terms)
        yield NotesShare(person, number, tuple(lines), tuple(fields))


def _by_column(
    rows: Sequence[SheetRow], known: Mapping[str, str], terms: Terms
) -> Iterator[NotesShare]:
    """Shares by column, if a row names people."""
    line, heads = rows[0]
    whose = [_person(each, known) for each in heads[1:]]
    if len(whose) < _LEAST or not all(whose):
        return
    for column, person in enumerate(whose, 1):
        lines: list[NumberedLine] = []
        fields: list[tuple[str, str]] = []
        for number, cells in rows[1:]:
            if column < len(cells):
                _take(number, cells[0], cells[column], lines, fields, terms)
        yield NotesShare(person, line, tuple(lines), tuple(fields))


def _take(
    number: int,
    head: str,
    cell: str,
    lines: list[NumberedLine],
    fields: list[tuple[str, str]],
    terms: Terms,
) -> None:
    """Keeps a cell as a field, or as lines."""
    found = labelled(f"{head}: {cell}", terms)
    if cell and found and found.field:
        fields.append((found.field, found.value))
    elif cell:
        lines += ((number, each) for each in _cell_lines(head, cell))


def _cell_lines(head: str, cell: str) -> Iterator[str]:
    """A cell, below the words that head its column or row."""
    parts = [each.strip() for each in _BREAK.split(cell.replace("\n", "<br>")) if each.strip()]
    if head:
        yield f"## {head}"
    for part in parts:
        yield part if re.match(r"[-*+>] ", part) else f"- {part}"


def _is_people(head: str, terms: Terms) -> bool:
    found = labelled(f"{head}: x", terms)
    return heads_people(head) or (found is not None and found.field == "participant")


def _person(cell: str, known: Mapping[str, str]) -> NotedPerson | None:
    written = cell.strip(" *_`")
    if re.fullmatch(r"\d{1,4}|[A-Z]", written):
        return NotedPerson(written, number=written)
    if FIELDS.get(fold(written)) or len(written.split()) > 6:
        return None
    return find_person(written, known, alone=True)
