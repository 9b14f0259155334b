"""A tree on a day: what was believed, what had been said by then, and what its week changed."""

import json
import sqlite3

from msgspec import Struct

from datasette_ost.file import past
from datasette_ost.file.clocks import LateInterview, unwritten
from datasette_ost.file.marks import GoneNode, mark
from datasette_ost.file.past import PastBox, PastRevision
from datasette_ost.file.rows import rows
from datasette_ost.file.weeks import PastWeek, weeks


class PastTree(Struct):
    """A tree as it was on the day `on`, of which `revision` is the newest commit.

    `known` people had mentioned its top or anything below as far as was written down by then;
    `said` had done so. `late` are the interviews that make the difference. `gone` left the tree in
    the week of that day. `weeks` are those in which the top was there; the day is in the one at
    `week`.
    """

    on: str
    revision: PastRevision
    boxes: list[PastBox]
    gone: list[GoneNode]
    known: int
    said: int
    late: list[LateInterview]
    week: int
    weeks: list[PastWeek]


class Life(Struct):
    """Every id that a node has had, and the first and last days on which history knows it."""

    ids: list[str]
    begun: str
    ended: str


_LIFE = """
select min(began.day), max(newest.day)
from version
join revision as began on began.n = version.since
join revision as newest on newest.n = coalesce(
    version.until - 1,
    (select max(n) from revision)
  )
where version.node in (select value from json_each(:ids))
"""


def life(connection: sqlite3.Connection, node_id: str) -> Life | None:
    """A node's life, by any of its ids; None when history never knows it."""
    ids = past.ids(connection, node_id)
    begun, ended = rows(connection, _LIFE, {"ids": json.dumps(ids)})[0]
    return Life(ids, begun, ended) if begun else None


def weeks_of(connection: sqlite3.Connection, node: Life) -> list[PastWeek]:
    """The weeks in which a node was there."""
    return weeks(connection, node.begun, node.ended)


def past_tree(
    connection: sqlite3.Connection,
    top: PastBox,
    node: Life,
    day: tuple[str, PastRevision],
    most: int,
    levels: int | None = None,
) -> PastTree:
    """The tree below a node as of a day and its revision; about so many boxes of it, or levels."""
    on, revision = day
    boxes = past.below(connection, top, revision.n, most, levels)
    gone = mark(connection, boxes, node.ids, on, revision.n)
    late = unwritten(connection, top.id, on, revision.n)
    for box in boxes:
        box.said = box.participants + len(late.people.get(box.id, ()))
    known = weeks_of(connection, node)
    week = max(sum(each.day <= on for each in known) - 1, 0)
    return PastTree(
        on, revision, boxes, gone, top.participants, top.said, late.interviews, week, known
    )
