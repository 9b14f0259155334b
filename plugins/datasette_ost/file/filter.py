"""Which nodes of a tree match a filter, and which values the filter offers."""

import json
import sqlite3

from msgspec import Struct

from datasette_ost.file.full_text import contains_words, match
from datasette_ost.file.rows import rows
from ost.days import read_day
from ost.selection.evaluation import select
from ost.selection.tables import FileNodes


class TreeFilter(Struct, frozen=True):
    """What to look for in a tree. `rule` is a code, a name, `any` or `waived`; `segment`, `since`
    and `until` are about mentions; `select` is a selector. With `only`, the page hides all other
    nodes.
    """

    q: str = ""
    kind: str = ""
    status: str = ""
    segment: str = ""
    since: str = ""
    until: str = ""
    rule: str = ""
    only: str = ""
    select: str = ""


class Choices(Struct):
    """The values that the filter offers; `rules` are names by code."""

    statuses: list[str]
    segments: list[str]
    rules: dict[str, str]


Inside = dict[str, int]

AT_MOST = 2000
"""The maximum of nodes returned by id; beyond it, nodes are only counted."""

_HEARD = """node.id in (
    select moment.node
    from moment
    join node as source on source.id = moment.source
    where (:segment = '' or source.segment = :segment)
      and (:since = '' or moment.date >= :since)
      and (:until = '' or moment.date <= :until)
  )"""

_WORDS = "node.rowid in (select rowid from node_fts where node_fts match :words)"

_RULE = """node.id in (
    select node
    from diagnostic
    where :rule in (code, name, 'any')
  )"""

_SEGMENTS = """
select distinct segment
from participant
where segment is not null
order by segment
limit 100
"""

_RULES = """
select distinct diagnostic.code, diagnostic.name
from diagnostic
join node on node.id = diagnostic.node
where node.lft between :lft and :rgt
order by diagnostic.code
"""


def normalized(given: TreeFilter) -> TreeFilter:
    """The filter with trimmed words, ignoring invalid dates."""
    return TreeFilter(
        given.q.strip(),
        given.kind,
        given.status,
        given.segment,
        _day(given.since),
        _day(given.until),
        given.rule,
        given.only if any(_conditions(given)) else "",
        given.select.strip(),
    )


def _day(text: str) -> str:
    day = read_day(text)
    return day.isoformat() if day else ""


def _conditions(given: TreeFilter) -> list[str]:
    """The filter's conditions on a node, as SQL."""
    found = []
    if given.q:
        where, _ = contains_words(given.q)
        words = _WORDS if match(given.q) else "node.title = :q"
        found.append(f"({words} or {where})" if where else words)
    if given.kind:
        found.append("node.kind = :kind")
    if given.status:
        found.append("node.status = :status")
    if given.segment or given.since or given.until:
        found.append(_HEARD)
    if given.rule:
        found.append("node.waived > 0" if given.rule == "waived" else _RULE)
    if given.select:
        found.append("node.id in (select value from json_each(:selected))")
    return found


def hits(connection: sqlite3.Connection, given: TreeFilter, inside: Inside) -> list[str]:
    """The matching nodes in reading order; none if the filter is empty. Raises `SelectorError`."""
    conditions = _conditions(given)
    if not conditions:
        return []
    where = "\n  and ".join(("node.lft between :lft and :rgt", *conditions))
    sql = f"select node.id from node where {where} order by node.lft"
    parameters = {
        **inside,
        "words": match(given.q),
        "selected": json.dumps(select(given.select, FileNodes(connection)) if given.select else ()),
        **contains_words(given.q)[1],
        **{each: getattr(given, each) for each in TreeFilter.__struct_fields__},
    }
    return [each[0] for each in rows(connection, sql, parameters)]


def choices(connection: sqlite3.Connection, inside: Inside, statuses: list[str]) -> Choices:
    """The values that a filter of this tree offers."""
    return Choices(
        statuses,
        [each[0] for each in rows(connection, _SEGMENTS, {})],
        dict(rows(connection, _RULES, inside)),
    )
