"""The tree as it was on a given day, from the history tables."""

import json
import sqlite3
from collections.abc import Iterable, Mapping

from msgspec import Struct

from datasette_ost.file.rows import records, rows


class PastRevision(Struct):
    """A commit that touched the tree's files."""

    n: int
    day: str
    at: str
    author: str
    subject: str
    pull: str | None
    commit_id: str


class PastBox(Struct):
    """A node as a revision left it. `id` and `parent` are the newest ids, `called` is its id at
    that time; `gone` is 1 if it has left the tree since.

    `children` counts the nodes directly below it, and `descendants` all nodes below; if the
    children are left out, `descendants` counts only those directly below. `participants` were known
    to have mentioned it or anything below it; `said` had done so by that day, whether written down
    or not. `marks` say what changed since the week before: new, moved, chosen, changed, status,
    heard or warn.
    """

    id: str
    kind: str
    title: str
    status: str | None
    parent: str | None
    participants: int
    moments: int
    against: int
    called: str
    gone: int = 0
    depth: int = 0
    children: int = 0
    descendants: int = 0
    said: int = 0
    marks: list[str] = []


class NewestIds(Struct, frozen=True):
    """The newest id of each node (its last one, if the node is gone), by its id in one revision."""

    later: Mapping[str, str]

    def latest(self, node_id: str) -> str:
        """The newest id of a node, by its id in the revision."""
        return self.later.get(node_id, node_id)


AS_OF = "{0}.since <= :n and ({0}.until is null or {0}.until > :n)"
"""The condition that a row holds at revision `:n`."""

VERSION = AS_OF.format("version")
HEARD = AS_OF.format("evidence_history")

DECIDING = "select name from kind where decides"
"""Kinds that come after their siblings, because they decide between them."""

_REVISION = "n, day, at, author, subject, pull, commit_id"

_PAST = f"""
select
  version.node, version.kind, version.title, version.status, version.parent,
  coalesce(evidence_history.participants, 0), coalesce(evidence_history.moments, 0),
  coalesce(evidence_history.against, 0), version.node
from version
left join evidence_history on evidence_history.node = version.node and {HEARD}
where {VERSION}
"""

_BELOW = f"""{_PAST}
  and version.parent in (select value from json_each(:ids))
  and version.kind in (select name from kind where placed)
"""

_CHILDREN = f"""
select version.parent, count(*)
from version
where {VERSION}
  and version.parent in (select value from json_each(:ids))
  and version.kind in (select name from kind where placed)
group by version.parent
"""

_TODAY = """
select id, coalesce(lft, 1e9)
from node
where id in (select value from json_each(:ids))
"""


def last(connection: sqlite3.Connection, day: str = "9999") -> PastRevision | None:
    """The newest revision on or before a day."""
    sql = f"select {_REVISION} from revision where day <= :day order by day desc, n desc limit 1"
    return next(iter(records(connection, PastRevision, sql, {"day": day})), None)


def revision(connection: sqlite3.Connection, n: int) -> PastRevision:
    """A revision by its number."""
    sql = f"select {_REVISION} from revision where n = :n"
    return records(connection, PastRevision, sql, {"n": n})[0]


def names(connection: sqlite3.Connection, n: int) -> NewestIds:
    """The newest ids of the nodes in a revision."""
    sql = "select id, node from former_id where since <= :n and until > :n"
    return NewestIds(dict(rows(connection, sql, {"n": n})))


def ids(connection: sqlite3.Connection, node_id: str) -> list[str]:
    """Every id that a node has had, newest first; any of them finds it."""
    latest = newest(connection, node_id)
    sql = "select id from former_id where node = :id order by since desc, id"
    return list(
        dict.fromkeys((latest, *(each[0] for each in rows(connection, sql, {"id": latest}))))
    )


def newest(connection: sqlite3.Connection, node_id: str) -> str:
    """A node's newest id, by any id that it has had. An id that another node has now means that
    other node.
    """
    if rows(connection, "select 1 from node where id = :id", {"id": node_id}):
        return node_id
    sql = "select node from former_id where id = :id order by until desc, node limit 1"
    found = rows(connection, sql, {"id": node_id})
    return str(found[0][0]) if found else node_id


def past_box(connection: sqlite3.Connection, known: Iterable[str], n: int) -> PastBox | None:
    """A node as a revision left it, by any of its ids; None if it was not in the revision."""
    asked = {"n": n, "ids": json.dumps(list(known))}
    sql = f"{_PAST} and version.node in (select value from json_each(:ids))"
    found = records(connection, PastBox, sql, asked)
    return found[0] if found else None


def ids_then(connection: sqlite3.Connection, nodes: Iterable[str], n: int) -> dict[str, str]:
    """The nodes by their ids in a revision, ignoring ids that belonged to another node."""
    later = names(connection, n).later
    former = {new: old for old, new in later.items()}
    return {former.get(each, each): each for each in nodes if each in former or each not in later}


def at(connection: sqlite3.Connection, nodes: Iterable[str], n: int) -> dict[str, PastBox]:
    """Those of the nodes that a revision holds, as it left them, by their newest ids."""
    called = ids_then(connection, nodes, n)
    sql = f"{_PAST} and version.node in (select value from json_each(:ids))"
    found = records(connection, PastBox, sql, {"n": n, "ids": json.dumps(list(called))})
    named = names(connection, n)
    for box in found:
        box.parent = box.parent and named.latest(box.parent)
        box.id = called[box.called]
    return {each.id: each for each in found}


def below(
    connection: sqlite3.Connection, top: PastBox, n: int, most: int, levels: int | None = None
) -> list[PastBox]:
    """A node and everything below it, in reading order: as many levels as fit, but at least two."""
    found, level = [top], [top]
    by_parent: dict[str, list[PastBox]] = {}
    depth = 0
    while level and (levels is None or depth < levels):
        asked = {"n": n, "ids": json.dumps([each.called for each in level])}
        following = _once(records(connection, PastBox, _BELOW, asked), found)
        if levels is None and depth >= 2 and len(found) + len(following) > most:
            break
        depth += 1
        for box in following:
            box.depth = depth
            by_parent.setdefault(box.parent or "", []).append(box)
        found += following
        level = following
    cut = {"n": n, "ids": json.dumps([each.called for each in level])}
    many = dict(rows(connection, _CHILDREN, cut)) if level else {}
    for box in level:
        box.children = box.descendants = many.get(box.called, 0)
    _name(found, names(connection, n))
    return _in_order(connection, top, by_parent)


def _once(following: list[PastBox], found: list[PastBox]) -> list[PastBox]:
    """The nodes that are not in the tree yet, because parents may form a cycle."""
    seen = {each.called for each in found}
    return [each for each in following if each.called not in seen]


def _name(found: list[PastBox], named: NewestIds) -> None:
    """Gives boxes their newest ids. If two boxes would get the same id, one keeps its old one."""
    then = {each.called for each in found}
    given: dict[str, str] = {}
    taken: set[str] = set()
    for box in found:
        newest = named.latest(box.called)
        free = newest not in taken and newest not in then
        box.id = newest if free else box.called
        taken.add(box.id)
        given[box.called] = box.id
    for box in found:
        if box.parent:
            box.parent = given.get(box.parent) or named.latest(box.parent)


def _in_order(
    connection: sqlite3.Connection, top: PastBox, by_parent: Mapping[str, list[PastBox]]
) -> list[PastBox]:
    """The boxes in reading order: siblings in today's order, then deleted ones by title."""
    every = [top, *(each for siblings in by_parent.values() for each in siblings)]
    asked = {"ids": json.dumps([each.id for each in every])}
    places = dict(rows(connection, _TODAY, asked))
    last = {each[0] for each in rows(connection, DECIDING, {})}

    def rank(each: PastBox) -> tuple[bool, float, str, str]:
        return (each.kind in last, places.get(each.id, 2e9), each.title, each.id)

    made: list[PastBox] = []
    stack = [top]
    while stack:
        box = stack.pop()
        made.append(box)
        box.gone = int(box.id not in places)
        children = sorted(by_parent.get(box.called, ()), key=rank, reverse=True)
        box.children = len(children) or box.children
        stack += children
    for box in reversed(made):
        if box.called in by_parent:
            box.descendants = sum(1 + each.descendants for each in by_parent[box.called])
    return made


def above(connection: sqlite3.Connection, box: PastBox, n: int) -> list[PastBox]:
    """The nodes above a node, from the top down; each once, even if parents form a cycle."""
    named, found = names(connection, n), [box]
    while (parent := found[0].parent) and len(found) <= MOST_ABOVE:
        then = past_box(connection, ids(connection, parent), n)
        if then is None or any(each.called == then.called for each in found):
            break
        _name([then], named)
        found.insert(0, then)
    return found[:-1]


MOST_ABOVE = 60
"""The maximum of levels above a node. No real tree is deeper."""
