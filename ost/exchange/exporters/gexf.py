"""GEXF, for Gephi and networkx."""

import re

from ost.exchange import plain_graph
from ost.exchange.forest import Forest


def export(forest: Forest) -> str:
    """The graph of `ost.load(...).graph` without empty values."""
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    graph.add_nodes_from(plain_graph.nodes(forest))
    graph.add_edges_from(plain_graph.edges(forest))
    text = "\n".join(networkx.generate_gexf(graph, version="1.2draft"))
    # The library writes the day it runs on; the same tree gives the same file.
    text = re.sub(r'lastmodifieddate="[^"]*"', f'lastmodifieddate="{forest.day}"', text, count=1)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'
