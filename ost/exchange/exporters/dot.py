"""A Graphviz graph: `ost export dot - | dot -Tsvg`."""

from ost.exchange.colours import colour, facts
from ost.exchange.escape import terminal
from ost.exchange.forest import Forest, kind_of
from ost.exchange.layout import wrap
from ost.tree.model import BoxShape

_SHAPES: dict[BoxShape, str] = {
    "card": 'shape=box, style="rounded,bold"',
    "round": 'shape=box, style="rounded"',
    "block": "shape=box",
    "dashed": 'shape=box, style="dashed"',
    "pill": "shape=ellipse",
    "note": "shape=note",
}


def export(forest: Forest) -> str:
    """The nodes that have a place in the tree, by their ids. A dotted line leads to a further
    parent.
    """
    forest = forest.placed()
    lines = ["digraph tree {", '  node [fontname="sans-serif"];', "  edge [arrowhead=none];"]
    for node_id, _ in forest.walk():
        data = forest.nodes[node_id]
        text = r"\n".join(_escaped(each) for each in (*wrap(data["title"]), facts(data)))
        shape = _SHAPES[kind_of(data).shape]
        lines.append(f'  {_name(node_id)} [label="{text}", color="{colour(data)}", {shape}];')
    for parent, children in forest.children.items():
        lines += [f"  {_name(parent)} -> {_name(child)};" for child in children if parent]
    lines += [
        f"  {_name(parent)} -> {_name(child)} [style=dotted];" for child, parent in forest.further
    ]
    return "\n".join((*lines, "}")) + "\n"


def _name(node_id: str) -> str:
    return f'"{_quoted(terminal(node_id))}"'


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _escaped(text: str) -> str:
    """The text of a label, with Graphviz's escapes and HTML entities escaped."""
    return _quoted(terminal(text).replace("&", "&amp;"))
