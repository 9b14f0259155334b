"""Suggests a mapping to start from: the words in tables, and how they are read."""

from collections.abc import Sequence

from ost.exchange.foreign.imports import Here, Terms
from ost.exchange.tables.dialect import Dialect
from ost.exchange.tables.meanings import NEVER, kind, status
from ost.exchange.tables.rows import TableReading
from ost.exchange.tables.sheet import ForeignTable
from ost.tree.forms import forms
from ost.tree.model import KINDS

_FIELDS = frozenset(("kind", "title", "key", "parent", "body", "status", "children", "quote"))
_LEFT = frozenset(("", "left out", "person", "score"))


def suggest_terms(tables: Sequence[ForeignTable], dialect: Dialect | None = None) -> Terms:
    """Each word in the tables with its meaning, and "" for those left out."""
    reading = TableReading(tables, Terms(), Here(), dialect or Dialect())
    fields: dict[str, str] = {}
    kinds: dict[str, str] = {}
    statuses: dict[str, str] = {}
    known = _FIELDS | (frozenset().union(*map(forms, KINDS.values())) - NEVER)
    for table, holds in zip(tables, reading.columns, strict=True):
        for at, what in enumerate(holds.holds):
            ours = what.removeprefix("of ")
            meaning = ours if ours in known or ours in KINDS else "" if what in _LEFT else None
            if table.filled(at) and meaning is not None:
                fields.setdefault(holds.headings[at], meaning)
        for row in table.rows:
            words = [row.cell(at) for at in holds.of("kind") if row.cell(at)]
            for word in words:
                kinds.setdefault(word, kind(word, Terms(), reading.dialect.kinds).ours)
            meaning = next((kinds[word] for word in words if kinds[word]), "")
            for word in (row.cell(at) for at in holds.of("status")):
                if word and meaning and not statuses.get(word):
                    statuses[word] = status(word, meaning, Terms())[1].ours
    return Terms(fields=fields, kinds=kinds, status=statuses)
