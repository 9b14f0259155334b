"""The facts about nodes that a selector asks for, from the tables of the published file."""

import re
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache

from ost.days import read_day
from ost.selection.evaluation import RevisionError

_IDS = "select id from node order by lft is null, lft, id"

_PARENTS = "select source, target from edge where relation = 'parent'"

_PEOPLE = """
select node.id, node.participants
from node
join kind on kind.name = node.kind
where kind.needs_evidence
"""

_VALUES = {
    "kind": "select id, kind from node",
    "path": "select id, path from node",
    "status": "select id, status from node where status != ''",
    "tag": "select node.id, tag.value from node, json_each(node.fields, '$.tags') as tag",
    "segment": """
select id, segment
from node
where segment != ''
union
select moment.node, source.segment
from moment
join node as source on source.id = moment.source
where source.segment != ''
""",
    "rule": """
select node, code from diagnostic where node is not null
union
select node, name from diagnostic where node is not null
""",
}

_UNUSED = {
    "kind": "select name from kind",
    "status": "select name from status",
    "rule": "select code from rule union select name from rule",
}

_COMMIT = "select n from revision where substr(commit_id, 1, length(:name)) = :name"
_DAY = "select max(n) from revision where day <= :name"

_CHANGED = """
select coalesce(former_id.node, change.node)
from change
left join former_id on former_id.id = change.node
where change.revision > :since
union
select node
from change
where revision > :since
"""


class FileNodes:
    """The nodes of a published file, or of the cache, which has the same tables."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        changed: Callable[[str], Collection[str]] | None = None,
    ) -> None:
        """`changed` returns the nodes changed since a revision; by default, the file's history
        does.
        """
        self._connection = connection
        self._since = changed or self._by_history
        self.parents = cache(self._parents)
        self.values = cache(self._values)

    def ids(self) -> Sequence[str]:
        """Every node, in reading order."""
        return [row[0] for row in self._connection.execute(_IDS)]

    def known(self, field: str) -> Collection[str]:
        """Every kind, status, segment, rule, tag or path that there is, used or not."""
        found = {value for values in self.values(field).values() for value in values}
        if field in _UNUSED:
            found.update(row[0] for row in self._connection.execute(_UNUSED[field]))
        return found

    def people(self) -> Mapping[str, int]:
        """How many people support each node that needs evidence."""
        return dict(self._connection.execute(_PEOPLE))

    def changed(self, revision: str) -> Collection[str]:
        """The nodes that changed since a revision."""
        return self._since(revision)

    def _parents(self) -> Mapping[str, Collection[str]]:
        return _grouped(self._connection.execute(_PARENTS))

    def _values(self, field: str) -> Mapping[str, Collection[str]]:
        return _grouped(self._connection.execute(_VALUES[field]))

    def _by_history(self, revision: str) -> Collection[str]:
        """The nodes that commits after a day or a commit changed."""
        if self._connection.execute("select 1 from revision limit 1").fetchone() is None:
            raise RevisionError("this file has no history; build it with `--history`")
        if (day := _day(revision)) is not None:
            since = self._connection.execute(_DAY, {"name": day}).fetchone()[0] or 0
        else:
            since = self._commit(revision)
        return {row[0] for row in self._connection.execute(_CHANGED, {"since": since})}

    def _commit(self, revision: str) -> int:
        found: list[tuple[int]] = []
        if re.fullmatch(r"[0-9a-f]{4,64}", revision):
            found = self._connection.execute(_COMMIT, {"name": revision}).fetchall()
        if len(found) != 1:
            raise RevisionError(
                f"the history has no commit {revision!r}; write a day (2026-10-01) or a commit"
            )
        return found[0][0]


def _day(written: str) -> str | None:
    day = read_day(written)
    return day.isoformat() if day else None


def _grouped(rows: sqlite3.Cursor) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node, value in rows:
        found.setdefault(node, []).append(str(value))
    return found
