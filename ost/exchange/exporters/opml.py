"""An OPML 2.0 outline, for outliners and mind maps."""

from ost.exchange.escape import xml
from ost.exchange.forest import Forest, kind_of


def export(forest: Forest) -> str:
    """The nodes that have a place in the tree, each an outline with its id, kind and status."""
    forest = forest.placed()
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "<head><title>Opportunity solution tree</title></head>",
        "<body>",
    ]
    open_at: list[int] = []
    for node_id, level in forest.walk():
        while open_at and open_at[-1] >= level:
            open_at.pop()
            lines.append("</outline>")
        data = forest.nodes[node_id]
        values = {"text": data["title"], "id": node_id, "kind": data["kind"]}
        if data["status"]:
            values["status"] = data["status"]
        if kind_of(data).needs_evidence:
            values["people"] = str(data["people"])
        attributes = " ".join(f'{name}="{xml(value)}"' for name, value in values.items())
        if forest.children.get(node_id):
            open_at.append(level)
            lines.append(f"<outline {attributes}>")
        else:
            lines.append(f"<outline {attributes}/>")
    lines += ["</outline>"] * len(open_at)
    return "\n".join((*lines, "</body>", "</opml>")) + "\n"
