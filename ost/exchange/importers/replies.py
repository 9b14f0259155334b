"""The replies that a recruiting tool or a scheduler exports as CSV: a person who booked a call or
agreed to one becomes the stub of an interview, any other answer a signal.

Names, addresses and phone numbers are left out. Rows keep their ids, so a second import of a longer
export adds what is new.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from hashlib import blake2b

from msgspec import Struct

from ost.exchange.redaction import redacted
from ost.exchange.tables.participants import numbered
from ost.exchange.tables.sheet import rows
from ost.read.document import Source
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
_NUMERIC = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_LEAST_ANSWER = _LEAST_COLUMNS = 2


class Reply(Struct, frozen=True):
    """One reply as a file, its kind, and the line of its row."""

    kind: str
    source: Source
    line: int


class Replies(Struct, frozen=True, kw_only=True):
    """What an export holds. `left_out` names columns about persons; `strange` are lines that could
    not be read whole, each with the reason; `doubles` counts rows that were imported before.
    """

    replies: tuple[Reply, ...]
    left_out: tuple[str, ...]
    strange: tuple[tuple[int, str], ...]
    doubles: int


class _Columns(Struct, frozen=True):
    who: tuple[int, ...]
    ids: tuple[int, ...]
    start: int | None
    day: int | None
    segment: int | None
    agrees: tuple[int, ...]
    answers: tuple[int, ...]


def read(text: str, tool: str, known: Collection[str], taken: Collection[str]) -> Replies:
    """The replies of an export. `tool` says where they come from, `known` are ids that exist,
    `taken` the participants of other interviews.
    """
    strange: list[tuple[int, str]] = []
    found = list(rows(text, strange))
    if not found or len(found[0].cells) < _LEAST_COLUMNS:  # one column is a text, not a table
        return Replies(replies=(), left_out=(), strange=tuple(strange), doubles=0)
    head = [" ".join(each.split()) for each in found[0].cells]
    columns = _columns(head)
    people: dict[str, str] = {}
    replies, doubles, seen = [], 0, set(known)
    last = numbered(taken)
    for each in found[1:]:
        number, cells = each.line, each.cells
        if len(cells) != len(head):
            strange.append((number, f"{len(cells)} cells below {len(head)} headings"))
        row = [*map(str.strip, cells), *[""] * len(head)][: max(len(head), len(cells))]
        kind = "interview" if _agreed(row, columns) else "signal"
        node_id = f"{tool}-{_key(row, columns)}"
        if node_id in seen:
            doubles += 1
            continue
        answers = list(_answers(head, row, columns))
        if kind == "signal" and not answers:
            strange.append((number, "no answer in it"))
            continue
        seen.add(node_id)
        person = "\0".join(row[at].casefold() for at in columns.who if row[at]) or node_id
        people.setdefault(person, f"P{last + len(people) + 1:02}")
        made = _text(kind, tool, people[person], row, columns, answers)
        replies.append(Reply(kind, Source(f"{node_id}.md", made), number))
    left_out = tuple(head[at] for at in columns.who)
    return Replies(
        replies=tuple(replies), left_out=left_out, strange=tuple(strange), doubles=doubles
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
    """A row's identity: the tool's own, or else all that it says."""
    own = [row[at] for at in columns.ids if row[at]]
    said = "\0".join(own or row).rstrip("\0")
    return blake2b(said.encode("utf-8", "replace"), digest_size=4).hexdigest()


def _answers(
    head: Sequence[str], row: Sequence[str], columns: _Columns
) -> Iterator[tuple[str, str]]:
    for at in (*columns.answers, *range(len(head), len(row))):
        words = _safe(row[at])
        if len(words) >= _LEAST_ANSWER or words.isdecimal():
            yield (head[at] if at < len(head) else "more"), words


def _safe(text: str) -> str:
    """Words without addresses and numbers of people."""
    return redacted(line(text))


def _text(
    kind: str,
    tool: str,
    person: str,
    row: Sequence[str],
    columns: _Columns,
    answers: Sequence[tuple[str, str]],
) -> str:
    booked = columns.start is not None and bool(row[columns.start])
    at = columns.start if booked else None if kind == "interview" else columns.day
    day = "" if at is None else _day(row[at])
    segment = row[columns.segment] if columns.segment is not None else ""
    fields: Mapping[str, str] = {
        "kind": kind,
        "date": day,
        "source": tool if kind == "signal" else "",
        "participant": person,
        "segment": _safe(segment),
        "recruited": "in-product" if kind == "interview" else "",
    }
    rows = ["---", *(f"{name}: {scalar(each)}" for name, each in fields.items() if each), "---"]
    rows.append(f"# {person}: {'interview' if kind == 'interview' else 'reply'} by {tool}")
    if answers:
        rows += ["", "## Quick facts" if kind == "interview" else "## Answers", ""]
        rows += [f"- {_plain(question)}: {_plain(words)}" for question, words in answers]
    return "\n".join(rows) + "\n"


def _day(written: str) -> str:
    """The day of a cell, where it begins with the year; others could be read in two ways."""
    parts = _NUMERIC.search(written)
    try:
        return date(*map(int, parts.groups())).isoformat() if parts else ""
    except ValueError:
        return ""


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_<>\[\]])", r"\\\1", text)
