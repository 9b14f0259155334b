"""Import a table as CSV, TSV or Markdown, of a spreadsheet or any tool.

A row is a node. Columns such as kind, title, parent and status are found by their headings. A table
may also have a column for each level: outcome, opportunity, solution, assumption, test.
"""

from collections.abc import Sequence

from ost.exchange.foreign.imports import ForeignTree, Here, Material, Sureness, Terms
from ost.exchange.tables.columns import columns
from ost.exchange.tables.dialect import Dialect
from ost.exchange.tables.files import markdown_tables, sheets, tabbed_texts
from ost.exchange.tables.rows import read as read_rows
from ost.exchange.tables.sheet import ForeignTable
from ost.exchange.tables.suggestion import suggest_terms

EXAMPLE = "tree.csv"
SIGNS = "a table with headings such as kind, title and parent, or a column for each level"

_OURS = frozenset(("id", "parent", "kind", "title", "descendants", "first_heard"))
_COUNTED = (
    *("outcome", "depth", "children", "descendants", "people", "interviews", "moments", "against"),
    *("signals", "first_heard", "last_heard", "illustrative"),
)
_EXPORT = Dialect(columns=dict.fromkeys(_COUNTED, ""), lasting=True)
"""The `nodes.csv` that `ost export csv` writes."""


def recognise(material: Material) -> Sureness:
    """Probably if headings name what columns hold, perhaps for any other table."""
    tables = _tables(material)
    if not tables:
        return 0
    found = [columns(each, Terms()) for each in tables]
    known = (each.has_levels or (each.of("title") and each.of("kind")) for each in found)
    return 2 if any(known) else 1


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The rows as nodes."""
    tables = _tables(material)
    return read_rows(tables, terms, here, _dialect(tables))


def suggest(material: Material) -> Terms:
    """A mapping to edit, which says how the table is read."""
    tables = _tables(material)
    return suggest_terms(tables, _dialect(tables))


def _tables(material: Material) -> tuple[ForeignTable, ...]:
    """The tables in files of their own, or the Markdown tables whose rows name their kinds and
    parents.
    """
    return sheets(material) or tuple(
        table
        for table in (*markdown_tables(material), *tabbed_texts(material))
        if {"kind", "title", "parent"} <= set(columns(table, Terms()).holds)
    )


def _dialect(tables: Sequence[ForeignTable]) -> Dialect:
    ours = any(set(each.headings) >= _OURS for each in tables)
    return _EXPORT if ours else Dialect()
