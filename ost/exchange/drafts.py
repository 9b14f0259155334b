"""Nodes of another tool as files of ours: their ids, their places, their texts, and which of them
are here already.

A node is here when its key is the id or a former id of a node here, or when a node of its kind has
its title. An id that differs from the key keeps the key as an alias, so links by it still work, and
so the next import finds it, whatever its title has become.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ost.edit.new import name
from ost.exchange.imports import ForeignNode, ForeignTree, Here, UnreadLine
from ost.read import markdown
from ost.read.comments import hidden
from ost.read.document import Source
from ost.read.inline import wikilinks
from ost.read.letters import fold, slug
from ost.read.scalar import line, scalar

_HEADING = re.compile(r"^#(?=[ \t])", re.MULTILINE)
_FENCED = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)


class DraftNode(Struct, frozen=True):
    """A file to write, its node's kind and title, and where the node stands in the material."""

    source: Source
    kind: str
    title: str
    path: str = ""
    line: int = 0


class Drafts(Struct, frozen=True, kw_only=True):
    """The files to write, the ids of nodes that are here already, what was not understood, and what
    was left out on purpose.
    """

    drafts: tuple[DraftNode, ...]
    present: tuple[str, ...] = ()
    unread: tuple[UnreadLine, ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def drafts(tree: ForeignTree, here: Here) -> Drafts:
    """A file for each node that is not here yet."""
    placing = _Placing(here)
    for node in tree.nodes:
        placing.identify(node)
    made = tuple(placing.draft(node) for node in tree.nodes if node.key not in placing.present)
    return Drafts(
        drafts=made,
        present=tuple(placing.present.values()),
        unread=(*tree.unread, *placing.unread),
        left_out=tree.left_out,
        notes=tree.notes,
    )


class _Placing:
    """Which id each node has, and what its file says."""

    def __init__(self, here: Here) -> None:
        self.here = here
        self.present: dict[str, str] = {}
        self.unread: list[UnreadLine] = []
        self._taken = set(here.ids)
        self._ids: dict[str, str] = {}
        self._named: dict[str, str] = {}

    def identify(self, node: ForeignNode) -> None:
        """Gives a node its id: that of the node here, or a new one."""
        there = self.here.ids.get(fold(slug(node.key))) or self.here.titles.get(
            (node.kind, fold(line(node.title)))
        )
        if there:
            self.present[node.key] = node_id = there
        else:
            key = slug(node.key)
            node_id = self._free(key if node.whole else name(node.title) or key)
        self._ids[node.key] = node_id
        for each in (node.key, *node.names, node.title):
            self._named.setdefault(fold(each), node_id)

    def draft(self, node: ForeignNode) -> DraftNode:
        """The file of a node."""
        node_id = self._ids[node.key]
        text = node.whole or "\n".join((*self._front(node, node_id), *self._body(node))) + "\n"
        folder = self.here.folders.get(node.kind, "")
        path = f"{folder}/{node_id}.md" if folder else f"{node_id}.md"
        return DraftNode(Source(path, text), node.kind, node.title, node.path, node.line)

    def _free(self, wanted: str) -> str:
        wanted, number = wanted or "node", 1
        free = wanted
        while fold(free) in self._taken:
            number += 1
            free = f"{wanted}-{number}"
        self._taken.add(fold(free))
        return free

    def _front(self, node: ForeignNode, node_id: str) -> Iterator[str]:
        yield from ("---", f"kind: {node.kind}")
        found = (self._node(node, each) for each in node.under)
        parents = tuple(dict.fromkeys(filter(None, found)))
        if parents:
            yield f"parent: {_value(parents if len(parents) > 1 else parents[0])}"
        for field, value in node.fields.items():
            if value:
                yield f"{field}: {_value(value)}"
        former = slug(node.key)
        if former and fold(former) != fold(node_id) and fold(former) not in self._taken:
            self._taken.add(fold(former))
            yield f"aliases: [{scalar(former)}]"
        yield from ("---", f"# {_literal(line(node.title)) or node_id}")

    def _node(self, node: ForeignNode, written: str) -> str:
        """The node that a parent's name means; one that is nowhere is told as unread."""
        found = self._id(written)
        if not found:
            why = f"hangs under {written!r}, which is neither here nor in this material"
            self.unread.append(UnreadLine(node.path, node.line, node.title, why))
        return found

    def _id(self, written: str) -> str:
        folded = fold(written)
        return self._ids.get(written) or self._named.get(folded) or self.here.ids.get(folded, "")

    def _body(self, node: ForeignNode) -> Iterator[str]:
        body = _demoted(self._linked(node.body)).strip("\n")
        if body.strip():
            yield from ("", body)

    def _linked(self, body: str) -> str:
        """The body with links by their names as links by our ids; other wikilinks become words."""
        made, end = "", 0
        for link in wikilinks(body):
            words = link.words or link.target
            node_id = self._id(link.target.rpartition("/")[2].removesuffix(".md"))
            made += body[end : link.start] + (f"[[{node_id}|{words}]]" if node_id else words)
            end = link.end
        return made + body[end:]


def _value(value: str | Sequence[str]) -> str:
    return scalar(value) if isinstance(value, str) else f"[{', '.join(map(scalar, value))}]"


def _literal(title: str) -> str:
    """A title as Markdown that says it: signs are signs."""
    read = markdown.read(f"# {title}", 0)
    said = read.title is not None and read.title.text == title and not read.title_links
    if said and hidden(title).text == title:
        return title
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", title)


def _demoted(body: str) -> str:
    """The body with its first headings as second ones: a file has one title."""
    made, end = "", 0
    for fence in _FENCED.finditer(body):
        made += _HEADING.sub("##", body[end : fence.start()]) + fence[0]
        end = fence.end()
    return made + _HEADING.sub("##", body[end:])
