"""Import issues from Jira and Jira Product Discovery as CSV.

Ideas become solutions, and issue types named like a kind become that kind. Map others, such as
Epic, with a mapping file. Links between issues become parents if the kinds allow it; other linked
issues become `links`. Wiki markup becomes Markdown.
"""

import re

from msgspec.structs import replace

from ost.exchange.foreign import wiki_markup
from ost.exchange.foreign.imports import ForeignTree, Here, Material, Sureness, Terms
from ost.exchange.tables.dialect import Dialect
from ost.exchange.tables.files import sheets
from ost.exchange.tables.rows import read as read_rows
from ost.exchange.tables.sheet import ForeignTable
from ost.exchange.tables.suggestion import suggest_terms
from ost.read.letters import fold

EXAMPLE = "jira.csv"
SIGNS = "columns Issue key, Issue Type and Summary"

_CUSTOM = re.compile(r"Custom field \((.*)\)", re.IGNORECASE)
_LINKED = re.compile(
    r"(?:inward|outward) (?:issue|work item) link \(.*\)|linked (?:issues|work items)",
    re.IGNORECASE,
)
_COLUMNS = {
    "issue key": "key",
    "work item key": "key",
    "key": "key",
    "issue id": "key",
    "work item id": "key",
    "issue type": "kind",
    "work type": "kind",
    "type": "kind",
    "summary": "title",
    "parent": "parent",
    "parent key": "parent",
    "parent id": "parent",
    "parent link": "parent",
    "epic link": "parent",
    "project name": "",
    "project key": "",
    "project type": "",
    "status": "status",
    "status category": "",
    "parent summary": "",
    "parent status": "",
    "environment": "",
}
_KEY = re.compile(r"[A-Z][A-Z0-9_]+-\d+")
_KEYS = frozenset(("issue-key", "work-item-key"))


def recognise(material: Material) -> Sureness:
    """Certainly if issues have a key and a summary, by Jira's names for these columns."""
    for table in sheets(material):
        heads = [fold(each) for each in table.headings]
        if "summary" in heads and _KEYS & set(heads):
            return 3
        if "summary" in heads and "key" in heads:
            keys = [row.cell(heads.index("key")) for row in table.rows]
            return 3 if any(map(_KEY.fullmatch, keys)) else 1
    return 0


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The issues as nodes."""
    tables = _tables(material)
    return read_rows(tables, terms, here, _dialect(tables))


def suggest(material: Material) -> Terms:
    """A mapping to edit, which says how the issues are read."""
    tables = _tables(material)
    return suggest_terms(tables, _dialect(tables))


def _tables(material: Material) -> tuple[ForeignTable, ...]:
    """The tables, with custom fields under their own names."""
    return tuple(
        replace(table, headings=tuple(_CUSTOM.sub(r"\1", each) for each in table.headings))
        for table in sheets(material)
    )


def _dialect(tables: tuple[ForeignTable, ...]) -> Dialect:
    linked = {
        each: "linked" for table in tables for each in table.headings if _LINKED.fullmatch(each)
    }
    return Dialect(
        columns={**_COLUMNS, **linked}, markdown=wiki_markup.markdown, tool="jira", lasting=True
    )
