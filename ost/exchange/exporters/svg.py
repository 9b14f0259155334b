"""A picture of the tree as SVG, for slides and documents."""

from ost.exchange.colours import colour, facts
from ost.exchange.escape import xml
from ost.exchange.forest import Forest
from ost.exchange.layout import BOX, LINE, PADDING, DrawnBox, layout

_STYLE = (
    "text{font:14px system-ui,sans-serif;fill:#1c1e26}"
    ".facts{font-size:12px;fill:#55596a}"
    "rect{fill:#fff;stroke-width:2}"
    "path{fill:none;stroke:#9aa0b4;stroke-width:1.5}"
    ".further{stroke-dasharray:2 4}"
)
_MARGIN = 16


def export(forest: Forest) -> str:
    """The nodes that have a place in the tree. A dotted line leads to a further parent."""
    forest = forest.placed()
    boxes = layout(forest)
    wide = max((box.x + BOX for box in boxes.values()), default=0) + 2 * _MARGIN
    high = max((box.y + box.height for box in boxes.values()), default=0) + 2 * _MARGIN
    size = f'width="{wide}" height="{high}" viewBox="{-_MARGIN} {-_MARGIN} {wide} {high}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size}>',
        "<title>Opportunity solution tree</title>",
        f"<style>{_STYLE}</style>",
        f'<rect x="{-_MARGIN}" y="{-_MARGIN}" width="100%" height="100%"/>',
    ]
    for parent, children in forest.children.items():
        if parent:
            lines += [_line(boxes[parent], boxes[child]) for child in children]
    for child, parent in forest.further:
        lines.append(_line(boxes[parent], boxes[child], ' class="further"'))
    for node_id, box in boxes.items():
        lines += _box(forest, node_id, box)
    return "\n".join((*lines, "</svg>")) + "\n"


def _line(above: DrawnBox, below: DrawnBox, kind: str = "") -> str:
    begin, end = above.x + BOX // 2, below.x + BOX // 2
    top = above.y + above.height
    middle = (top + below.y) // 2
    return f'<path{kind} d="M{begin} {top}C{begin} {middle} {end} {middle} {end} {below.y}"/>'


def _box(forest: Forest, node_id: str, box: DrawnBox) -> list[str]:
    data = forest.nodes[node_id]
    size = f'width="{BOX}" height="{box.height}" rx="8"'
    lines = [
        f"<g><title>{xml(data['title'])}</title>",
        f'<rect x="{box.x}" y="{box.y}" {size} stroke="{colour(data)}"/>',
    ]
    for number, line in enumerate(box.lines, 1):
        lines.append(_text(box, number, line))
    lines.append(_text(box, len(box.lines) + 1, facts(data), ' class="facts"'))
    return [*lines, "</g>"]


def _text(box: DrawnBox, number: int, text: str, kind: str = "") -> str:
    """A line of text, in its own direction."""
    y = box.y + PADDING + LINE * number - 4
    middle = box.x + BOX // 2
    return f'<text{kind} x="{middle}" y="{y}" text-anchor="middle">{xml(text)}</text>'
