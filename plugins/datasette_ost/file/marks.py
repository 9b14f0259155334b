"""Marks what a week changed in a tree (new, moved, chosen, changed, status, heard, warn), and finds
the nodes that left it.
"""

import json
import sqlite3
from collections.abc import Iterable

from msgspec import Struct

from datasette_ost.file.past import PastBox, at, ids_then
from datasette_ost.file.rows import number, rows
from ost.days import monday_of


class GoneNode(Struct):
    """A node that left the tree during the week, by its newest id."""

    id: str
    kind: str
    title: str


LEAVING = ("removed", "moved", "split", "merged", "rekinded")
"""The changes by which a node leaves a tree."""

_BEFORE = "select coalesce(max(n), 0) from revision where day < :day"

_CHANGED = """
select coalesce(former_id.node, change.node), change.change, change.weight
from change
left join former_id on former_id.id = change.node
  and former_id.since <= change.revision and former_id.until > change.revision
where change.revision > :after
  and change.revision <= :until
  and (change.weight > 2 or change.change in (select value from json_each(:leaving)))
"""

_INSIDE = """
with recursive up(id, asked) as (
  select version.parent, version.node
  from version
  where version.node in (select value from json_each(:ids))
    and version.since <= :n and (version.until is null or version.until > :n)
  union
  select version.parent, up.asked
  from up
  join version on version.node = up.id
  where version.since <= :n and (version.until is null or version.until > :n)
)
select distinct asked
from up
where id in (select value from json_each(:tops))
"""


def mark(
    connection: sqlite3.Connection, boxes: list[PastBox], ids: list[str], on: str, n: int
) -> list[GoneNode]:
    """Marks what has changed since the end of the previous week, and returns the nodes that have
    left since. `ids` are all ids that the top has had.
    """
    earlier = number(connection, _BEFORE, {"day": monday_of(on)})
    before = at(connection, [each.id for each in boxes], earlier) if earlier else {}
    if boxes[0].id not in before:
        return []
    between = {"after": earlier, "until": n, "leaving": json.dumps(LEAVING)}
    changed = rows(connection, _CHANGED, between)
    look = {node for node, change, weight in changed if weight > 2 and change != "target-chosen"}
    chosen = {node for node, change, _ in changed if change == "target-chosen"}
    for box in boxes:
        marks = _compared(before.get(box.id), box, chosen=box.id in chosen)
        box.marks = [*marks, *(["warn"] if box.id in look else [])]
    shown = {each.id for each in boxes}
    left = dict.fromkeys(
        node for node, change, _ in changed if change in LEAVING and node not in shown
    )
    return _deleted_nodes(connection, left, ids, (earlier, n)) if left else []


def _compared(was: PastBox | None, now: PastBox, *, chosen: bool) -> list[str]:
    if was is None:
        return ["new"]
    other = was.status != now.status
    return [
        mark
        for mark, holds in (
            ("moved", now.depth > 0 and was.parent != now.parent),
            ("chosen", other and chosen),
            ("changed", (was.kind, was.title) != (now.kind, now.title)),
            ("status", other and not chosen),
            ("heard", was.participants < now.participants or was.against < now.against),
        )
        if holds
    ]


def _deleted_nodes(
    connection: sqlite3.Connection, left: Iterable[str], tops: list[str], between: tuple[int, int]
) -> list[GoneNode]:
    """Those of the nodes that were below the top in one revision and are no longer there in a later
    one.
    """
    stood = _inside(connection, left, tops, between[0])
    stand = _inside(connection, stood, tops, between[1]) if stood else {}
    gone = [box for node, box in stood.items() if node not in stand]
    return [GoneNode(each.id, each.kind, each.title) for each in gone]


def _inside(
    connection: sqlite3.Connection, nodes: Iterable[str], tops: list[str], n: int
) -> dict[str, PastBox]:
    """Those of the nodes that were below the top in a revision, by their newest ids."""
    called = ids_then(connection, nodes, n)
    asked = {"ids": json.dumps(list(called)), "tops": json.dumps(tops), "n": n}
    inside = [called[each] for (each,) in rows(connection, _INSIDE, asked)]
    return at(connection, inside, n) if inside else {}
