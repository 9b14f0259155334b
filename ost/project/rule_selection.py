"""The rules that a command's options select, besides the settings."""

from typing import NamedTuple


class RuleSelection(NamedTuple):
    """Words that select rules or leave some out, and whether those of the calendar apply."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    calendar: bool = False
