"""A tree through all of its weeks: the first one whole, and what each later week changed."""

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from msgspec import Struct

from datasette_ost.file.clocks import first_words, spoken_by
from datasette_ost.file.marks import Stand, marks, warned
from datasette_ost.file.past import DECIDING
from datasette_ost.file.rows import number, rows
from datasette_ost.file.weeks import PastWeek

PLAYED_AT_ONCE, PLAYED = 300, 1_500
"""Nodes that were ever in a tree that is replayed unasked, and in one that is replayed at all."""

PERIODS = 20_000
"""Their periods at most: in a tree in one file, each commit begins a period of every node."""


class Frame(Struct):
    """A node in the replay, by its newest id. `place` is its place among its siblings."""

    id: str
    parent: str
    kind: str
    title: str
    status: str | None
    participants: int
    against: int
    place: int


class Delta(Struct):
    """A week: the nodes that are new or differ, those that are gone, and the marks of what changed.
    `known` people had mentioned the top node as far as was written down, `spoken` had done so.
    """

    on: str
    said: str
    known: int
    spoken: int
    nodes: list[Frame]
    gone: list[str]
    marks: dict[str, list[str]]


class Replay(Struct):
    """The tree at the end of its first week, and one delta for each week after it."""

    on: str
    said: str
    known: int
    spoken: int
    tree: list[Frame]
    weeks: list[Delta]


class _Period(NamedTuple):
    since: int
    until: int
    node: str
    parent: str
    kind: str
    title: str
    status: str | None


_EVER = """
with recursive ever(id) as (
  select value from json_each(:ids)
  union
  select version.node
  from ever
  join version on version.parent = ever.id
  where version.kind in (select name from kind where placed)
)
"""

_NODES = f"{_EVER} select count(*) from ever"

_MANY = f"{_EVER} select count(*) from (select 1 from ever join version on node = id limit :most)"

_PERIODS = f"""{_EVER}
select since, coalesce(until, 1e18), node, coalesce(parent, ''), kind, title, status
from ever
join version on version.node = ever.id
where kind in (select name from kind where placed)
order by node, since
"""

_HEARD = f"""{_EVER}
select node, since, until, participants, against
from ever
join evidence_history on node = id
"""

_PLACES = """
select id, lft
from node
where id in (select value from json_each(:ids))
  and lft is not null
"""

_FORMER = "select id, since, until, node from former_id"


def size(connection: sqlite3.Connection, ids: Sequence[str]) -> int:
    """How many nodes were ever in a tree; more than are replayed where they changed too often."""
    asked = {"ids": json.dumps(list(ids)), "most": PERIODS + 1}
    many = number(connection, _NODES, asked)
    return many if number(connection, _MANY, asked) <= PERIODS else max(many, PLAYED + 1)


def replay(connection: sqlite3.Connection, ids: Sequence[str], weeks: Sequence[PastWeek]) -> Replay:
    """The tree below a node through some weeks. `ids` are all that the node has had, the newest
    first.
    """
    to_look_at = warned(connection, weeks[0].revision, weeks[-1].revision)
    trees = _Trees(connection, ids)
    order = _Order(connection, trees.names())
    spoken = first_words(connection, ids[0])
    stands = trees.at(weeks[0].revision)
    known = _known(stands)
    begun = [order.frame(each, stand) for each, stand in stands.items()]
    heard = spoken_by(spoken, known, weeks[0].on, weeks[0].revision)
    found = Replay(weeks[0].on, weeks[0].said, known, heard, begun, [])
    for earlier, week in pairwise(weeks):
        after = trees.at(week.revision) if earlier.revision != week.revision else stands
        look = [
            change for change in to_look_at if earlier.revision < change.revision <= week.revision
        ]
        known = _known(after)
        found.weeks.append(
            Delta(
                week.on,
                week.said,
                known,
                spoken_by(spoken, known, week.on, week.revision),
                [order.frame(each, one) for each, one in after.items() if stands.get(each) != one],
                [each for each in stands if each not in after],
                marks(stands, after, look),
            )
        )
        stands = after
    return found


def _known(stands: Mapping[str, Stand]) -> int:
    """The people who are known to have mentioned the top node, which comes first."""
    return next((each.participants for each in stands.values()), 0)


class _Trees:
    """The periods of every node that was ever below some others."""

    def __init__(self, connection: sqlite3.Connection, ids: Sequence[str]) -> None:
        self.tops = frozenset(ids)
        asked = {"ids": json.dumps(list(ids))}
        self.periods = _joined(rows(connection, _PERIODS, asked))
        self.former = rows(connection, _FORMER, {})
        self.heard: dict[str, list[tuple[int, int, int]]] = {}
        told = rows(connection, _HEARD, asked)
        # Where one period ends and another begins, the one that begins comes later and counts.
        ended = ((node, until, 0, 0) for node, _, until, *_ in told if until is not None)
        begun = ((node, since, people, against) for node, since, _, people, against in told)
        for node, *rest in sorted([*ended, *begun], key=lambda each: each[1]):
            self.heard.setdefault(node, []).append((rest[0], rest[1], rest[2]))

    def names(self) -> set[str]:
        """Every id that a node of the tree has had."""
        return {each.node for each in self.periods} | {new for *_, new in self.former}

    def at(self, n: int) -> dict[str, Stand]:
        """The place of every node of the tree as of a revision, by its newest id."""
        latest = {old: new for old, since, until, new in self.former if since <= n < until}
        held = [each for each in self.periods if each.since <= n < each.until]
        below: dict[str, list[_Period]] = {}
        for period in held:
            below.setdefault(period.parent, []).append(period)
        found: dict[str, Stand] = {}
        stack = [each for each in held if each.node in self.tops][:1]
        while stack:
            each = stack.pop()
            node = latest.get(each.node, each.node)
            if node in found:
                continue
            # The top's own parent is none of this tree.
            parent = latest.get(each.parent, each.parent) if found else ""
            counted = self._counted(each.node, n)
            found[node] = Stand(parent, each.kind, each.title, each.status, *counted)
            stack += below.get(each.node, ())
        return found

    def _counted(self, node: str, n: int) -> tuple[int, int]:
        known = self.heard.get(node, [])
        at = bisect_right(known, n, key=lambda each: each[0])
        return known[at - 1][1:] if at else (0, 0)


def _joined(found: list[tuple[Any, ...]]) -> list[_Period]:
    """Periods in order, those that say the same joined: a new text alone begins one, too."""
    made: list[_Period] = []
    for row in found:
        period = _Period(*row)
        last = made[-1] if made else None
        if last is not None and (last.until, *last[2:]) == (period.since, *period[2:]):
            made[-1] = last._replace(until=period.until)
        else:
            made.append(period)
    return made


class _Order:
    """The order of siblings: as today; after them those that have left the tree."""

    def __init__(self, connection: sqlite3.Connection, node_ids: Iterable[str]) -> None:
        asked = {"ids": json.dumps(sorted(node_ids))}
        self.places: Mapping[str, int] = dict(rows(connection, _PLACES, asked))
        self.last = {each[0] for each in rows(connection, DECIDING, {})}
        self.gone: dict[str, int] = {}

    def frame(self, node_id: str, stand: Stand) -> Frame:
        """A node as the replay gives it."""
        place = self.places.get(node_id)
        if place is None:
            place = self.gone.setdefault(node_id, 1_000_000_000 + len(self.gone))
        if stand.kind in self.last:
            place += 2_000_000_000
        return Frame(
            node_id,
            stand.parent,
            stand.kind,
            stand.title,
            stand.status,
            stand.participants,
            stand.against,
            place,
        )
