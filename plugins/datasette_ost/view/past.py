"""Words for a tree on a past day: what its week changed, the labels of marks, and its weeks as
bars.
"""

from collections import Counter
from itertools import chain
from math import sqrt

from msgspec import Struct

from datasette_ost.file.past_tree import PastTree
from datasette_ost.file.weeks import PastWeek
from datasette_ost.view import words

LABELS = {
    "new": "new",
    "moved": "moved",
    "chosen": "target chosen",
    "changed": "reworded",
    "status": "status",
    "heard": "evidence",
    "warn": "look",
}
"""The label of each mark."""

_MARKS = {
    "new": "new",
    "moved": "moved",
    "chosen": "chosen as target",
    "changed": "reworded",
    "status": "with another status",
    "heard": "with new evidence",
    "warn": "to look at",
}

MOST_WEEKS = 60
"""How many weeks the list below a tree shows. The bars lead to all of them."""


class WeekBar(Struct, frozen=True):
    """A week in the strip of weeks: its position in percent, and its height, at most 40."""

    week: PastWeek
    across: float
    tall: int


def sentence(found: PastTree) -> str:
    """What happened in the week up to the shown day."""
    week = found.weeks[found.week]
    if week.revision == found.revision.n:
        return week.said
    changed = found.gone or any(box.marks for box in found.boxes)
    return f"The week of {words.day(week.day)}, {'so far' if changed else 'quiet so far'}."


def tally(found: PastTree) -> list[tuple[str, str]]:
    """How many of the tree's nodes have each mark, in words."""
    many = Counter(chain.from_iterable(box.marks for box in found.boxes))
    parts = [(mark, f"{many[mark]} {label}") for mark, label in _MARKS.items() if many[mark]]
    return [*parts, *([("gone", f"{len(found.gone)} gone")] if found.gone else [])]


def marked(found: PastTree) -> list[str]:
    """The nodes of the tree that the week changed, those nearest to the top first."""
    return [box.id for box in sorted(found.boxes, key=lambda box: box.depth) if box.marks]


def changed_below(found: PastTree) -> dict[str, int]:
    """How many nodes below each node the week changed."""
    many: Counter[str] = Counter()
    parents = {box.id: box.parent for box in found.boxes[1:]}
    for node in marked(found):
        above = parents.get(node)
        while above is not None:
            many[above] += 1
            above = parents.get(above)
    return many


def bars(weeks: list[PastWeek]) -> list[WeekBar]:
    """The weeks from left to right, taller for more changes. A quiet week is a dot."""
    most = max((each.changes for each in weeks), default=0) or 1
    last = len(weeks) - 1 or 1
    return [
        WeekBar(week, round(100 * at / last, 2), max(2, round(40 * sqrt(week.changes / most))))
        for at, week in enumerate(weeks)
    ]
