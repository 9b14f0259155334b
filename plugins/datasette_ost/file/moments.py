"""What people said: moments with their quotes, and who mentioned a node."""

import json
import sqlite3
from typing import Any

from msgspec import Struct, field

from datasette_ost.file.nodes import Mention
from datasette_ost.file.rows import Parameters, Second, columns, record, records, rows
from datasette_ost.file.titles import title_words


class QuoteRow(Struct):
    """A participant's own words. `further` holds its timestamps after the first; `turn` is its
    place in the transcript.
    """

    id: str
    source: str
    moment: str | None
    participant: str | None
    text: str
    section: str | None
    second: int | None
    url: str | None
    position: int
    line: int
    further: list[Second]
    turn: int | None = None


class MomentRow(Struct):
    """One place in an interview where someone said something about a node. `about` is the node,
    `of` the interview. `recorded` is 1 if the interview names a recording, 2 if there is a
    transcript.
    """

    id: str
    stance: str
    kind: str
    words: str
    second: int | None
    url: str | None
    date: str | None
    participant: str | None
    position: int
    line: int
    further: list[Second]
    about: Mention
    of: Mention
    segment: str | None
    recorded: int = 0
    quotes: list[QuoteRow] = field(default_factory=list)


class Voice(Struct):
    """A person who mentioned a node."""

    participant: str
    segment: str | None
    moments: int
    illustrative: int


QUOTE = columns(QuoteRow, "quote")

TRANSCRIBED = 2
"""The value of `recorded` if there is a transcript."""


def recorded(interview: str) -> str:
    """SQL for how an interview was recorded: 2 with a transcript, 1 with a recording alone. The
    query calls the table `interview`.
    """
    turns = f"exists (select 1 from turn where turn.interview = {interview}.id)"
    return f"iif({turns}, {TRANSCRIBED}, {interview}.recording is not null)"


_MOMENT = (
    "id",
    "stance",
    "kind",
    "words",
    "second",
    "url",
    "date",
    "participant",
    "position",
    "line",
    "further",
)

_WIDTH = len(Mention.__struct_fields__)

_MOMENTS = f"""
select
  {", ".join(f"moment.{each}" for each in _MOMENT)},
  {columns(Mention, "subject")},
  {columns(Mention, "source")},
  source.segment, {recorded("source")}
from moment
join node as subject on subject.id = moment.node
join node as source on source.id = moment.source
"""

_QUOTES = f"""
select {QUOTE}
from quote
where moment in (select value from json_each(:moments))
order by source, position
"""


def moments(connection: sqlite3.Connection, where: str, parameters: Parameters) -> list[MomentRow]:
    """Moments, each with its quotes."""
    found = []
    for row in rows(connection, _MOMENTS + where, parameters):
        own, rest = row[: len(_MOMENT)], row[len(_MOMENT) :]
        values: list[Any] = [*own, Mention(*rest[:_WIDTH]), Mention(*rest[_WIDTH : 2 * _WIDTH])]
        values += rest[-2:]
        found.append(record(MomentRow, values))
    by_id = {each.id: each for each in found}
    if by_id:
        title_words(connection, "moment", "words", ((each.of.id, each) for each in found))
        for quote in quotes(connection, _QUOTES, {"moments": json.dumps(list(by_id))}):
            by_id[quote.moment or ""].quotes.append(quote)
    return found


def quotes(connection: sqlite3.Connection, sql: str, parameters: Parameters) -> list[QuoteRow]:
    """Quotes."""
    found = records(connection, QuoteRow, sql, parameters)
    title_words(connection, "quote", "text", ((each.source, each) for each in found))
    return found


_VOICES = """
select evidence.participant, participant.segment, evidence.moments, participant.illustrative
from evidence
join participant on participant.id = evidence.participant
where evidence.node = :id
order by evidence.moments desc, evidence.participant
limit :most
"""


def voices(connection: sqlite3.Connection, node_id: str, most: int) -> list[Voice]:
    """The people who mentioned a node or anything below it, those with the most mentions first."""
    return records(connection, Voice, _VOICES, {"id": node_id, "most": most})
