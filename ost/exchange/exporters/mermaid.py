"""A Mermaid flowchart, which GitHub, GitLab and Obsidian draw in Markdown.

Mermaid draws at most 500 edges: choose a branch with `--select`.
"""

from ost.exchange.colours import colour, facts
from ost.exchange.differences.escape import label
from ost.exchange.differences.mermaid import SHAPES
from ost.exchange.forest import Forest, kind_of


def export(forest: Forest) -> str:
    """The nodes that have a place in the tree. A dotted line leads to a further parent."""
    forest = forest.placed()
    names = {each: f"n{number}" for number, (each, _) in enumerate(forest.walk(), 1)}
    lines = ["flowchart TD"]
    kinds: dict[str, str] = {}
    for node_id, name in names.items():
        data = forest.nodes[node_id]
        kind = kind_of(data)
        kinds[kind.kind] = colour(data)
        begin, end = SHAPES[kind.shape]
        text = f"{label(data['title'])}<br/>{label(facts(data))}"
        lines.append(f'  {name}{begin}"{text}"{end}:::{kind.kind}')
    for parent, children in forest.children.items():
        lines += [f"  {names[parent]} --> {names[child]}" for child in children if parent]
    lines += [f"  {names[parent]} -.-> {names[child]}" for child, parent in forest.further]
    lines += [
        f"  classDef {kind} stroke:{stroke},stroke-width:2px" for kind, stroke in kinds.items()
    ]
    return "\n".join(lines) + "\n"
