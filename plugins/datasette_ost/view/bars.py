"""Results against their criteria, as bars: geometry for SVG, in percent of the width."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from datasette_ost.view import words

_ENDS = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
_WHOLE = 3
"""The axis ends at the total (10 in `4 of 10`) unless the numbers would fill less than this share
of it.
"""


class Bar(Struct, frozen=True):
    """A number on an axis from 0, next to its criterion. `begin` and `width` are the part of the
    axis that meets the criterion. `met` is None if either number is missing.
    """

    seen: float | None
    limit: float | None
    begin: float
    width: float
    end: str
    met: bool | None


def of_test(fields: Mapping[str, Any]) -> Bar | None:
    """A test's result against its criterion; None if there is no number to draw."""
    criterion, result = mapping(fields, "criterion"), mapping(fields, "result")
    least, most = (_number(criterion.get(name)) for name in ("at_least", "at_most"))
    limit, whole = least if least is not None else most, _number(criterion.get("of"))
    seen, part = _number(result.get("measure")), _number(result.get("of")) or whole
    if limit is None and seen is None:
        return None
    if seen is not None and whole and part and part != whole:
        seen = seen / part * whole  # fewer people took part than planned, so compare their share
    return _bar(seen, limit, whole or part, below=least is None and most is not None)


def of_bet(fields: Mapping[str, Any]) -> Bar | None:
    """A bet's result against the expected one; None unless both are numbers."""
    expected = _number(mapping(fields, "bet").get("expect"))
    actual = _number(mapping(fields, "result").get("actual"))
    if expected is None or actual is None:
        return None
    return _bar(actual, expected, None, below=False)


def _bar(seen: float | None, limit: float | None, whole: float | None, *, below: bool) -> Bar:
    known = [each for each in (seen, limit) if each is not None]
    top = max(known)
    end = whole if whole and top <= whole and top * _WHOLE >= whole else _end(top)
    met = None if seen is None or limit is None else (seen <= limit if below else seen >= limit)
    place = 0.0 if limit is None else _part(limit, end)
    return Bar(
        None if seen is None else _part(seen, end),
        None if limit is None else place,
        0.0 if below else place,
        place if below else round(100 - place, 1),
        words.number(end)
        if whole in (None, end)
        else f"{words.number(end)} of {words.number(whole)}",
        met,
    )


def _end(top: float) -> float:
    """A round number a little above the largest."""
    if top <= 0:
        return 1.0
    unit = 1.0
    while unit > top:
        unit /= 10
    while unit * 10 <= top:
        unit *= 10
    return next((each * unit for each in _ENDS if each * unit >= top * 1.1), 15 * unit)


def _part(value: float, end: float) -> float:
    return round(min(100.0, max(0.0, 100 * value / end)), 1)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def mapping(fields: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A field that should be a mapping; empty if a foreign file has something else there."""
    found = fields.get(name)
    return found if isinstance(found, Mapping) else {}
