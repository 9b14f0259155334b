"""Import a database from Notion, exported as Markdown and CSV.

The table's name gives the kind of its rows, if no column does. `Parent item`, `Sub-item` and
relations to tables of another kind give the parents. A page's text becomes the node's.
"""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from ost.exchange.foreign.imports import ForeignTree, Here, Material, Sureness, Terms, UnreadLine
from ost.exchange.tables.dialect import Dialect
from ost.exchange.tables.files import sheets
from ost.exchange.tables.rows import read as read_rows
from ost.exchange.tables.sheet import ForeignRow, ForeignTable
from ost.exchange.tables.suggestion import suggest_terms
from ost.read.letters import fold

EXAMPLE = "Opportunities 0123456789abcdef0123456789abcdef.csv"
SIGNS = "file names that end with a page's id of 32 characters, or a column Parent item"

_ID = re.compile(r" ?([0-9a-f]{32})(_all)?$")
_PAGE = "Page id"
_TEXT = "Page text"
_DIALECT = Dialect(
    columns={
        "parent item": "parent",
        "sub item": "children",
        "sub items": "children",
        "created time": "",
        "created": "",
        "last edited time": "",
        _PAGE: "key",
        _TEXT: "body",
    },
    tool="notion",
    titled=True,
)


class _Page(Struct, frozen=True):
    """A page of a database: its id, its path and its lines."""

    id: str
    path: str
    lines: tuple[str, ...]


def recognise(material: Material) -> Sureness:
    """Certainly by the ids in file names, or by the columns of a table with sub-items."""
    for table in sheets(material):
        heads = {fold(each) for each in table.headings}
        if _ID.search(table.name) or heads & {"parent-item", "sub-item", "sub-items"}:
            return 3
    return 0


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The rows and pages as nodes."""
    pages = {key: list(found) for key, found in _pages(material).items()}
    tables = [_with_pages(table, pages) for table in _tables(material)]
    made = read_rows(tables, terms, here, _DIALECT)
    left = (page for found in pages.values() for page in found)
    unread = tuple(UnreadLine(each.path, 1, each.lines[0], "a page of no row") for each in left)
    return replace(made, unread=(*made.unread, *unread))


def suggest(material: Material) -> Terms:
    """A mapping to edit, which says how the tables are read."""
    return suggest_terms(_tables(material), _DIALECT)


def _tables(material: Material) -> list[ForeignTable]:
    """The tables, ignoring those of views if there is one of all rows."""
    found = sheets(material)
    whole = {each.path.removesuffix("_all.csv") for each in found if each.path.endswith("_all.csv")}
    return [each for each in found if each.path.removesuffix(".csv") not in whole]


def _pages(material: Material) -> Mapping[tuple[str, str], list[_Page]]:
    """The pages by the name of their table and their title."""
    found: dict[tuple[str, str], list[_Page]] = {}
    for path, text in material.fronts():
        folder, _, name = path.rpartition("/")
        named = _ID.search(name.rpartition(".")[0])
        lines = tuple(text.lstrip("\n").split("\n"))
        if named and folder and lines[0].startswith("# "):
            place = _ID.sub("", folder.rpartition("/")[2])
            found.setdefault((fold(place), fold(lines[0][2:])), []).append(
                _Page(named[1], path, lines)
            )
    return found


def _with_pages(table: ForeignTable, pages: Mapping[tuple[str, str], list[_Page]]) -> ForeignTable:
    """The table with two further columns: the id and the text of each row's page."""
    name = _ID.sub("", table.name)
    title = next((at for at, each in enumerate(table.headings) if fold(each) in _TITLES), 0)
    rows = []
    for row in table.rows:
        found = pages.get((fold(name), fold(row.cell(title))))
        page = found.pop(0) if found else None
        cells = (*row.cells, *[""] * len(table.headings))[: len(table.headings)]
        more = (page.id, "\n".join(_text(page, table.headings))) if page else ("", "")
        rows.append(ForeignRow(row.line, (*cells, *more)))
    path = f"{table.path.rpartition('/')[0]}/{name}.csv".lstrip("/")
    return ForeignTable(path, (*table.headings, _PAGE, _TEXT), tuple(rows), table.unread)


_TITLES = frozenset(("name", "title"))


def _text(page: _Page, headings: tuple[str, ...]) -> Iterator[str]:
    """A page's text, without the title and properties that its row has, too."""
    known = {fold(each) for each in headings}
    above = True
    for line in page.lines[1:]:
        above = above and (not line.strip() or fold(line.partition(":")[0]) in known)
        if not above:
            yield line
