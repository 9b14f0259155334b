"""Small charts as geometry for SVG: bars below each other, and a metric as a line."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from datasette_ost.file.measurements import MeasuredDay
from datasette_ost.view import words

WIDTH = 720


ROWS, _ROW, _LONGEST = 12, 26, 44
"""The maximum of bars, the height of a bar, and the maximum length of a label."""


class BarRow(Struct, frozen=True):
    """One bar with its label."""

    x: int
    y: int
    width: float
    label: str
    said: str


def across(values: Sequence[tuple[str, int]]) -> tuple[BarRow, ...]:
    """Counts as horizontal bars, which leave room for long labels."""
    top = max((many for _, many in values), default=0) or 1
    labels = [_cut(label) for label, _ in values]
    x = 12 + 7 * max(map(len, labels), default=0)
    return tuple(
        BarRow(x, at * _ROW, _short((WIDTH - x - 40) * many / top), label, str(many))
        for at, (label, (_, many)) in enumerate(zip(labels, values, strict=True))
    )


def _cut(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1].rstrip()}…"


def _short(value: float) -> float:
    return round(value, 1)


class Line(Struct, frozen=True):
    """A metric over time as a line: points for SVG, in a box of 160 by 40."""

    points: str
    last_x: float
    last_y: float
    goal_y: float | None
    label: str


def line(values: Sequence[MeasuredDay], fields: Mapping[str, object]) -> Line | None:
    """A metric as a line; None if there are fewer than two values."""
    target = fields.get("target")
    return _line(values, target) if len(values) > 1 else None


def _line(values: Sequence[MeasuredDay], target: object) -> Line:
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
