"""The tree as a picture: which boxes are open at first, and in which order."""

from collections.abc import Mapping, Sequence
from itertools import groupby, islice

from msgspec import Struct

from datasette_ost.file.nodes import Box
from datasette_ost.file.past import PastBox
from datasette_ost.view.links import Links

AT_FIRST = 48
"""How many boxes are visible at first: about as many as a person can take in."""

ACROSS = 6
"""How many boxes are next to each other at first: about as many as a screen shows."""

SMALL = 150
"""In a tree of at most this many nodes, branches open one by one while there is room."""

SHELF = 9
"""From this many siblings on, they are shown in rows."""


TreeBox = Box | PastBox
"""A box, today or on an earlier day."""


class Placed(Struct):
    """A box in reading order.

    `closes` is the number of lists that end after it; `page` and `branch` are the addresses of its
    own page and of the tree below it. `state` is `leaf`, `here` (its children follow) or `there`
    (they are loaded when someone opens it).
    """

    box: TreeBox
    level: int
    state: str
    open: bool
    page: str
    branch: str
    closes: int = 0
    size: int = 0
    hit: bool = False


def placed(
    boxes: Sequence[TreeBox],
    links: Links,
    at: str = "",
    hits: Sequence[str] = (),
    *,
    pruned: bool = False,
    on: str = "",
    changed: Sequence[str] = (),
) -> list[Placed]:
    """The boxes in reading order, the top first. Boxes of a past day lead to that day's branches
    and to their history; the paths to `changed` nodes are open while there is room.
    """
    below = by_parent(boxes[1:])
    marked = set(hits)
    focus = [box.id for box in boxes if links.kinds.standing(box.kind, box.status).tone == "focus"]
    opened = _opened(boxes, below, focus, (at, *hits[:SHOWN_AT_ONCE]), changed[:SHOWN_AT_ONCE])
    placements: list[Placed] = []
    top = boxes[0]
    stack = [(top, 0, 0)]
    while stack:
        box, level, ends = stack.pop()
        children = below.get(box.id, [])
        state = "here" if children else "there" if box.children and not pruned else "leaf"
        page = links.page("biography", box.id) if on else links.node(box.id, box.kind)
        branch = links.page("tree", box.id, on=on) if on else links.tree(box.id)
        placements.append(
            Placed(box, level, state, box.id in opened, page, branch, size=len(children))
        )
        placements[-1].hit = box.id in marked
        if not children:
            placements[-1].closes = ends
        for position, child in reversed(list(enumerate(children, 1))):
            last = position == len(children)
            stack.append((child, level + 1, ends + 1 if last else 0))
    return placements


def _opened(
    boxes: Sequence[TreeBox],
    below: Mapping[str, list[TreeBox]],
    focus: Sequence[str],
    wanted: Sequence[str],
    changed: Sequence[str],
) -> set[str]:
    """The ids of the open boxes: the paths to wanted nodes and to the first target, then, while
    they fit, those to two more targets, to changed nodes, and to others. In a large tree with a
    target, no others are open; without a target, whole levels are open while they fit.
    """
    parents = {each.id: each.parent for each in boxes[1:]}
    top = boxes[0].id
    opened = {top} if top in below else set()

    def way(node_id: str) -> set[str]:
        found: set[str] = set()
        parent = parents.get(node_id)
        while parent is not None and parent not in opened | found:
            found.add(parent)
            parent = parents.get(parent)
        return found

    for node_id in (*filter(None, wanted), *focus[:1]):
        opened |= way(node_id)
    for node_id in (*focus[1:3], *changed):
        wider = opened | way(node_id)
        if _fits(top, below, wider):
            opened = wider
    opened |= {each for each in focus[:1] if each in below}
    small = boxes[0].descendants <= SMALL
    level = sorted((each for each in boxes if each.id in below), key=lambda each: each.depth)
    plain = [each.id for each in level[:200] if len(below.get(each.parent or "", ())) < SHELF]
    for node_id in (*focus, *(plain if small else ())):
        if parents.get(node_id) in opened and node_id not in opened:
            opened.add(node_id)
            if not _fits(top, below, opened):
                opened.discard(node_id)
    if not small and not focus:
        _open_levels(top, below, level, opened)
    return opened


def _open_levels(
    top: str, below: Mapping[str, list[TreeBox]], ordered: Sequence[TreeBox], opened: set[str]
) -> None:
    """Opens one level after another until a level does not fit as a whole."""
    for _, found in groupby(ordered, key=lambda each: each.depth):
        wider = opened | {each.id for each in islice(found, 2 * AT_FIRST)}
        if not _fits(top, below, wider):
            return
        opened |= wider


def _fits(top: str, below: Mapping[str, list[TreeBox]], opened: set[str]) -> bool:
    return _size(top, below, opened) <= AT_FIRST and _width(top, below, opened) <= ACROSS


def _seen(top: str, below: Mapping[str, list[TreeBox]], opened: set[str]) -> list[str]:
    """The visible open boxes, each before the boxes below it."""
    found = [top] if top in opened else []
    for node_id in found:
        found += [each.id for each in below.get(node_id, ()) if each.id in opened]
    return found


def _size(top: str, below: Mapping[str, list[TreeBox]], opened: set[str]) -> int:
    """The number of visible boxes below a node, including the node."""
    return 1 + sum(len(below.get(each, ())) for each in _seen(top, below, opened))


def _width(top: str, below: Mapping[str, list[TreeBox]], opened: set[str]) -> int:
    """The number of boxes next to each other. Closed siblings are below each other, or in rows."""
    wide: dict[str, int] = {}
    for node_id in reversed(_seen(top, below, opened)):
        children = [each.id for each in below.get(node_id, ())]
        inner = [wide.get(each, 1) for each in children]
        if len(children) >= SHELF:
            wide[node_id] = max(4, *inner)
        else:
            wide[node_id] = sum(inner) if any(each in opened for each in children) else 1
    return wide.get(top, 1)


def by_parent(boxes: Sequence[TreeBox]) -> dict[str, list[TreeBox]]:
    """Boxes by their parent; "" for those without one."""
    below: dict[str, list[TreeBox]] = {}
    for box in boxes:
        below.setdefault(box.parent or "", []).append(box)
    return below


SHOWN_AT_ONCE = 60
"""How many matches the page shows from the start."""
