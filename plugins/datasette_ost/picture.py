"""The tree as a picture: which boxes are open at first, and in what order they are written."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from msgspec import Struct

from datasette_ost import words
from datasette_ost.links import Links
from datasette_ost.queries.trees import SHOWN_AT_ONCE
from datasette_ost.shapes import Box, PanelPage, Sought, TreePage, TreesPage, Value
from ost.recording import clock

AT_FIRST = 48
"""Boxes that are seen at first: about what a person takes in."""

ACROSS = 7
"""Boxes side by side at first: about what a screen shows."""

SHELF = 9
"""As many siblings stand on a shelf, in rows."""


class Placed(Struct):
    """A box in reading order. `closes` is how many lists end after it; `page` and `branch` are
    the addresses of its own page and of the tree from it downwards.

    `state` is leaf, here (its children follow) or there (they are fetched when it is opened).
    """

    box: Box
    level: int
    state: str
    open: bool
    page: str
    branch: str
    closes: int = 0
    size: int = 0
    hit: bool = False


class Line(Struct, frozen=True):
    """A metric over time as a line: points for SVG, in a box of 160 by 40."""

    points: str
    last_x: float
    last_y: float
    goal_y: float | None
    label: str


def trees(found: TreesPage, _: Links) -> dict[str, object]:
    """Every outcome as a card."""
    by_outcome: dict[str, dict[str, int]] = {}
    marks: dict[str, list[int]] = {}
    for each in found.counts:
        by_outcome.setdefault(each.outcome or "", {})[each.kind] = each.nodes
        seen = marks.setdefault(each.outcome or "", [0, 0])
        seen[0] += each.errors
        seen[1] += each.warnings
    return {
        "top": [each for each in found.outcomes if each.depth == 0],
        "below": _by_parent([each for each in found.outcomes if each.depth]),
        "sizes": by_outcome,
        "problems": marks,
        "lines": lines(found.outcomes, found.measurements),
        "words": words,
    }


def tree(found: TreePage, links: Links) -> dict[str, object]:
    """The tree from one node downwards."""
    root = found.boxes[0]
    sought = {each: getattr(found.sought, each) for each in Sought.__struct_fields__}
    given = {name: value for name, value in sought.items() if value}
    return {
        "root": root,
        "placed": placed(found.boxes, links, found.at, found.hits, pruned=bool(found.sought.only)),
        "given": given,
        "chosen": chosen(given),
        "query": f"?{urlencode(given)}" if given else "",
        "metric": line(found.measurements, root.fields),
        "words": words,
        "shelf": SHELF,
    }


class Chosen(Struct, frozen=True):
    """Something that is looked for, and the arguments of the same page without it."""

    label: str
    value: str
    without: str


_LABELS = {
    "q": "words",
    "segment": "heard from",
    "since": "heard since",
    "until": "heard until",
    "rule": "remark",
    "only": "the rest",
}
_VALUES = {
    ("rule", "any"): "any",
    ("rule", "waived"): "set aside",
    ("only", "1"): "left out",
}


def chosen(given: Mapping[str, str]) -> list[Chosen]:
    """What is looked for, each with the way to be rid of it."""
    found = []
    for name, value in given.items():
        rest = {other: each for other, each in given.items() if other != name}
        said = words.day(value) if name in {"since", "until"} else _VALUES.get((name, value), value)
        without = f"?{urlencode(rest)}" if rest else ""
        found.append(Chosen(_LABELS.get(name, name), said, without))
    return found


def panel(found: PanelPage, links: Links) -> dict[str, object]:
    """A node beside the tree."""
    own = found.node
    return {
        "own": own,
        "root": found.above[0].id if found.above else own.id,
        "facts": words.facts(own.fields)[:6],
        "edit": links.edit(found.about, own.path, own.line),
        "words": words,
        "clock": clock,
    }


def placed(
    boxes: Sequence[Box],
    links: Links,
    at: str = "",
    hits: Sequence[str] = (),
    *,
    pruned: bool = False,
) -> list[Placed]:
    """The boxes in reading order, the first being the top; decisions after their siblings."""
    below = _by_parent(boxes[1:])
    for siblings in below.values():
        siblings.sort(key=lambda each: each.kind == "decision")
    marked = set(hits)
    opened = _opened(boxes, below, (at, *hits[:SHOWN_AT_ONCE]))
    made: list[Placed] = []
    top = boxes[0]
    stack = [(top, 0, 0)]
    while stack:
        box, level, ends = stack.pop()
        children = below.get(box.id, [])
        state = "here" if children else "there" if box.children and not pruned else "leaf"
        page, branch = links.node(box.id, box.kind), links.tree(box.id)
        made.append(Placed(box, level, state, box.id in opened, page, branch, size=len(children)))
        made[-1].hit = box.id in marked
        if not children:
            made[-1].closes = ends
        for position, child in reversed(list(enumerate(children, 1))):
            last = position == len(children)
            stack.append((child, level + 1, ends + 1 if last else 0))
    return made


def _opened(
    boxes: Sequence[Box], below: Mapping[str, list[Box]], wanted: Sequence[str]
) -> set[str]:
    """Which boxes are open: the ways to what is wanted and to targets, then while it fits."""
    parents = {each.id: each.parent for each in boxes[1:]}
    top = boxes[0].id
    opened = {top} if top in below else set()

    def reach(node_id: str) -> None:
        way = parents.get(node_id)
        while way is not None and way not in opened:
            opened.add(way)
            way = parents.get(way)

    for each in filter(None, wanted):
        reach(each)
    targets = [each.id for each in boxes if each.kind == "opportunity" and each.status == "target"]
    for each in targets[:3]:
        reach(each)
    level = sorted((each for each in boxes if each.id in below), key=lambda each: each.depth)
    plain = [each.id for each in level[:200] if len(below.get(each.parent or "", ())) < SHELF]
    for each in (*targets, *plain):
        if parents.get(each) in opened and each not in opened:
            opened.add(each)
            if _size(top, below, opened) > AT_FIRST or _width(top, below, opened) > ACROSS:
                opened.discard(each)
    return opened


def _seen(top: str, below: Mapping[str, list[Box]], opened: set[str]) -> list[str]:
    """The open boxes that are seen, each before what is below it."""
    found = [top] if top in opened else []
    for node_id in found:
        found += [each.id for each in below.get(node_id, ()) if each.id in opened]
    return found


def _size(top: str, below: Mapping[str, list[Box]], opened: set[str]) -> int:
    """How many boxes are seen from a node downwards."""
    return 1 + sum(len(below.get(each, ())) for each in _seen(top, below, opened))


def _width(top: str, below: Mapping[str, list[Box]], opened: set[str]) -> int:
    """How many boxes that is across: closed siblings stand one below the other, or on a shelf."""
    wide: dict[str, int] = {}
    for node_id in reversed(_seen(top, below, opened)):
        children = [each.id for each in below.get(node_id, ())]
        inner = [wide.get(each, 1) for each in children]
        if len(children) >= SHELF:
            wide[node_id] = max(4, *inner)
        else:
            wide[node_id] = sum(inner) if any(each in opened for each in children) else 1
    return wide.get(top, 1)


def _by_parent(boxes: Sequence[Box]) -> dict[str, list[Box]]:
    below: dict[str, list[Box]] = {}
    for each in boxes:
        below.setdefault(each.parent or "", []).append(each)
    return below


def lines(outcomes: Sequence[Box], values: Sequence[Value]) -> dict[str, Line | None]:
    """The metrics of outcomes as lines."""
    by_outcome: dict[str, list[Value]] = {}
    for each in values:
        by_outcome.setdefault(each.outcome, []).append(each)
    return {each.id: line(by_outcome.get(each.id, []), each.fields) for each in outcomes}


def line(values: Sequence[Value], fields: Mapping[str, object]) -> Line | None:
    """A metric as a line; None when there are fewer than two values."""
    target = fields.get("target")
    return _line(values, target) if len(values) > 1 else None


def _line(values: Sequence[Value], target: object) -> Line:
    goal = float(target) if isinstance(target, (int, float)) else None
    seen = [each.value for each in values] + ([goal] if goal is not None else [])
    low, high = min(seen), max(seen)
    span = (high - low) or 1.0

    def height(value: float) -> float:
        return round(36 - 32 * (value - low) / span, 1)

    step = 152 / (len(values) - 1)
    points = [(round(4 + step * i, 1), height(each.value)) for i, each in enumerate(values)]
    last = values[-1]
    return Line(
        " ".join(f"{x},{y}" for x, y in points),
        *points[-1],
        None if goal is None else height(goal),
        f"{words.number(last.value)} on {words.day(last.date)}",
    )
