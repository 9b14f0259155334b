"""Import a table's view from Airtable as CSV, or a folder of such files.

A file is named after its table, which names the kind of its rows: `Opportunities-Grid view.csv`.
Columns of linked records name rows of other tables.
"""

import re

from ost.exchange.foreign.imports import ForeignTree, Here, Material, Sureness, Terms
from ost.exchange.tables.dialect import Dialect
from ost.exchange.tables.files import sheets
from ost.exchange.tables.rows import read as read_rows
from ost.exchange.tables.suggestion import suggest_terms
from ost.read.letters import fold

EXAMPLE = "Opportunities-Grid view.csv"
SIGNS = "a file named after a view, such as `Opportunities-Grid view.csv`"

_VIEW = re.compile(r".*-(?:grid view|all [\w ]+|[\w ]*view)(?: ?\(?\d+\)?)?", re.IGNORECASE)
_DIALECT = Dialect(
    columns={"last modified": "", "created": "", "created time": "", "attachments": ""},
    tool="airtable",
    titled=True,
)


def recognise(material: Material) -> Sureness:
    """Certainly if a file is named after a view, probably if rows have record ids."""
    found: Sureness = 0
    for table in sheets(material):
        if _VIEW.fullmatch(table.name):
            return 3
        if "record-id" in {fold(each) for each in table.headings}:
            found = 2
    return found


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The records as nodes."""
    return read_rows(sheets(material), terms, here, _DIALECT)


def suggest(material: Material) -> Terms:
    """A mapping to edit, which says how the tables are read."""
    return suggest_terms(sheets(material), _DIALECT)
