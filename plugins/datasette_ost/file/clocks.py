"""Two clocks: when people said something, and when the team wrote it down."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct

from datasette_ost.file.past import AS_OF, VERSION
from datasette_ost.file.rows import records, rows


class LateInterview(Struct):
    """An interview that took place by a given day but was written down later: on the day `written`,
    or in no commit yet.
    """

    id: str
    kind: str
    title: str
    participant: str | None
    date: str
    written: str | None


# The relation is a column here: with a constant, SQLite builds a filter from all edges.
_DOWN = """
with recursive down(id, relation) as (
  select :id, 'parent'
  union
  select edge.source, down.relation
  from down
  join edge on edge.target = down.id and edge.relation = down.relation
)
"""

WRITTEN = """
    select min(n)
    from (
      select min(since) as n
      from version
      where node = {0}
      union all
      select min(version.since)
      from former_id
      join version on version.node = former_id.id
      where former_id.node = {0}
    )
"""
"""The first revision that holds a node. Asking for old and new ids in one query would read every
row.
"""

_UNWRITTEN = f"""
select asked.value
from json_each(:sources) as asked
where not exists (
    select 1
    from version
    where version.node = asked.value
      and {VERSION}
  )
  and not exists (
    select 1
    from former_id
    join version on version.node = former_id.id
    where former_id.node = asked.value
      and {AS_OF.format("former_id")}
      and {VERSION}
  )
"""

# This form, with `+`, makes SQLite look moments up by node, without an index of all of them.
_SPOKEN = f"""{_DOWN}
select distinct moment.node, moment.participant, moment.source
from moment
where moment.node in (select id from down)
  and +moment.kind = 'story'
  and +moment.stance = 'for'
  and moment.date <= :on
"""

_LATE = f"""
select node.id, node.kind, node.title, node.participant, node.date, (
    select day from revision where n = ({WRITTEN.format("node.id")})
  )
from node
where node.id in (select value from json_each(:sources))
order by node.date, node.id
"""

_ABOVE = "select source, target from edge where relation = 'parent'"


class LateInterviews(NamedTuple):
    """What people had said by a day although it was not written down yet: the interviews, and for
    each node the people who had mentioned it, or something below it, without the team knowing.
    """

    interviews: list[LateInterview]
    people: Mapping[str, set[str]]


def late_interviews(
    connection: sqlite3.Connection, node_id: str, on: str, n: int
) -> LateInterviews:
    """The interviews that mention a node, or anything below it, and are not in a revision yet."""
    spoken = rows(connection, _SPOKEN, {"id": node_id, "on": on})
    sources = json.dumps(sorted({source for _, _, source in spoken}))
    ids = {each for (each,) in rows(connection, _UNWRITTEN, {"sources": sources, "n": n})}
    if not ids:
        return LateInterviews([], {})
    above: dict[str, list[str]] = {}
    for source, target in rows(connection, _ABOVE, {}):
        above.setdefault(source, []).append(target)
    ways: dict[str, list[str]] = {}
    # People who mentioned the node in another, written interview were known already.
    known: dict[str, set[str]] = {}
    new: dict[str, set[str]] = {}
    for place, people, source in spoken:
        if place not in ways:
            ways[place] = _upwards(place, above)
        for node in ways[place]:
            who = new if source in ids else known
            who.setdefault(node, set()).update(str(people).split(" & "))
    late = records(connection, LateInterview, _LATE, {"sources": json.dumps(sorted(ids))})
    return LateInterviews(late, {node: who - known.get(node, set()) for node, who in new.items()})


def _upwards(node_id: str, above: Mapping[str, list[str]]) -> list[str]:
    """A node and everything above it, by any parent."""
    found = {node_id: None}
    waiting = [node_id]
    while waiting:
        for parent in above.get(waiting.pop(), ()):
            if parent not in found:
                found[parent] = None
                waiting.append(parent)
    return list(found)


class PeopleCount(Struct):
    """How many people had mentioned a node from a day on, and how many moments contradicted it."""

    day: str
    people: int
    against: int


_BELIEVED = """
select revision.n, revision.day, evidence_history.participants, evidence_history.against
from evidence_history
join revision on revision.n = evidence_history.since
where evidence_history.node in (select value from json_each(:ids))
union all
select revision.n, revision.day, 0, 0
from evidence_history
join revision on revision.n = evidence_history.until
where evidence_history.node in (select value from json_each(:ids))
  and not exists (
    select 1
    from evidence_history as following
    where following.node in (select value from json_each(:ids))
      and following.since = evidence_history.until
  )
order by 1
"""

# For an interview without a date, only the day of its commit is known.
_SAID = f"""{_DOWN}
select
  coalesce(moment.date, (select day from revision where n = ({WRITTEN.format("moment.source")}))),
  moment.participant, moment.stance, count(*)
from moment
where moment.node in (select id from down)
  and +moment.kind = 'story'
group by 1, 2, 3
order by 1, 2, 3
"""


def revision_counts(connection: sqlite3.Connection, ids: Iterable[str]) -> list[PeopleCount]:
    """A node's numbers as the revisions recorded them, by the day on which they changed."""
    made: dict[str, PeopleCount] = {}
    for _, day, people, against in rows(connection, _BELIEVED, {"ids": json.dumps(list(ids))}):
        made[day] = PeopleCount(day, people, against)
    return _changes(made.values())


def mention_counts(connection: sqlite3.Connection, node_id: str) -> list[PeopleCount]:
    """The numbers for a node and everything below it, by the dates of the interviews."""
    people: set[str] = set()
    against = 0
    made: dict[str, PeopleCount] = {}
    for day, person, stance, moments in rows(connection, _SAID, {"id": node_id}):
        if not day:
            continue  # it has none, and is in no commit yet
        if stance == "against":
            against += moments
        else:
            people.update((person or "unknown").split(" & "))
        made[day] = PeopleCount(day, len(people), against)
    return _changes(made.values())


def _changes(counted: Iterable[PeopleCount]) -> list[PeopleCount]:
    """The counts that differ from the one before."""
    found: list[PeopleCount] = []
    for counts in counted:
        if not found or (found[-1].people, found[-1].against) != (counts.people, counts.against):
            found.append(counts)
    return found
