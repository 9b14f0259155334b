"""Who said what: opportunities by segment and month, and what one person said."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from datasette_ost.file.moments import Moment, moments
from datasette_ost.file.nodes import (
    BOX,
    MENTION,
    Box,
    Mention,
    boxes,
)
from datasette_ost.file.rows import About, about, number, rows
from datasette_ost.page import (
    Copy,
    Navigation,
    Page,
    PageRequest,
    file_name,
)
from datasette_ost.view import words
from datasette_ost.view.links import Links
from ost.days import away
from ost.render import clock


class OpportunityEvidence(Struct):
    """An opportunity, and how many participants told of it: by segment, and moments by month."""

    box: Box
    segments: dict[str, int]
    months: dict[str, int]


class UnmappedQuote(Struct):
    """Words of an interview that no opportunity took up."""

    text: str
    second: int | None
    url: str | None
    source: Mention


class EvidencePage(Struct):
    """`/-/ost/evidence.json`: opportunities by segment and month, each by its own moments only.

    Arguments: `participant`, whose `thread` it gives; `from`, the first opportunity's number; and
    `segment`, whose months it gives alone.
    """

    about: About
    opportunities: list[OpportunityEvidence]
    segments: dict[str, int]
    months: list[str]
    first: int
    more: int
    unmapped: list[UnmappedQuote]
    more_unmapped: int
    participant: str
    thread: list[Moment]
    segment: str = ""


AT_MOST = 50


SEGMENTS = 6


MONTHS = 6


_OPPORTUNITIES = f"""
select {BOX}
from node
where kind = 'opportunity'
  and lft is not null
order by lft
limit :most offset :first
"""


_OWN = """
from moment
join node as source on source.id = moment.source
where moment.node in (select value from json_each(:nodes))
  and moment.kind = 'story'
  and moment.stance = 'for'
  and (:segment = '' or source.segment = :segment)
group by 1, 2
"""


_BY_SEGMENT = (
    "select moment.node, coalesce(source.segment, ''), count(distinct moment.participant)" + _OWN
)


_BY_MONTH = "select moment.node, substr(moment.date, 1, 7), count(*)" + _OWN


_SEGMENTS = """
select coalesce(segment, ''), count(*)
from participant
group by 1
order by 2 desc, 1
limit :most
"""


_MONTHS = """
select distinct substr(date, 1, 7)
from node
where kind = 'interview'
  and date is not null
order by 1 desc
limit :most
"""


_UNMAPPED = f"""
select count(*) over (), quote.text, quote.second, quote.url, {MENTION}
from quote
join node on node.id = quote.source
where quote.moment is null
  and node.kind = 'interview'
  and not exists (select 1 from moment where moment.source = quote.source)
order by node.date desc, quote.position
limit :most
"""


_THREAD = """
where moment.participant = :participant
order by moment.date, moment.source, moment.position
limit 200
"""


def read(connection: sqlite3.Connection, request: PageRequest) -> EvidencePage:
    """What one participant said, or all opportunities."""
    if participant := request.text("participant"):
        return _thread(connection, participant)
    first = request.number("from", 0, 1_000_000) or 0
    return _evidence(connection, first, request.text("segment"))


def _thread(connection: sqlite3.Connection, participant: str) -> EvidencePage:
    """What one participant said."""
    told = moments(connection, _THREAD, {"participant": participant})
    return EvidencePage(about(connection), [], {}, [], 0, 0, [], 0, participant, told)


def _evidence(connection: sqlite3.Connection, first: int, segment: str = "") -> EvidencePage:
    """Opportunities by segment and month, so many left out at the beginning; the months of one
    segment alone, if it is named.
    """
    shown = boxes(connection, _OPPORTUNITIES, {"most": AT_MOST, "first": first})
    made = {each.id: OpportunityEvidence(each, {}, {}) for each in shown}
    asked = {"nodes": json.dumps(list(made))}
    for node, heard, people in rows(connection, _BY_SEGMENT, {**asked, "segment": ""}):
        made[node].segments[heard] = people
    for node, month, many in rows(connection, _BY_MONTH, {**asked, "segment": segment}):
        made[node].months[month or ""] = many
    many = number(connection, "select count(*) from node where kind = 'opportunity'")
    loose = rows(connection, _UNMAPPED, {"most": 20})
    return EvidencePage(
        about(connection),
        list(made.values()),
        dict(rows(connection, _SEGMENTS, {"most": SEGMENTS})),
        [each[0] for each in reversed(rows(connection, _MONTHS, {"most": MONTHS}))],
        first,
        max(0, many - first - len(shown)),
        [
            UnmappedQuote(text, second, url, Mention(*source))
            for _, text, second, url, *source in loose
        ],
        loose[0][0] - len(loose) if loose else 0,
        "",
        [],
        segment,
    )


STALE = 90
"""Days after which what was heard is called stale."""


def show(found: EvidencePage, _: Links) -> dict[str, object]:
    """Opportunities by segment and month; what is thin or stale is said in words."""
    heard = (each.box.last_heard or "" for each in found.opportunities)
    day = found.about.as_of or max(heard, default="")
    return {
        "spots": {each.box.id: _spot(each, day) for each in found.opportunities},
        "month": words.month,
        "words": words,
        "clock": clock,
    }


def _spot(heard: OpportunityEvidence, today: str) -> str:
    people = heard.box.participants
    if not people:
        return "nobody heard"
    if people == 1:
        return "one voice"
    try:
        edge = away(date.fromisoformat(today), -STALE)
        if date.fromisoformat(heard.box.last_heard or "") < edge:
            return f"stale since {words.day(heard.box.last_heard)}"
    except ValueError:
        return ""
    return ""


def month_and_year(text: str) -> str:
    """`Oct 2026` for `2026-10`."""
    year, _, number = text.partition("-")
    known = number.isdigit() and 1 <= int(number) <= 12
    return f"{words.MONTHS[int(number) - 1]} {year}" if known else text


_PEOPLE = "select id from participant order by id"
_OPPORTUNITY_COUNT = "select count(*) from node where kind = 'opportunity'"


def copies(connection: sqlite3.Connection) -> Iterator[Copy]:
    """The page in pieces, and one for each person."""
    yield Copy()
    for first in range(AT_MOST, number(connection, _OPPORTUNITY_COUNT), AT_MOST):
        yield Copy(args={"from": str(first)}, file=f"from-{first}")
    for (person,) in rows(connection, _PEOPLE, {}):
        yield Copy(args={"participant": person}, file=file_name(person))


PAGE = Page(read=read, show=show, navigation=Navigation("Evidence", 20), copies=copies)
