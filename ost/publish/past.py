"""History as rows, in a file of its own that grows by a revision at a time: what the published file
takes over.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
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
from ost.publish.rows import AT, Row, key
from ost.tree.evidence import SILENT

PERIODS = ("version", "evidence_history")

_IDS = {Verb.ADDED, Verb.RENAMED}
"""The changes by which an id begins."""


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
    """The rows of history. Periods that last are held in memory once they were asked for."""

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
        said = enumerate(zip(changes, sentences, strict=False), 1)
        rows = [_change_row(line, at, *each) for at, each in said]
        fill(self.db, "change", len(AT["change"]), rows)
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
        """Writes the week that begins on a day, in place of its former row."""
        *numbers, targets, metrics = week
        row = (day, revision, changes, headline, *numbers, _json(targets), _json(metrics))
        marks = ", ".join("?" * len(row))
        self.db.execute(f"insert or replace into week values ({marks})", row)

    def untouch(self, commit: str) -> None:
        """Forgets what commits after this one touched; without a commit, all of it."""
        self.db.execute(_UNTOUCH, (commit,))

    def knows_week(self, revision: int) -> bool:
        """Whether a week's row was computed at this revision."""
        found = self.db.execute("select 1 from week where revision = ?", (revision,))
        return found.fetchone() is not None

    def rewind(self, n: int, day: str) -> None:
        """Forgets everything after revision n, and the weeks from a day on."""
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
        fill(self.db, "former_id", len(AT["former_id"]), rows)

    def _lasting(self, table: str, node_id: str) -> tuple[int, Row] | None:
        """The period of a node that lasts: since when, and what it says."""
        found = f"select * from {table} where node = ? and until is null"
        row = self.db.execute(found, (node_id,)).fetchone()
        return row and (row[1], row[3:])

    def _period(self, table: str, node_id: str, n: int, said: Row | None) -> None:
        held = self._open[table]
        if node_id not in held:
            held[node_id] = self._lasting(table, node_id)
        since, known = held[node_id] or (0, None)
        if said == known:
            return
        if known is not None:
            key_of = (node_id, since)
            if since == n:
                self.db.execute(f"delete from {table} where node = ? and since = ?", key_of)
            else:
                ended = f"update {table} set until = ? where node = ? and since = ?"
                self.db.execute(ended, (n, *key_of))
        if said is not None:
            row = (node_id, n, None, *said)
            fill(self.db, table, len(row), [row])
        held[node_id] = None if said is None else (n, said)

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


def _heard(state: NodeState | None) -> Row | None:
    return None if state is None or state.evidence == SILENT else state.evidence


def _change_row(line: RevisionLine, at: int, change: Change, sentence: str) -> Row:
    said = {
        **msgspec.structs.asdict(change),
        **{name: _json(getattr(change, name)) for name in _AS_JSON},
        "id": key(line.commit_id, at, change.fingerprint),
        "revision": line.n,
        "position": at,
        "change": change.change.value,
        "sentence": sentence,
    }
    return tuple(said[name] for name in AT["change"])


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


def note(db: sqlite3.Connection, **said: str) -> None:
    """Writes a note into a file of history."""
    db.executemany("insert or replace into meta values (?, ?)", said.items())


def noted_in(db: sqlite3.Connection) -> dict[str, str]:
    """A note in a file of history."""
    return dict(db.execute("select key, value from meta"))


def numbers_of(db: sqlite3.Connection, *, whole: bool) -> dict[str, int]:
    """The revisions by their commits; of a history that is not whole, without the first, of which
    is not known what it changed.
    """
    return dict(db.execute("select commit_id, n from revision where n > ?", (not whole,)))


_SAID, _AS_JSON = Change.__struct_fields__, ("before", "after", "people")
_CHANGES = f"select {', '.join(_SAID)}, sentence from change where revision = ? order by position"


def changes_of(db: sqlite3.Connection, revision: int) -> Iterator[tuple[Change, str]]:
    """What a revision changed, weightiest first, each with its sentence."""
    for *row, sentence in db.execute(_CHANGES, (revision,)):
        said = dict(zip(_SAID, row, strict=True))
        for name in _AS_JSON:
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


def take_over(
    file: Path,
    past: Path,
    meta: Mapping[str, str],
    *,
    authors: bool,
    state: Callable[[sqlite3.Connection], None] | None = None,
) -> None:
    """Fills a file to publish with history; without `authors`, no commit says who wrote it. To one
    that has it up to some revision, it adds what came later, and what brings its `state` up to
    date.
    """
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("pragma synchronous = off")
        db.execute("attach ? as past", (os.fsencode(past),))
        if state is None:
            db.execute("pragma main.journal_mode = off")
        db.execute("begin")
        known = 0
        if state is not None:
            state(db)
            known = db.execute("select coalesce(max(n), 0) from main.revision").fetchone()[0]
        for table in HISTORY_TABLES:
            _take(db, table, known, authors=authors)
        db.executemany("insert or replace into main.meta values (?, ?)", meta.items())
        db.execute("commit")


def _take(db: sqlite3.Connection, table: Table, known: int, *, authors: bool) -> None:
    """Takes over a table, of which all up to a revision may be known."""
    names = [f'"{each.name}"' for each in table.columns]
    # What was once written stays in the file's free space.
    chosen = ["''" if each == '"author"' and not authors else each for each in names]
    columns = "*" if chosen == names else ", ".join(chosen)
    taken = f'into main."{table.name}" select {columns} from past."{table.name}"'
    later = _LATER.get(table.name)
    if known and later:
        db.execute(f"insert or replace {taken} where {later}", (known,))
    else:
        db.execute(f'delete from main."{table.name}"')
        db.execute(f"insert {taken}")


_LATER = {
    "revision": "n > ?1",
    "change": "revision > ?1",
    **dict.fromkeys(PERIODS, "since > ?1 or until > ?1"),
    "week": "revision > ?1",
}
"""Which rows are new or other ones after a revision, for the tables in which those are few."""
