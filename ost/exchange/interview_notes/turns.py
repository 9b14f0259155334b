"""Finds the speakers in notes written as turns: `P07: words`, `Interviewer: words`."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from ost.exchange.foreign.imports import Terms
from ost.exchange.foreign.source_lines import NumberedLine
from ost.exchange.interview_notes.labels import FIELDS
from ost.exchange.interview_notes.people import NotedPerson, find_person, is_name, mapped
from ost.exchange.interview_notes.share import NotesDivision, NotesShare
from ost.read.decoration import speaker_side
from ost.read.letters import fold

_TURN = re.compile(
    r"(?P<lead>[ \t>]*(?:[-*+•][ \t]+|\d{1,3}[.)][ \t]+)?)"
    r"(?P<stamp>[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?[ \t]*[-–—]?[ \t]*)?"
    r"(?P<strong>\*\*|__)?(?P<name>[^\W_][\w.'’ -]{0,30}?)(?P<time>[ \t]*[\[(][\d:.,]+[\])])?"
    r"[ \t]*(?(strong)(?:[:：](?P=strong)|(?P=strong)[ \t]*[:：]?)|[:：])[ \t]+(?P<words>\S.*)"
)
_LEAST = 2


class SpokenLine(Struct, frozen=True):
    """A spoken line: its label, whether the interviewer speaks, and the words with their time."""

    name: str
    ours: bool
    words: str


def spoken_line(line: str, terms: Terms, asking: frozenset[str] = frozenset()) -> SpokenLine | None:
    """The speaker of a line. `asking` are folded names of interviewers."""
    found = _TURN.match(line)
    if found is None:
        return None
    name = found["name"].strip()
    side = "interviewer" if fold(name) in asking else speaker_side(name, (), ())
    if not side and fold(name) not in FIELDS and (is_name(name) or mapped(name, terms.people)):
        side = "participant"
    if not side and find_person(name, terms.people):
        side = "participant"
    if not side:
        return None
    time = re.sub(r"[^\d:]", "", found["stamp"] or found["time"] or "")
    words = f"[{time}] {found['words']}" if time else found["words"]
    return SpokenLine(name, side == "interviewer", words)


def asking(lines: Sequence[str], terms: Terms) -> frozenset[str]:
    """The speakers who only ask. If there are two or more, these are the ones whose turns nearly
    all end in a question mark.
    """
    questions: dict[str, list[bool]] = {}
    for line in lines:
        turn = spoken_line(line, terms)
        if turn and not turn.ours and not find_person(turn.name, {}):
            questions.setdefault(fold(turn.name), []).append(
                turn.words.rstrip(' *_"”)]').endswith("?")
            )
    most = [name for name, asks in questions.items() if len(asks) > 1 and sum(asks) * 2 > len(asks)]
    return frozenset(most) if len(most) < len(questions) else frozenset()


def turns(lines: Sequence[str], terms: Terms) -> NotesDivision | None:
    """The shares of those who answer, if there are several. A question goes with its answer."""
    ours = asking(lines, terms)
    people: dict[str, NotedPerson] = {}
    lines_of: dict[str, list[NumberedLine]] = {}
    common: list[NumberedLine] = []
    waiting: list[NumberedLine] = []
    last = ""
    for number, line in enumerate(lines):
        turn = spoken_line(line, terms, ours)
        if turn is None:
            (waiting or lines_of.get(last, common)).append((number, line))
        elif turn.ours:
            waiting.append((number, line))
        else:
            person = find_person(turn.name, terms.people, alone=True) or NotedPerson(
                turn.name, number=turn.name
            )
            last = person.key
            people.setdefault(last, person)
            lines_of.setdefault(last, []).extend([*waiting, (number, line)])
            waiting = []
    if len(people) < _LEAST:
        return None
    lines_of[last].extend(waiting)
    shares = tuple(
        NotesShare(people[key], lines_[0][0], tuple(lines_)) for key, lines_ in lines_of.items()
    )
    return NotesDivision(shares, tuple(common))


def speakers(lines: Sequence[str], terms: Terms) -> Mapping[str, bool]:
    """All speakers, and whether each asks."""
    return dict(_speakers(lines, terms))


def _speakers(lines: Sequence[str], terms: Terms) -> Iterator[tuple[str, bool]]:
    ours = asking(lines, terms)
    for line in lines:
        turn = spoken_line(line, terms, ours)
        if turn:
            yield turn.name, turn.ours
