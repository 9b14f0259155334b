"""What an incremental build looks up beside the published tables: who claims which id, what else
nodes are called, and which links lead where they do for another reason than naming an id.
"""

from collections.abc import Callable
from urllib.parse import unquote

from ost.publish.rows import Row
from ost.read.document import Document, Entry
from ost.read.suffixes import MARKDOWN
from ost.tree import fields
from ost.tree.build import aliases, own_id, title_of
from ost.tree.model import Node
from ost.tree.names import TITLE, composed, fold

TABLES = {
    "place": ("path", "own", "page", "composed"),
    "claim": ("id", "path"),
    "alias": ("folded", "id"),
    "loose": ("key", "source"),
}
"""`place`: a file, the id of its own node ("" when it has none), its folded stem when it has none,
and the path as it is compared. `claim`: every id a file writes, winners and losers. `alias`: what a
node is called, folded, its id included, and after `# ` its title. `loose`: links by the folded end
of what is written; those that name an id exactly are left out."""

_REFERENCES = ("parent", "chose", "over", "guide")


def place_row(document: Document) -> Row:
    """The row of a file."""
    own = own_id(document)
    page = "" if own else fold(document.stem)
    return (document.path, own, page, composed(document.path))


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
    called.add(TITLE + fold(title_of(node_id, entry)))
    return [(each, node_id) for each in sorted(called)]


def loose_rows(node: Node, known: Callable[[str], bool]) -> list[Row]:
    """The links of a node that could come to lead elsewhere when a name comes or goes."""
    keys = set()
    for written, form in _written(node.entry):
        if form == "markdown" or written.casefold().endswith(MARKDOWN) or not known(written):
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
    name = written.removeprefix(TITLE).strip().replace("\\", "/")
    place = unquote(name.split("?")[0])
    if place.casefold().endswith(MARKDOWN):
        name = place.rpartition(".")[0]
        name = name.removesuffix("/index") or name
    return fold(name.rstrip("/").rsplit("/", 1)[-1])
