"""What may be known of a node without reading its text: enough for all that is counted over the
whole tree, and for finding out who hangs, speaks or decides where.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from ost.tree import evidence, nesting
from ost.tree.evidence import Evidence, Heard, heard_of
from ost.tree.model import Assumption, Decision, Moment, Node, NodeId, Test
from ost.tree.people import Person, Portrait, person_of, portraits
from ost.tree.status import status, status_of
from ost.tree.tree import Child, Edge


class Facts(Struct, frozen=True, array_like=True, gc=False):
    """A node, as the rest of the project may know it.

    `status` is its own. `parents` and `targets` are ids of nodes that are there: the first parent
    is the primary place. `decides` is what a decision links to, by what for.
    """

    kind: str
    status: str | None
    parents: tuple[NodeId, ...]
    targets: tuple[NodeId, ...]
    decides: tuple[tuple[str, NodeId], ...]
    heard: tuple[Heard, ...]
    person: Person | None

    @property
    def counted(self) -> tuple[object, ...]:
        """What numbers of other nodes depend on."""
        return (self.kind, self.status, self.parents, self.heard, self.person)


def facts_of(node: Node, edges: Iterable[Edge], moments: Iterable[Moment]) -> Facts:
    """The facts of a node."""
    links = [(each.link.relation, each.target) for each in edges]
    return Facts(
        node.kind,
        status(node),
        tuple(each.id for each in node.parents if each.found),
        tuple(sorted({target for _, target in links})),
        tuple(sorted(set(links))) if isinstance(node, Decision) else (),
        heard_of(node, moments),
        person_of(node),
    )


class Index(NamedTuple):
    """Who refers to whom, ids sorted."""

    kinds: Mapping[str, tuple[NodeId, ...]]
    children: Mapping[NodeId, tuple[Child, ...]]
    sources: Mapping[NodeId, tuple[NodeId, ...]]
    speaking: Mapping[NodeId, tuple[NodeId, ...]]
    decided: Mapping[NodeId, tuple[tuple[str, NodeId], ...]]


def index(facts: Mapping[NodeId, Facts]) -> Index:
    """Everything that leads from a node to those that refer to it."""
    kinds: dict[str, list[NodeId]] = {}
    children: dict[NodeId, list[Child]] = {}
    sources: dict[NodeId, list[NodeId]] = {}
    speaking: dict[NodeId, list[NodeId]] = {}
    decided: dict[NodeId, list[tuple[str, NodeId]]] = {}
    for node_id in sorted(facts):
        known = facts[node_id]
        kinds.setdefault(known.kind, []).append(node_id)
        for parent in known.parents:
            children.setdefault(parent, []).append(Child(node_id, known.kind, known.status))
        for target in known.targets:
            sources.setdefault(target, []).append(node_id)
        for about in dict.fromkeys(heard[1] for heard in known.heard):
            speaking.setdefault(NodeId(about), []).append(node_id)
        for relation, target in known.decides:
            decided.setdefault(target, []).append((relation, node_id))
    return Index(
        {kind: tuple(ids) for kind, ids in kinds.items()},
        {parent: tuple(found) for parent, found in children.items()},
        {target: tuple(ids) for target, ids in sources.items()},
        {about: tuple(ids) for about, ids in speaking.items()},
        {target: tuple(sorted(found)) for target, found in decided.items()},
    )


class Counts(NamedTuple):
    """What is counted over the whole tree. `status` holds those that are derived from others."""

    places: Mapping[str, nesting.Place]
    evidence: Mapping[str, Evidence]
    status: Mapping[NodeId, str]
    people: Sequence[Portrait]


def counts(facts: Mapping[NodeId, Facts]) -> Counts:
    """Counts everything."""
    ids = sorted(facts)
    tests: dict[NodeId, list[str | None]] = {}
    for node_id in ids:
        if facts[node_id].kind == Test.kind:
            for parent in facts[node_id].parents:
                tests.setdefault(parent, []).append(facts[node_id].status)
    return Counts(
        nesting.shape(
            (node_id, facts[node_id].kind, next(iter(facts[node_id].parents), None))
            for node_id in ids
        ),
        evidence.roll_up(
            (heard for node_id in ids for heard in facts[node_id].heard),
            {node_id: facts[node_id].parents for node_id in ids if facts[node_id].parents},
        ),
        {
            node_id: status_of(tests.get(node_id, ()))
            for node_id in ids
            if facts[node_id].kind == Assumption.kind
        },
        portraits(person for node_id in ids if (person := facts[node_id].person)),
    )
