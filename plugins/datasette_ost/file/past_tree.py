"""A tree on a given day: what the team knew, what people had said, and what that week changed."""

import json
import sqlite3

from msgspec import Struct

from datasette_ost.file import past
from datasette_ost.file.clocks import LateInterview, late_interviews
from datasette_ost.file.marks import GoneNode, mark
from datasette_ost.file.past import PastBox, PastRevision
from datasette_ost.file.rows import rows
from datasette_ost.file.weeks import PastWeek, weeks


class PastTree(Struct):
    """A tree as it was on the day `on`; `revision` is the newest commit by then.

    `known` people were recorded as having mentioned its top or anything below it; `said` people had
    done so, and the `late` interviews explain the difference. `gone` left the tree in that week.
    `weeks` are the weeks in which the top existed; `week` is the index of this one.
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
    """Every id that a node has had, and the first and last day of its history."""

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
    """How long a node has existed, by any of its ids; None if the history does not know it."""
    ids = past.ids(connection, node_id)
    begun, ended = rows(connection, _LIFE, {"ids": json.dumps(ids)})[0]
    return Life(ids, begun, ended) if begun else None


def weeks_of(connection: sqlite3.Connection, node: Life) -> list[PastWeek]:
    """The weeks in which a node was in the tree."""
    return weeks(connection, node.begun, node.ended)


def past_tree(
    connection: sqlite3.Connection,
    top: PastBox,
    node: Life,
    day: tuple[str, PastRevision],
    most: int,
    levels: int | None = None,
) -> PastTree:
    """The tree below a node on a day, limited to about `most` boxes or to `levels`."""
    on, revision = day
    boxes = past.below(connection, top, revision.n, most, levels)
    gone = mark(connection, boxes, node.ids, on, revision.n)
    late = late_interviews(connection, top.id, on, revision.n)
    for box in boxes:
        box.said = box.participants + len(late.people.get(box.id, ()))
    known = weeks_of(connection, node)
    week = max(sum(each.day <= on for each in known) - 1, 0)
    return PastTree(
        on, revision, boxes, gone, top.participants, top.said, late.interviews, week, known
    )
