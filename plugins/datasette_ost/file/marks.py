"""What a week changed in a tree, as marks on its nodes: new, moved, chosen, changed, status, heard,
warn; and which nodes are gone.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct

from datasette_ost.file.past import PastBox, below, past_box
from datasette_ost.file.rows import number, rows
from datasette_ost.file.weeks import monday


class Stand(NamedTuple):
    """A node's place and numbers, as a week's marks compare them. `parent` is its newest id."""

    parent: str
    kind: str
    title: str
    status: str | None
    participants: int
    against: int


class GoneNode(Struct):
    """A node that left the tree in the week that is shown, by its newest id."""

    id: str
    kind: str
    title: str


_WARNED = """
select change.revision, coalesce(former_id.node, change.node), change.change = 'target-chosen'
from change
left join former_id on former_id.id = change.node
  and former_id.since <= change.revision and former_id.until > change.revision
where +change.revision > :after
  and +change.revision <= :until
  and change.weight > 2
"""


_BEFORE = "select coalesce(max(n), 0) from revision where day < :day"


def mark(
    connection: sqlite3.Connection, boxes: list[PastBox], ids: list[str], on: str, n: int, most: int
) -> list[GoneNode]:
    """Marks what changed since the end of the week before; gives what has left since then."""
    earlier = number(connection, _BEFORE, {"day": monday(on)})
    top = past_box(connection, ids, earlier) if earlier else None
    if top is None:
        return []
    before = below(connection, top, earlier, most)
    stands, stood = _stands(boxes), _stands(before)
    # Where a tree is cut, what is missing on one side may only be deeper.
    deeper = _elsewhere(connection, stands.keys() - stood.keys(), before, earlier)
    left = (
        stood.keys()
        - stands.keys()
        - _elsewhere(connection, stood.keys() - stands.keys(), boxes, n)
    )
    known = {node_id: stand for node_id, stand in stands.items() if node_id not in deeper}
    found = marks(stood, known, warned(connection, earlier, n))
    for box in boxes:
        box.marks = found.get(box.now, [])
    return [GoneNode(each.now, each.kind, each.title) for each in before if each.now in left]


def _elsewhere(
    connection: sqlite3.Connection, missing: set[str], shown: list[PastBox], n: int
) -> set[str]:
    """Those of what is missing among the boxes shown that the revision holds out of sight."""
    counted = Counter(each.parent for each in shown[1:])
    cut = any(each.children > counted[each.id] for each in shown)
    return elsewhere(connection, missing, n) if cut and missing else set()


def _stands(boxes: list[PastBox]) -> dict[str, Stand]:
    latest = {each.id: each.now for each in boxes}
    return {
        each.now: Stand(
            latest.get(each.parent or "", "") if each.depth else "",
            *(each.kind, each.title, each.status, each.participants, each.against),
        )
        for each in boxes
    }


class Warned(NamedTuple):
    """A change at which a reviewer must look: its revision, its node by the newest id, and whether
    it chose that.
    """

    revision: int
    node: str
    chosen: int


def warned(connection: sqlite3.Connection, after: int, until: int) -> list[Warned]:
    """Changes at which a reviewer must look, between two revisions."""
    return [Warned(*row) for row in rows(connection, _WARNED, {"after": after, "until": until})]


def marks(
    before: Mapping[str, Stand], after: Mapping[str, Stand], look: Iterable[Warned]
) -> dict[str, list[str]]:
    """What changed of each node that is there: new, moved, chosen, changed, status, heard, warn."""
    found: dict[str, list[str]] = {}
    look = list(look)
    chosen = {change.node for change in look if change.chosen}
    warn = {change.node for change in look if not change.chosen}
    for node_id, stand in after.items():
        said = _compared(before.get(node_id), stand, chosen=node_id in chosen)
        if node_id in warn:
            said.append("warn")
        if said:
            found[node_id] = said
    return found


def _compared(was: Stand | None, now: Stand, *, chosen: bool) -> list[str]:
    if was is None:
        return ["new"]
    other = was.status != now.status
    return [
        mark
        for mark, holds in (
            ("moved", was.parent != now.parent),
            ("chosen", other and chosen),
            ("changed", (was.kind, was.title) != (now.kind, now.title)),
            ("status", other and not chosen),
            ("heard", was.participants < now.participants or was.against < now.against),
        )
        if holds
    ]


def elsewhere(connection: sqlite3.Connection, node_ids: Iterable[str], n: int) -> set[str]:
    """Those of some nodes, by their newest ids, that a revision holds, wherever."""
    sql = """
select coalesce(former_id.node, version.node)
from version
left join former_id on former_id.id = version.node
  and former_id.since <= :n and former_id.until > :n
where version.since <= :n and (version.until is null or version.until > :n)
  and version.node in (
    select value from json_each(:ids)
    union
    select id from former_id where node in (select value from json_each(:ids))
  )
"""
    asked = {"ids": json.dumps(list(node_ids)), "n": n}
    return {each[0] for each in rows(connection, sql, asked)}
