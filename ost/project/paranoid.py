"""Compares an updated state with a clean build of the same files, for people who work on the engine
and for rule authors, whose rules may read something the engine does not see.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ost.disk.store import STATE
from ost.publish.rows import Row
from ost.publish.schema import TABLES

if TYPE_CHECKING:
    from ost.project import Project

MOST = 20
"""How many differences to report; the first ones are enough."""


def differences(project: "Project") -> tuple[str, ...]:
    """The differences between the state and a clean build, a sentence each."""
    from ost.project import Project

    with TemporaryDirectory(prefix="ost-paranoid-") as folder:
        clean = Project(project.root, project.settings, project.today)
        clean.folder = Path(folder)
        clean.refresh()
        with (
            closing(sqlite3.connect(project.folder / STATE)) as here,
            closing(sqlite3.connect(clean.folder / STATE)) as there,
        ):
            return tuple(_differing(here, there))[:MOST]


def _differing(here: sqlite3.Connection, there: sqlite3.Connection) -> Iterator[str]:
    for table in TABLES:
        keys = ", ".join(f'"{name}"' for name in table.key)
        query = f'select {keys}, * from "{table.name}"'
        found, clean = _rows(here, query, len(table.key)), _rows(there, query, len(table.key))
        columns = [each.name for each in table.columns]
        for key in sorted(found.keys() | clean.keys(), key=repr):
            what = f"{table.name} {' '.join(map(str, key))}"
            if key not in clean:
                yield f"{what} is in the state but not in a clean build: {found[key]}"
            elif key not in found:
                yield f"{what} is in a clean build but not in the state: {clean[key]}"
            else:
                for name, is_, should in zip(columns, found[key], clean[key], strict=True):
                    if is_ != should:
                        yield f"{what}: {name} is {is_!r}, and {should!r} in a clean build"


def _rows(db: sqlite3.Connection, query: str, width: int) -> dict[Row, Row]:
    return {row[:width]: row[width:] for row in db.execute(query)}
