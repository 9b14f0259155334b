"""A metric over time as geometry for SVG: its line, its pace, and decisions and releases.

All places are percentages of the chart, so that it fits any width and its text keeps its size.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from datasette_ost.file.measurements import MeasuredDay
from datasette_ost.view import words
from ost.days import read_day

_LEFT, _RIGHT, _TOP, _BOTTOM = 2.0, 97.0, 14.0, 88.0
"""Where the first and last day and the largest and smallest value are, in percent."""


class Level(Struct, frozen=True):
    """The height of a value, with its label."""

    y: float
    said: str


class Dot(Struct, frozen=True):
    """A point on the line or on the axis of days."""

    x: float
    y: float
    said: str


class Segment(Struct, frozen=True):
    """A straight line between two points."""

    x1: float
    y1: float
    x2: float
    y2: float


class PlotLabel(Struct, frozen=True):
    """Words in the plot: begun, or else ended, some pixels from a place."""

    x: float
    y: float
    dx: int
    dy: int
    ended: bool
    said: str


class Series(Struct, frozen=True):
    """A metric over time, up to the day on which its target is due. `pace` is the straight line
    from the baseline to the target, which ends on the day `due`.
    """

    segments: tuple[Segment, ...]
    dots: tuple[Dot, ...]
    levels: tuple[Level, ...]
    first: str
    last: str
    due: bool
    today: float | None
    marks: tuple[Dot, ...]
    pace: Segment | None
    labels: tuple[PlotLabel, ...]
    said: str
    verdict: str


def series(
    values: Sequence[MeasuredDay],
    fields: Mapping[str, object],
    events: Sequence[tuple[str, str]] = (),
    today: str = "",
) -> Series | None:
    """A metric over time, with lines for its goals and marks for events; None without a metric."""
    known = [(day, measured.value) for measured in values if (day := read_day(measured.date))]
    baseline, target = (_number(fields.get(name)) for name in ("baseline", "target"))
    if not known or (len(known) < 2 and target is None):
        return None
    due, now = read_day(str(fields.get("by") or "")), read_day(today)
    happened = [(day, what) for text, what in events if (day := read_day(text))]
    goals = {"target": target, "baseline": baseline}
    levels = {name: value for name, value in goals.items() if value is not None}
    plot = _Plot(
        [day for day, _ in (*known, *happened)] + ([due] if due else []),
        [*(value for _, value in known), *levels.values()],
    )
    dots = tuple(Dot(plot.x(day), plot.y(value), _on(value, day)) for day, value in known)
    lines = tuple(
        Level(plot.y(value), f"{name} {words.number(value)}") for name, value in levels.items()
    )
    pace = _pace(plot, known[0], baseline, target, due)
    here = plot.x(now) if now and plot.first <= now <= plot.last else None
    return Series(
        segments=tuple(Segment(a.x, a.y, b.x, b.y) for a, b in pairwise(dots)),
        dots=dots,
        levels=lines,
        first=words.day(plot.first.isoformat()),
        last=words.day(plot.last.isoformat()),
        due=due == plot.last,
        today=here,
        marks=tuple(
            Dot(plot.x(day), 96.0, f"{what} on {words.day(day.isoformat())}")
            for day, what in happened
        ),
        pace=pace,
        labels=_labels(lines, pace, here),
        said=dots[0].said if len(dots) == 1 else f"{dots[0].said}, {dots[-1].said}",
        verdict=_verdict(known, baseline, target, due),
    )


class _Plot:
    """The positions of days and values in the plot, in percent."""

    def __init__(self, days: Sequence[date], values: Sequence[float]) -> None:
        self.first, self.last = min(days), max(days)
        self.low, self.high = min(values), max(values)

    def x(self, day: date) -> float:
        part = (day - self.first).days / ((self.last - self.first).days or 1)
        return _short(_LEFT + part * (_RIGHT - _LEFT))

    def y(self, value: float) -> float:
        part = (value - self.low) / ((self.high - self.low) or 1)
        return _short(_BOTTOM - part * (_BOTTOM - _TOP))


def _pace(
    plot: _Plot,
    begin: tuple[date, float],
    baseline: float | None,
    target: float | None,
    due: date | None,
) -> Segment | None:
    """The straight line to the target, from the baseline or, failing that, the first value."""
    day, value = begin
    if due is None or due <= day or target is None:
        return None
    start = baseline if baseline is not None else value
    return Segment(plot.x(day), plot.y(start), plot.x(due), plot.y(target))


def _labels(
    levels: Sequence[Level], pace: Segment | None, today: float | None
) -> tuple[PlotLabel, ...]:
    """The words of the lines, apart from each other: the first level's at the left, the second's at
    the right, the pace's in the middle on the side that its line leaves free, today's above all.
    """
    said = [
        PlotLabel(_RIGHT if at else _LEFT, level.y, 0, -5, bool(at), level.said)
        for at, level in enumerate(levels)
    ]
    if pace is not None:
        middle = _short((pace.x1 + pace.x2) / 2), _short((pace.y1 + pace.y2) / 2)
        aside = 20 if pace.y2 < pace.y1 else -10
        said.append(PlotLabel(*middle, dx=0, dy=aside, ended=False, said="pace"))
    if today is not None:
        late = today > 85
        said.append(PlotLabel(today, 6.0, -5 if late else 5, -6, late, "today"))
    return tuple(said)


def _verdict(
    known: Sequence[tuple[date, float]],
    baseline: float | None,
    target: float | None,
    due: date | None,
) -> str:
    """How the newest value compares with the pace, in words; "" without a pace."""
    (begin, first), (day, last) = known[0], known[-1]
    start = first if baseline is None else baseline
    if target is None or target == start:
        return ""
    up = target > start
    if (last >= target) if up else (last <= target):
        return f"{_on(last, day)}: target reached"
    if due is None or due <= begin or day <= begin:
        return _on(last, day)
    part = min(1.0, (day - begin).days / (due - begin).days)
    pace = round(start + part * (target - start), 1)
    behind = last < pace if up else last > pace
    how = "on pace" if last == pace else "behind the pace" if behind else "ahead of the pace"
    return f"{_on(last, day)}: {how} of {words.number(pace)}"


def _on(value: float, day: date) -> str:
    return f"{words.number(value)} on {words.day(day.isoformat())}"


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _short(value: float) -> float:
    return round(value, 1)
