"""Import features and notes from Productboard as CSV.

A component becomes an opportunity (reword it as a need), a feature a solution, an objective an
outcome. Subfeatures are parts of one solution and named in its text. A product is left out. A note
becomes a signal without the customer's name and address.
"""

from ost.exchange.foreign import html_text
from ost.exchange.foreign.imports import ForeignTree, Here, Material, Sureness, Terms
from ost.exchange.tables.dialect import Dialect
from ost.exchange.tables.files import sheets
from ost.exchange.tables.rows import read as read_rows
from ost.exchange.tables.suggestion import suggest_terms
from ost.read.letters import fold

EXAMPLE = "productboard-features.csv"
SIGNS = "columns such as Component, Feature and Subfeature, or a note's text and user"

_FEATURES = frozenset({
    "component", "customer-importance-score", "feature-description", "feature-id", "feature-name",
    "feature-status", "subfeature", "user-impact-score",
})  # fmt: skip
_NOTES = frozenset(("note-text", "note-content", "note-title", "note-id", "linked-features"))
_DIALECT = Dialect(
    columns={
        "feature name": "title",
        "feature description": "body",
        "feature status": "status",
        "feature id": "key",
        "note title": "title",
        "note text": "quote",
        "note content": "quote",
        "content": "quote",
        "text": "quote",
        "note id": "key",
        "linked features": "of solution",
        "features": "of solution",
        "feature": "of solution",
        "component": "of opportunity",
        "product": "",
        "subfeature": "of part",
        "created at": "date",
        "display url": "links",
        "source url": "links",
        "timeframe": "",
        "release": "",
        "objective": "of outcome",
        "objectives": "of outcome",
    },
    kinds={"product": "", "component": "opportunity", "subfeature": "", "sub-feature": ""},
    parts=frozenset(("subfeature", "sub-feature")),
    about={"notes": "signal", "insights": "signal", "note": "signal"},
    quoted="signal",
    markdown=html_text.markdown,
    tool="productboard",
)


def recognise(material: Material) -> Sureness:
    """Certainly if two columns have names that no other tool uses."""
    found: Sureness = 0
    for table in sheets(material):
        heads = {fold(each) for each in table.headings}
        number = len(heads & (_FEATURES | _NOTES))
        found = max(found, 3 if number > 1 else 2 if number else 0)
    return found


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The hierarchy and the notes as nodes."""
    return read_rows(sheets(material), terms, here, _DIALECT)


def suggest(material: Material) -> Terms:
    """A mapping to edit, which says how the tables are read."""
    return suggest_terms(sheets(material), _DIALECT)
