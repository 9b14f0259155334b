"""What a change does to numbers that depend on other nodes: places in the tree, evidence, derived
status.
"""

import sqlite3
from collections.abc import Iterable, Mapping

from ost.publish import evidence, shape
from ost.publish.evidence import SILENT, Heard, roll_up, status_of
from ost.publish.filling import fill
from ost.publish.rows import AT
from ost.publish.shape import Place
from ost.publish.whole import Person, participant_row
from ost.tree.participants import AND, UNKNOWN
from ost.tree.participants import people as named

__all__ = ["Heard", "recount", "rehear", "reshape", "restate"]

_HEARD = "select source, node, participant, stance, kind, date from moment"


def reshape(db: sqlite3.Connection) -> None:
    """Works out every place and all evidence anew, and writes what differs."""
    stored: dict[str, Place] = {
        row[0]: row[1:] for row in db.execute(f"select id, {', '.join(shape.COLUMNS)} from node")
    }
    placed = shape.shape(db.execute("select id, kind, parent from node order by id").fetchall())
    _write(db, shape.COLUMNS, {k: v for k, v in placed.items() if stored[k] != v})
    heard = roll_up(db.execute(_HEARD), _parents(db))
    known = {
        row[0]: row[1:] for row in db.execute(f"select id, {', '.join(evidence.COLUMNS)} from node")
    }
    counts = {k: heard[k].counts() if k in heard else SILENT for k in known}
    _write(db, evidence.COLUMNS, {k: v for k, v in counts.items() if known[k] != v})
    old = set(db.execute("select node, participant, moments from evidence"))
    new = {
        (node, person, moments)
        for node, found in heard.items()
        for person, moments in found.people.items()
    }
    gone = ((node, person) for node, person, _ in old - new)
    db.executemany("delete from evidence where node = ? and participant = ?", gone)
    db.executemany("insert into evidence values (?, ?, ?)", sorted(new - old))


def rehear(
    db: sqlite3.Connection,
    before: Mapping[str, tuple[Heard, ...]],
    after: Mapping[str, tuple[Heard, ...]],
) -> None:
    """Changes evidence by what some interviews and signals no longer say and now say; parents are
    as they were.

    Both go by source. A moment counts once for each node above it, so counts are changed by
    difference.
    """
    lost = roll_up_of(db, [each for source in before for each in before[source]])
    won = roll_up_of(db, [each for source in after for each in after[source]])
    for node_id in sorted({*lost, *won}):
        minus = lost.get(node_id, evidence.Evidence())
        plus = won.get(node_id, evidence.Evidence())
        if _same(minus, plus):
            continue
        _change_people(db, node_id, minus, plus)
        _change_counts(db, node_id, minus, plus)


def roll_up_of(db: sqlite3.Connection, moments: list[Heard]) -> dict[str, evidence.Evidence]:
    """These moments' evidence for the nodes they are about and everything above."""
    parents: dict[str, tuple[str, ...]] = {}
    queue = list({each[1] for each in moments})
    for each in queue:
        if each not in parents:
            parents[each] = _parents_of(db, each)
            queue.extend(parents[each])
    return roll_up(moments, parents)


def restate(db: sqlite3.Connection, nodes: Iterable[str]) -> None:
    """Derives the status of those among the nodes that are assumptions."""
    for node_id in sorted(nodes):
        tests = db.execute(
            "select test.status from edge "
            "join node as test on test.id = edge.source "
            "where edge.target = ? and edge.relation = 'parent' and test.kind = 'test'",
            (node_id,),
        )
        db.execute(
            "update node set status = ? where id = ? and kind = 'assumption'",
            (status_of(row[0] for row in tests), node_id),
        )


def recount(db: sqlite3.Connection, people: Iterable[str | None]) -> None:
    """Makes anew what is known of some people, from their interviews and signals."""
    wanted = {each for said in people if said is not None for each in named(said)}
    several = "select distinct participant from node where participant like ?"
    groups = [row[0] for row in db.execute(several, (f"%{AND}%",))] if wanted else []
    for person in sorted(wanted):
        texts = [person, *(each for each in groups if person in named(each))]
        unnamed = " or (kind = 'interview' and participant is null)" if person == UNKNOWN else ""
        rows = db.execute(
            "select id, kind, segment, date, illustrative from node "
            f"where participant in ({', '.join('?' * len(texts))}){unnamed}",
            texts,
        )
        said = [
            Person(person, source, kind == "interview", segment, day, bool(illustrative))
            for source, kind, segment, day, illustrative in rows
        ]
        db.execute("delete from participant where id = ?", (person,))
        if said:
            fill(db, "participant", len(AT["participant"]), [participant_row(said)])


def _same(one: evidence.Evidence, other: evidence.Evidence) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in one.__slots__)


def _change_people(
    db: sqlite3.Connection, node_id: str, minus: evidence.Evidence, plus: evidence.Evidence
) -> None:
    for person in sorted({*minus.people, *plus.people}):
        difference = plus.people.get(person, 0) - minus.people.get(person, 0)
        if difference:
            db.execute(
                "insert into evidence values (?, ?, ?) "
                "on conflict do update set moments = moments + excluded.moments",
                (node_id, person, difference),
            )
    db.execute("delete from evidence where node = ? and moments = 0", (node_id,))


def _change_counts(
    db: sqlite3.Connection, node_id: str, minus: evidence.Evidence, plus: evidence.Evidence
) -> None:
    row = db.execute("select first_heard, last_heard from node where id = ?", (node_id,)).fetchone()
    if row is None:
        return
    lost = minus.days - plus.days
    known = {each for each in row if each is not None}
    days = _days(db, node_id) if lost & known else known | plus.days
    db.execute(
        "update node set participants = (select count(*) from evidence where node = id), "
        "moments = moments + ?, "
        "interviews = interviews + ?, against = against + ?, signals = signals + ?, "
        "first_heard = ?, last_heard = ? where id = ?",
        (
            plus.moments - minus.moments,
            len(plus.interviews) - len(minus.interviews),
            plus.against - minus.against,
            plus.signals - minus.signals,
            min(days, default=None),
            max(days, default=None),
            node_id,
        ),
    )


def _days(db: sqlite3.Connection, node_id: str) -> set[str]:
    """The first and the last day on which a node or something below it was spoken for."""
    row = db.execute(
        "with recursive below (id) as (select ? union select edge.source from edge join below "
        "on edge.target = below.id where edge.relation = 'parent') "
        "select min(moment.date), max(moment.date) from below "
        "join moment on moment.node = below.id "
        "where moment.kind = 'story' and moment.stance = 'for'",
        (node_id,),
    ).fetchone()
    return {each for each in row if each is not None}


def _parents(db: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    query = "select source, target from edge where relation = 'parent'"
    for source, target in db.execute(query):
        found[source] = (*found.get(source, ()), target)
    return found


def _parents_of(db: sqlite3.Connection, node_id: str) -> tuple[str, ...]:
    query = "select target from edge where source = ? and relation = 'parent'"
    return tuple(row[0] for row in db.execute(query, (node_id,)))


def _write(
    db: sqlite3.Connection, columns: tuple[str, ...], values: Mapping[str, tuple[object, ...]]
) -> None:
    changed = ", ".join(f"{name} = ?" for name in columns)
    rows = ((*values[node_id], node_id) for node_id in sorted(values))
    db.executemany(f"update node set {changed} where id = ?", rows)
