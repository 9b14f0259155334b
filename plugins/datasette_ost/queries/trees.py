"""What the pages of all trees and of one tree show."""

import json
import sqlite3

from datasette_ost.queries import finding
from datasette_ost.queries.material import material
from datasette_ost.queries.reading import (
    BOX,
    MENTION,
    PLACED,
    about,
    above,
    box,
    boxes,
    measurements,
    number,
    read,
    rows,
)
from datasette_ost.shapes import (
    Box,
    Choices,
    Count,
    Interview,
    Mention,
    Sought,
    TreePage,
    TreesPage,
)

AT_MOST = 800
"""Boxes on one page; what is deeper is fetched when it is opened."""

EVERY_BOX = 1_000_000
"""On a page that cannot fetch."""

_OUTCOMES = f"""
select {BOX}
from node
where kind = 'outcome'
order by +lft
limit 500
"""

_COUNTS = f"""
select outcome, kind, count(*), sum(errors), sum(warnings)
from node
where kind in {PLACED}
  and lft is not null
group by +outcome, kind
"""

_UNPLACED = f"""
select {MENTION}
from node
where kind in {PLACED}
  and lft is not null
  and +outcome is null
  and depth = 0
order by kind, title
limit 50
"""

_INTERVIEWS = """
select id, kind, title, date, participant, segment, illustrative, (
    select count(*)
    from moment
    where moment.source = node.id
  )
from node
where kind = 'interview'
order by date desc, title
limit 12
"""


def trees(connection: sqlite3.Connection) -> TreesPage:
    """Every outcome, and the newest interviews."""
    outcomes = boxes(connection, _OUTCOMES, {})
    return TreesPage(
        about(connection),
        outcomes,
        measurements(connection, (each.id for each in outcomes)),
        read(connection, Count, _COUNTS, {}),
        read(connection, Mention, _UNPLACED, {}),
        read(connection, Interview, _INTERVIEWS, {}),
        number(connection, "select count(*) from node where kind = 'signal'"),
        number(connection, "select count(*) from diagnostic where node is null"),
        [] if outcomes else material(connection),
    )


_SIZES = """
select depth, kind, status, count(*)
from node
where lft between :lft and :rgt
group by depth, kind, status
order by depth
"""

_TREE = f"""
select {BOX}
from node
where lft between :lft and :rgt
  and depth <= :depth
order by lft
limit :most
"""

_ALONG = f"""
select {BOX}
from node
where parent in (select value from json_each(:open))
  and lft between :lft and :rgt
order by lft
limit 4000
"""


_ABOVE = """
with recursive up(id) as (
  select parent
  from node
  where id in (select value from json_each(:ids))
  union
  select node.parent
  from up
  join node on node.id = up.id
)
select id
from up
where id is not null
"""

_NAMED = f"""
select {BOX}
from node
where id in (select value from json_each(:open))
  and lft between :lft and :rgt
order by lft
limit 4000
"""

SHOWN_AT_ONCE = 60
"""As many of what was looked for are on the page from the beginning."""


def tree(
    connection: sqlite3.Connection,
    node_id: str,
    *,
    levels: int | None,
    at: str,
    looked_for: Sought,
    most: int = AT_MOST,
) -> TreePage | None:
    """The tree from a node downwards, and down to the node `at` and to what is looked for.

    About so many boxes are on the page at `most`.
    """
    root = box(connection, node_id)
    if root is None:
        return None
    found, below = [root], 0
    counts: dict[str, int] = {}
    hits: list[str] = []
    choices = Choices([], [], {})
    looked_for = finding.sought(looked_for)
    if root.lft is not None and root.rgt is not None and root.depth is not None:
        inside = {"lft": root.lft, "rgt": root.rgt}
        sizes = rows(connection, _SIZES, inside)
        by_depth: dict[int, int] = {}
        for depth, kind, _, size in sizes:
            by_depth[depth] = by_depth.get(depth, 0) + size
            counts[kind] = counts.get(kind, 0) + size
        below = _levels(list(by_depth.items()), levels, most)
        statuses = sorted({each[2] for each in sizes if each[2]})
        choices = finding.choices(connection, inside, statuses)
        hits = finding.hits(connection, looked_for, inside)
        if looked_for.only:
            found = _pruned(connection, hits[:AT_MOST], inside) or found
        else:
            found = boxes(
                connection, _TREE, {**inside, "depth": root.depth + below, "most": 5 * most}
            )
            found = _along(connection, [at, *hits[:SHOWN_AT_ONCE]], inside, found)
    return TreePage(
        about(connection),
        above(connection, node_id),
        found,
        below,
        at if at and any(each.id == at for each in found) else "",
        counts,
        measurements(connection, (node_id,)),
        looked_for,
        choices,
        hits[: finding.AT_MOST],
        len(hits),
    )


def _pruned(connection: sqlite3.Connection, hits: list[str], inside: dict[str, int]) -> list[Box]:
    """Some nodes and those above them."""
    wanted = [*hits, *_above(connection, hits)]
    return boxes(connection, _NAMED, {**inside, "open": json.dumps(wanted)})


def _above(connection: sqlite3.Connection, ids: list[str]) -> list[str]:
    return [each[0] for each in rows(connection, _ABOVE, {"ids": json.dumps(ids)})]


def _along(
    connection: sqlite3.Connection, ids: list[str], inside: dict[str, int], found: list[Box]
) -> list[Box]:
    """The boxes, and those on the ways down to some nodes with what stands beside them."""
    known = {each.id for each in found}
    missing = [each for each in ids if each and each not in known]
    if not missing:
        return found
    wanted = {**inside, "open": json.dumps(_above(connection, missing))}
    more = [each for each in boxes(connection, _ALONG, wanted) if each.id not in known]
    return sorted([*found, *more], key=lambda each: each.lft or 0)


def _levels(sizes: list[tuple[int, int]], wanted: int | None, most: int) -> int:
    """How many levels below the root fit on one page: at least two, when there are two."""
    total, fitting = 0, 0
    for level, (_, size) in enumerate(sizes):
        total += size
        if wanted is not None and level > wanted:
            break
        if level > 2 and total > most:
            break
        fitting = level
    return fitting
