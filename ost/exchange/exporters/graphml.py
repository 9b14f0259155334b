"""GraphML, for yEd, Gephi, Cytoscape and networkx."""

from ost.exchange import plain_graph
from ost.exchange.forest import Forest


def export(forest: Forest) -> str:
    """The graph of `ost.load(...).graph` without empty values."""
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    graph.add_nodes_from(plain_graph.nodes(forest))
    graph.add_edges_from(plain_graph.edges(forest))
    lines = networkx.generate_graphml(graph, named_key_ids=True)
    return "\n".join(('<?xml version="1.0" encoding="utf-8"?>', *lines)) + "\n"
