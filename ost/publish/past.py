"""History as rows, in a file of its own that grows by a revision at a time: what the published file
takes over.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from ost.history.change import Change, Verb
from ost.history.git import Touch
from ost.history.walk import NodeState, RevisionStep
from ost.history.weeks import WeekNumbers
from ost.publish.columns import Table
from ost.publish.history_schema import HISTORY_TABLES
from ost.publish.insert import fill
from ost.publish.rows import Row, key
from ost.tree.evidence import SILENT

PERIODS = ("version", "evidence_history")

_IDS = {Verb.ADDED, Verb.RENAMED}
"""The changes by which an id begins."""


class RevisionLine(NamedTuple):
    """A revision as its row says it."""

    n: int
    commit_id: str
    at: str
    day: str
    author: str
    subject: str
    pull: str | None


class Past:
    """The rows of history. Periods that last are held in memory."""

    def __init__(self, file: Path) -> None:
        """Opens or makes the file."""
        self.db = sqlite3.connect(file, isolation_level=None, timeout=30)
        self.db.execute("pragma synchronous = off")
        self.db.execute("begin immediate")
        self.db.execute("create table if not exists meta (key text primary key, value text)")
        for table in HISTORY_TABLES:
            columns = ", ".join(f'"{each.name}" {each.type}' for each in table.columns)
            made = f'create table if not exists "{table.name}" ({columns}, primary key '
            self.db.execute(f"{made}({', '.join(table.key)}))")
            for name, columns in _indexes(table):
                self.db.execute(
                    f'create index if not exists "{name}" on "{table.name}" ({columns})'
                )
        for name, column in (("change", "revision"), *_SINCE):
            self.db.execute(f'create index if not exists "by_{name}" on "{name}" ({column})')
        self.db.execute(_TOUCH)
        self.db.execute("commit")
        self._open = {table: self._lasting(table) for table in PERIODS}
        self._led = True

    def close(self) -> None:
        """Ends it."""
        self.db.close()

    def meta(self) -> dict[str, str]:
        """What is noted of it."""
        return dict(self.db.execute("select key, value from meta"))

    def note(self, **said: str) -> None:
        """Notes something of it."""
        self.db.executemany("insert or replace into meta values (?, ?)", said.items())

    def last(self) -> RevisionLine | None:
        """The newest revision."""
        return next(self._lines("order by n desc limit 1"), None)

    def before(self, day: str) -> RevisionLine | None:
        """The newest revision before a day."""
        return next(self._lines("where day < ? order by n desc limit 1", day), None)

    def newest_of(self, commits: Iterable[str]) -> RevisionLine | None:
        """The newest revision among these commits, which come newest first."""
        known = {each.commit_id: each for each in self._lines("")}
        return next((known[each] for each in commits if each in known), None)

    def add(
        self, line: RevisionLine, step: RevisionStep, sentences: Iterable[str], *, told: bool
    ) -> None:
        """A revision. What it changed is not `told` when what was before is not known."""
        changes = step.changes if told else ()
        row = (*line, len(changes), len(step.after))
        fill(self.db, "revision", len(row), [row])
        rows = _change_rows(line, changes, sentences)
        fill(self.db, "change", len(_WIDTH["change"]), rows)
        self._led = self._led and not any(each.change in _IDS for each in changes)
        for node_id, state in step.states.items():
            self._period("version", node_id, line.n, _version(state))
            self._period("evidence_history", node_id, line.n, _heard(state))

    def touch(self, commit: str, touches: Iterable[Touch]) -> None:
        """What a commit touched of the files, whether that changed the tree or not."""
        said = [(os.fsencode(each.path), each[1:]) for each in touches]
        row = (commit, msgspec.msgpack.encode(said))
        self.db.execute("insert or replace into touch (commit_id, touches) values (?, ?)", row)

    def add_week(
        self, day: str, revision: int, changes: int, headline: str, week: WeekNumbers
    ) -> None:
        """The week that begins on a day, in the place of what was known of it."""
        *numbers, targets, metrics = week
        row = (day, revision, changes, headline, *numbers, _json(targets), _json(metrics))
        marks = ", ".join("?" * len(row))
        self.db.execute(f"insert or replace into week values ({marks})", row)

    def untouch(self, commit: str) -> None:
        """Forgets what commits after this one touched; all of it without one."""
        self.db.execute(_UNTOUCH, (commit,))

    def knows_week(self, revision: int) -> bool:
        """Whether it is known how the week stood at a revision."""
        found = self.db.execute("select 1 from week where revision = ?", (revision,))
        return found.fetchone() is not None

    def rewind(self, n: int, day: str) -> None:
        """Forgets everything after revision n, and the weeks from a day on."""
        self._led = False
        for table, column in (("revision", "n"), ("change", "revision"), *_SINCE):
            self.db.execute(f'delete from "{table}" where {column} > ?', (n,))
        for table in PERIODS:
            self.db.execute(f"update {table} set until = null where until > ?", (n,))
            self._open[table] = self._lasting(table)
        self.db.execute("delete from week where day >= ?", (day,))

    def lead_ids(self) -> None:
        """Works out which ids were whose, when that may have changed."""
        if self._led:
            return
        self._led = True
        self.db.execute("delete from former_id")
        rows = _former_ids(
            self.db.execute(
                "select revision, change, node, before from change "
                "where change in ('added', 'renamed') order by revision, change"
            )
        )
        fill(self.db, "former_id", len(_WIDTH["former_id"]), rows)

    def _lasting(self, table: str) -> dict[str, tuple[int, Row]]:
        """The rows of periods that last: since when, and what they say, by node."""
        rows = self.db.execute(f"select * from {table} where until is null")
        return {row[0]: (row[1], row[3:]) for row in rows}

    def _period(self, table: str, node_id: str, n: int, said: Row | None) -> None:
        since, known = self._open[table].get(node_id, (0, None))
        if said == known:
            return
        if known is not None:
            key_of = (node_id, since)
            if since == n:
                self.db.execute(f"delete from {table} where node = ? and since = ?", key_of)
            else:
                ended = f"update {table} set until = ? where node = ? and since = ?"
                self.db.execute(ended, (n, *key_of))
            del self._open[table][node_id]
        if said is not None:
            row = (node_id, n, None, *said)
            fill(self.db, table, len(row), [row])
            self._open[table][node_id] = (n, said)

    def _lines(self, rest: str, *values: object) -> Iterator[RevisionLine]:
        columns = ", ".join(RevisionLine._fields)
        for row in self.db.execute(f"select {columns} from revision {rest}", values):
            yield RevisionLine(*row)


_WIDTH: Mapping[str, tuple[str, ...]] = {
    each.name: tuple(column.name for column in each.columns) for each in HISTORY_TABLES
}
_QUOTED = {table: [f'"{each}"' for each in names] for table, names in _WIDTH.items()}
_SINCE = tuple((table, "since") for table in PERIODS)


def _version(state: NodeState | None) -> Row | None:
    if state is None:
        return None
    record = state.record
    parent = record.parents[0] if record.parents else None
    return record.kind, record.title, state.status, parent, record.path, state.blob


def _heard(state: NodeState | None) -> Row | None:
    return None if state is None or state.evidence == SILENT else state.evidence


def _change_rows(
    line: RevisionLine, changes: Iterable[Change], sentences: Iterable[str]
) -> list[Row]:
    return [
        (
            key(line.commit_id, at, each.fingerprint),
            line.n,
            at,
            each.node,
            each.kind,
            each.title,
            each.change.value,
            each.field,
            _json(each.before),
            _json(each.after),
            _json(list(each.people)),
            each.weight,
            sentence,
            each.fingerprint,
            each.path,
            each.line,
        )
        for at, (each, sentence) in enumerate(zip(changes, sentences, strict=False), 1)
    ]


def _json(value: object) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _former_ids(changes: Iterable[Row]) -> list[Row]:
    """Follows every node through its ids. Those of a node come to be the newest one's."""
    born: dict[str, int] = {}
    former: dict[str, list[tuple[str, int, int]]] = {}
    done: list[Row] = []
    for revision, change, node, before in changes:
        if change == "renamed":
            old = msgspec.json.decode(before, type=str)
            ids = [*former.pop(old, ()), (old, born.get(old, 1), revision)]
        else:
            ids = []
        done += ((node, *each) for each in former.pop(node, ()))
        if ids:
            former[node] = ids
        born[node] = revision
    return [*done, *((node, *each) for node, ids in former.items() for each in ids)]


def touches_of(db: sqlite3.Connection, until: str = "") -> Iterator[tuple[str, tuple[Touch, ...]]]:
    """What each commit touched, newest first; up to one if it is among them."""
    for commit, data in db.execute(_TOUCHED, (until,)):
        said = msgspec.msgpack.decode(data, type=list[tuple[bytes, tuple[str, str, bool]]])
        yield commit, tuple(Touch(os.fsdecode(path), *rest) for path, rest in said)


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


def noted_in(db: sqlite3.Connection) -> dict[str, str]:
    """What is noted of a file of history."""
    return dict(db.execute("select key, value from meta"))


def numbers_of(db: sqlite3.Connection, *, whole: bool) -> dict[str, int]:
    """The revisions by their commits; of a history that is not whole, without the first, of which
    is not known what it changed.
    """
    return dict(db.execute("select commit_id, n from revision where n > ?", (not whole,)))


_CHANGE = ("change", "node", "kind", "title", "field", "before", "after", "people")
_PLACE = ("weight", "fingerprint", "path", "line")
_CHANGES = (
    f"select {', '.join((*_CHANGE, *_PLACE))}, sentence "
    "from change where revision = ? order by position"
)


def changes_of(db: sqlite3.Connection, revision: int) -> Iterator[tuple[Change, str]]:
    """What a revision changed, weightiest first, each with its sentence."""
    for *row, sentence in db.execute(_CHANGES, (revision,)):
        said = dict(zip((*_CHANGE, *_PLACE), row, strict=True))
        for name in ("before", "after", "people"):
            said[name] = None if said[name] is None else msgspec.json.decode(said[name])
        yield msgspec.convert(said, Change), sentence


def _indexes(table: Table) -> Iterator[tuple[str, str]]:
    """The indexes of a published table: with the same here, SQLite copies all pages as they are,
    in a third of the time that it takes to make them.
    """
    for column in table.columns:
        if column.index:
            columns = ", ".join(f'"{each}"' for each in column.index)
            yield f"idx_{table.name}_{column.name}", columns


def take_over(state: Path, past: Path, meta: Mapping[str, str], *, authors: bool) -> None:
    """Fills a published file with history; without `authors`, no commit says who wrote it."""
    connection = sqlite3.connect(state, isolation_level=None)
    try:
        for pragma in ("journal_mode = off", "synchronous = off"):
            connection.execute(f"pragma {pragma}")
        connection.execute("attach ? as past", (str(past),))
        connection.execute("begin")
        for table in HISTORY_TABLES:
            connection.execute(f'delete from main."{table.name}"')
            # What was once written stays in the file's free space.
            names = _QUOTED[table.name]
            hidden = not authors and '"author"' in names
            columns = ", ".join("''" if each == '"author"' else each for each in names)
            columns = columns if hidden else "*"
            connection.execute(
                f'insert into main."{table.name}" select {columns} from past."{table.name}"'
            )
        connection.executemany("insert or replace into main.meta values (?, ?)", meta.items())
        connection.execute("commit")
    finally:
        connection.close()
