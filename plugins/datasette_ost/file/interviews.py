"""Interviews as a list, and how regular they are."""

import sqlite3
from datetime import date

from msgspec import Struct

from datasette_ost.file.kinds import TELLING
from datasette_ost.file.rows import records, rows
from ost.days import away, monday, read_day


class InterviewRow(Struct):
    """An interview or signal in a list."""

    id: str
    kind: str
    title: str
    date: str | None
    participant: str | None
    segment: str | None
    illustrative: int
    moments: int


INTERVIEW = """
select id, kind, title, date, participant, segment, illustrative, (
    select count(*)
    from moment
    where moment.source = node.id
  )
from node
"""
"""The start of a query whose rows become `InterviewRow` values."""

_NEWEST = f"""{INTERVIEW}
where kind = :kind
order by date desc, title, id
limit :most
"""


def newest_interviews(connection: sqlite3.Connection, most: int) -> list[InterviewRow]:
    """The newest interviews, each with the number of its moments."""
    found: list[InterviewRow] = []
    for (kind,) in rows(connection, f"select * from {TELLING}", {}):  # each by its own index
        found += records(connection, InterviewRow, _NEWEST, {"kind": kind, "most": most})
    return sorted(found, key=lambda each: each.date or "", reverse=True)[:most]


class Rhythm(Struct):
    """How regularly the team interviews: people in the last 30 days, the current streak of weeks,
    and the date of the newest interview.
    """

    people: int
    weeks: int
    last: str | None


_PEOPLE = f"""
select count(distinct coalesce(participant, 'unknown'))
from node
where kind in {TELLING}
  and date between :first and :last
"""
_DAYS = f"select distinct date from node where kind in {TELLING} and date <= :last order by 1 desc"


def rhythm(connection: sqlite3.Connection, today: str) -> Rhythm:
    """The rhythm as of a day."""
    day = read_day(today)
    if day is None:
        return Rhythm(0, 0, None)
    held = [str(row[0]) for row in rows(connection, _DAYS, {"last": today})]
    month = {"first": away(day, -30).isoformat(), "last": today}
    people = rows(connection, _PEOPLE, month)[0][0]
    return Rhythm(people, _weeks(held, day), held[0] if held else None)


def _weeks(held: list[str], today: date) -> int:
    """The number of consecutive weeks with an interview. This week does not break the streak while
    it lasts.
    """
    known = [day for each in held if (day := read_day(each))]
    mondays = {monday(day) for day in known}
    week = monday(today)
    if week not in mondays:
        week = away(week, -7)
    weeks = 0
    while week in mondays:
        weeks, week = weeks + 1, away(week, -7)
    return weeks
