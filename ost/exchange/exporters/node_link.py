"""JSON of nodes and edges, as networkx (`node_link_graph`) and D3 read it."""

from ost.exchange.forest import Forest
from ost.exchange.reports import json


def export(forest: Forest) -> str:
    """The graph of `ost.load(...).graph`: nodes by id, links and moments as edges."""
    keys: dict[tuple[str, str], int] = {}
    edges: list[dict[str, object]] = []
    for source, target, data in forest.edges:
        key = keys[source, target] = keys.get((source, target), -1) + 1
        edges.append({**data, "source": source, "target": target, "key": key})
    return json.render(
        {
            "directed": True,
            "multigraph": True,
            "graph": {},
            "nodes": [{**data, "id": node_id} for node_id, data in forest.nodes.items()],
            "edges": edges,
        }
    )
