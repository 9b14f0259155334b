"""Writes nodes of another tool as our files: their ids, places and texts.

If a node's id differs from its key, the key becomes an alias. So links to it still work, and the
next import finds the node whatever its title is here.
"""

from collections.abc import Iterator

from msgspec import Struct

from ost.exchange.foreign.identity import identify
from ost.exchange.foreign.imports import ForeignNode, ForeignTree, Here, UnreadLine
from ost.exchange.foreign.same_place import LikeNode
from ost.exchange.foreign.text import demote_headings, link_known_nodes, plain, replace_names, value
from ost.read.document import Source
from ost.read.letters import fold, name, slug
from ost.read.scalar import line, scalar
from ost.tree.fields import referring
from ost.tree.model import KINDS
from ost.words import counted

_LONGEST = 180
"""The maximum of bytes in a file name, far below what file systems allow."""

_SOME = 3
"""How many names a note about links lists."""


class DraftNode(Struct, frozen=True):
    """A file to write, with its node's kind, title and place in the material."""

    source: Source
    kind: str
    title: str
    path: str = ""
    line: int = 0


class Drafts(Struct, frozen=True, kw_only=True):
    """The result of an import: files to write, ids of nodes that exist already, those with another
    title here, new nodes that may exist already, lines not understood, and lines left out on
    purpose.
    """

    drafts: tuple[DraftNode, ...]
    present: tuple[str, ...] = ()
    retitled: tuple[LikeNode, ...] = ()
    doubts: tuple[LikeNode, ...] = ()
    unread: tuple[UnreadLine, ...] = ()
    left_out: tuple[UnreadLine, ...] = ()
    notes: tuple[str, ...] = ()


def drafts(tree: ForeignTree, here: Here) -> Drafts:
    """A file for each node that does not exist yet."""
    known = identify(tree.nodes, here)
    placing = _Placing(here)
    pairs = zip(tree.nodes, known.ids, strict=True)
    ids = [placing.new_id(node, there) for node, there in pairs]
    made = tuple(
        placing.draft(node, node_id)
        for node, there, node_id in zip(tree.nodes, known.ids, ids, strict=True)
        if not there
    )
    return Drafts(
        drafts=made,
        present=tuple(dict.fromkeys(filter(None, known.ids))),
        retitled=known.retitled,
        doubts=known.doubts,
        unread=(*tree.unread, *placing.unread),
        left_out=tree.left_out,
        notes=(*tree.notes, *placing.notes()),
    )


class _Placing:
    """Assigns each node an id and a file."""

    def __init__(self, here: Here) -> None:
        self.here = here
        self.unread: list[UnreadLine] = []
        self._unknown: dict[str, None] = {}
        self._taken = set(here.ids)
        self._numbers: dict[str, int] = {}
        self._keys: dict[str, str] = {}
        self._named: dict[str, str] = {}

    def new_id(self, node: ForeignNode, there: str) -> str:
        """The id of a node: that of an existing node if it is `there`, otherwise a new one."""
        key = slug(node.key)
        wanted = key if node.whole else name(plain(node.title)) or key
        node_id = there or self._free(wanted, self._folder(node))
        if node.kind not in KINDS:
            return node_id  # a file of several nodes, which no link means
        self._keys.setdefault(node.key, node_id)
        for called in (node.key, *node.names, node.title, plain(node.title)):
            self._named.setdefault(fold(called), node_id)
        return node_id

    def draft(self, node: ForeignNode, node_id: str) -> DraftNode:
        """The file of a node."""
        if node.whole:
            text = replace_names(node.whole, self._id)
        else:
            text = "\n".join((*self._front(node, node_id), *self._body(node))) + "\n"
        path = f"{self._folder(node)}{node_id}.md"
        return DraftNode(Source(path, text), node.kind, node.title, node.path, node.line)

    def _folder(self, node: ForeignNode) -> str:
        folder = self.here.folders.get(node.kind, "")
        return f"{folder}/" if folder else ""

    def _free(self, wanted: str, folder: str) -> str:
        """An id that no node has and no file in the folder is named after."""
        wanted = wanted or "node"
        while len(wanted.encode()) > _LONGEST:
            wanted = wanted[:-1]
        number = self._numbers.get(wanted, 1)
        free = wanted if number == 1 else f"{wanted}-{number}"
        while fold(free) in self._taken or fold(folder + free) in self.here.files:
            number += 1
            free = f"{wanted}-{number}"
        self._numbers[wanted] = number
        self._taken.add(fold(free))
        return free

    def _front(self, node: ForeignNode, node_id: str) -> Iterator[str]:
        yield from ("---", f"kind: {node.kind}")
        found = (self._node(node, each) for each in node.under)
        parents = tuple(dict.fromkeys(filter(None, found)))
        if parents:
            yield f"parent: {value(parents if len(parents) > 1 else parents[0])}"
        naming = referring(KINDS[node.kind]) if node.kind in KINDS else ()
        for field, written in node.fields.items():
            if written and field in naming:
                each = (written,) if isinstance(written, str) else written
                yield f"{field}: {value(tuple(self._id(name) or name for name in each))}"
            elif written:
                yield f"{field}: {value(written)}"
        former = slug(node.key)
        if former and fold(former) != fold(node_id) and fold(former) not in self._taken:
            self._taken.add(fold(former))
            yield f"aliases: [{scalar(former)}]"
        yield from ("---", f"# {line(self._reworded(node.title)) or node_id}")

    def _node(self, node: ForeignNode, written: str) -> str:
        """The node that a parent's name means. An unknown name is listed as not understood."""
        found = self._id(written)
        if not found:
            why = f"belongs under {written!r}, which is not here or in this material"
            self.unread.append(UnreadLine(node.path, node.line, node.title, why))
        return found

    def _id(self, written: str) -> str:
        """The id of the node that a key, a name or a title means, or ""."""
        folded = fold(written)
        return self._keys.get(written) or self._named.get(folded) or self.here.ids.get(folded, "")

    def _body(self, node: ForeignNode) -> Iterator[str]:
        body = demote_headings(self._reworded(node.body)).strip("\n")
        if body.strip():
            yield from ("", body)

    def _reworded(self, text: str) -> str:
        made = link_known_nodes(text, self._id)
        self._unknown.update(dict.fromkeys(made.unknown))
        return made.text

    def notes(self) -> Iterator[str]:
        """Notes about links to names that are neither here nor in the import."""
        if self._unknown:
            some = ", ".join(list(self._unknown)[:_SOME]) + ", …" * (len(self._unknown) > _SOME)
            links = counted(len(self._unknown), "link leads", "links lead")
            yield f"{links} to no node here and became text: {some}"
