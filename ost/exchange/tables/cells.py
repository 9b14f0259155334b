"""Puts the cells of a row into its node: status, fields and text."""

import re
from collections.abc import Mapping

from msgspec.structs import replace

from ost.exchange.foreign.dates import written_day
from ost.exchange.foreign.imports import Terms, UnreadLine
from ost.exchange.foreign.records import ForeignRecord, headline
from ost.exchange.foreign.redaction import Redaction
from ost.exchange.tables.columns import Columns, is_score
from ost.exchange.tables.dialect import Dialect
from ost.exchange.tables.meanings import OurWord, status, value
from ost.exchange.tables.sheet import ForeignRow, ForeignTable
from ost.tree.forms import forms
from ost.tree.model import KINDS
from ost.words import article, listed

_FORMULA = re.compile(r'=HYPERLINK\(\s*"([^"]*)"\s*[,;]\s*"((?:[^"]|"")*)"\s*\)', re.IGNORECASE)
_GUARDED = re.compile(r"'(?=\s*[=+@-])")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_STRUCTURE = frozenset(("kind", "title", "key", "parent", "children", "body", "linked"))
_EVIDENCE = frozenset(("date", "source", "segment"))
_REASONS = {
    "person": "about persons",
    "score": "scores have no place in the method",
    "left out": "left out by the mapping",
    "": "without a meaning here",
}


class RecordFields:
    """Fills records from rows, and collects the cells that were not understood or left out."""

    def __init__(self, terms: Terms, people: Mapping[str, str], dialect: Dialect) -> None:
        self.terms, self.people, self.dialect = terms, people, dialect
        self._redacted = Redaction(people)
        self._left_out: dict[tuple[str, str], UnreadLine] = {}
        self.unread: list[UnreadLine] = []

    def leave_out(self, table: ForeignTable, holds: Columns) -> None:
        """Lists the columns that are left out on purpose and are not empty."""
        for at, what in enumerate(holds.holds):
            if what in _REASONS and table.filled(at):
                heading = holds.headings[at] or f"column {at + 1}"
                self._leave(table.path, table.line, heading, what)

    @property
    def left_out(self) -> tuple[UnreadLine, ...]:
        """The columns left out, grouped by table and reason."""
        names: dict[tuple[str, str], list[UnreadLine]] = {}
        for column in self._left_out.values():
            names.setdefault((column.path, column.why), []).append(column)
        return tuple(
            replace(several[0], text=listed([each.text for each in several]))
            for several in names.values()
        )

    def _leave(self, path: str, line: int, heading: str, reason: str) -> None:
        """Lists the heading of a column that is left out, once."""
        unread = UnreadLine(path, line, heading, _REASONS[reason])
        self._left_out.setdefault((path, heading), unread)

    def fill(self, record: ForeignRecord, row: ForeignRow, holds: Columns) -> None:
        """Fills a record that has a kind from the cells of its row."""
        for at, what in enumerate(holds.holds):
            cell = self.text(row.cell(at)) if what == "quote" else self.words(row.cell(at))
            if not cell or what in _STRUCTURE or what in _REASONS or what.split(" ")[0] == "of":
                continue
            wrong = self._take(record, what, cell, holds.headings[at], row.line)
            if wrong:
                self.unread.append(UnreadLine(record.path, row.line, row.text, wrong))
        for at in holds.of("body"):
            text = self.text(row.cell(at))
            if text:
                head = f"## {holds.headings[at]}\n\n" if record.body else ""
                record.body = f"{record.body}\n\n{head}{text}".strip()
        self._close(record)

    def words(self, cell: str) -> str:
        """A cell without personal data."""
        cell = _FORMULA.sub(r"[\2](\1)", _GUARDED.sub("", cell, count=1))
        return self._redacted(cell).strip()

    def text(self, cell: str) -> str:
        """A cell that may hold the tool's markup, as Markdown."""
        return self.words(self.dialect.markdown(cell)) if cell else ""

    def _take(self, record: ForeignRecord, what: str, cell: str, heading: str, line: int) -> str:
        """Takes a cell's value, or returns the reason why it does not fit."""
        fields = forms(KINDS[record.kind])
        match what:
            case "status":
                return self._stand(record, cell)
            case "quote":
                record.quote = f"{record.quote}\n\n{cell}".strip()
            case "tags":
                tags = ("-".join(re.findall(r"[\w/]+", each)) for each in re.split(r"[,;\n]", cell))
                before = record.fields.get(what, ())
                record.fields[what] = tuple(dict.fromkeys((*before, *filter(None, tags))))
            case "participant":
                self._name(record, cell, heading, line)
            case "result" if record.kind == "test":
                return self._stand(record, cell)
            case "links" if what not in fields:
                text = "\n".join(f"<{each}>" for each in _ADDRESS.findall(cell)) or cell
                record.body = f"{record.body}\n\n{text}".strip()
            case _ if what in fields:
                return _put(record, what, cell)
            case "date" if (name := KINDS[record.kind].day_field) and (day := written_day(cell)):
                record.fields[name] = day
            case _ if what in _EVIDENCE or is_score(heading):
                self._leave(record.path, line, heading, "" if what in _EVIDENCE else "score")
            case _:
                return f"{article(record.kind)} has no field {what!r}"
        return ""

    def _stand(self, record: ForeignRecord, cell: str) -> str:
        field, meaning = status(cell, record.kind, self.terms)
        if meaning.ours and field:
            record.fields[field] = meaning.ours
        return meaning.why

    def _name(self, record: ForeignRecord, cell: str, heading: str, line: int) -> None:
        if "participant" in forms(KINDS[record.kind]):
            record.fields["participant"] = cell
        else:
            self._leave(record.path, line, heading, "person")

    def _close(self, record: ForeignRecord) -> None:
        """Shortens the title of a record to a fitting length, and gives a signal its source."""
        who = record.fields.get("participant") if KINDS[record.kind].speaks else None
        if not record.title and who:
            record.title = f"{who}: {record.kind}"
        if record.title:
            whole = record.title
            record.title, rest = headline(whole)
            record.names += (whole,) if rest else ()
            record.body = f"{rest}\n\n{record.body}".strip()
        else:
            first = record.quote or record.body
            record.title, rest = headline(first)
            if first == record.body:
                record.body = rest
        if record.kind == "signal" and self.dialect.tool:
            record.fields.setdefault("source", self.dialect.tool)


def _put(record: ForeignRecord, name: str, cell: str) -> str:
    """Puts a cell into a field, or returns the reason why it does not fit."""
    found = value(cell, name, record.kind)
    if isinstance(found, OurWord):
        if found.ours:
            record.fields[name] = found.ours
        return found.why
    before = record.fields.get(name, ())
    record.fields[name] = (*(before if isinstance(before, tuple) else (before,)), *found)
    return ""
