"""The public profile of a project: a separate file beside the state, which holds everything."""

import os
import sqlite3
from contextlib import closing
from hashlib import sha1
from pathlib import Path

from ost.disk import store
from ost.excerpt.public import make_public
from ost.project.keys import compiler
from ost.project.queries import build_of
from ost.project.state import State
from ost.publish.write import mark_schema

FILE = "public.db"


def public_file(folder: Path, file: Path, build: str) -> tuple[Path, str]:
    """The public version of a published file, created if necessary, and its build."""
    key = f"{build}\npublic\n{compiler('excerpt')}"
    public = sha1(key.encode(), usedforsecurity=False).hexdigest()[:12]
    made = folder / FILE
    if State.named(made) != public:
        fresh = made.with_suffix(f".{os.getpid()}.new")
        store.duplicate(file, fresh)
        with closing(sqlite3.connect(fresh, isolation_level=None)) as db:
            db.execute("pragma synchronous = off")
            db.execute("begin")
            make_public(db, public)
            db.execute("commit")
            # Deleted values would stay in the statistics and in the free space.
            db.execute("analyze")
            db.execute("vacuum")
            mark_schema(db)
        fresh.replace(made)
    return made, public


def public_copy(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The public version of tables, in memory."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.row_factory = connection.row_factory
    connection.backup(made)
    make_public(made, build_of(made))
    return made
