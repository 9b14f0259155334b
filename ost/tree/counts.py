"""Numbers that depend on other nodes: places in the tree, evidence from below, the status of
assumptions by their tests, and the people interviewed.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import NamedTuple

from ost.tree import nesting
from ost.tree.evidence import (
    Evidence,
    EvidenceChange,
    EvidenceMoment,
    moments_about,
    moments_in,
    roll_up,
)
from ost.tree.facts import Facts
from ost.tree.index import FactsChange, Index
from ost.tree.model import NodeId, kind_named
from ost.tree.nesting import Nesting, NestingFacts
from ost.tree.node import DRAFT
from ost.tree.people import Person, Portrait, portraits
from ost.tree.reach import reach


class Scope(NamedTuple):
    """Which nodes to count; None means all. `evidence_changes` says how the evidence of further
    nodes changed, so that they need not be counted again.
    """

    places: bool = True
    evidence: AbstractSet[NodeId] | None = None
    status: AbstractSet[NodeId] | None = None
    people: AbstractSet[str] | None = None
    evidence_changes: Mapping[str, EvidenceChange] = MappingProxyType({})


EVERYTHING = Scope()


class Counts(NamedTuple):
    """The numbers of the nodes in a scope. `places` is None if they have not changed; `evidence`
    omits nodes that no one has mentioned.
    """

    scope: Scope
    places: Mapping[str, Nesting] | None
    evidence: Mapping[str, Evidence]
    status: Mapping[NodeId, str | None]
    people: Mapping[str, Portrait]


def counts(index: Index, scope: Scope = EVERYTHING) -> Counts:
    """Counts the nodes in scope."""
    facts = index.facts
    ids = facts.keys() if scope.status is None else scope.status & facts.keys()
    return Counts(
        scope,
        _places(index) if scope.places else None,
        roll_up(
            _moments(index, scope.evidence), lambda each: _parents(facts, each), scope.evidence
        ),
        {node_id: _status(node_id, index) for node_id in ids},
        portraits(_people(index, scope.people)),
    )


def _moments(index: Index, of: AbstractSet[NodeId] | None) -> Iterable[EvidenceMoment]:
    """The evidence for some nodes and everything below them."""
    if of is None:
        return (each for own in index.facts.values() for each in moments_in(own.evidence))

    def children(node_id: NodeId) -> Iterable[NodeId]:
        return (each.id for each in index.children.get(node_id, ()))

    return (
        moment
        for about in set(reach(of, children))
        for source in index.speaking.get(about, ())
        for moment in moments_about(about, index.facts[source].evidence)
    )


def scope_of(changes: Mapping[NodeId, FactsChange], facts: Mapping[NodeId, Facts]) -> Scope:
    """The nodes whose numbers may differ because of changed nodes; `facts` are those of all nodes
    now.
    """
    evidence: set[NodeId] = set()
    status: set[NodeId] = set()
    people: set[str] = set()
    places = False
    for node_id, (before, after) in changes.items():
        both = [each for each in (before, after) if each]
        places = places or getattr(before, "place", None) != getattr(after, "place", None)
        if before and after and _differ(before, after, "kind", "parents"):
            evidence.add(node_id)
        if _differ(before, after, "kind", "parents", "status"):
            status |= {node_id, *(parent for each in both for parent in each.parents)}
        if _differ(before, after, "people"):
            people |= {person.id for each in both for person in each.people}

    def above(node_id: str) -> Iterable[NodeId]:
        return (*_parents_before(changes, facts, node_id), *_parents(facts, node_id))

    differing = _evidence_changes(changes, facts)
    fresh = {each for each, (before, after) in changes.items() if not (before and after)}
    lost = {NodeId(each) for each, change in differing.items() if change.loses_days}
    again = {*reach(evidence, above), *fresh, *lost}
    kept = {each: change for each, change in differing.items() if each not in again}
    return Scope(places, again, status, people, kept)


def _evidence_changes(
    changes: Mapping[NodeId, FactsChange], facts: Mapping[NodeId, Facts]
) -> dict[str, EvidenceChange]:
    """How the evidence changed for the nodes that changed interviews and signals speak about, and
    for everything above them.

    This is all that changed for a node, unless something below it moved: if a node appears or
    disappears, what others say about it is a change of theirs, and the nodes under it move.
    """
    differing = [both for both in changes.values() if _differ(*both, "evidence")]
    old = [each for before, _ in differing if before for each in moments_in(before.evidence)]
    new = [each for _, after in differing if after for each in moments_in(after.evidence)]
    before = roll_up(old, lambda node_id: _parents_before(changes, facts, node_id))
    after = roll_up(new, lambda node_id: _parents(facts, node_id))
    return {
        each: EvidenceChange(before.get(each, Evidence()), after.get(each, Evidence()))
        for each in {*before, *after}
    }


def _parents(facts: Mapping[NodeId, Facts], node_id: str) -> tuple[NodeId, ...]:
    found = facts.get(NodeId(node_id))
    return found.parents if found else ()


def _parents_before(
    changes: Mapping[NodeId, FactsChange], facts: Mapping[NodeId, Facts], node_id: str
) -> tuple[NodeId, ...]:
    if NodeId(node_id) not in changes:
        return _parents(facts, node_id)
    before = changes[NodeId(node_id)][0]
    return before.parents if before else ()


def _differ(before: Facts | None, after: Facts | None, *names: str) -> bool:
    return any(getattr(before, name, None) != getattr(after, name, None) for name in names) or (
        (before is None) != (after is None)
    )


def _places(index: Index) -> Mapping[str, Nesting]:
    """The places of all nodes; it reads only the facts of kinds that have places."""
    nesting_facts: list[NestingFacts] = []
    for kind, ids in index.kinds.items():
        if kind_named(kind).placed:
            for node_id in ids:
                own = index.facts[node_id]
                parent = next(iter(own.parents), None)
                nesting_facts.append(NestingFacts(node_id, kind, parent, own.sibling))
        else:
            nesting_facts += (NestingFacts(node_id, kind) for node_id in ids)
    return nesting.shape(nesting_facts)


def _status(node_id: NodeId, index: Index) -> str | None:
    facts = index.facts[node_id]
    kind = kind_named(facts.kind)
    if not kind.decided_by or facts.status == DRAFT.name:
        return facts.status
    below = (each for each in index.children.get(node_id, ()) if each.kind == kind.decided_by)
    return kind.derived(each.status for each in below)


def _people(index: Index, wanted: AbstractSet[str] | None) -> Iterable[Person]:
    """The appearances of some people, or of all."""
    if wanted is None:
        return (each for own in index.facts.values() for each in own.people)
    return (
        each
        for person in wanted & index.people.keys()
        for node_id in index.people[person]
        for each in index.facts[node_id].people
        if each.id == person
    )
