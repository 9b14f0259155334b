"""JSON Canvas, which Obsidian opens as a board."""

from hashlib import blake2b

from ost.exchange.colours import colour, facts
from ost.exchange.escape import markdown
from ost.exchange.forest import Forest
from ost.exchange.layout import BOX, layout
from ost.exchange.reports import json


def export(forest: Forest) -> str:
    """The nodes that have a place in the tree, as cards below their parents."""
    forest = forest.placed()
    names = {each: _key(each) for each, _ in forest.walk()}
    nodes: list[dict[str, object]] = []
    for node_id, box in layout(forest).items():
        data = forest.nodes[node_id]
        nodes.append(
            {
                "id": names[node_id],
                "type": "text",
                "text": f"{markdown(data['title'])}\n\n*{markdown(facts(data))}*",
                "x": box.x,
                "y": box.y,
                "width": BOX,
                "height": box.height,
                "color": colour(data),
            }
        )
    links = [
        (parent, child) for parent, below in forest.children.items() for child in below if parent
    ]
    links += [(parent, child) for child, parent in forest.further]
    edges = [
        {
            "id": _key(f"{parent}\0{child}"),
            "fromNode": names[parent],
            "fromSide": "bottom",
            "toNode": names[child],
            "toSide": "top",
            "toEnd": "none",
        }
        for parent, child in links
    ]
    return json.render({"nodes": nodes, "edges": edges})


def _key(text: str) -> str:
    """A stable id of 16 hexadecimal digits, as the format's own editors make them."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
