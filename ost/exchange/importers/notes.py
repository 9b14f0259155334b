"""Import interview notes as draft snapshots, one for each person.

It tells people apart by headings such as Participant 3, P07 or Interview with Anna, by rows or
columns of a table, by repeated labels, and by who speaks. Names become pseudonyms, addresses and
phone numbers are removed. Labels such as Date and Segment become fields, headings the parts of a
snapshot; everything else stays in its place. A mapping file defines other labels and headings, and
the pseudonyms of people.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import PurePosixPath

from msgspec import Struct

from ost.exchange.foreign.dates import written_day
from ost.exchange.foreign.imports import (
    ForeignNode,
    ForeignTree,
    Here,
    Material,
    Sureness,
    Terms,
    UnreadLine,
)
from ost.exchange.foreign.pseudonyms import Pseudonyms, impersonal
from ost.exchange.foreign.source_lines import NumberedLine
from ost.exchange.interview_notes.division import divide_notes
from ost.exchange.interview_notes.labels import Labelled, labelled
from ost.exchange.interview_notes.people import NotedPerson, codes, find_person
from ost.exchange.interview_notes.share import NotesDivision, NotesShare
from ost.exchange.interview_notes.snapshot import NotesReader, snapshot
from ost.exchange.interview_notes.tables import sheet
from ost.exchange.interview_notes.turns import asking, speakers
from ost.exchange.snapshots.passages import renamed
from ost.judge.person_names import in_id
from ost.read import grammar
from ost.read.extent import extent
from ost.read.letters import fold
from ost.read.likeness import NOTES, likeness
from ost.read.speakers import split_names
from ost.read.vocabulary import vocabulary
from ost.tree.sections import part

EXAMPLE = "interviews.md"
SIGNS = "headings, labels, rows or speakers that name people"

_SUFFIXES = ("", ".md", ".markdown", ".txt", ".csv", ".tsv")
_TABLES = (".csv", ".tsv")
_FIELDS = 2
_PARTS = 2
_STRONG = re.compile(r"(\*\*|__)(.+)\1")
"""A heading in bold, as Google Docs exports it."""


class _Notes(Struct, frozen=True):
    """One file of notes, divided among people."""

    path: str
    title: str
    division: NotesDivision
    labels: tuple[Labelled, ...]
    front: tuple[NumberedLine, ...]


def recognise(material: Material) -> Sureness:
    """By whether it names people and contains their words."""
    if material.folder or material.suffix not in _SUFFIXES or not material.text.strip():
        return 0
    if material.suffix in _TABLES:
        return 1 if sheet(material.text, {}, Terms()) else 0
    lines = material.text.split("\n")
    division = divide_notes(material.text, Terms())
    if len(division.shares) > 1:
        return 3 if len(division.shares) > 2 else 2
    spoken = speakers(lines, Terms())
    found = [each for line in lines if (each := labelled(line, Terms())) and each.field]
    labels = {each.field for each in found}
    person = division.shares[0].person
    if person or "participant" in labels:
        return 2 if spoken or len(labels) >= _FIELDS or person else 1
    if spoken and NOTES in likeness((), material.text, vocabulary()):
        return 2
    return 2 if len(_parts(material.text)) >= _PARTS else 0


def _parts(text: str) -> frozenset[str]:
    """The parts of a snapshot that the headings name."""
    headings = (event.content for event in grammar.blocks(text)[0] if event.type == "heading")
    return frozenset(each for each in map(part, headings) if each)


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """A draft for each person in the notes."""
    files = [_notes(path, text, terms) for path, text in material.files.items()]
    called = _Pseudonyms(files, terms, here)
    nodes: list[ForeignNode] = []
    unread: list[UnreadLine] = []
    left_out: list[UnreadLine] = []
    for notes in files:
        for at, share in enumerate(notes.division.shares):
            node, left = called.node(notes, share, at)
            nodes.append(node)
            left_out += (UnreadLine(notes.path, line + 1, text) for line, text in left)
        unread += called.unread(notes)
    return ForeignTree(
        nodes=tuple(nodes),
        unread=tuple(unread),
        left_out=tuple(left_out),
        notes=tuple(called.notes()),
    )


def _notes(path: str, text: str, terms: Terms) -> _Notes:
    front = extent(text)
    body = text[front.body :] if front else text
    first = text[: front.body].count("\n") if front else 0
    above = tuple(enumerate(text.split("\n")[:first]))
    table = path.casefold().endswith(_TABLES)
    found = (sheet(body, terms.people, terms) if table else None) or divide_notes(body, terms)
    division = _moved(found, first)
    common = [*above, *division.common]
    labels = tuple(each for _, line in common if (each := labelled(line, terms)) and each.field)
    stem = PurePosixPath(path).stem
    return _Notes(path, _title(body, terms) or stem.replace("_", " "), division, labels, above)


def _moved(division: NotesDivision, by: int) -> NotesDivision:
    """The same lines, numbered as in the whole file."""

    def moved(lines: Iterable[NumberedLine]) -> tuple[NumberedLine, ...]:
        return tuple((number + by, line) for number, line in lines)

    shares = tuple(
        NotesShare(each.person, each.line + by, moved(each.lines), each.fields)
        for each in division.shares
    )
    return NotesDivision(shares, moved(division.common))


def _title(text: str, terms: Terms) -> str:
    """The first-level heading, unless several name people."""
    firsts = [
        _STRONG.sub(r"\2", " ".join(event.content.split()))
        for event in grammar.blocks(text)[0]
        if event.type == "heading" and event.level == 1
    ]
    named_ = [each for each in firsts if find_person(each, terms.people)]
    return next((each for each in firsts if each not in named_ or len(named_) == 1), "")


class _Pseudonyms:
    """The pseudonyms of people throughout an import."""

    def __init__(self, files: Sequence[_Notes], terms: Terms, here: Here) -> None:
        self.terms, self.here = terms, here
        self.pseudonyms = Pseudonyms(here.participants, terms.people)
        self.names: dict[str, str] = dict(terms.people)
        self._codes: dict[tuple[str, int], tuple[str, ...]] = {}
        self._asking: dict[str, frozenset[str]] = {}
        self._keys: Counter[str] = Counter()
        people = {
            (notes.path, at): _people(share, notes, terms)
            for notes in files
            for at, share in enumerate(notes.division.shares)
        }
        for found in people.values():
            for person in found:
                self.pseudonyms.reserve(person.code)
        for key, found in people.items():
            self._codes[key] = tuple(self._code(key[0], person) for person in found)
        for notes in files:
            self._speakers(notes)

    def _code(self, path: str, person: NotedPerson) -> str:
        if person.code:
            return person.code
        if person.number:
            return self.pseudonyms.numbered(path, person.number)
        code = self.pseudonyms.of(person.name)
        self.names[person.name] = code
        return code

    def _speakers(self, notes: _Notes) -> None:
        """Treats those who ask as interviewers, and gives other named people pseudonyms."""
        lines = [line for share in notes.division.shares for _, line in share.lines]
        self._asking[notes.path] = asking(lines, self.terms)
        for name, ours in speakers(lines, self.terms).items():
            person = find_person(name, self.terms.people, alone=True)
            if not ours and person and person.name and not self._is_only_person(notes, person):
                self._code(notes.path, person)

    def _is_only_person(self, notes: _Notes, person: NotedPerson) -> bool:
        """Whether a speaker, named by first name, is the only person in the notes."""
        first = fold(person.name).partition("-")[0]
        for name, code in list(self.names.items()):
            if fold(name).partition("-")[0] == first:
                self.names.setdefault(person.name, code)
                return True
        return False

    def node(
        self, notes: _Notes, share: NotesShare, at: int
    ) -> tuple[ForeignNode, tuple[NumberedLine, ...]]:
        """The draft for one person's share, and the lines left out of it."""
        called = self._codes[(notes.path, at)]
        reader = NotesReader(
            self.terms, self.here.sections, self.names, self._asking.get(notes.path, frozenset())
        )
        single = len(notes.division.shares) == 1
        head = self._head(share) if single else -1
        labels = [Labelled(field, field, value) for field, value in share.fields]
        made = snapshot(share, (*labels, *notes.labels), reader, title=head)
        fields = {"participant": ", ".join(called), "date": self._day(notes, share), **made.fields}
        if len(called) > 1:
            fields["participant"] = f"[{', '.join(called)}]"
        node = ForeignNode(
            key=self._key(notes, share),
            kind="interview",
            title=self._named(notes, share, called, single=single),
            fields=fields,
            body=made.body,
            path=notes.path,
            line=share.line + 1,
        )
        return node, made.left_out

    def _day(self, notes: _Notes, share: NotesShare) -> str:
        """The day in the heading of the share or, failing that, of all notes; "" for none."""
        own = written_day(share.person.words) if share.person else ""
        return own or written_day(notes.title)

    def _head(self, share: NotesShare) -> int:
        text = "\n".join(line for _, line in share.lines)
        for event in grammar.blocks(text)[0]:
            if event.type == "heading" and event.level == 1:
                return share.lines[event.line][0]
        return -1

    def _named(
        self, notes: _Notes, share: NotesShare, codes: tuple[str, ...], *, single: bool
    ) -> str:
        """The draft's title: the pseudonym and the words of the heading."""
        words = notes.title if single else share.person.words if share.person else notes.title
        title = impersonal(renamed(words, self.names)).strip()
        code = " and ".join(codes)
        if not code or (code in title and title != code):
            return title
        return f"{code}: {impersonal(renamed(notes.title, self.names)) if title == code else title}"

    def _key(self, notes: _Notes, share: NotesShare) -> str:
        """A key for the share by which the next import recognises it. It contains no name."""
        stem = PurePosixPath(notes.path).stem
        secret = in_id(stem) or renamed(stem, self.names) != stem
        start = _short(fold(stem)) if secret else fold(stem)
        if not share.person:
            return f"notes-{start}"
        who = share.person.key
        again = self._keys[f"{notes.path}\0{who}"]
        self._keys[f"{notes.path}\0{who}"] += 1
        return f"{start}-{_short(who)}" + (f"-{again + 1}" if again else "")

    def unread(self, notes: _Notes) -> Iterator[UnreadLine]:
        """The lines that are in no draft."""
        for number, line in (*notes.front, *notes.division.common):
            found = labelled(line, self.terms)
            taken = found is not None and bool(found.field)
            if any(map(str.isalnum, line)) and not taken:
                yield UnreadLine(
                    notes.path, number + 1, line.strip(), "it belongs to no participant"
                )

    def notes(self) -> Iterator[str]:
        """A note for each pseudonym that was given."""
        for name, code in self.names.items():
            if name not in self.terms.people:
                yield f"{name} is {code}"


def _short(words: str) -> str:
    return blake2b(words.encode("utf-8", "replace"), digest_size=4).hexdigest()


def _people(share: NotesShare, notes: _Notes, terms: Terms) -> tuple[NotedPerson, ...]:
    """The people of a share: as divided, or as a label names them."""
    if share.person:
        several_ = codes(share.person.words)
        return tuple(NotedPerson(each, code=each) for each in several_) or (share.person,)
    inside = [labelled(line, terms) for _, line in share.lines]
    for label in (*inside, *notes.labels):
        if label and label.field == "participant" and len(label.value.split()) <= 8:
            found = [
                find_person(each, terms.people, alone=True) for each in split_names(label.value)
            ]
            people = tuple(each for each in found if each)
            if people and len(people) == len(found):
                return people
            name = label.value.strip(" \"'[]")
            return (NotedPerson(name, name=name),) if name else ()
    return ()
