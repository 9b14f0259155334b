"""The part of notes that is one person's."""

from msgspec import Struct

from ost.exchange.foreign.source_lines import NumberedLine
from ost.exchange.interview_notes.people import NotedPerson


class NotesShare(Struct, frozen=True):
    """Whose it is (no one's, if the notes do not say), the line where it begins, its lines, and
    further fields, by their names.
    """

    person: NotedPerson | None
    line: int
    lines: tuple[NumberedLine, ...]
    fields: tuple[tuple[str, str], ...] = ()


class NotesDivision(Struct, frozen=True):
    """The shares of notes, and the lines that belong to no one in particular."""

    shares: tuple[NotesShare, ...]
    common: tuple[NumberedLine, ...] = ()
