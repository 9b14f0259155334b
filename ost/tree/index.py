"""Who refers to whom: for each node, the nodes that name it, sorted by id."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from msgspec import Raw

from ost.tree.facts import Facts, facts_of
from ost.tree.model import NodeId
from ost.tree.storage import Packed, unpacker
from ost.tree.tree import Child, Tree

K = TypeVar("K", bound=str)
T = TypeVar("T")


class FactsChange(NamedTuple):
    """The facts about a node before and after a change; None where it did not exist."""

    before: Facts | None
    after: Facts | None


Groups = Packed[Any, tuple[Any, ...]]
"""The nodes that refer to something, by what they refer to."""


class IndexPart(NamedTuple):
    """A part of the index: `pairs` returns keys with notes from a node's facts; `unpack`
    decodes the notes of one key.
    """

    pairs: Callable[[NodeId, Facts], Iterable[tuple[str, Any]]]
    unpack: Callable[[Raw], tuple[Any, ...]]


_ids = unpacker(tuple[NodeId, ...])

PARTS: Mapping[str, IndexPart] = {
    "kinds": IndexPart(lambda node_id, facts: [(facts.kind, node_id)], _ids),
    "children": IndexPart(
        lambda node_id, facts: [
            (each, Child(node_id, facts.kind, facts.status)) for each in set(facts.parents)
        ],
        unpacker(tuple[Child, ...]),
    ),
    "sources": IndexPart(lambda node_id, facts: [(each, node_id) for each in facts.targets], _ids),
    "speaking": IndexPart(lambda node_id, facts: [(each, node_id) for each in _about(facts)], _ids),
    "decided": IndexPart(
        lambda node_id, facts: [(target, (what, node_id)) for what, target in facts.decides],
        unpacker(tuple[tuple[str, NodeId], ...]),
    ),
    "people": IndexPart(
        lambda node_id, facts: [(each, node_id) for each in {one.id for one in facts.people}], _ids
    ),
}


class Index:
    """The facts about all nodes, indexed by what they refer to. Each part is computed on demand,
    because most changes need few.
    """

    def __init__(
        self,
        facts: Mapping[NodeId, Facts],
        before: Mapping[str, Groups] | None = None,
        changes: Mapping[NodeId, FactsChange] | None = None,
    ) -> None:
        """`facts` are those of every node, by id. If the parts `before` the `changes` are known,
        only what changed nodes refer to is grouped again.
        """
        self.facts = facts
        self._before, self._changes = before, changes or {}

    @cached_property
    def kinds(self) -> Mapping[str, tuple[NodeId, ...]]:
        """The nodes of each kind."""
        return self._part("kinds")

    @cached_property
    def children(self) -> Mapping[NodeId, tuple[Child, ...]]:
        """The nodes below each node, by any parent."""
        return self._part("children")

    @cached_property
    def sources(self) -> Mapping[NodeId, tuple[NodeId, ...]]:
        """The nodes with a link to each node."""
        return self._part("sources")

    @cached_property
    def speaking(self) -> Mapping[NodeId, tuple[NodeId, ...]]:
        """The interviews and signals that mention each node."""
        return self._part("speaking")

    @cached_property
    def decided(self) -> Mapping[NodeId, tuple[tuple[str, NodeId], ...]]:
        """The decisions that link to each node, by the purpose of the link."""
        return self._part("decided")

    @cached_property
    def people(self) -> Mapping[str, tuple[NodeId, ...]]:
        """The interviews and signals in which each person speaks."""
        return self._part("people")

    @cached_property
    def parts(self) -> Mapping[str, Groups]:
        """Every part, by name."""
        return {name: getattr(self, name) for name in PARTS}

    @cached_property
    def changed(self) -> Mapping[str, Mapping[str, tuple[Any, ...]]]:
        """The groups that the changes alter, by part; empty where nothing is left."""
        before = self._before or {}
        return {name: self._regrouped(part, before.get(name, {})) for name, part in PARTS.items()}

    def _part(self, name: str) -> Groups:
        if self._before is not None:
            return self._before[name].after(self.changed[name])
        part = PARTS[name]
        groups = grouped(
            pair for node_id, facts in self.facts.items() for pair in part.pairs(node_id, facts)
        )
        return Packed({about: tuple(sorted(notes)) for about, notes in groups.items()}, part.unpack)

    def _regrouped(
        self, part: IndexPart, before: Mapping[str, tuple[Any, ...]]
    ) -> Mapping[str, tuple[Any, ...]]:
        gone: set[tuple[str, Any]] = set()
        come: set[tuple[str, Any]] = set()
        for node_id, (old, new) in self._changes.items():
            both = [set(part.pairs(node_id, each)) if each else set() for each in (old, new)]
            gone |= both[0] - both[1]
            come |= both[1] - both[0]
        groups = {each: {*before.get(each, ())} for each in {about for about, _ in gone | come}}
        for about, note in gone:
            groups[about].discard(note)
        for about, note in come:
            groups[about].add(note)
        return {about: tuple(sorted(notes)) for about, notes in groups.items()}


def index_of(tree: Tree) -> Index:
    """The index of a whole tree."""
    return Index(
        {
            each: facts_of(node, tree.outgoing.get(each, ()), tree.heard_in.get(each, ()))
            for each, node in tree.by_id.items()
        }
    )


def _about(facts: Facts) -> set[NodeId]:
    """The nodes mentioned in a node."""
    source = facts.evidence
    return set() if source is None else {*source.supports, *source.against}


def grouped(pairs: Iterable[tuple[K, T]]) -> dict[K, tuple[T, ...]]:
    """The values of each key, in their order."""
    groups: dict[K, list[T]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
