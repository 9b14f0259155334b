"""One person's share of notes."""

from msgspec import Struct

from ost.exchange.foreign.source_lines import NumberedLine
from ost.exchange.interview_notes.people import NotedPerson


class NotesShare(Struct, frozen=True):
    """The person (None if the notes do not say), the first line, all lines, and further fields by
    name.
    """

    person: NotedPerson | None
    line: int
    lines: tuple[NumberedLine, ...]
    fields: tuple[tuple[str, str], ...] = ()


class NotesDivision(Struct, frozen=True):
    """Each person's share of notes, and the lines that belong to no one in particular."""

    shares: tuple[NotesShare, ...]
    common: tuple[NumberedLine, ...] = ()
