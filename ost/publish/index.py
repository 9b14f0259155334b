"""What an incremental build looks up beside the published tables: who claims which id, what else
nodes are called, and which links lead where they do for another reason than naming an id.
"""

from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import unquote

from ost.publish.rows import Row
from ost.read.document import Document, Entry
from ost.read.suffixes import MARKDOWN
from ost.tree import fields
from ost.tree.build import aliases, own_id
from ost.tree.model import Node
from ost.tree.names import fold

TABLES = {
    "place": ("path", "own", "page"),
    "claim": ("id", "path"),
    "alias": ("folded", "id"),
    "loose": ("key", "source"),
}
"""`place`: a file, the id of its own node ("" when it has none), and its folded stem when it has
none. `claim`: every id a file writes, winners and losers. `alias`: what a node is called, folded,
its id included. `loose`: links by the folded end of what is written; those that name an id exactly
are left out."""

_REFERENCES = ("parent", "chose", "over", "guide")


def place_row(document: Document) -> Row:
    """The row of a file."""
    own = own_id(document)
    return (document.path, own, "" if own else fold(PurePosixPath(document.path).stem))


def claims(document: Document) -> dict[str, Entry]:
    """The entries of a file by id; of several with one id the first."""
    found: dict[str, Entry] = {}
    for entry in document.reading.entries:
        found.setdefault(entry.id or document.stem, entry)
    return found


def claim_rows(document: Document) -> list[Row]:
    """The rows of the ids that a file writes."""
    return [(node_id, document.path) for node_id in claims(document)]


def alias_rows(node_id: str, entry: Entry) -> list[Row]:
    """What a node is called."""
    called = {fold(node_id), *(fold(each) for each in aliases(entry))}
    return [(each, node_id) for each in sorted(called)]


def loose_rows(node: Node, known: Callable[[str], bool]) -> list[Row]:
    """The links of a node that could come to lead elsewhere when a name comes or goes."""
    keys = set()
    for written, form in _written(node.entry):
        if form == "markdown" or written.endswith(MARKDOWN):
            if unquote(written.split("?")[0]).endswith(MARKDOWN):
                keys.add(end(written))
        elif not known(written):
            keys.add(end(written))
    return [(each, str(node.id)) for each in sorted(keys)]


def _written(entry: Entry) -> set[tuple[str, str]]:
    found = {
        (link.target.strip(), link.form)
        for link in entry.links
        if link.form != "field" or link.relation not in (*_REFERENCES, "aliases", "allow")
    }
    for name in _REFERENCES:
        field = entry.field(name)
        if field is not None:
            found |= {(str(each.id).strip(), "field") for each in fields.references(field.value)}
    return found


def end(written: str) -> str:
    """What of a link, an id or a path decides which names it may have to do with."""
    name = written.strip()
    place = unquote(name.split("?")[0])
    if place.endswith(MARKDOWN):
        name = place.removesuffix(".md").removesuffix(".markdown")
    return fold(name.rsplit("/", 1)[-1])
