"""The file in which a walk through history stores its results. It grows one revision at a time and
has the published tables of history (`ost.publish.history`).
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from ost.history.change import Change
from ost.history.former_ids import BEGINNINGS, former_ids
from ost.history.git import Touch
from ost.history.walk import NodeState, RevisionStep
from ost.history.weeks import WeekNumbers
from ost.publish.history_schema import HISTORY_TABLES, PERIODS
from ost.publish.rows import AT, Row, fill, key
from ost.tree.evidence import SILENT


class RevisionLine(NamedTuple):
    """A revision, from its row."""

    n: int
    commit_id: str
    at: str
    day: str
    author: str
    subject: str
    pull: str | None


class Past:
    """The rows of history. Periods that are still open stay in memory once they were read."""

    def __init__(self, file: Path) -> None:
        """Opens or makes the file."""
        self.db = sqlite3.connect(file, isolation_level=None, timeout=30)
        self.db.execute("pragma synchronous = off")
        self.db.execute("begin immediate")
        self.db.execute("create table if not exists meta (key text primary key, value text)")
        for table in HISTORY_TABLES:
            for creation in (table.creation(), *table.index_creations()):
                self.db.execute(creation)
        self.db.execute(_TOUCH)
        self.db.execute("commit")
        self._open: dict[str, dict[str, tuple[int, Row] | None]] = {each: {} for each in PERIODS}
        self._led = True

    def last(self) -> RevisionLine | None:
        """The newest revision."""
        return next(self._lines("order by n desc limit 1"), None)

    def before(self, day: str) -> RevisionLine | None:
        """The newest revision before a day."""
        return next(self._lines("where day < ? order by n desc limit 1", day), None)

    def newest_of(self, commits: Iterable[str]) -> RevisionLine | None:
        """The newest revision among these commits, which are given newest first."""
        known = {each.commit_id: each for each in self._lines("")}
        return next((known[each] for each in commits if each in known), None)

    def add(
        self,
        line: RevisionLine,
        step: RevisionStep,
        sentences: Iterable[str],
        *,
        with_changes: bool,
    ) -> None:
        """Adds a revision, with its changes if the previous revision is known."""
        changes = step.changes if with_changes else ()
        row = (*line, len(changes), len(step.after))
        fill(self.db, "revision", [row])
        numbered = enumerate(zip(changes, sentences, strict=False), 1)
        rows = [_change_row(line, at, *each) for at, each in numbered]
        fill(self.db, "change", rows)
        self._led = self._led and not any(each.change in BEGINNINGS for each in changes)
        for node_id, state in step.states.items():
            self._period("version", node_id, line.n, _version(state))
            self._period("evidence_history", node_id, line.n, _evidence_row(state))

    def touch(self, commit: str, touches: Iterable[Touch]) -> None:
        """Stores the files that a commit touched, whether or not they changed the tree."""
        encoded = [(os.fsencode(each.path), each[1:]) for each in touches]
        row = (commit, msgspec.msgpack.encode(encoded))
        self.db.execute("insert or replace into touch (commit_id, touches) values (?, ?)", row)

    def add_week(
        self, day: str, revision: int, changes: int, headline: str, week: WeekNumbers
    ) -> None:
        """Writes the row of the week that begins on a day, in place of the former one."""
        *numbers, targets, metrics = week
        row = (day, revision, changes, headline, *numbers, _json(targets), _json(metrics))
        marks = ", ".join("?" * len(row))
        self.db.execute(f"insert or replace into week values ({marks})", row)

    def untouch(self, commit: str) -> None:
        """Deletes what the commits after this one touched; without a commit, deletes everything."""
        self.db.execute(_UNTOUCH, (commit,))

    def knows_week(self, revision: int) -> bool:
        """Whether a week's row was computed at this revision."""
        found = self.db.execute("select 1 from week where revision = ?", (revision,))
        return found.fetchone() is not None

    def rewind(self, n: int, day: str) -> None:
        """Deletes everything after revision n, and the weeks from a day on."""
        note(self.db, filled="")
        self._led = False
        self.db.execute("delete from revision where n > ?", (n,))
        self.db.execute("delete from change where revision > ?", (n,))
        for table in PERIODS:
            self.db.execute(f"delete from {table} where since > ?", (n,))
            self.db.execute(f"update {table} set until = null where until > ?", (n,))
            self._open[table].clear()
        self.db.execute("delete from week where day >= ?", (day,))

    def lead_ids(self) -> None:
        """Recomputes which former id belongs to which node, if that may have changed."""
        if self._led:
            return
        self._led = True
        self.db.execute("delete from former_id")
        begun = self.db.execute(_BEGUN, BEGINNINGS).fetchall()
        fill(self.db, "former_id", former_ids(begun))

    def _lasting(self, table: str, node_id: str) -> tuple[int, Row] | None:
        """A node's open period: its first revision and its values."""
        found = f"select * from {table} where node = ? and until is null"
        row = self.db.execute(found, (node_id,)).fetchone()
        return row and (row[1], row[3:])

    def _period(self, table: str, node_id: str, n: int, values: Row | None) -> None:
        periods = self._open[table]
        if node_id not in periods:
            periods[node_id] = self._lasting(table, node_id)
        since, known = periods[node_id] or (0, None)
        if values == known:
            return
        if known is not None:
            key_of = (node_id, since)
            if since == n:
                self.db.execute(f"delete from {table} where node = ? and since = ?", key_of)
            else:
                ended = f"update {table} set until = ? where node = ? and since = ?"
                self.db.execute(ended, (n, *key_of))
        if values is not None:
            row = (node_id, n, None, *values)
            fill(self.db, table, [row])
        periods[node_id] = None if values is None else (n, values)

    def _lines(self, rest: str, *values: object) -> Iterator[RevisionLine]:
        columns = ", ".join(RevisionLine._fields)
        for row in self.db.execute(f"select {columns} from revision {rest}", values):
            yield RevisionLine(*row)


def _version(state: NodeState | None) -> Row | None:
    if state is None:
        return None
    record = state.record
    parent = record.parents[0] if record.parents else None
    return record.kind, record.title, state.status, parent, record.path, state.blob


def _evidence_row(state: NodeState | None) -> Row | None:
    return None if state is None or state.evidence == SILENT else state.evidence


def _change_row(line: RevisionLine, at: int, change: Change, sentence: str) -> Row:
    values = {
        **msgspec.structs.asdict(change),
        **{name: _json(getattr(change, name)) for name in _AS_JSON},
        "id": key(line.commit_id, at, change.fingerprint),
        "revision": line.n,
        "position": at,
        "change": change.change.value,
        "sentence": sentence,
    }
    return tuple(values[name] for name in AT["change"])


def _json(value: object) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def touches_of(db: sqlite3.Connection, until: str = "") -> Iterator[tuple[str, tuple[Touch, ...]]]:
    """The files that each commit touched, newest first, up to `until` if it is among them."""
    for commit, data in db.execute(_TOUCHED, (until,)):
        decoded = msgspec.msgpack.decode(data, type=list[tuple[bytes, tuple[str, str, bool]]])
        yield commit, tuple(Touch(os.fsdecode(path), *rest) for path, rest in decoded)


_BEGUN = """
select revision, node, case change when 'renamed' then json_extract(before, '$') end
from change
where change in (?, ?)
order by revision, change, position
"""
_TOUCH = """
create table if not exists touch
(at integer primary key, commit_id text unique, touches blob)
"""
_UNTOUCH = """
delete from touch
where at > coalesce((select at from touch where commit_id = ?), 0)
"""
_TOUCHED = """
select commit_id, touches
from touch
where at <= coalesce((select at from touch where commit_id = ?), at)
order by at desc
"""


def note(db: sqlite3.Connection, **values: str) -> None:
    """Writes a note into a file of history."""
    db.executemany("insert or replace into meta values (?, ?)", values.items())


def noted_in(db: sqlite3.Connection) -> dict[str, str]:
    """A note in a file of history."""
    return dict(db.execute("select key, value from meta"))


def numbers_of(db: sqlite3.Connection, *, whole: bool) -> dict[str, int]:
    """The revisions by their commits. If history is incomplete, the first one is left out: its
    changes are unknown.
    """
    return dict(db.execute("select commit_id, n from revision where n > ?", (not whole,)))


_FIELDS, _AS_JSON = Change.__struct_fields__, ("before", "after", "people")
_CHANGES = f"select {', '.join(_FIELDS)}, sentence from change where revision = ? order by position"


def changes_of(db: sqlite3.Connection, revision: int) -> Iterator[tuple[Change, str]]:
    """A revision's changes with their sentences, most important first."""
    for *row, sentence in db.execute(_CHANGES, (revision,)):
        values = dict(zip(_FIELDS, row, strict=True))
        for name in _AS_JSON:
            values[name] = None if values[name] is None else msgspec.json.decode(values[name])
        yield msgspec.convert(values, Change), sentence
