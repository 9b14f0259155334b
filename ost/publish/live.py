"""A tree that loads what it is asked for: nodes from cached readings, edges and moments from the
state.

It answers as the tree of the whole project would, so that rules cannot tell the difference.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

import msgspec

from ost.publish import index
from ost.publish.spoken import Spoken
from ost.read.diagnostic import Diagnostic
from ost.read.document import Document, Entry, Reading
from ost.tree.build import edges_of, node_of, resolver
from ost.tree.model import Moment, Node, NodeId
from ost.tree.moments import moments
from ost.tree.names import TITLE, Nearest
from ost.tree.status import UNTESTED
from ost.tree.tree import Child, Edge, Tree

K = TypeVar("K", bound=str)
V = TypeVar("V")

decode = msgspec.msgpack.Decoder(Reading).decode


class Loaded(Mapping[K, V], Generic[K, V]):
    """A mapping whose values are made when they are asked for, and kept."""

    def __init__(self, load: Callable[[K], V | None], ids: Callable[[], Iterable[K]]) -> None:
        """`load` gives None for what is not there."""
        self._load, self._ids = load, ids
        self._kept: dict[K, V | None] = {}

    def __getitem__(self, key: K) -> V:
        """The value, loaded at the first time."""
        if key not in self._kept:
            self._kept[key] = self._load(key)
        value = self._kept[key]
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[K]:
        return (each for each in self._ids() if each in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Loading(Sequence[Moment]):
    """The moments about a node, loaded one interview after the other as far as somebody asks."""

    def __init__(
        self, node_id: str, sources: list[str], heard: Callable[[str], tuple[Moment, ...]]
    ) -> None:
        """`sources` hold at least one moment each."""
        self._node, self._sources, self._heard = node_id, sources, heard

    def __iter__(self) -> Iterator[Moment]:
        for source in self._sources:
            for moment in self._heard(source):
                if moment.node == self._node:
                    yield moment

    def __getitem__(self, index: Any) -> Any:
        """One moment, or several."""
        return tuple(self)[index]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return True


class StoredNames:
    """The names of a project, looked up in its state."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Answers as the connection's tables do now."""
        self._connection = connection
        self._known: dict[str, bool] = {}
        self._near: Nearest | None = None

    def known(self, node_id: str) -> bool:
        """Whether a node has this id."""
        if node_id not in self._known:
            query = "select 1 from cache.claim where id = ?"
            self._known[node_id] = self._one(query, node_id) is not None
        return self._known[node_id]

    def called(self, folded: str) -> tuple[str, ...]:
        """Ids of the nodes whose alias or id, folded, this is; sorted."""
        query = "select distinct id from cache.alias where folded = ? order by id"
        return tuple(row[0] for row in self._connection.execute(query, (folded,)))

    def at(self, path: str) -> str | None:
        """The id of the node of the file at this path; "" for a file without one; None for no such
        file.
        """
        found = self._one("select own from cache.place where composed = ?", path)
        return None if found is None else str(found)

    def pages(self, stem: str) -> bool:
        """Whether a Markdown file that is not ours has this stem, folded."""
        return (
            bool(stem) and self._one("select 1 from cache.place where page = ?", stem) is not None
        )

    def titled(self, folded: str) -> str:
        """The id of the one node whose title, folded, this is; "" when there is none or several."""
        found = self.called(TITLE + folded)
        return found[0] if len(found) == 1 else ""

    def near(self, name: str) -> str:
        """The known id most like this name, or ""."""
        if self._near is None:
            ids = self._connection.execute("select distinct id from cache.claim")
            self._near = Nearest(row[0] for row in ids)
        return self._near.to(name)

    def _one(self, query: str, value: str) -> object:
        row = self._connection.execute(query, (value,)).fetchone()
        return row[0] if row else None


class Live:
    """The project as its state tells it: tables for what refers to what, cached readings for the
    rest.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        as_of: date,
        synonyms: Mapping[str, tuple[str, ...]],
    ) -> None:
        """Reads the state as it is at each question."""
        self._connection = connection
        self._synonyms = synonyms
        self.names = StoredNames(connection)
        self._documents: dict[str, Document] = {}
        self._remarks: dict[str, tuple[Diagnostic, ...]] = {}
        self.tree = Tree(
            by_id=Loaded(self._node, self._ids),
            as_of=as_of,
            diagnostics=(),
            children_of=Loaded(self._children, self._ids),
            outgoing=Loaded(self._outgoing, self._ids),
            incoming=Loaded(self._incoming, self._ids),
            heard_in=Loaded(self._heard_in, self._ids),
            about=Loaded(self._about, self._ids),
            decided=Loaded(self._decided, self._ids),
            transcripts=Spoken(self._spoken, self._data),
        )

    def node(self, node_id: str) -> Node | None:
        """A node as it means now."""
        return self.tree.get(node_id)

    def edges(self, node_id: str) -> tuple[Edge, ...]:
        """A node's links to nodes."""
        return self.tree.outgoing.get(NodeId(node_id), ())

    def heard(self, node_id: str) -> tuple[Moment, ...]:
        """The moments in an interview or signal."""
        return self.tree.heard_in.get(NodeId(node_id), ())

    def remarks(self, node: Node) -> tuple[Diagnostic, ...]:
        """What building has to say of a node."""
        self.edges(node.id)  # building them has remarks of its own
        return self._remarks[node.id]

    def document(self, path: str) -> Document:
        """A file's reading, from the cache."""
        if path not in self._documents:
            query = "select data from file join cache.reading using (blob) where path = ?"
            (data,) = self._connection.execute(query, (path,)).fetchone()
            self._documents[path] = Document(path, decode(data))
        return self._documents[path]

    def winner(self, node_id: str) -> tuple[str, Entry] | None:
        """The file and the entry that an id stands for: of several the first by path."""
        query = "select path from cache.claim where id = ? order by path limit 1"
        row = self._connection.execute(query, (node_id,)).fetchone()
        return (row[0], index.claims(self.document(row[0]))[node_id]) if row else None

    def _ids(self) -> list[NodeId]:
        query = "select distinct id from cache.claim order by id"
        return [NodeId(row[0]) for row in self._connection.execute(query)]

    def _spoken(self) -> dict[str, str]:
        query = "select path, blob from file where blob like '%.%'"
        return dict(self._connection.execute(query).fetchall())

    def _data(self, blob: str) -> bytes:
        query = "select data from cache.reading where blob = ?"
        (data,) = self._connection.execute(query, (blob,)).fetchone()
        return bytes(data)

    def _node(self, node_id: str) -> Node | None:
        found = self.winner(node_id)
        if found is None:
            return None
        node, self._remarks[node_id] = node_of(NodeId(node_id), *found, self.names)
        return node

    def _outgoing(self, node_id: str) -> tuple[Edge, ...] | None:
        node = self.node(node_id)
        if node is None:
            return None
        edges, remarks = edges_of(node, self.names, self._synonyms)
        self._remarks[node_id] += remarks
        return edges or None

    def _children(self, node_id: str) -> tuple[Child, ...] | None:
        query = (
            "select node.id, node.kind, node.status from edge join node on node.id = edge.source "
            "where edge.target = ? and edge.relation = 'parent' order by edge.source"
        )
        rows = self._connection.execute(query, (node_id,))
        return tuple(Child(NodeId(row[0]), row[1], _own_status(*row[1:])) for row in rows) or None

    def _incoming(self, node_id: str) -> tuple[Edge, ...] | None:
        query = "select distinct source from edge where target = ? order by source"
        sources = [row[0] for row in self._connection.execute(query, (node_id,))]
        found = tuple(
            edge for source in sources for edge in self.edges(source) if edge.target == node_id
        )
        return found or None

    def _decided(self, node_id: str) -> tuple[tuple[str, NodeId], ...] | None:
        query = "select distinct relation, source from edge where target = ? order by 1, 2"
        rows = self._connection.execute(query, (node_id,)) if self._decisions else ()
        return tuple((row[0], NodeId(row[1])) for row in rows if row[1] in self._decisions) or None

    @cached_property
    def _decisions(self) -> frozenset[str]:
        query = "select id from node where kind = 'decision'"
        return frozenset(row[0] for row in self._connection.execute(query))

    def _heard_in(self, node_id: str) -> tuple[Moment, ...] | None:
        node: Any = self.node(node_id)
        if node is None:
            return None
        return moments(node, resolver(node, self.names), self._synonyms) or None

    def _about(self, node_id: str) -> "Loading | None":
        query = "select distinct source from moment where node = ? order by source"
        sources = [row[0] for row in self._connection.execute(query, (node_id,))]
        return Loading(node_id, sources, self.heard) if sources else None


def _own_status(kind: str, status: str | None) -> str | None:
    """The status that a node has by itself: the state has an assumption's by its tests."""
    return UNTESTED if kind == "assumption" else status
