"""The cost of history pages does not grow with what they leave out."""

import sqlite3
from contextlib import closing

from datasette_ost.file.clocks import late_interviews
from ost.publish.schema import TABLES


def steps(elsewhere: int) -> int:
    """How long SQLite works for one small tree in a file with so many nodes elsewhere, in hundreds
    of steps.
    """
    with closing(sqlite3.connect(":memory:")) as db:
        for table in TABLES:
            columns = ", ".join(f'"{each.name}" {each.type}' for each in table.columns)
            db.execute(
                f'create table "{table.name}" ({columns}, primary key ({", ".join(table.key)}))'
            )
            for name, indexed in table.indexes():
                columns = ", ".join(map('"{}"'.format, indexed))
                db.execute(f'create index "{name}" on "{table.name}" ({columns})')
        pairs = [(f"need{n}", "top") for n in range(20)]
        pairs += [(f"other{n}", f"other{n // 20}") for n in range(1, elsewhere)]
        edge = "insert into edge (id, source, target, relation) values (?, ?, ?, 'parent')"
        db.executemany(edge, ((f"{at}", *pair) for at, pair in enumerate(pairs)))
        moment = (
            "insert into moment (id, source, node, participant, stance, kind, date) "
            "values (?, 'talk', ?, 'P1', 'for', 'story', '2026-10-01')"
        )
        db.executemany(moment, ((f"{at}", pair[0]) for at, pair in enumerate(pairs)))
        db.execute("insert into version (node, since) values ('talk', 1)")
        db.execute("analyze")
        worked = 0

        def count() -> None:
            nonlocal worked
            worked += 1

        db.set_progress_handler(count, 100)
        assert late_interviews(db, "top", "2026-11-01", 1).interviews == []
        return worked


def test_late_interviews_are_found_without_reading_other_trees() -> None:
    assert steps(8_000) < steps(2_000) + 20
