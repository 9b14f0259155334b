"""A metric over time as geometry for SVG: its line, its pace, and what happened meanwhile.

All places are percentages of the plot, so that it takes any width and its words keep their size.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from datasette_ost.file.measurements import MeasuredDay
from datasette_ost.view import words
from ost.days import read_day

_LEFT, _RIGHT, _TOP, _BOTTOM = 2.0, 97.0, 14.0, 88.0
"""Where the days begin and end, and where the largest and the smallest value stand, in percent."""


class Level(Struct, frozen=True):
    """A value's height, with its words."""

    y: float
    said: str


class Dot(Struct, frozen=True):
    """A place on the line, or on the axis of days."""

    x: float
    y: float
    said: str


class Segment(Struct, frozen=True):
    """A straight line from one place to another."""

    x1: float
    y1: float
    x2: float
    y2: float


class Series(Struct, frozen=True):
    """A value over time, up to the day its target is due.

    `pace` is the straight line from the baseline to the target; `due` the day it ends at.
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
    said: str
    verdict: str


def series(
    values: Sequence[MeasuredDay],
    fields: Mapping[str, object],
    events: Sequence[tuple[str, str]] = (),
    today: str = "",
) -> Series | None:
    """A metric over time with its goals as lines and what happened as marks; None without one."""
    known = [(day, each.value) for each in values if (day := read_day(each.date))]
    baseline, target = (_number(fields.get(name)) for name in ("baseline", "target"))
    if not known or (len(known) < 2 and target is None):
        return None
    due, now = read_day(str(fields.get("by") or "")), read_day(today)
    happened = [(day, said) for text, said in events if (day := read_day(text))]
    seen = [value for _, value in known] + [each for each in (baseline, target) if each is not None]
    days = [day for day, _ in (*known, *happened)] + ([due] if due else [])
    low, high, first, last = min(seen), max(seen), min(days), max(days)

    def x(day: date) -> float:
        return _short(_LEFT + (day - first).days / ((last - first).days or 1) * (_RIGHT - _LEFT))

    def y(value: float) -> float:
        return _short(_BOTTOM - (value - low) / ((high - low) or 1) * (_BOTTOM - _TOP))

    dots = tuple(Dot(x(day), y(each), _on(each, day)) for day, each in known)
    pace = None
    begin = known[0][0]
    if due and due > begin and target is not None:
        start = baseline if baseline is not None else known[0][1]
        pace = Segment(x(begin), y(start), x(due), y(target))
    levels = (("target", target), ("baseline", baseline))
    said = dots[0].said if len(dots) == 1 else f"{dots[0].said}, {dots[-1].said}"
    return Series(
        tuple(Segment(a.x, a.y, b.x, b.y) for a, b in pairwise(dots)),
        dots,
        tuple(
            Level(y(each), f"{name} {words.number(each)}")
            for name, each in levels
            if each is not None
        ),
        words.day(first.isoformat()),
        words.day(last.isoformat()),
        due == last,
        x(now) if now and first <= now <= last else None,
        tuple(
            Dot(x(day), 96.0, f"{said} on {words.day(day.isoformat())}") for day, said in happened
        ),
        pace,
        said,
        _verdict(known, baseline, target, due),
    )


def _verdict(
    known: Sequence[tuple[date, float]],
    baseline: float | None,
    target: float | None,
    due: date | None,
) -> str:
    """How the newest value stands to the straight line, in words; "" without such a line."""
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
