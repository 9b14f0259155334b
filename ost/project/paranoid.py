"""Compares an updated state with a clean build of the same files, for people who work on the engine
and for rule authors, whose rules may read something the engine does not see.
"""

import os
import pickle
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ost.disk.store import PAST, STATE
from ost.errors import Trouble
from ost.judge.catalog import all_rules
from ost.publish.columns import Column, Table
from ost.publish.history_schema import HISTORY_TABLES
from ost.publish.rows import Row
from ost.publish.schema import TABLES

if TYPE_CHECKING:
    from ost.project import Project

MOST = 20
"""How many differences to report; the first ones are enough."""


TURNS = 3
"""How often to look again when files change meanwhile."""


def differences(project: "Project", *, history: bool = False) -> tuple[str, ...]:
    """How the state differs from a clean build, one sentence per difference. With `history`, the
    files to publish are compared as well. A file that is edited meanwhile makes no difference.
    """
    from ost.project.state import State

    found: tuple[str, ...] = ()
    for _ in range(TURNS):
        state = State(project.folder).build()
        found = _compared_with_clean(project, history=history)
        if found:
            project.refresh()
        if not found or State(project.folder).build() == state:
            break
    return found


def _compared_with_clean(project: "Project", *, history: bool) -> tuple[str, ...]:
    from ost.project import Project

    with TemporaryDirectory(prefix="ost-paranoid-") as folder:
        clean = Project(project.root, project.settings, project.today)
        clean.folder = Path(folder)
        _build(clean, elsewhere=project.known.further)
        found = _differing_files(project.folder / STATE, clean.folder / STATE)
        if history and not found:
            from ost.project.history import with_history

            with suppress(Trouble):  # without commits there is no history
                found = _differing_files(with_history(project), with_history(clean))
                found = found or _differing_past(project.folder / PAST, clean.folder / PAST)
        return found


def _build(clean: "Project", *, elsewhere: bool) -> None:
    """Builds it in a separate process, where other packages' rules have no memory of earlier
    judgements.
    """
    if not elsewhere:
        clean.refresh()
        return
    project_data = pickle.dumps((clean.root, clean.settings, clean.today, clean.folder))
    places = [each for each in sys.path if Path(each).is_absolute()]
    ended = subprocess.run(
        [sys.executable, "-P", "-c", "from ost.project.paranoid import build; build()"],
        input=project_data,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
        capture_output=True,
        check=False,
    )
    if ended.returncode:
        error = ended.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise Trouble(f"a clean build failed: {error}")


def build() -> None:
    """Builds the project that standard input describes. Runs in a separate process."""
    from ost.project import Project

    root, settings, today, folder = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own
    clean = Project(root, settings, today)
    clean.folder = folder
    clean.refresh()


def _differing_files(file: Path, clean: Path) -> tuple[str, ...]:
    with closing(sqlite3.connect(file)) as file_db, closing(sqlite3.connect(clean)) as clean_db:
        findings = tuple(_differing_findings(file_db, clean_db))
        return (*findings, *_differing(file_db, clean_db, _COUNTED if findings else ()))[:MOST]


def _differing_past(file: Path, clean: Path) -> tuple[str, ...]:
    """Differences between what two walks through history stored. The published tables are copies of
    it.
    """
    with closing(sqlite3.connect(file)) as file_db, closing(sqlite3.connect(clean)) as clean_db:
        return tuple(_differing(file_db, clean_db, (), HISTORY_TABLES))[:MOST]


_COUNTED = ("errors", "warnings")
"""Columns of `node` that follow from findings."""


def _differing_findings(file_db: sqlite3.Connection, clean_db: sqlite3.Connection) -> Iterator[str]:
    """The findings that only one of the two has, and the rules to check."""
    columns = 'path, line, "column", code, name, severity, message'
    query = f"select {columns} from diagnostic"
    found, clean = set(file_db.execute(query)), set(clean_db.execute(query))
    if not found ^ clean:
        return
    for row in sorted(found ^ clean)[: MOST // 2]:
        path, line, _, code, name, severity, message = row
        who = "the update" if row in found else "a clean build"
        yield f"{path}:{line} {code}[{name}]: only {who} says ({severity}): {message}"
    codes = {rule.code for rule in all_rules()}
    named = {f"{code}[{name}]" for _, _, _, code, name, *_ in found ^ clean if code not in codes}
    for rule in sorted(named):
        yield (
            f"look at {rule} first: a rule may use only the node, the tree and its options, and"
            " keeps nothing from one check to the next"
        )


def _differing(
    file_db: sqlite3.Connection,
    clean_db: sqlite3.Connection,
    without: tuple[str, ...],
    tables: Iterable[Table] = TABLES,
) -> Iterator[str]:
    """Differences between rows, ignoring some columns. Findings are compared separately."""
    for table in tables:
        if table.name != "diagnostic" or not without:
            columns = [each for each in table.columns if each.name not in without]
            found, clean = _rows(file_db, table, columns), _rows(clean_db, table, columns)
            yield from _compared(table.name, columns, found, clean)
        if table.search:
            index = f"the search index of {table.name}"
            columns = [each for each in table.columns if each.name in table.search]
            found, clean = _words(file_db, table), _words(clean_db, table)
            yield from _compared(index, columns, found, clean)
            # Search hits are ordered by the length of their texts relative to all texts.
            if _lengths(file_db, table) != _lengths(clean_db, table):
                yield f"{index}: lengths of texts differ from those in a clean build"


def _compared(
    what: str, columns: Iterable[Column], found: Mapping[Row, Row], clean: Mapping[Row, Row]
) -> Iterator[str]:
    for key in sorted(found.keys() | clean.keys(), key=repr):
        row = " ".join(map(str, (what, *key)))
        if key not in clean:
            yield f"{row} is in the state but not in a clean build: {found[key]}"
        elif key not in found:
            yield f"{row} is in a clean build but not in the state: {clean[key]}"
        else:
            for column, is_, should in zip(columns, found[key], clean[key], strict=True):
                if is_ != should:
                    yield f"{row}: {column.name} is {is_!r}, and {should!r} in a clean build"


def _rows(db: sqlite3.Connection, table: Table, columns: Iterable[Column]) -> dict[Row, Row]:
    width = len(table.key)
    listed = ", ".join(f'"{each.name}"' for each in columns)
    rows = db.execute(f'select {_key(table)}, {listed} from "{table.name}"')
    return {row[:width]: row[width:] for row in rows}


def _words(db: sqlite3.Connection, table: Table) -> dict[Row, Row]:
    """The indexed words of each row, by column."""
    vocabulary = f"{table.name}_words"
    db.execute(
        f"create virtual table temp.{vocabulary} using fts5vocab(main, {table.name}_fts, instance)"
    )
    words = db.execute(
        f"select doc, {_key(table)}, col, term from {vocabulary}"
        f' left join "{table.name}" on "{table.name}".rowid = doc order by doc, "offset"'
    )
    found: dict[Row, Row] = {}
    for (_, *key), of_row in groupby(words, key=itemgetter(slice(0, -2))):
        parts = [*of_row]
        found[tuple(key)] = tuple(
            " ".join(term for *_, column, term in parts if column == name) for name in table.search
        )
    return found


def _lengths(db: sqlite3.Connection, table: Table) -> tuple[list[Row], Row]:
    """The number of indexed words per row and in total."""
    index = f"{table.name}_fts"
    each = f'left join "{table.name}" on "{table.name}".rowid = size.id order by {_key(table)}'
    sizes = db.execute(f"select {_key(table)}, sz from {index}_docsize as size {each}").fetchall()
    total = db.execute(f"select block from {index}_data where id = 1").fetchone()
    return sizes, total if sizes else ()


def _key(table: Table) -> str:
    return ", ".join(f'"{table.name}"."{name}"' for name in table.key)
