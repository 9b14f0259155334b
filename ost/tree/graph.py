"""The tree as a networkx graph, for what graph algorithms are for. The only door to networkx."""

from typing import TYPE_CHECKING

from ost.tree.model import NodeId
from ost.tree.tree import Tree

if TYPE_CHECKING:
    import networkx


def of(tree: Tree) -> "networkx.MultiDiGraph[str]":
    """Every node (attributes `kind`, `title`, `status`) and every edge (attribute `relation`).

    Edges go from the node a link stands in to the node it leads to; moments are edges `evidence`.
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in tree.by_id.values():
        status = getattr(node, "status", None)
        graph.add_node(node.id, kind=node.kind, title=node.title, status=status)
    for edges in tree.outgoing.values():
        for edge in edges:
            graph.add_edge(edge.source, edge.target, relation=edge.link.relation)
    for heard in tree.heard_in.values():
        for moment in heard:
            graph.add_edge(moment.source, moment.node, relation="evidence", against=moment.against)
    return graph


def cycles(tree: Tree) -> tuple[tuple[NodeId, ...], ...]:
    """The groups of nodes that hang under one another in a circle, each sorted by id."""
    import networkx

    hanging: networkx.DiGraph[NodeId] = networkx.DiGraph()
    for node in tree.by_id.values():
        for parent in tree.parents(node):
            hanging.add_edge(node.id, parent.id)
    found = [
        tuple(sorted(group))
        for group in networkx.strongly_connected_components(hanging)
        if len(group) > 1 or any(hanging.has_edge(each, each) for each in group)
    ]
    return tuple(sorted(found))
