"""Turns one person's share of notes into a draft snapshot without losing a line."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from ost.exchange import clock
from ost.exchange.foreign.imports import Terms
from ost.exchange.foreign.prompts import PROMPTS
from ost.exchange.foreign.pseudonyms import impersonal
from ost.exchange.foreign.source_lines import NumberedLine
from ost.exchange.interview_notes.headings import part_of
from ost.exchange.interview_notes.labels import (
    LEFT_OUT,
    Labelled,
    initials,
    labelled,
    names_people,
    trio,
    value,
)
from ost.exchange.interview_notes.share import NotesShare
from ost.exchange.interview_notes.turns import spoken_line
from ost.exchange.snapshots.passages import renamed
from ost.read import grammar
from ost.read.blocks import BlockEvent
from ost.read.letters import fold
from ost.tree.sections import FACTS, STORY

_TRIO = frozenset({"interviewers", "pm", "designer", "engineer"})
_BULLET = re.compile(r"[ \t]*(?:[-*+•>]|\d{1,3}[.)])[ \t]")
_TIMED = re.compile(
    r"(?P<lead>[ \t]*(?:[-*+][ \t]+)?)(?P<time>\d{1,2}:\d{2}(?::\d{2})?)[ \t]*[-–—:]?[ \t]+(?=\S)"
)
_OPENS = re.compile(
    r"[ \t]*(?:(?P<strong>\*\*|__)(?=[^*_\n]+(?:\*\*|__):?[ \t]*$))?"
    r"(?P<words>[^\W\d_][^*_:\n]{1,40}):?(?(strong)(?:\*\*|__):?|(?<=:))[ \t]*"
)
_PLAIN = re.compile(r"[ \t]*(?P<words>[^\W\d_][^*_:.?!\n]{1,30})")
"""A line without marks that may act as a heading."""
_EMBEDDED = re.compile(r"[ \t]*(?P<name>\[[^\]\n]{1,60}\]:[ \t]*<?data:)")
"""A picture that Google Docs exports below the text. It may be larger than all the notes."""
_SHORT = 6
"""The maximum of words in a label's value. Anything longer is speech, not a field."""


class NotesReader(Struct, frozen=True):
    """What is known about all notes: words, headings, people, and interviewers (folded)."""

    terms: Terms
    sections: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    asking: frozenset[str]


class NotedSnapshot(Struct, frozen=True):
    """The fields and the text of a draft, and the lines that the terms leave out."""

    fields: Mapping[str, str]
    body: str
    left_out: tuple[NumberedLine, ...]


def snapshot(
    share: NotesShare, common: Iterable[Labelled], reader: NotesReader, *, title: int = -1
) -> NotedSnapshot:
    """The draft of a share. `common` are labels that apply to all of the notes; the heading in line
    `title` is the draft's own.
    """
    sorting = _Sorting(reader)
    for label in common:
        sorting.field(label, said=False)
    sorting.repeated = _repeated(share.lines, reader)
    headings = _headings(share.lines)
    skipped = -1
    for index, (number, line) in enumerate(share.lines):
        sorting.at = number
        event = headings.get(index)
        if event is not None:
            skipped = index + event.content.count("\n") + 1
            if number != title:
                sorting.heading(event)
        elif not (index <= skipped and re.fullmatch(r"[ \t]*[=-]+[ \t]*", line)):
            alone = not index or not share.lines[index - 1][1].strip()
            sorting.line(line, alone=alone)
    return NotedSnapshot(dict(sorting.given()), sorting.body(), tuple(sorting.left_out))


def _headings(lines: Iterable[NumberedLine]) -> dict[int, BlockEvent]:
    text = "\n".join(line for _, line in lines)
    return {event.line: event for event in grammar.blocks(text)[0] if event.type == "heading"}


def _repeated(lines: Iterable[NumberedLine], reader: NotesReader) -> frozenset[str]:
    """Labels that occur on several lines: speakers."""
    found = (labelled(line, reader.terms) for _, line in lines)
    many = Counter(fold(each.label) for each in found if each)
    return frozenset(label for label, count in many.items() if count > 1)


class _Sorting:
    """Sorts the lines of a share into the parts of a snapshot."""

    def __init__(self, reader: NotesReader) -> None:
        self.reader = reader
        self.parts: dict[str, list[str]] = {name: [] for name in PROMPTS}
        self.left_out: list[NumberedLine] = []
        self.at = 0
        self.repeated: frozenset[str] = frozenset()
        self._fields: dict[str, str] = {}
        self._trio: dict[str, str] = {}
        self._part: str | None = ""
        self._level = 0
        self._turn = False

    def heading(self, event: BlockEvent) -> None:
        """Takes a heading, which opens a part or belongs to one."""
        words = event.content.replace("\n", " ").strip()
        found = part_of(words, self.reader.terms, self.reader.sections)
        deeper = bool(self._part) and event.level > self._level
        self._turn = False
        if found is None or found:
            self._part, self._level = found, event.level
        elif not deeper:
            self._part, self._level = STORY, 0
        if self._part is None:
            self.left_out.append((self.at, self._clean(words)))
        elif not found or re.search(r"[\d(\[]", words):
            marks = "#" * max(3, min(event.level, 6))
            self._write(self._part, "", f"{marks} {self._clean(words)}", "")

    def line(self, line: str, *, alone: bool) -> None:
        """Takes a line of text. It is `alone` if a blank line is above it, as above a heading."""
        if self._part is None:
            if line.strip():
                self.left_out.append((self.at, self._clean(line.strip())))
            return
        if embedded := _EMBEDDED.match(line):
            self.left_out.append((self.at, f"{embedded['name']}…"))
            return
        terms = self.reader.terms
        opened = _OPENS.fullmatch(line) or (_PLAIN.fullmatch(line) if alone else None)
        if opened and part_of(opened["words"], terms, self.reader.sections):
            self.heading(BlockEvent("heading", 0, 7, opened["words"]))
            return
        label = labelled(line, terms) if self._part in ("", FACTS) else None
        if label and label.field and self._is_label(label):
            self.field(label, said=True)
            return
        turn = spoken_line(line, terms, self.reader.asking)
        if turn and self._part in ("", STORY):
            name = self._speaker(turn.name, ours=turn.ours)
            self._write(STORY, f"- {name}: {self._clean(turn.words)}")
            self._turn = True
            return
        if label and not self._part and label.value:
            bullet = _BULLET.match(line)
            words = line[bullet.end() :] if bullet else line
            self._write(FACTS, f"- {self._clean(words.strip())}")
            return
        if not line.strip():
            self._turn = False
        elif self._turn and not _BULLET.match(line):
            line = f"  {line.strip()}"
        self._write(self._part or STORY, self._timed(self._clean(line)))

    def field(self, label: Labelled, *, said: bool) -> None:
        """Takes a label that means a field. With `said`, a value that does not fit is a fact."""
        if label.field == LEFT_OUT:
            if said:
                self.left_out.append((self.at, f"{label.label}: {label.value}"))
            return
        if label.field in _TRIO:
            found = trio(label.field, label.value)
            self._trio.update(found)
            if said and not found and label.value:
                names = re.split(r"[,;&+/]|\band\b|\bund\b", label.value)
                short = ", ".join(filter(None, map(initials, names)))
                self._write(FACTS, f"- {label.label}: {short}")
            return
        taken = value(label.field, label.value)
        if taken and label.field != "participant":
            self._fields.setdefault(label.field, impersonal(renamed(taken, self.reader.names)))
        clean = self._clean(label.value)
        whole = fold(clean) == fold(taken) or (label.field == "date" and bool(taken))
        if said and label.field == "participant":
            whole = clean.strip() in self.reader.names.values()
        if said and clean and not (whole and len(clean.split()) <= _SHORT):
            self._write(FACTS, f"- {label.label}: {clean}")

    def given(self) -> Iterator[tuple[str, str]]:
        """The fields found."""
        yield from self._fields.items()
        if self._trio:
            yield "interviewers", f"{{{', '.join(f'{k}: {v}' for k, v in self._trio.items())}}}"

    def body(self) -> str:
        """The parts with text, and the prompt for opportunities."""
        made = []
        for name, lines in self.parts.items():
            written = "\n".join(lines).strip("\n")
            if not written and name == "Opportunities":
                written = f"<!-- {PROMPTS[name]} -->"
            if written:
                made.append(f"## {name}\n\n{written}")
        return re.sub(r"\n{3,}", "\n\n", "\n\n".join(made))

    def _is_label(self, label: Labelled) -> bool:
        if label.field == LEFT_OUT:
            return True
        if fold(label.label) in self.repeated:
            return False
        if label.field in ("participant", *_TRIO):
            return names_people(label.value)
        return label.field == "date" or len(label.value.split()) <= _SHORT

    def _write(self, part: str, *lines: str) -> None:
        name = part.capitalize()
        self.parts[name if name in self.parts else "Story"] += lines

    def _speaker(self, name: str, *, ours: bool) -> str:
        if ours:
            return "Interviewer" if fold(name) in self.reader.asking else name
        return renamed(name, self.reader.names)

    def _clean(self, text: str) -> str:
        return impersonal(renamed(text, self.reader.names))

    def _timed(self, line: str) -> str:
        """The line with a bare time before its words turned into a timestamp."""
        found = _TIMED.match(line)
        if not found or not clock.CHAPTER.match(found["time"]):
            return line
        return f"{found['lead']}[{found['time']}] {line[found.end() :]}"
