"""Divides notes among people: by headings, repeated labels, a table, or speakers."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ost.exchange.foreign.imports import Terms
from ost.exchange.foreign.source_lines import NumberedLine
from ost.exchange.interview_notes.labels import labelled
from ost.exchange.interview_notes.people import NotedPerson, find_person
from ost.exchange.interview_notes.share import NotesDivision, NotesShare
from ost.exchange.interview_notes.tables import tables
from ost.exchange.interview_notes.turns import turns
from ost.read import grammar

_OWN_LINE = re.compile(
    r"[ \t]*(?:(?P<strong>\*\*|__)(?P<bold>[^*_\n]{1,60})(?:\*\*|__):?"
    r"|(?P<ruled>[-=~_]{3,}[ \t]*(?P<inside>[^-=~_\n][^\n]{0,50}?)[ \t]*[-=~_]{3,})"
    r"|(?P<bare>(?![-*+>|#\[•][ \t]|\|)[^\n:：]{1,40})[:：]?)[ \t]*"
)
_PSEUDO = 7
"""The level of a line that only looks like a heading."""
_LEAST = 2
_LONGEST = 3


class NotesHead(Struct, frozen=True):
    """A heading: its line, level and words, and the person it names."""

    line: int
    level: int
    words: str
    person: NotedPerson | None


def divide_notes(text: str, terms: Terms) -> NotesDivision:
    """Each person's share of the notes. Notes that name no one are a single share."""
    lines = text.split("\n")
    heads = list(_heads(text, lines, terms))
    return (
        _by_heads(lines, heads)
        or _by_records(lines, terms)
        or tables(lines, terms.people, terms)
        or (None if any(each.person for each in heads) else turns(lines, terms))
        or _one(lines, heads)
    )


def _one(lines: Sequence[str], heads: Sequence[NotesHead]) -> NotesDivision:
    person = next((each.person for each in heads if each.person), None)
    return NotesDivision((NotesShare(person, 0, tuple(enumerate(lines))),))


def _heads(text: str, lines: Sequence[str], terms: Terms) -> Iterator[NotesHead]:
    """The headings, plus lines that act as headings because they name a person."""
    headings = {event.line: event for event in grammar.blocks(text)[0] if event.type == "heading"}
    names = [
        number
        for number, event in headings.items()
        if (person := find_person(event.content, {}, alone=True)) and person.name
    ]
    levels = [headings[number].level for number in names]
    alone = {level for level in levels if levels.count(level) >= _LEAST}
    for number, line in enumerate(lines):
        event = headings.get(number)
        if event:
            person = find_person(event.content, terms.people, alone=event.level in alone)
            yield NotesHead(number, event.level, event.content, person)
            continue
        found = _OWN_LINE.fullmatch(line) if line.strip() else None
        words = (found["bold"] or found["inside"] or found["bare"] or "") if found else ""
        person = find_person(words, terms.people) if words and not labelled(line, terms) else None
        if found and person and (not found["bare"] or _is_bare(person)):
            yield NotesHead(number, _PSEUDO, words, person)


def _is_bare(person: NotedPerson) -> bool:
    """Whether a line names a person and hardly anything else."""
    return bool(person.code or person.number or person.name) and len(person.rest.split()) <= 3


def _by_heads(lines: Sequence[str], heads: Sequence[NotesHead]) -> NotesDivision | None:
    people = [each for each in heads if each.person]
    for level in sorted({each.level for each in people}):
        mine = [each for each in people if each.level == level]
        if len({each.person.key for each in mine if each.person}) >= _LEAST:
            return _cut(lines, heads, mine, level)
    return None


def _cut(
    lines: Sequence[str], heads: Sequence[NotesHead], mine: Sequence[NotesHead], level: int
) -> NotesDivision:
    """The lines below each of these headings, up to the next one of the same or a higher level."""
    outer = level < _PSEUDO or any(
        each.level < _PSEUDO and each.line > 0 for each in heads if each.line < mine[0].line
    )
    stops = {each.line for each in mine}
    stops |= {each.line for each in heads if outer and each.level <= level and each.level < _PSEUDO}
    ends = sorted({*stops, len(lines)})
    taken: set[int] = set()
    shares = []
    for head in mine:
        end = ends[bisect_right(ends, head.line)]
        taken.update(range(head.line, end))
        own = tuple((at, lines[at]) for at in range(head.line + 1, end))
        shares.append(NotesShare(head.person, head.line, own))
    common = tuple((at, line) for at, line in enumerate(lines) if at not in taken)
    return NotesDivision(tuple(_merged(shares, heads, level)), common)


def _merged(
    shares: Sequence[NotesShare], heads: Sequence[NotesHead], level: int
) -> Iterator[NotesShare]:
    """Joins the lines below several headings of the same person into one share."""
    found: dict[str, list[NotesShare]] = {}
    for share in shares:
        found.setdefault(share.person.key if share.person else "", []).append(share)
    above = [each for each in heads if each.level < level]
    for several in found.values():
        under = [
            next((each for each in reversed(above) if each.line < share.line), None)
            for share in several
        ]
        if len(several) == 1 or len({each.line if each else -1 for each in under}) == 1:
            yield from several
            continue
        lines: list[NumberedLine] = []
        for share, head in zip(several, under, strict=True):
            lines += [(share.line, f"### {head.words}")] if head else []
            lines += share.lines
        yield NotesShare(several[0].person, several[0].line, tuple(lines))


def _by_records(lines: Sequence[str], terms: Terms) -> NotesDivision | None:
    """Starts a new record wherever a participant's label repeats, together with the labels around
    it.
    """
    starts: list[tuple[int, NotedPerson]] = []
    for number, line in enumerate(lines):
        found = labelled(line, terms)
        if found is None or found.field != "participant" or not found.value:
            continue
        person = find_person(found.value, terms.people, alone=True) or _rare_name(found.value)
        if person is None:
            continue
        first = number
        while first and _joins(lines[first - 1], terms) and first - 1 not in dict(starts):
            first -= 1
        starts.append((first, person))
    if len({person.key for _, person in starts}) < _LEAST:
        return None
    ends = [*(first for first, _ in starts[1:]), len(lines)]
    shares = tuple(
        NotesShare(person, first, tuple((at, lines[at]) for at in range(first, end)))
        for (first, person), end in zip(starts, ends, strict=True)
    )
    return NotesDivision(shares, tuple(enumerate(lines[: starts[0][0]])))


def _rare_name(written: str) -> NotedPerson | None:
    """A rare name: up to three capitalised words."""
    words = written.split()
    if len(words) > _LONGEST or not all(each[:1].isupper() and each.isalpha() for each in words):
        return None
    return NotedPerson(written, name=written)


def _joins(line: str, terms: Terms) -> bool:
    found = labelled(line, terms)
    return found is not None and bool(found.field) and found.field != "participant"
