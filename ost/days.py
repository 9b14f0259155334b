"""Days as content may name them, and days so many days away, which never leave the calendar."""

from datetime import date, timedelta

FIRST, LAST = 1900, 2199
"""The years that content may name: anything else is a slip, and no page has room for it."""

_SPAN = date.max.toordinal()


def named(day: date) -> bool:
    """Whether content may name this day."""
    return FIRST <= day.year <= LAST


def away(day: date, days: int) -> date:
    """The day so many days later, or earlier; the calendar's first or last where it ends."""
    many = max(-_SPAN, min(int(days), _SPAN))
    try:
        return day + timedelta(days=many)
    except OverflowError:
        return date.max if many > 0 else date.min
