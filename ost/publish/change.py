"""Changes a state in place after a small change of the files: the changed nodes' rows, and what
depends on them.

Equal, row for row, to building everything anew: that is tested on random edits. What decides whose
rows may differ: a node's own text; the names that its links go by; for what is rolled up, the nodes
below; for diagnostics, the nodes around.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from ost.judge.rule import Rule
from ost.publish import index
from ost.publish.filling import fill
from ost.publish.live import Live
from ost.publish.rejudging import rejudge
from ost.publish.rerolling import Heard, recount, rehear, reshape, restate
from ost.publish.rewriting import remove, renew
from ost.publish.rows import SOURCES, Row
from ost.publish.spoken import is_transcript
from ost.read.document import Document
from ost.tree.participants import UNKNOWN

MOST = 500
"""With more nodes to make anew, making all of them anew is as quick."""

Changes = Mapping[str, tuple[str, Document] | None]
"""By path: the id of the new content and its reading, or None for a file that is gone."""


class TooMuchError(Exception):
    """The change is so large that everything is better made anew."""


class Before(Struct):
    """A node as the state had it."""

    kind: str
    parents: tuple[str, ...]
    heard: tuple[Heard, ...]
    person: str | None
    far: tuple[Row, ...]
    near: tuple[Row, ...]
    linked: set[str]
    above: set[str]
    below: set[str]


def apply(
    connection: sqlite3.Connection,
    changes: Changes,
    *,
    as_of: date,
    rules: tuple[Rule, ...],
    synonyms: Mapping[str, tuple[str, ...]],
    again: Iterable[str] = (),
) -> None:
    """Changes the state, inside of the caller's transaction; `again` are further nodes to judge
    again.

    Raises TooMuchError, with the transaction half done, when the change is too large.
    """
    change = _Change(connection, as_of, rules, synonyms)
    change.run(changes, set(again))


class _Change:
    """One change while it is carried out."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        as_of: date,
        rules: tuple[Rule, ...],
        synonyms: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.db = connection
        self.rules, self.synonyms = rules, synonyms
        self.live = Live(connection, as_of, synonyms)
        self.before: dict[str, Before | None] = {}

    def run(self, changes: Changes, again: set[str]) -> None:
        touched = {
            node_id
            for path in changes
            for node_id in self.column("select id from cache.claim where path = ?", path)
        }
        self.spoken = {path for path, found in changes.items() if self.is_spoken(path, found)}
        keys = self.replace_files(changes)
        touched |= {
            node_id for found in changes.values() if found for node_id in index.claims(found[1])
        }
        dirty, gone = self.sort_out(touched, changes, keys)
        if len(dirty) + len(gone) > MOST:
            raise TooMuchError
        for node_id in (*dirty, *gone):
            self.before[node_id] = self.as_it_was(node_id)
        for node_id in sorted(gone):
            remove(self.db, node_id)
        for node_id in sorted(dirty):
            renew(self.db, self.live, node_id, self.synonyms)
        shaped = {each for each in (*dirty, *gone) if self.shape_changed(each)}
        if shaped:
            reshape(self.db)
        else:
            before = {each: was.heard if was else () for each, was in self.before.items()}
            rehear(self.db, before, {each: self.heard_now(each) for each in self.before})
        restate(self.db, self.assumptions())
        people = {was.person for was in self.before.values() if was}
        recount(self.db, people | {self.person(each) for each in self.before})
        around = dirty | again | self.listening()
        for node_id in self.before:
            around |= self.concerned(node_id, shaped=node_id in shaped)
        paths = set(changes) - self.spoken | {
            path
            for node_id in touched
            for path in self.column("select path from cache.claim where id = ?", node_id)
        }
        rejudge(self.db, self.live, self.rules, around | gone, paths)

    def column(self, query: str, *values: object) -> list[str]:
        return [row[0] for row in self.db.execute(query, values)]

    # Files and names.

    def replace_files(self, changes: Changes) -> set[str]:
        """Puts the new files into the tables of files; gives the keys of links that may lead
        elsewhere.
        """
        keys: set[str] = set()
        for path, found in changes.items():
            if path in self.spoken:
                self.db.execute("delete from file where path = ?", (path,))
                if found is not None:
                    self.db.execute("insert into file values (?, ?, 0)", (path, found[0]))
                continue
            old = self.db.execute("select * from cache.place where path = ?", (path,)).fetchone()
            new: Row | None = index.place_row(found[1]) if found else None
            if old != new:
                keys.add(index.end(path))
            for table in ("file", "cache.place", "cache.claim"):
                self.db.execute(f"delete from {table} where path = ?", (path,))
            if found is None:
                continue
            blob, document = found
            entries = len(document.reading.entries)
            self.db.execute("insert into file values (?, ?, ?)", (path, blob, entries))
            fill(self.db, "place", 4, [index.place_row(document)])
            fill(self.db, "claim", 2, index.claim_rows(document))
        return keys

    def is_spoken(self, path: str, found: tuple[str, Document] | None) -> bool:
        """Whether the file at a path is, or was, a transcript."""
        known = [found[0]] if found else self.column("select blob from file where path = ?", path)
        return any(map(is_transcript, known))

    def listening(self) -> set[str]:
        """The interviews whose transcript changed, and those that lack one."""
        if not self.spoken:
            return set()
        names = {path.rpartition("/")[2] for path in self.spoken}
        query = (
            "select id, json_extract(fields, '$.transcript') as transcript from node "
            "where kind = 'interview' and transcript is not null"
        )
        # What is said of an interview whose transcript is not there names those that are.
        lacking = self.column("select node from diagnostic where code = 'OST210'")
        return {*filter(None, lacking)} | {
            row[0]
            for row in self.db.execute(query)
            if str(row[1]).strip().rpartition("/")[2] in names
        }

    def sort_out(
        self, touched: set[str], changes: Changes, keys: set[str]
    ) -> tuple[set[str], set[str]]:
        """The nodes to make anew, and those that are gone."""
        dirty: set[str] = set()
        gone: set[str] = set()
        renamed = False
        for node_id in sorted(touched):
            was = self.column("select path from node where id = ?", node_id)
            found = self.live.winner(node_id)
            called = set(self.column("select folded from cache.alias where id = ?", node_id))
            now = {row[0] for row in index.alias_rows(node_id, found[1])} if found else set()
            keys |= {index.end(each) for each in called ^ now}
            if bool(was) != bool(found):
                renamed = True
                keys.add(index.end(node_id))
            self.db.execute("delete from cache.alias where id = ?", (node_id,))
            fill(self.db, "alias", 2, [(each, node_id) for each in sorted(now)])
            if found is None:
                if was:
                    gone.add(node_id)
                    query = "select source from edge where target = ?"
                    dirty |= set(self.column(query, node_id))
            elif found[0] in changes or was != [found[0]]:
                dirty.add(node_id)
        for key in keys:
            dirty |= set(self.column("select source from cache.loose where key = ?", key))
        if renamed:
            dirty |= set(self.column("select node from diagnostic where code = 'OST010'"))
        return {each for each in dirty if each and self.live.names.known(each)}, gone

    # Before and after.

    def as_it_was(self, node_id: str) -> Before | None:
        kind = self.column("select kind from node where id = ?", node_id)
        if not kind:
            return None
        return Before(
            kind[0],
            self.parents(node_id),
            self.heard_now(node_id),
            self.person(node_id),
            self.far(node_id),
            self.near(node_id),
            self.linked(node_id),
            self.above(node_id),
            self.below(node_id),
        )

    def person(self, node_id: str) -> str | None:
        """Who speaks in an interview or signal."""
        query = "select kind, participant from node where id = ?"
        row = self.db.execute(query, (node_id,)).fetchone()
        return (row[1] or (UNKNOWN if row[0] == "interview" else None)) if row else None

    def far(self, node_id: str) -> tuple[Row, ...]:
        """What of a node may matter to what is said of nodes above it and above what it speaks for:
        all its fields, and who speaks for what.
        """
        fields = self.db.execute("select kind, title, fields from node where id = ?", (node_id,))
        return (*fields, self.parents(node_id), *self.heard_now(node_id))

    def near(self, node_id: str) -> tuple[Row, ...]:
        """What of a node may matter to what is said of those it links to: all but its body."""
        queries = (
            "select target, relation from edge where source = ? order by position",
            "select words, second, further from moment where source = ? order by position",
            "select text, moment, second, further from quote where source = ? order by position",
        )
        return tuple(row for query in queries for row in self.db.execute(query, (node_id,)))

    def heard_now(self, node_id: str) -> tuple[Heard, ...]:
        return tuple(
            self.db.execute(
                "select source, node, participant, stance, kind, date from moment where source = ?",
                (node_id,),
            )
        )

    def parents(self, node_id: str) -> tuple[str, ...]:
        query = "select target from edge where source = ? and relation = 'parent' order by position"
        return tuple(self.column(query, node_id))

    def shape_changed(self, node_id: str) -> bool:
        """Whether places in the tree may differ because of a node."""
        was = self.before[node_id]
        row = self.db.execute("select kind from node where id = ?", (node_id,)).fetchone()
        kinds = {was.kind if was else None, row[0] if row else None} - {None}
        if was and row and was.kind == row[0]:
            return was.parents != self.parents(node_id)
        children = "select 1 from edge where target = ? and relation = 'parent'"
        hanging = bool(was and was.parents) or bool(self.parents(node_id))
        return bool(kinds - set(SOURCES)) or hanging or bool(self.column(children, node_id))

    def concerned(self, node_id: str, *, shaped: bool) -> set[str]:
        """The nodes whose diagnostics may differ because of a node."""
        was, found = self.before[node_id], set[str]()
        if was is None or was.near != self.near(node_id):
            linked = self.linked(node_id) | (was.linked if was else set())
            found |= linked
            if self.decides(node_id):  # what was decided is asked of whatever is above, too
                found |= {above for each in linked for above in self.above(each)}
        if was is None or was.far != self.far(node_id):
            found |= self.linked(node_id) | self.above(node_id) | (was.above if was else set())
        if shaped:
            found |= self.below(node_id) | (was.below if was else set())
        return found

    def decides(self, node_id: str) -> bool:
        """Whether a node is a decision, or was one."""
        was, now = self.before[node_id], self.column("select kind from node where id = ?", node_id)
        return "decision" in {was.kind if was else "", *now}

    def linked(self, node_id: str) -> set[str]:
        """What a node links to, and whoever links to it."""
        to = self.column("select target from edge where source = ?", node_id)
        return {*to, *self.column("select source from edge where target = ?", node_id)}

    def above(self, node_id: str) -> set[str]:
        """Everything above a node, and what its moments are about with everything above that."""
        queue = [node_id, *self.column("select node from moment where source = ?", node_id)]
        found = set(queue)
        for each in queue:
            for parent in self.parents(each):
                if parent not in found:
                    found.add(parent)
                    queue.append(parent)
        return found

    def below(self, node_id: str) -> set[str]:
        """Everything below a node, by any parent."""
        return set(
            self.column(
                "with recursive below (id) as (select ? union select edge.source from edge "
                "join below on edge.target = below.id where edge.relation = 'parent') "
                "select id from below",
                node_id,
            )
        )

    # What depends on others.

    def assumptions(self) -> set[str]:
        """The assumptions whose tests may have changed, and those that changed themselves."""
        found = set(self.before)
        for node_id, was in self.before.items():
            found |= {*self.parents(node_id), *(was.parents if was else ())}
        return found
