"""What a node depends on, what depends on it, and suspect decisions."""

import json
import re
import sqlite3

from datasette_ost.file.nodes import BOX, Box, boxes
from datasette_ost.file.rows import rows

AT_MOST = 40

_ALTERNATIVES = f"""
select {BOX}
from node
where id in (
    select other.source
    from edge as own
    join edge as other on other.target = own.target
    where own.source = :id
      and own.relation = 'parent'
      and other.relation = 'parent'
  )
  and kind = :kind
  and id <> :id
order by lft
limit :most
"""

_ABOVE = f"""
with recursive up(id) as (
  select :id
  union
  select edge.target
  from up
  join node on node.id = up.id
  join edge on edge.source = up.id
  where edge.relation = 'parent'
    and node.kind in ('assumption', 'test')
)
select {BOX}
from node
where id in (select id from up)
  and kind in ('solution', 'assumption')
  and id <> :id
order by kind, lft
limit :most
"""

# A change below a decision makes it suspect until someone edits its own file.
_SUSPECT = """
select change.after
from change
where change.node = :id
  and change.change = 'suspect'
  and change.revision >= coalesce((select max(since) from version where node = :id), 0)
order by change.revision desc, change.position desc
limit 1
"""

_HISTORY = "select 1 from meta where key = 'history' and value <> ''"


def alternatives(connection: sqlite3.Connection, node_id: str, kind: str) -> list[Box]:
    """The other nodes of its kind under the same parents, in the tree's order."""
    return boxes(connection, _ALTERNATIVES, {"id": node_id, "kind": kind, "most": AT_MOST})


def decided_by(connection: sqlite3.Connection, node_id: str) -> list[Box]:
    """The assumptions and solutions above an assumption or a test, which depend on its result."""
    return boxes(connection, _ABOVE, {"id": node_id, "most": AT_MOST})


def changed_ground(connection: sqlite3.Connection, decision: str) -> list[str] | None:
    """What has changed below a decision since its last edit, or None if the file has no history."""
    if not rows(connection, _HISTORY, {}):
        return None
    found = rows(connection, _SUSPECT, {"id": decision})
    try:
        reasons = json.loads(found[0][0] or "[]") if found else []
    except ValueError:
        reasons = []
    texts = [str(each) for each in reasons] if isinstance(reasons, list) else [str(reasons)]
    return _with_titles(connection, texts)


_REASON = re.compile(r"(?P<about>\S+) (?P<why>rests on (?P<ground>\S+)(?P<which>, which .*)|.*)")


def _with_titles(connection: sqlite3.Connection, reasons: list[str]) -> list[str]:
    """Reasons with titles instead of ids. A reason begins with an id and may end with one that it
    depends on.
    """
    read = [each for each in map(_REASON.fullmatch, reasons) if each]
    ids = {each[name] for each in read for name in ("about", "ground") if each[name]}
    sql = "select id, title from node where id in (select value from json_each(:ids))"
    titles = {
        node_id: f"“{title}”"
        for node_id, title in rows(connection, sql, {"ids": json.dumps(list(ids))})
    }

    def said(found: re.Match[str]) -> str:
        why = found["why"]
        if found["ground"]:
            why = f"rests on {titles.get(found['ground'], found['ground'])}{found['which']}"
        return f"{titles.get(found['about'], found['about'])} {why}"

    return [
        said(found) if found else each
        for each, found in zip(reasons, map(_REASON.fullmatch, reasons), strict=True)
    ]
