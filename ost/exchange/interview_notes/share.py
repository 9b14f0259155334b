"""The part of notes that is one person's."""

from msgspec import Struct

from ost.exchange.interview_notes.people import Person

Numbered = tuple[int, str]
"""A line of the notes, counted from 0, and its text."""


class Share(Struct, frozen=True):
    """Whose it is (no one's, if the notes do not say), the line where it begins, its lines, and
    fields that stand elsewhere, by their names.
    """

    person: Person | None
    line: int
    lines: tuple[Numbered, ...]
    fields: tuple[tuple[str, str], ...] = ()


class Division(Struct, frozen=True):
    """The shares of notes, and the lines that belong to no one in particular."""

    shares: tuple[Share, ...]
    common: tuple[Numbered, ...] = ()
