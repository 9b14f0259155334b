"""Places the boxes of a drawn forest: levels from top to bottom, children below their parents."""

from typing import NamedTuple

from ost.exchange.forest import Forest
from ost.exchange.reports.paint import width

BOX = 200
"""The width of a box."""
ACROSS = 24
"""The horizontal space between boxes."""
BETWEEN = 48
"""The space between levels."""
LINE = 18
"""The height of a line of text."""
COLUMNS = 24
"""How many columns of text fit into a box."""
LINES = 5
"""The maximum of lines in a title; a longer one ends with an ellipsis."""
PADDING = 12


class DrawnBox(NamedTuple):
    """A box: its position, its height, and the lines of its title."""

    x: int
    y: int
    height: int
    lines: tuple[str, ...]


def layout(forest: Forest) -> dict[str, DrawnBox]:
    """The boxes, in the order of `Forest.walk`. No two overlap."""
    walked = list(forest.walk())
    lines = {each: tuple(wrap(forest.nodes[each]["title"])) for each, _ in walked}
    heights: dict[int, int] = {}
    for node_id, level in walked:
        heights[level] = max(heights.get(level, 0), _height(lines[node_id]))
    tops = {level: sum(heights[above] + BETWEEN for above in range(level)) for level in heights}
    centres: dict[str, float] = {}
    column = 0
    for node_id, _ in walked:
        if not forest.children.get(node_id):
            centres[node_id] = column * (BOX + ACROSS) + BOX / 2
            column += 1
    # From the end of the walk, children come before their parent.
    for node_id, _ in reversed(walked):
        if below := forest.children.get(node_id):
            centres[node_id] = (centres[below[0]] + centres[below[-1]]) / 2
    return {
        node_id: DrawnBox(
            round(centres[node_id] - BOX / 2), tops[level], _height(lines[node_id]), lines[node_id]
        )
        for node_id, level in walked
    }


def wrap(title: str) -> list[str]:
    """A title, split into lines that fit into a box."""
    lines = [""]
    for word in title.split():
        for piece in _pieces(word):
            joined = f"{lines[-1]} {piece}" if lines[-1] else piece
            if width(joined) <= COLUMNS:
                lines[-1] = joined
            else:
                lines.append(piece)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], f"{lines[LINES - 1][: COLUMNS - 1].rstrip()}…"]
    return lines


def _pieces(word: str) -> list[str]:
    """A word, split into pieces if it is wider than a box."""
    pieces = [""]
    for sign in word:
        if width(pieces[-1] + sign) > COLUMNS:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def _height(lines: tuple[str, ...]) -> int:
    """The height of a box with a title and a line of facts."""
    return 2 * PADDING + LINE * (len(lines) + 1)
