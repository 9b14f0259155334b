"""The meanings of a project's nodes, each computed on demand and kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from ost.compile.inputs import Inputs
from ost.read.diagnostic import Diagnostic
from ost.read.document import Document, Entry
from ost.tree.build import edges_of, node_of, resolver
from ost.tree.claims import entries
from ost.tree.facts import Facts, facts_of
from ost.tree.index import Index, grouped
from ost.tree.model import Moment, Node, NodeId
from ost.tree.moments import moments
from ost.tree.names import Names
from ost.tree.tree import Clock, Edge, Tree

K = TypeVar("K", bound=str)
V = TypeVar("V")


class Meaning:
    """A node with its links and moments, and the diagnostics of reading and building."""

    __slots__ = ("_about", "_leading", "edges", "moments", "node", "remarks")

    def __init__(
        self,
        node: Node,
        edges: tuple[Edge, ...],
        moments: tuple[Moment, ...],
        remarks: tuple[Diagnostic, ...],
    ) -> None:
        """Stores the parts; computes nothing."""
        self.node, self.edges, self.moments, self.remarks = node, edges, moments, remarks
        self._about: Mapping[NodeId, tuple[Moment, ...]] | None = None
        self._leading: Mapping[NodeId, tuple[Edge, ...]] | None = None

    def about(self, node_id: NodeId) -> tuple[Moment, ...]:
        """Its moments about a node."""
        if self._about is None:
            self._about = grouped((each.node, each) for each in self.moments)
        return self._about.get(node_id, ())

    def leading(self, node_id: NodeId) -> tuple[Edge, ...]:
        """Its links to one node."""
        if self._leading is None:
            self._leading = grouped((each.target, each) for each in self.edges)
        return self._leading.get(node_id, ())

    @property
    def facts(self) -> Facts:
        """The facts that other nodes may use without reading its text."""
        return facts_of(self.node, self.edges, self.moments)


MOST_KEPT = 8_000_000
"""The maximum of characters whose meanings stay in memory between updates: about 2,000 files."""


class Meanings(Mapping[NodeId, Meaning]):
    """The meaning of every node of a project, by id."""

    def __init__(
        self,
        files: Mapping[NodeId, str],
        inputs: Inputs,
        names: Names,
        kept: Mapping[NodeId, Meaning],
    ) -> None:
        """`files` maps each node to its file; `kept` are meanings from an earlier update, valid or
        about to be rebuilt.
        """
        self._files, self._inputs, self._names = files, inputs, names
        self._kept = {each: found for each, found in kept.items() if each in files}
        self._entries: dict[str, Mapping[str, Entry]] = {}

    def __getitem__(self, node_id: NodeId) -> Meaning:
        """The meaning of a node."""
        found = self._kept.get(node_id)
        return found if found is not None else self.built(node_id, self._names)

    def __iter__(self) -> Iterator[NodeId]:
        return iter(sorted(self._files))

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, node_id: object) -> bool:
        return node_id in self._files

    def built(self, node_id: NodeId, names: Names) -> Meaning:
        """A node's meaning with these names."""
        path = self._files[node_id]
        document = self._inputs.document(path)
        entry = self._entry(node_id, document)
        node, of_node = node_of(node_id, path, entry, names)
        edges, of_edges = edges_of(node, names, self._inputs.synonyms)
        mentions = moments(node, resolver(edges), self._inputs.synonyms)
        of_text = () if entry.id else document.diagnostics
        made = Meaning(node, edges, mentions, (*of_node, *of_edges, *of_text))
        self._kept[node_id] = made
        return made

    def is_unchanged(self, node_id: NodeId) -> bool:
        """Whether a node that shares its file is written as in its kept meaning."""
        found = self._kept.get(node_id)
        if found is None or not found.node.entry.id or found.node.path != self._files[node_id]:
            return False
        return found.node.entry == self._entry(node_id, self._inputs.document(found.node.path))

    def to_keep(self) -> dict[NodeId, Meaning]:
        """The meanings for the next update: the most recently built ones, up to `MOST_KEPT`."""
        room, found = MOST_KEPT, {}
        for node_id, meaning in reversed(self._kept.items()):
            room -= len(meaning.node.entry.body)
            if room < 0:
                break
            found[node_id] = meaning
        return dict(reversed(found.items()))

    def _entry(self, node_id: NodeId, document: Document) -> Entry:
        written = document.reading.entries
        if len(written) == 1:
            return written[0]
        if document.path not in self._entries:  # a tree in one file holds many nodes
            self._entries[document.path] = entries(document)
        return self._entries[document.path][node_id]

    def tree(self, index: Index) -> Tree:
        """The tree of these nodes, which loads nodes on demand."""
        return Tree(
            by_id=Answers(lambda each: self[each].node, lambda: self),
            kinds=Answers(lambda each: index.kinds[each], lambda: index.kinds),
            clock=Clock(self._inputs.as_of),
            diagnostics=(),
            children_of=Answers(lambda each: index.children[each], lambda: index.children),
            outgoing=Answers(
                lambda each: self[each].edges,
                lambda: self,
                lambda each: bool(index.facts[each].targets),
            ),
            incoming=Answers(lambda each: self._incoming(each, index), lambda: index.sources),
            heard_in=Answers(
                lambda each: self[each].moments,
                lambda: self,
                lambda each: index.facts[each].evidence is not None,
            ),
            about=Answers(
                lambda each: MomentsByNode(each, index.speaking[each], self), lambda: index.speaking
            ),
            decided=Answers(lambda each: index.decided[each], lambda: index.decided),
            transcripts=self._inputs.transcripts,
            synonyms=self._inputs.synonyms,
        )

    def _incoming(self, node_id: NodeId, index: Index) -> tuple[Edge, ...]:
        sources = index.sources[node_id]
        return tuple(edge for source in sources for edge in self[source].leading(node_id))


class Answers(Mapping[K, V], Generic[K, V]):
    """A mapping that computes its values on demand, in the order of its keys."""

    __slots__ = ("_answer", "_has", "_keys")

    def __init__(
        self,
        answer: Callable[[K], V],
        keys: Callable[[], Mapping[K, Any]],
        has: Callable[[K], bool] | None = None,
    ) -> None:
        """`answer` raises for other keys than `keys`, which may have a value; `has` tells whether
        a key has one without computing it.
        """
        self._answer, self._keys, self._has = answer, keys, has

    def __getitem__(self, key: K) -> V:
        """The value of a key."""
        if self._has is not None and not self._has(key):
            raise KeyError(key)
        return self._answer(key)

    def __contains__(self, key: object) -> bool:
        return key in self._keys() and (self._has is None or self._has(key))  # type: ignore[arg-type] # it is one

    def __iter__(self) -> Iterator[K]:
        return (key for key in sorted(self._keys()) if key in self)

    def __len__(self) -> int:
        return len(self._keys()) if self._has is None else sum(1 for _ in self)


class MomentsByNode(Sequence[Moment]):
    """The moments about a node, loaded one interview at a time on demand."""

    __slots__ = ("_convert", "_meanings", "_node", "_sources")

    def __init__(
        self,
        node_id: NodeId,
        sources: Iterable[NodeId],
        meanings: Mapping[NodeId, Meaning],
        convert: Callable[[Moment], Moment] | None = None,
    ) -> None:
        """Each of `sources` has at least one moment; `convert` converts a moment before it is
        returned.
        """
        self._node, self._sources, self._meanings = node_id, sources, meanings
        self._convert = convert

    def copied(self, convert: Callable[[Moment], Moment]) -> "MomentsByNode":
        """The same moments, each converted by `convert`."""
        return MomentsByNode(self._node, self._sources, self._meanings, convert)

    def __iter__(self) -> Iterator[Moment]:
        for source in self._sources:
            found = self._meanings[source].about(self._node)
            yield from map(self._convert, found) if self._convert else found

    def __getitem__(self, index: Any) -> Any:
        """One moment, or several."""
        return tuple(self)[index]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MomentsByNode | tuple) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))
