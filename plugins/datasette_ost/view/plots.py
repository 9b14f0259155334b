"""Plots as geometry for SVG: bars and lines over time. Templates draw them, with a table twin."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from datasette_ost.file.measurements import MeasuredDay
from datasette_ost.file.nodes import Box
from datasette_ost.view import words

WIDTH, HEIGHT = 720, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 22, 26


class Level(Struct, frozen=True):
    """A value's height, with its words."""

    y: float
    said: str


class Dot(Struct, frozen=True):
    """A place on the line, or on the axis of days."""

    x: float
    y: float
    said: str


class Series(Struct, frozen=True):
    """A value over time."""

    points: str
    dots: tuple[Dot, ...]
    levels: tuple[Level, ...]
    days: tuple[Dot, ...]
    marks: tuple[Dot, ...]
    said: str


ROWS, _ROW, _LONGEST = 12, 26, 44
"""How many bars there are at most below each other, how high each is, and its name how long."""


class BarRow(Struct, frozen=True):
    """One bar of those below each other, with what it is of."""

    x: int
    y: int
    width: float
    label: str
    said: str


def across(values: Sequence[tuple[str, int]]) -> tuple[BarRow, ...]:
    """Counts below each other, for what has long names."""
    top = max((many for _, many in values), default=0) or 1
    labels = [_cut(label) for label, _ in values]
    x = 12 + 7 * max(map(len, labels), default=0)
    return tuple(
        BarRow(x, at * _ROW, _short((WIDTH - x - 40) * many / top), label, str(many))
        for at, (label, (_, many)) in enumerate(zip(labels, values, strict=True))
    )


def _cut(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1].rstrip()}…"


def series(
    values: Sequence[MeasuredDay],
    goals: Sequence[tuple[str, object]],
    events: Sequence[tuple[str, str]],
) -> Series | None:
    """A metric over time with its goals as lines and what happened as marks; None without one."""
    known = [(day, each.value) for each in values if (day := _day(each.date))]
    if len(known) < 2:
        return None
    ends = [(name, float(goal)) for name, goal in goals if isinstance(goal, (int, float))]
    happened = [(day, said) for text, said in events if (day := _day(text))]
    seen = [value for _, value in known] + [goal for _, goal in ends]
    days = [day for day, _ in known] + [day for day, _ in happened]
    low, high, first, last = min(seen), max(seen), min(days), max(days)

    def x(day: date) -> float:
        part = (day - first).days / ((last - first).days or 1)
        return _short(_LEFT + part * (WIDTH - _LEFT - _RIGHT - 8))

    def y(value: float) -> float:
        part = (value - low) / ((high - low) or 1)
        return _short(HEIGHT - _BOTTOM - 8 - part * (HEIGHT - _TOP - _BOTTOM - 8))

    dots = tuple(
        Dot(x(day), y(each), f"{words.number(each)} on {words.day(day.isoformat())}")
        for day, each in known
    )
    return Series(
        " ".join(f"{each.x},{each.y}" for each in dots),
        dots,
        tuple(Level(y(goal), f"{name} {words.number(goal)}") for name, goal in ends),
        tuple(Dot(x(day), HEIGHT - 8, words.day(day.isoformat())) for day in (first, last)),
        tuple(
            Dot(x(day), HEIGHT - _BOTTOM, f"{said} on {words.day(day.isoformat())}")
            for day, said in happened
        ),
        f"{dots[0].said}, {dots[-1].said}",
    )


def _short(value: float) -> float:
    return round(value, 1)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class Line(Struct, frozen=True):
    """A metric over time as a line: points for SVG, in a box of 160 by 40."""

    points: str
    last_x: float
    last_y: float
    goal_y: float | None
    label: str


def lines(outcomes: Sequence[Box], values: Sequence[MeasuredDay]) -> dict[str, Line | None]:
    """The metrics of outcomes as lines."""
    by_outcome: dict[str, list[MeasuredDay]] = {}
    for value in values:
        by_outcome.setdefault(value.outcome, []).append(value)
    return {each.id: line(by_outcome.get(each.id, []), each.fields) for each in outcomes}


def line(values: Sequence[MeasuredDay], fields: Mapping[str, object]) -> Line | None:
    """A metric as a line; None when there are fewer than two values."""
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
