"""The tree as a networkx graph, for graph algorithms. The only module that uses networkx."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal, TypedDict

from ost.tree.counts import counts
from ost.tree.evidence import SILENT, speaker
from ost.tree.index import index_of
from ost.tree.model import NodeId
from ost.tree.moments import relations
from ost.tree.participants import people
from ost.tree.tree import Tree

if TYPE_CHECKING:
    import networkx


class NodeData(TypedDict):
    """What the graph holds about a node. The values are those of the published table `node`;
    `people` is its column `participants`. Days are ISO 8601 text; None means empty.
    """

    kind: str
    title: str
    status: str | None
    outcome: str | None
    depth: int | None
    children: int
    descendants: int
    people: int
    interviews: int
    moments: int
    against: int
    signals: int
    first_heard: str | None
    last_heard: str | None
    illustrative: bool
    date: str | None
    participant: str | None
    segment: str | None


class EdgeData(TypedDict):
    """What the graph holds about a link. `position` counts the links of its source from 1: among
    `parent` edges, the first is the primary place.
    """

    relation: str
    position: int


class EvidenceData(EdgeData):
    """What the graph holds about an edge whose relation is `evidence`. Each is one moment: a place
    in an interview or a signal where someone said something about a node.

    The values are those of the published table `moment`. All interviews that name no participant
    count as one person, `unknown`.
    """

    participant: str | None
    participants: tuple[str, ...]
    """The people whom `participant` names (`P01 & P02`), each counted as one."""
    stance: Literal["for", "against"]
    second: int | None
    words: str
    quotes: tuple[str, ...]
    """What was said there, word for word."""


def of(tree: Tree) -> "networkx.MultiDiGraph[str]":
    """Every node (`NodeData`, by its id), every link between nodes (`EdgeData`) and every moment
    (`EvidenceData`).

    An edge goes from the node that holds the link to the node it names: from a child to its
    parent, from an interview to what it is evidence of. Nodes are in order of their ids. Edges are
    in order of their sources' ids, the links of each in the order written, then its moments; a link
    inside a moment about the node it leads to is that moment. The graph is frozen: change a
    `copy()`.
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node_id, data in node_data(tree):
        graph.add_node(node_id, **data)
    for source, target, edge in edge_data(tree):
        graph.add_edge(source, target, **edge)
    frozen: networkx.MultiDiGraph[str] = networkx.freeze(graph)
    return frozen


def edge_data(tree: Tree) -> Iterator[tuple[str, str, EdgeData]]:
    """Every link and every moment as an edge: its source, its target, and its data."""
    for source in tree.by_id:
        for target, link in _links(source, tree):
            yield source, target, link
        for target, evidence in _evidence(source, tree):
            yield source, target, evidence


def _links(source: NodeId, tree: Tree) -> Iterator[tuple[str, EdgeData]]:
    edges = tree.outgoing.get(source, ())
    for position, relation in enumerate(relations(edges, tree.heard_in.get(source, ())), 1):
        if relation != "evidence":
            yield edges[position - 1].target, EdgeData(relation=relation, position=position)


def _evidence(source: NodeId, tree: Tree) -> Iterator[tuple[str, EvidenceData]]:
    person = speaker(tree.by_id[source])
    for position, moment in enumerate(tree.heard_in.get(source, ()), 1):
        yield (
            moment.node,
            EvidenceData(
                relation="evidence",
                position=position,
                participant=person,
                participants=people(person),
                stance="against" if moment.against else "for",
                second=moment.seconds[0] if moment.seconds else None,
                words=moment.words,
                quotes=tuple(each.text for each in moment.quotes),
            ),
        )


def node_data(tree: Tree) -> Iterator[tuple[str, NodeData]]:
    """Every node's id and data, by id."""
    counted = counts(index_of(tree))
    places = counted.places or {}
    for node_id, node in tree.by_id.items():
        place = places[node_id]
        found = counted.evidence.get(node_id)
        evidence = found.counts() if found else SILENT
        day = node.day
        yield (
            str(node_id),
            NodeData(
                kind=node.kind,
                title=node.title,
                status=counted.status[node_id],
                outcome=place.outcome,
                depth=place.depth,
                children=place.children,
                descendants=place.descendants,
                people=evidence.participants,
                interviews=evidence.interviews,
                moments=evidence.moments,
                against=evidence.against,
                signals=evidence.signals,
                first_heard=evidence.first_heard,
                last_heard=evidence.last_heard,
                illustrative=node.illustrative,
                date=day.isoformat() if day else None,
                participant=getattr(node, "participant", None),
                segment=getattr(node, "segment", None),
            ),
        )


def way_round(start: NodeId, parents: Mapping[NodeId, Iterable[NodeId]]) -> tuple[NodeId, ...]:
    """The shortest path from a node through its parents back to itself, starting with the node; ()
    if there is none.
    """
    import networkx

    above: networkx.DiGraph[NodeId] = networkx.DiGraph(
        (node_id, parent) for node_id, found in parents.items() for parent in found
    )
    ways = (
        networkx.shortest_path(above, parent, start)
        for parent in parents.get(start, ())
        if networkx.has_path(above, parent, start)
    )
    way = min(ways, key=len, default=[])
    return tuple([start, *way[:-1]] if way else [])
