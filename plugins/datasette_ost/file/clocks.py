"""The two clocks: what had been said by a day, whether or not it was written down by then."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct

from datasette_ost.file.rows import records, rows


class LateInterview(Struct):
    """An interview that had been held by a day, and was written down later: on the day `written`,
    or in no commit yet.
    """

    id: str
    title: str
    participant: str | None
    date: str
    written: str | None


_LATE = """
select node.id, node.title, node.participant, node.date, (
    select min(revision.day)
    from version
    join revision on revision.n = version.since
    where version.node = node.id
      or version.node in (select id from former_id where former_id.node = node.id)
  )
from node
where node.kind = 'interview'
  and node.date <= :on
  and not exists (
    select 1
    from version
    where version.node = node.id
      and version.since <= :n
      and (version.until is null or version.until > :n)
  )
  and not exists (
    select 1
    from former_id
    where former_id.node = node.id
      and former_id.since <= :n
      and former_id.until > :n
  )
order by node.date, node.id
"""

# People who are late for a node, but spoke of it in another interview that was written down, were
# known already: who that is shows `known`.
_SPOKEN = """
with recursive
  late as (
    select value as id from json_each(:late)
  ),
  up(participant, node, known) as (
    select participant, node, source not in (select id from late)
    from moment
    where kind = 'story'
      and stance = 'for'
      and date <= :on
      and participant in (
        select participant from node where id in (select id from late)
      )
    union
    select up.participant, edge.target, up.known
    from up
    join edge on edge.source = up.node and edge.relation = 'parent'
  )
select node, participant, max(known)
from up
group by node, participant
having not max(known)
"""


def late_interviews(connection: sqlite3.Connection, on: str, n: int) -> list[LateInterview]:
    """Interviews held by a day that a revision does not hold."""
    return records(connection, LateInterview, _LATE, {"on": on, "n": n})


def late_people(
    connection: sqlite3.Connection, late: Iterable[LateInterview], on: str
) -> Mapping[str, set[str]]:
    """The people who had mentioned a node by a day, or something below it, unknown to it then."""
    asked = {"late": json.dumps([each.id for each in late]), "on": on}
    found: dict[str, set[str]] = {}
    for node_id, person, _ in rows(connection, _SPOKEN, asked):
        found.setdefault(node_id, set()).update(str(person or "").split(" & "))
    return found


class Counted(Struct):
    """How many people mentioned a node from a day on, and how many moments were against it."""

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

_DOWN = """
with recursive down(id) as (
  select :id
  union
  select edge.source
  from down
  join edge on edge.target = down.id and edge.relation = 'parent'
)
"""

_WRITTEN = """
    select min(revision.{0})
    from version
    join revision on revision.n = version.since
    where version.node = moment.source
      or version.node in (select id from former_id where former_id.node = moment.source)
"""

# Of an interview without a day is known only when it was written down.
_SAID = f"""{_DOWN}
select
  coalesce(moment.date, ({_WRITTEN.format("day")})), moment.participant, moment.stance, count(*)
from down
join moment on moment.node = down.id
where moment.kind = 'story'
group by 1, 2, 3
order by 1
"""


def believed(connection: sqlite3.Connection, ids: Iterable[str]) -> list[Counted]:
    """What revisions say of a node, by the day on which a number changed."""
    made: dict[str, Counted] = {}
    for _, day, people, against in rows(connection, _BELIEVED, {"ids": json.dumps(list(ids))}):
        made[day] = Counted(day, people, against)
    return _changes(made.values())


def said(connection: sqlite3.Connection, node_id: str) -> list[Counted]:
    """What interviews say of a node and of everything below it, by their days."""
    people: set[str] = set()
    against = 0
    made: dict[str, Counted] = {}
    for day, person, stance, moments in rows(connection, _SAID, {"id": node_id}):
        if not day:
            continue  # it has none, and is in no commit yet
        if stance == "against":
            against += moments
        else:
            people.update((person or "unknown").split(" & "))
        made[day] = Counted(day, len(people), against)
    return _changes(made.values())


def _changes(counted: Iterable[Counted]) -> list[Counted]:
    """Those that say something else than the one before."""
    found: list[Counted] = []
    for counts in counted:
        if not found or (found[-1].people, found[-1].against) != (counts.people, counts.against):
            found.append(counts)
    return found


_ABOUT = f"""{_DOWN}
select distinct moment.source
from down
join moment on moment.node = down.id
where moment.stance = 'for'
  and moment.source in (select value from json_each(:late))
"""


def concerned(
    connection: sqlite3.Connection, late: list[LateInterview], node_id: str
) -> list[LateInterview]:
    """Those of some interviews that mention a node or anything below it."""
    if not late:
        return []
    asked = {"id": node_id, "late": json.dumps([each.id for each in late])}
    speak = {each[0] for each in rows(connection, _ABOUT, asked)}
    return [each for each in late if each.id in speak]


class FirstWords(NamedTuple):
    """The day on which a person first mentioned a node or anything below it, and the revision that
    first knew of it.
    """

    said: str
    written: float


_FIRST = f"""{_DOWN}
select moment.participant, min(moment.date), ({_WRITTEN.format("n")})
from down
join moment on moment.node = down.id
where moment.kind = 'story'
  and moment.stance = 'for'
  and moment.date is not null
group by moment.participant, moment.source
"""


def first_words(connection: sqlite3.Connection, node_id: str) -> list[FirstWords]:
    """When each of the people who mentioned a node first did."""
    found: dict[str, FirstWords] = {}
    for people, said, written in rows(connection, _FIRST, {"id": node_id}):
        for person in str(people or "").split(" & "):
            new = FirstWords(said, written or float("inf"))
            old = found.get(person, new)
            found[person] = FirstWords(min(old.said, said), min(old.written, new.written))
    return list(found.values())


def spoken_by(people: Iterable[FirstWords], known: int, on: str, n: int) -> int:
    """How many had mentioned a node by a day: those who were known, and those whose words were
    written down later.
    """
    return known + sum(each.said <= on and each.written > n for each in people)
