"""Wording for all messages, pages and reports: counts, lists and suggestions. It knows no kind and
no node.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from ost.days import read_day

LOOSELY = 0.5
"""The likeness for a suggestion that a person can reject."""

NEAR = 0.6
"""The likeness of a name that was probably meant (the ratio of `difflib`)."""


def counted(number: int, one: str, several: str = "") -> str:
    """`1 signal`, `2 signals`, `3 people`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


_MILLION = 999_999.5
"""From here on, six digits round to a million, which would be written as `1e+06`."""


def amount(number: float) -> str:
    """`1.5`, `12,000`, `1,900,000`: six digits at most up to a million, then whole numbers."""
    if isinstance(number, int):
        return f"{number:,}"
    return f"{number:,g}" if abs(number) < _MILLION else f"{number:,.0f}"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return _joined(words, "and")


def either(words: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    return _joined(words, "or")


def any_of(names: Sequence[str], most: int = 4) -> str:
    """`'a' or 'b'`; of more than so many names the first few: `'a', 'b', 'c' or 4,997 more`."""
    quoted = [repr(each) for each in names]
    if len(names) > most:
        quoted[most - 1 :] = [f"{len(names) - most + 1:,} more"]
    return either(quoted)


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(text: str | date | None) -> str:
    """`3 Nov 2026` for `2026-11-03`; anything else stays as it is."""
    if isinstance(text, date):
        text = text.isoformat()
    found = read_day(text)
    if found is None:
        return text or ""
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def article(noun: str) -> str:
    """`an outcome`, `a solution`."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def nearest(written: str, known: Iterable[str], cutoff: float = NEAR) -> str:
    """The known name most like the written one, ignoring case; "" when no name is near."""
    from difflib import get_close_matches  # few runs meet a mistyped name

    names = {name.casefold(): name for name in sorted(known, reverse=True)}
    near = get_close_matches(written.strip().casefold(), names, n=1, cutoff=cutoff)
    return names[near[0]] if near else ""


def suggestion(near: str) -> str:
    """`; did you mean 'x'?`, to end a message with, or "" without a name."""
    return f"; did you mean {near!r}?" if near else ""


def _joined(words: Sequence[str], last: str) -> str:
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def lower_first(text: str) -> str:
    """A message as the continuation after a colon."""
    return text[:1].lower() + text[1:]
