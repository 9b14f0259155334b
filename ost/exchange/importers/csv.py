"""A table: CSV or TSV of a spreadsheet or of any tool, with or without a mapping file.

A row is a node. Columns such as kind, title, parent and status are found by their headings. A table
may also have a column for each level: outcome, opportunity, solution, assumption, test.
"""

from ost.exchange.imports import ForeignTree, Here, Material, Sureness, Terms
from ost.exchange.tables.columns import columns
from ost.exchange.tables.files import sheets
from ost.exchange.tables.rows import read as read_rows
from ost.exchange.tables.suggestion import suggested

EXAMPLE = "tree.csv"
SIGNS = "a table with headings such as kind, title and parent, or a column for each level"


def looks(material: Material) -> Sureness:
    """Probably where headings say what the columns hold; perhaps for any table."""
    tables = sheets(material)
    if not tables:
        return 0
    found = [columns(each, Terms()) for each in tables]
    known = (each.has_levels or (each.of("title") and each.of("kind")) for each in found)
    return 2 if any(known) else 1


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """Its rows as nodes."""
    return read_rows(sheets(material), terms, here)


def suggest(material: Material) -> str:
    """A mapping file that says how the table is read, to be changed."""
    return suggested(sheets(material))
