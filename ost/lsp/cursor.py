"""Finds what the cursor is on: a link to a node, a node's own title, a field, a timestamp."""

from lsprotocol.types import Position
from msgspec import Struct

from ost.lsp.projects import File, covers
from ost.read.document import Entry, Field
from ost.read.place import Place
from ost.tree.model import NodeId
from ost.tree.tree import Edge


class Named(Struct, frozen=True):
    """A node named in a file. `at` covers the name; `heading` is the part after `#`."""

    id: NodeId
    at: Place
    heading: str = ""
    own: bool = False
    """Whether this is the node itself rather than a mention."""


def named(file: File, position: Position) -> Named | None:
    """The node named at a place of a file, if any."""
    line, column = file.positions.point(position)
    entry = file.entry(line)
    if entry is None:
        return None
    node_id = NodeId(file.id(entry))
    here = [
        (at, each)
        for each in links(file, node_id)
        for at in (each.link.at, each.link.target_at)  # the second is elsewhere: `[x]: id.md`
        if covers(at, line, column)
    ]
    if here:
        _, edge = min(here, key=lambda each: _length(each[0]))
        return Named(edge.target, edge.link.target_at, edge.link.heading)
    if (entry.title is not None and entry.title.at.line == line) or entry.at.line == line:
        return Named(node_id, entry.title.at if entry.title else entry.at, own=True)
    return None


def links(file: File, node_id: NodeId) -> tuple[Edge, ...]:
    """The links of a node of the file that lead to nodes."""
    if file.live.files.get(node_id) != file.path:
        return ()
    return file.live.tree.outgoing.get(node_id, ())


def field(entry: Entry, line: int) -> Field | None:
    """The field of front matter that a line belongs to."""
    above = [each for each in entry.fields if each.key_at.line <= line]
    found = max(above, key=lambda each: each.key_at.line, default=None)
    return found if found and line <= max(found.value.at.end_line, found.key_at.line) else None


def _length(place: Place) -> tuple[int, int]:
    return place.end_line - place.line, place.end_column - place.column
