"""Import replies to a recruiting prompt as interviews and signals.

FILE is the CSV export of a survey, a prompt or a scheduler. A reply that books or agrees to a call
becomes the stub of an interview; any other answer becomes a signal. Names, addresses and phone
numbers are left out. Importing a longer export later adds only what is new.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
from ost.exchange.tables.sheet import ForeignRow, rows
from ost.read.letters import fold, name
from ost.read.scalar import line, scalar

_WHO = re.compile(
    r"\b(?:e-?mail|name|phone|mobile|user|visitor|contact|invitee|respondent|customer|ip|address)\b"
    r"|\b(?:user|visitor|contact|customer|session|device)[ _-]?id\b",
    re.IGNORECASE,
)
_ID = re.compile(
    r"^(?:response|reply|submission|survey|ticket|event|row)?[ _-]*(?:id|uuid|#)$", re.IGNORECASE
)
_START = re.compile(
    r"\b(?:start(?:s|ing)?|scheduled|booked|appointment|slot|event (?:date|time))\b", re.IGNORECASE
)
_DAY = re.compile(
    r"\b(?:date|time|created|submitted|responded|completed|answered|received|on|at)\b",
    re.IGNORECASE,
)
_SEGMENT = re.compile(
    r"\b(?:segment|persona|plan|role|company size|describes you)\b", re.IGNORECASE
)
_AGREES = re.compile(
    r"\b(?:interview|call you|talk to|speak to|contact you|follow[- ]?up)\b", re.IGNORECASE
)
_YES = frozenset(("yes", "y", "true", "1", "ok", "sure", "ja", "oui", "si", "sí"))
_LEAST_ANSWER = _LEAST_COLUMNS = 2


class _Columns(Struct, frozen=True):
    who: tuple[int, ...]
    ids: tuple[int, ...]
    start: int | None
    day: int | None
    segment: int | None
    agrees: tuple[int, ...]
    answers: tuple[int, ...]


EXAMPLE = "intercom.csv"
SIGNS = "a table with answers, and with columns about persons or with bookings"


def recognise(material: Material) -> Sureness:
    """By whether it is a table of dated answers or bookings."""
    if material.suffix not in {".csv", ".tsv"}:
        return 0
    head = next((row.cells for row in rows(material.text, [])), ())
    if len(head) < _LEAST_COLUMNS:
        return 0
    columns = _columns([" ".join(each.split()) for each in head])
    invites = columns.start is not None or bool(columns.agrees)
    return 2 if columns.who and invites else 1 if columns.who and columns.answers else 0


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The replies of an export as nodes. Their source is the material's name."""
    del terms  # the columns say what they are
    nodes: list[ForeignNode] = []
    unread: list[UnreadLine] = []
    left_out: list[UnreadLine] = []
    tool = name(PurePosixPath(material.name).stem) or "reply"
    for path, text in material.files.items():
        strange: list[tuple[int, str]] = []
        found = list(rows(text, strange))
        if found and len(found[0].cells) >= _LEAST_COLUMNS:  # one column is a text, not a table
            export = _Export(tool, path, found[0], here)
            nodes += export.replies(found[1:], strange)
            left_out += export.left_out
        unread += [UnreadLine(path, number, "", why) for number, why in strange]
    return ForeignTree(nodes=tuple(nodes), unread=tuple(unread), left_out=tuple(left_out))


class _Export:
    """One export, with its columns and the people in it."""

    def __init__(self, tool: str, path: str, first: ForeignRow, here: Here) -> None:
        self.tool, self.path, self.here = tool, path, here
        self.head = [" ".join(each.split()) for each in first.cells]
        self.columns = _columns(self.head)
        persons = [self.head[at] for at in self.columns.who]
        self.left_out = [UnreadLine(path, first.line, each, "about persons") for each in persons]
        self._people = Pseudonyms(here.participants)

    def replies(
        self, found: Iterable[ForeignRow], strange: list[tuple[int, str]]
    ) -> Iterator[ForeignNode]:
        """The rows as nodes. Lines not understood are added to `strange`."""
        head, columns = self.head, self.columns
        seen: dict[str, int] = {}
        for reply in found:
            number, cells = reply.line, reply.cells
            if len(cells) != len(head):
                strange.append((number, f"{len(cells)} cells below {len(head)} headings"))
            row = [*map(str.strip, cells), *[""] * len(head)][: max(len(head), len(cells))]
            kind = "interview" if _agreed(row, columns) else "signal"
            node_id = f"{self.tool}-{_key(row, columns)}"
            answers = list(_answers(head, row, columns))
            if node_id in seen:
                again = f"line {seen[node_id]} again"
                self.left_out.append(UnreadLine(self.path, number, reply.text, again))
                continue
            if kind == "signal" and not answers and fold(node_id) not in self.here.ids:
                strange.append((number, "no answer in it"))
                continue
            seen[node_id] = number
            person = ""
            if fold(node_id) not in self.here.ids:
                who = "\0".join(row[at].casefold() for at in columns.who if row[at])
                person = self._people.of(who or node_id)
            title = f"{person}: {'interview' if kind == 'interview' else 'reply'} by {self.tool}"
            made = _text(kind, self.tool, person, row, columns, answers, title)
            yield ForeignNode(
                key=node_id, kind=kind, title=title, path=self.path, line=number, whole=made
            )


def _columns(head: Sequence[str]) -> _Columns:
    def first(pattern: re.Pattern[str], without: Collection[int]) -> int | None:
        return next(
            (at for at, each in enumerate(head) if pattern.search(each) and at not in without), None
        )

    ids = tuple(at for at, each in enumerate(head) if _ID.match(each))
    question = {
        at for at, each in enumerate(head) if each.rstrip().endswith("?") or len(each.split()) > 5
    }
    agrees = tuple(at for at, each in enumerate(head) if _AGREES.search(each))
    who = tuple(
        at
        for at, each in enumerate(head)
        if _WHO.search(each.replace("_", " "))
        and at not in question
        and at not in ids
        and at not in agrees
    )
    segment = first(_SEGMENT, who)
    start = first(_START, {*question, *who, *agrees})
    day = first(_DAY, {*question, *who, *agrees, *([start] if start is not None else [])})
    used = {*ids, *who, *agrees, start, day, segment}
    answers = tuple(at for at in range(len(head)) if at not in used)
    return _Columns(who, ids, start, day, segment, agrees, answers)


def _agreed(row: Sequence[str], columns: _Columns) -> bool:
    booked = columns.start is not None and bool(row[columns.start])
    return booked or any(row[at].casefold().strip(" .!") in _YES for at in columns.agrees)


def _key(row: Sequence[str], columns: _Columns) -> str:
    """What identifies a row: the tool's own id, or all of its text."""
    own = [row[at] for at in columns.ids if row[at]]
    text = "\0".join(own or row).rstrip("\0")
    return blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()


def _answers(
    head: Sequence[str], row: Sequence[str], columns: _Columns
) -> Iterator[tuple[str, str]]:
    for at in (*columns.answers, *range(len(head), len(row))):
        words = impersonal(line(row[at]))
        if len(words) >= _LEAST_ANSWER or words.isdecimal():
            yield (head[at] if at < len(head) else "more"), words


def _text(
    kind: str,
    tool: str,
    person: str,
    row: Sequence[str],
    columns: _Columns,
    answers: Sequence[tuple[str, str]],
    title: str,
) -> str:
    booked = columns.start is not None and bool(row[columns.start])
    at = columns.start if booked else None if kind == "interview" else columns.day
    day = "" if at is None else written_day(row[at])
    segment = row[columns.segment] if columns.segment is not None else ""
    fields: Mapping[str, str] = {
        "kind": kind,
        "date": day,
        "source": tool if kind == "signal" else "",
        "participant": person,
        "segment": impersonal(line(segment)),
        "recruited": "in-product" if kind == "interview" else "",
    }
    rows = ["---", *(f"{name}: {scalar(each)}" for name, each in fields.items() if each), "---"]
    rows.append(f"# {title}")
    if answers:
        rows += ["", "## Quick facts" if kind == "interview" else "## Answers", ""]
        rows += [f"- {_plain(question)}: {_plain(words)}" for question, words in answers]
    return "\n".join(rows) + "\n"


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_<>\[\]])", r"\\\1", text)
