"""Days: their notation, the range that content may name, and days before or after them."""

from datetime import date, timedelta

FIRST, LAST = 1900, 2199
"""The years that content may name: anything else is a typo."""

_SPAN = date.max.toordinal()


def read_day(text: str | None) -> date | None:
    """The day that a text such as `2026-11-03` names; None for anything else."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def named(day: date) -> bool:
    """Whether content may name this day."""
    return FIRST <= day.year <= LAST


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return away(day, -day.weekday())


def monday_of(day: str) -> str:
    """The Monday of a day's week, both written as `2026-11-03`; "" for anything else."""
    found = read_day(day)
    return monday(found).isoformat() if found else ""


def away(day: date, days: int) -> date:
    """The day this many days later or earlier, limited to the calendar."""
    many = max(-_SPAN, min(int(days), _SPAN))
    try:
        return day + timedelta(days=many)
    except OverflowError:
        return date.max if many > 0 else date.min
