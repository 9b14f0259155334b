"""Trees so small that many fit on a page: a dot for each node, and a line to the one above."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from datasette_ost.file.replay import Frame, Replay

WIDTH, HEIGHT = 200, 64
_EDGE = 4

MOST = 6_000
"""Dots on one page."""

_SHOWN = ("warn", "chosen", "new", "moved")
"""The marks that a dot shows: the first of those that its node has."""


class Small(Struct, frozen=True):
    """The lines as a path, and the dots as one path for each mark ("" for none)."""

    lines: str
    dots: dict[str, str]


def smalls(replay: Replay) -> list[Small]:
    """The tree of every week, all to one scale; none where there are too many dots."""
    nodes = {node.id: node for node in replay.tree}
    stands: list[tuple[dict[str, Frame], Mapping[str, list[str]]]] = [(nodes, {})]
    for week in replay.weeks:
        gone = set(week.gone)
        nodes = {key: node for key, node in nodes.items() if key not in gone}
        nodes |= {node.id: node for node in week.nodes}
        stands.append((nodes, week.marks))
    if sum(len(each) for each, _ in stands) > MOST:
        return []
    placed = [_placed(each) for each, _ in stands]
    wide = max((x for each in placed for x, _ in each.values()), default=0) or 1
    deep = max((y for each in placed for _, y in each.values()), default=0) or 1
    return [
        _small(there, each, marks, (WIDTH - 2 * _EDGE) / wide, (HEIGHT - 2 * _EDGE) / deep)
        for there, (each, marks) in zip(placed, stands, strict=True)
    ]


def _placed(nodes: Mapping[str, Frame]) -> dict[str, tuple[float, int]]:
    """Where each node is: leaves side by side, every other in the middle of its children."""
    below: dict[str, list[Frame]] = {}
    for node in sorted(nodes.values(), key=lambda each: each.place):
        below.setdefault(node.parent, []).append(node)
    order = [(node, 0) for node in below.get("", ())]
    for node, depth in order:
        order += ((child, depth + 1) for child in below.get(node.id, ()))
    across = _leaves(below)
    found: dict[str, tuple[float, int]] = {}
    for node, depth in reversed(order):
        children = [found[child.id][0] for child in below.get(node.id, ())]
        x = (children[0] + children[-1]) / 2 if children else across[node.id]
        found[node.id] = (x, depth)
    return found


def _leaves(below: Mapping[str, Sequence[Frame]]) -> dict[str, float]:
    """The leaves from left to right, in reading order."""
    found: dict[str, float] = {}
    stack = list(reversed(below.get("", ())))
    while stack:
        node = stack.pop()
        children = below.get(node.id, ())
        if not children:
            found[node.id] = float(len(found))
        stack += reversed(children)
    return found


def _small(
    placed: Mapping[str, tuple[float, int]],
    nodes: Mapping[str, Frame],
    marks: Mapping[str, list[str]],
    across: float,
    down: float,
) -> Small:
    at = {key: f"{_EDGE + x * across:.0f} {_EDGE + y * down:.0f}" for key, (x, y) in placed.items()}
    dots: dict[str, str] = {"": ""}
    for key, there in at.items():
        said = marks.get(key, ())
        mark = next((each for each in _SHOWN if each in said), "")
        dots[mark] = f"{dots.get(mark, '')}M{there}h0"
    above = ((key, nodes[key].parent) for key in at)
    lines = "".join(f"M{at[key]}L{at[parent]}" for key, parent in above if parent in at)
    return Small(lines, dots)
