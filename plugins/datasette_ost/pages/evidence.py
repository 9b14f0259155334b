"""Who said what: opportunities by segment and month."""

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from math import log

from markupsafe import Markup
from msgspec import Struct, field

from datasette_ost.file.kinds import TELLING
from datasette_ost.file.moments import recorded
from datasette_ost.file.nodes import (
    BOX,
    MENTION,
    Box,
    Mention,
    boxes,
)
from datasette_ost.file.rows import About, about, number, rows
from datasette_ost.file.titles import title_words
from datasette_ost.page import (
    Copy,
    Navigation,
    Page,
    PageRequest,
    Shown,
)
from datasette_ost.view import words
from datasette_ost.view.links import Links
from ost.days import away, read_day
from ost.recording import clock


class OpportunityEvidence(Struct):
    """An opportunity (or the outcome above it) with the people for and against it, by segment, and
    the mentions for and against it, by month.
    """

    box: Box
    people: int = 0
    people_against: int = 0
    segments: dict[str, int] = field(default_factory=dict)
    against: dict[str, int] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)
    months_against: dict[str, int] = field(default_factory=dict)


class UnmappedQuote(Struct):
    """A quote from an interview that links to no opportunity."""

    text: str
    second: int | None
    url: str | None
    position: int
    source: Mention
    recorded: int = 0


class EvidencePage(Struct):
    """`/-/ost/evidence.json`: opportunities in the tree's order, by segment and month.

    `scope` is `below` to count mentions of an opportunity or anything below it, `own` to count
    mentions of the node itself. `unmapped` are quotes from interviews that mention no opportunity.
    Arguments: `scope`; `from`, the number of the first opportunity; `segment`, to count the months
    of one segment only; `participant`, to open that person's page.
    """

    about: About
    opportunities: list[OpportunityEvidence]
    segments: dict[str, int]
    months: list[str]
    first: int
    more: int
    unmapped: list[UnmappedQuote]
    more_unmapped: int
    segment: str = ""
    scope: str = "below"
    participant: str = ""


AT_MOST = 40
SEGMENTS = 7
MONTHS = 6
STALE = 90
"""Evidence is stale after this many days."""

SHADES = 4

CLAMPED = 40
"""The maximum of characters that fit into three lines of a title on a phone, even if the letters
are wide.
"""

_OPPORTUNITIES = f"""
select {BOX}
from node
where kind in (select name from kind where needs_evidence)
  and lft is not null
order by lft
limit :most offset :first
"""

# This makes SQLite count kind by kind without visiting the whole tree.
_COUNT = """
select count(*)
from kind
cross join node on node.kind = kind.name
where kind.needs_evidence
  and +node.lft is not null
"""

# Interviews without names count as one unknown person; " & " separates several people.
# Few moments are alike, so grouping them costs more than counting them one by one.
_SAID = """
select
  about.lft, moment.stance, coalesce(source.segment, ''),
  coalesce(moment.participant, 'unknown'), coalesce(substr(moment.date, 1, 7), '')
from node as about
join moment on moment.node = about.id
join node as source on source.id = moment.source
where about.lft between :first and :last
  and moment.kind = 'story'
"""

_SEGMENTS = """
select coalesce(segment, ''), count(*)
from participant
group by 1
order by 2 desc, 1
limit :most
"""

# Each month is found from the one after it, and each kind by itself, so that no interview is read.
_MONTHS = """
with recursive spoken(month) as (
  select '9999'
  union all
  select (
      select max((
          select substr(max(date), 1, 7)
          from node
          where node.kind = telling.name
            and date < spoken.month
        ))
      from kind as telling
      where telling.speaks = 'story'
    )
  from spoken
  where month is not null
  limit :most + 1
)
select month
from spoken
where month < '9999'
order by month
"""

_UNMAPPED = f"""
select count(*) over (), quote.text, quote.second, quote.url, quote.position, {recorded("node")},
  {MENTION}
from quote
join node on node.id = quote.source
where quote.moment is null
  and node.kind in {TELLING}
  and not exists (select 1 from moment where moment.source = quote.source)
order by node.date desc, node.id, quote.position
limit :most
"""


def read(connection: sqlite3.Connection, request: PageRequest) -> EvidencePage:
    """All opportunities, with the people who mentioned them."""
    first = request.number("from", 0, 1_000_000) or 0
    scope = "own" if request.text("scope") == "own" else "below"
    found = _evidence(connection, first, request.text("segment"), scope)
    found.participant = request.text("participant")
    return found


def _evidence(connection: sqlite3.Connection, first: int, segment: str, scope: str) -> EvidencePage:
    shown = boxes(connection, _OPPORTUNITIES, {"most": AT_MOST, "first": first})
    loose = rows(connection, _UNMAPPED, {"most": 20})
    unmapped = [
        UnmappedQuote(text, at, url, position, Mention(*source), more)
        for _, text, at, url, position, more, *source in loose
    ]
    title_words(connection, "quote", "text", ((each.source.id, each) for each in unmapped))
    return EvidencePage(
        about(connection),
        _by_opportunity(connection, shown, segment, scope),
        dict(rows(connection, _SEGMENTS, {"most": SEGMENTS})),
        [month for (month,) in rows(connection, _MONTHS, {"most": MONTHS})],
        first,
        max(0, number(connection, _COUNT) - first - len(shown)),
        unmapped,
        loose[0][0] - len(loose) if loose else 0,
        segment,
        scope,
    )


def _by_opportunity(
    connection: sqlite3.Connection, shown: list[Box], segment: str, scope: str
) -> list[OpportunityEvidence]:
    """The rows with their mentions and, unless `scope` is `own`, those of everything below them."""
    made = {each.id: OpportunityEvidence(each) for each in shown}
    if not made:
        return []
    starts = [each.lft or 0 for each in shown]
    people: dict[str, _People] = {each.id: {} for each in shown}
    inside = {"first": starts[0], "last": max(each.rgt or 0 for each in shown)}
    for place, stance, name, person, month in rows(connection, _SAID, inside):
        box = _holding(shown[bisect_right(starts, place) - 1], place, made, scope)
        if box is None:
            continue
        people[box.id].setdefault((stance, name), set()).update(person.split(" & "))
        if segment in {"", name}:
            row = made[box.id]
            months = row.months_against if stance == "against" else row.months
            months[month] = months.get(month, 0) + 1
    for box in reversed(shown):  # what is below comes before what is above
        above = made.get(box.parent or "") if scope == "below" else None
        if above is not None:
            _add(people[above.box.id], people[box.id], above, made[box.id])
        _count(made[box.id], people[box.id])
    return list(made.values())


_People = dict[tuple[str, str], set[str]]
"""The people who spoke, by stance and segment."""


def _holding(
    nearest: Box, place: int, made: Mapping[str, OpportunityEvidence], scope: str
) -> Box | None:
    """The deepest box around a place. `nearest` is the last box that begins before it."""
    box: Box | None = nearest
    while box is not None:
        if box.lft == place or (scope == "below" and (box.lft or 0) < place < (box.rgt or 0)):
            return box
        above = made.get(box.parent or "")
        box = above.box if above else None
    return None


def _add(
    people: _People, below: _People, row: OpportunityEvidence, child: OpportunityEvidence
) -> None:
    """Adds the counts of a row below to those of the row."""
    for key, persons in below.items():
        people.setdefault(key, set()).update(persons)
    for months, more in (
        (row.months, child.months),
        (row.months_against, child.months_against),
    ):
        for month, mentions in more.items():
            months[month] = months.get(month, 0) + mentions


def _count(row: OpportunityEvidence, people: _People) -> None:
    everyone: dict[bool, set[str]] = {True: set(), False: set()}
    for (stance, segment), persons in sorted(people.items()):
        against = stance == "against"
        (row.against if against else row.segments)[segment] = len(persons)
        everyone[against] |= persons
    row.people, row.people_against = len(everyone[False]), len(everyone[True])
    row.months = dict(sorted(row.months.items()))
    row.months_against = dict(sorted(row.months_against.items()))


class Strength(Struct, frozen=True):
    """How strong an opportunity's evidence is, in words; `tone` is thin, stale or none."""

    said: str
    tone: str = ""


def show(found: EvidencePage, links: Links) -> Shown:
    """Opportunities by segment and month, with a remark where evidence is thin or stale."""
    if found.participant:
        return {"redirect": links.page("person", found.participant)}
    days = (each.box.last_heard or "" for each in found.opportunities)
    day = found.about.as_of or max(days, default="")
    top = min((each.box.depth for each in found.opportunities), default=0)
    segments = found.segments if any(found.segments) else {}
    listed = set(segments) if segments else {""}
    most = max((max(each.segments.values(), default=0) for each in found.opportunities), default=0)
    others = {each.box.id: _others(each, listed) for each in found.opportunities}
    any_others = any(map(any, others.values()))
    return {
        "cells": {
            each.box.id: Markup("\n").join(
                (
                    *_by_segment(each, segments, most),
                    *([cell("", *others[each.box.id])] if any_others else ()),
                    *_by_month(each, found.months),
                )
            )
            for each in found.opportunities
        },
        "strength": {each.box.id: _strength(each, day) for each in found.opportunities},
        "indent": {each.box.id: min(each.box.depth - top, 8) for each in found.opportunities},
        "segments": segments,
        "any_others": any_others,
        "stale": STALE,
        "clamped": CLAMPED,
        "cell": cell,
        "month": words.month,
        "words": words,
        "clock": clock,
    }


@lru_cache(maxsize=1024)
def cell(tone: str, many: int, against: int) -> Markup:
    """A cell with the numbers for and against; cached, because most cells are the same."""
    own = f"<b>{many}</b>" if many else "" if against else '<span class="none">–</span>'
    contra = f'<span class="contra">{against} against</span>' if against else ""
    return Markup(f'<td class="{tone}">{own}{contra}</td>')  # noqa: S704 - numbers, our classes


def _by_segment(row: OpportunityEvidence, segments: Iterable[str], most: int) -> Iterator[Markup]:
    """The cells of the segments, darker for more people. `most` is the page's largest number."""
    for segment in segments:
        many = row.segments.get(segment, 0)
        yield cell(f"h{shade(many, most)}", many, row.against.get(segment, 0))


@lru_cache(maxsize=1024)
def shade(many: int, most: int) -> int:
    """A shade from 0 (no one) to 4 (the most): exact for small numbers, by magnitude for large
    ones.
    """
    if many < 1 or most <= SHADES:
        return max(many, 0)
    return 1 + int(log(many) / log(most) * (SHADES - 0.001))


def _by_month(row: OpportunityEvidence, months: Iterable[str]) -> Iterator[Markup]:
    """The cells of the months."""
    for month in months:
        yield cell("month", row.months.get(month, 0), row.months_against.get(month, 0))


def _others(row: OpportunityEvidence, listed: set[str]) -> tuple[int, int]:
    """The people in segments that have no column, for and against."""
    return (
        sum(many for name, many in row.segments.items() if name not in listed),
        sum(many for name, many in row.against.items() if name not in listed),
    )


def _strength(row: OpportunityEvidence, today: str) -> Strength:
    if not row.people:
        return Strength("No one yet" if not row.people_against else "Only against", "none")
    last, day = read_day(row.box.last_heard), read_day(today)
    if last and day and last < away(day, -STALE):
        return Strength(f"No one since {words.day(row.box.last_heard)}", "stale")
    return Strength("One person", "thin") if row.people == 1 else Strength("")


def copies(connection: sqlite3.Connection) -> Iterator[Copy]:
    """The page, split into pieces."""
    for scope in ("", "own"):
        yield Copy(args={"scope": scope} if scope else {}, file=scope)
    for first in range(AT_MOST, number(connection, _COUNT), AT_MOST):
        yield Copy(args={"from": str(first)}, file=f"from-{first}")
        yield Copy(args={"from": str(first), "scope": "own"}, file=f"own-from-{first}")


PAGE = Page(read=read, show=show, navigation=Navigation("Evidence", 20), copies=copies)
