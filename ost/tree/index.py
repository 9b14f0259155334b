"""Who refers to whom: for each node, the nodes that name it, sorted by id."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TypeVar

from ost.tree.facts import Facts
from ost.tree.model import NodeId
from ost.tree.tree import Child

K = TypeVar("K", bound=str)
T = TypeVar("T")


class Index:
    """The facts of all nodes, by the node they refer to. Each part is made on demand, because most
    changes need few.
    """

    def __init__(self, facts: Mapping[NodeId, Facts]) -> None:
        """`facts` are those of every node, by id."""
        self.facts = facts

    @cached_property
    def ordered(self) -> Sequence[tuple[NodeId, Facts]]:
        """Every node with its facts."""
        return sorted(self.facts.items(), key=itemgetter(0))

    @cached_property
    def kinds(self) -> Mapping[str, tuple[NodeId, ...]]:
        """The nodes of each kind."""
        return grouped((facts.kind, node_id) for node_id, facts in self.ordered)

    @cached_property
    def children(self) -> Mapping[NodeId, tuple[Child, ...]]:
        """The nodes below each node, by any parent."""
        return grouped(
            (parent, Child(node_id, facts.kind, facts.status))
            for node_id, facts in self.ordered
            for parent in facts.parents
        )

    @cached_property
    def sources(self) -> Mapping[NodeId, tuple[NodeId, ...]]:
        """The nodes with a link to each node."""
        return grouped(
            (target, node_id) for node_id, facts in self.ordered for target in facts.targets
        )

    @cached_property
    def speaking(self) -> Mapping[NodeId, tuple[NodeId, ...]]:
        """The interviews and signals that mention each node."""
        return grouped(
            (about, node_id)
            for node_id, facts in self.ordered
            if facts.heard is not None
            for about in {*facts.heard.told, *facts.heard.against}
        )

    @cached_property
    def decided(self) -> Mapping[NodeId, tuple[tuple[str, NodeId], ...]]:
        """The decisions that link to each node, by what for."""
        found = grouped(
            (target, (relation, node_id))
            for node_id, facts in self.ordered
            for relation, target in facts.decides
        )
        return {target: tuple(sorted(decisions)) for target, decisions in found.items()}


def grouped(pairs: Iterable[tuple[K, T]]) -> dict[K, tuple[T, ...]]:
    """The values of each key, in their order."""
    groups: dict[K, list[T]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
