"""Records of trees from the engine's memory of the last build: of the current files, and of a
revision as an update of them. Only nodes whose record may differ are read.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ost.compile.compiled import Compiled
from ost.compile.engine import Built, Touched, judge
from ost.history.record import Encoded, encode, record_of
from ost.judge.rule import Rule
from ost.project.compilation import inputs_of, kept_before, read_changes
from ost.project.encoding import no_collector
from ost.project.queries import build_of, diagnostics
from ost.project.results import WorkingRecords
from ost.project.revision_changes import changes
from ost.project.state import Broken, State
from ost.read.diagnostic import Diagnostic
from ost.settings.config import MISTAKEN
from ost.tree.counts import Scope, counts

if TYPE_CHECKING:
    import sqlite3

    from ost.project import Project
    from ost.project.revision import Revision

_PEOPLE = Scope(places=False, status=frozenset(), people=frozenset())
"""What records need to be counted: the people with evidence for each node or anything below it."""


def updated(project: "Project", build: str, before: WorkingRecords | None) -> WorkingRecords | None:
    """The records of the state's build; None if the state holds another one by now."""
    try:
        with no_collector(), closing(State(project.folder).connect()) as db:
            with _at_one_moment(db):
                if build_of(db) != build:
                    return None
                compiled = kept_before(project, build, db)
            inputs = inputs_of(project, compiled, {}, {}, db, ())
            day = _day_within(compiled.days, project.today)
            built = Built(compiled, {}, replace(inputs, as_of=day))
            return _records(built, compiled, build, before)
    except (*Broken, KeyError):
        return None


def derived(
    project: "Project", known: WorkingRecords, revision: "Revision", rules: tuple[Rule, ...]
) -> tuple[Encoded, list[Diagnostic]] | None:
    """The records and findings of a revision, as an update of the state with these records; the
    state was judged by the same rules. Findings about the settings are not among them. None if
    the state holds another build by now.
    """
    try:
        with no_collector(), closing(State(project.folder).connect()) as db:
            with _at_one_moment(db):
                if build_of(db) != known.build:
                    return None
                before, findings = kept_before(project, known.build, db), diagnostics(db)
            found = changes(revision, {path: text.blob for path, text in before.texts.items()})
            with revision.reading_more():
                texts, documents = read_changes(found, db, project.settings)
            built = Built(before, texts, inputs_of(revision, before, texts, documents, db, rules))
            after, touched = built.finished(dict(judge(built, built.to_judge())))
            records = _records(built, after, "", known).records
            return records, [*_standing(findings, touched), *_found(touched)]
    except (*Broken, KeyError):
        return None


@contextmanager
def _at_one_moment(db: "sqlite3.Connection") -> Iterator[None]:
    """Within it, reads see the tables and the engine's memory of the same build, even if another
    process updates them meanwhile.
    """
    db.execute("begin")
    yield
    db.execute("rollback")


def _day_within(days: tuple[str, str], day: date) -> date:
    """The day nearest to this one on which a build holds: a revision's day may not be one."""
    since, until = days
    nearest = max(since, min(day.isoformat(), until or day.isoformat()))
    return date.fromisoformat(nearest)


def _records(
    built: Built, compiled: Compiled, build: str, before: WorkingRecords | None
) -> WorkingRecords:
    """The records of all nodes; those of before if nothing that they depend on changed."""
    evidence, children = counts(built.index, _PEOPLE).evidence, built.index.children
    day = built.inputs.as_of.isoformat()
    made = WorkingRecords(build, {}, {})
    for node_id, memo in compiled.nodes.items():
        people = tuple(sorted(evidence[node_id].people)) if node_id in evidence else ()
        dated = day if memo.since or memo.until else ""
        inputs = (memo.marks, people, children.get(node_id, ()), dated)
        digest = blake2b(encode(inputs), digest_size=8).digest()
        if before is not None and before.digests.get(node_id) == digest:
            record = before.records[node_id]
        else:
            record = encode(record_of(built.tree.by_id[node_id], built.tree, people))
        made.records[node_id], made.digests[node_id] = record, digest
    return made


def _standing(findings: tuple[Diagnostic, ...], touched: Touched) -> Iterator[Diagnostic]:
    """The findings that an update did not look at again."""
    nodes, files = {*touched.judged, *touched.gone}, {*touched.texts, *touched.file_diagnostics}
    for finding in findings:
        looked_at = finding.node in nodes if finding.node else finding.path in files
        if not looked_at and finding.code != MISTAKEN:
            yield finding


def _found(touched: Touched) -> Iterator[Diagnostic]:
    """The findings of an update."""
    for judged in touched.judged.values():
        yield from judged.diagnostics
    for found in touched.file_diagnostics.values():
        yield from found
