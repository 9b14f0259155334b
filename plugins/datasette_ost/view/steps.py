"""Counts that change in steps, as geometry for SVG: people on record and people who had said it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from datasette_ost.file.clocks import PeopleCount
from datasette_ost.view import words
from datasette_ost.view.series import Dot, Level
from ost.days import read_day

WIDTH, HEIGHT = 100, 200
_TOP, _BOTTOM = 14, 26


class Steps(Struct, frozen=True):
    """Lines by name, each as an SVG path, with the words at their ends, levels and days. Horizontal
    places are percentages, so that words keep their size on a phone; vertical ones are pixels.
    """

    lines: tuple[tuple[str, str], ...]
    ends: tuple[Dot, ...]
    levels: tuple[Level, ...]
    days: tuple[Dot, ...]
    said: str


def steps(
    believed: Sequence[PeopleCount], by_date: Sequence[PeopleCount], today: str
) -> Steps | None:
    """The number of people by day, on record and as said, and the number against; None if there is
    nothing to draw.
    """
    drawn = {
        "believed": [(each.day, each.people) for each in believed],
        "said": [(each.day, each.people) for each in by_date],
        "against-it": [(each.day, each.against) for each in believed],
    }
    if not any(many for _, many in drawn["against-it"]):
        del drawn["against-it"]
    lines = {name: known for name, each in drawn.items() if (known := _dated(each))}
    dates = [day for each in lines.values() for day, _ in each]
    if not dates:
        return None
    first, last = min(dates), max(*dates, read_day(today) or max(dates))
    top = max(many for each in lines.values() for _, many in each) or 1
    span = (last - first).days or 1

    def x(day: date) -> float:
        return round((day - first).days / span * WIDTH, 2)

    def y(many: int) -> float:
        return round(HEIGHT - _BOTTOM - many / top * (HEIGHT - _TOP - _BOTTOM), 1)

    made = tuple((name, _path(each, x, y, last)) for name, each in lines.items())
    return Steps(
        made,
        _ends({name: each[-1][1] for name, each in lines.items()}, y, x(last)),
        tuple(Level(y(many), str(many)) for many in sorted({0, top})),
        tuple(Dot(x(day), HEIGHT - 8, words.day(day.isoformat())) for day in (first, last)),
        ", ".join(f"{each[-1][1]} {_WORDS[name]}" for name, each in lines.items()),
    )


_WORDS = {"believed": "known", "said": "had said so", "against-it": "against"}
_APART = 20
"""The minimum distance between the words at the ends of two lines."""


def _dated(known: Sequence[tuple[str, int]]) -> list[tuple[date, int]]:
    return [(found, many) for day, many in known if (found := read_day(day))]


def _path(
    known: Sequence[tuple[date, int]],
    x: Callable[[date], float],
    y: Callable[[int], float],
    last: date,
) -> str:
    """A line that steps up on the day of each count and stays level until the next."""
    made = f"M{x(known[0][0])} {y(0)}"
    for day, many in known:
        made += f"H{x(day)}V{y(many)}"
    return f"{made}H{x(last)}"


def _ends(counts: Mapping[str, int], y: Callable[[int], float], x: float) -> tuple[Dot, ...]:
    """The words at the ends of the lines, placed so that none covers another."""
    made: list[Dot] = []
    for name, many in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        at = y(many) + 4
        if made:
            at = max(at, made[-1].y + _APART)
        made.append(Dot(x, at, f"{many} {_WORDS[name]}"))
    # The lowest words end above the days.
    over = max(0.0, made[-1].y - (HEIGHT - _BOTTOM + 2))
    return tuple(Dot(each.x, round(each.y - over, 1), each.said) for each in made)
