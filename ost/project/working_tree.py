"""The records of the current files, based on those of an earlier build: only nodes whose record may
differ are read.
"""

from collections.abc import Mapping
from contextlib import closing
from hashlib import blake2b
from typing import TYPE_CHECKING

from ost.compile.engine import Built
from ost.compile.given import Given
from ost.history.record import encode, record_of
from ost.project.compilation import kept_before, library
from ost.project.encoding import no_collector
from ost.project.results import WorkingRecords
from ost.project.state import Broken, State
from ost.tree.sections import with_headings

if TYPE_CHECKING:
    import sqlite3

    from ost.project import Project


def updated(project: "Project", build: str, before: WorkingRecords | None) -> WorkingRecords | None:
    """The records of the state's build; None if the state holds another one by now."""
    try:
        with no_collector(), closing(State(project.folder).connect()) as db:
            db.execute("begin")
            row = db.execute("select value from meta where key = 'build'").fetchone()
            return _updated(project, build, before, db) if row == (build,) else None
    except (*Broken, KeyError):
        return None


def _updated(
    project: "Project", build: str, before: WorkingRecords | None, db: "sqlite3.Connection"
) -> WorkingRecords:
    compiled = kept_before(project, build, db)
    given = Given(
        document=library(db, compiled, {}, {}),
        transcripts={},
        synonyms=with_headings(project.settings.sections),
        rules=(),
        as_of=project.today,
    )
    built = Built(compiled, {}, given)
    people, children = _people(db), built.index.children
    made = WorkingRecords(build, {}, {})
    for node_id, memo in compiled.nodes.items():
        speaking = people.get(node_id, ())
        inputs = (memo.marks, speaking, children.get(node_id, ()))
        digest = blake2b(encode(inputs), digest_size=8).digest()
        if before is not None and before.digests.get(node_id) == digest:
            record = before.records[node_id]
        else:
            record = encode(record_of(built.tree.by_id[node_id], built.tree, speaking))
        made.records[node_id], made.digests[node_id] = record, digest
    return made


def _people(db: "sqlite3.Connection") -> Mapping[str, tuple[str, ...]]:
    """The people with evidence for each node or for anything below it."""
    found: dict[str, list[str]] = {}
    for node_id, person in db.execute("select node, participant from evidence order by 1, 2"):
        found.setdefault(node_id, []).append(person)
    return {node_id: tuple(persons) for node_id, persons in found.items()}
