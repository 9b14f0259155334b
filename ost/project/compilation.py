"""Brings a project's state up to date with its files, through the engine.

If few files changed, it updates the state in place; if many, it is a full build, an update of
nothing. Either way, unchanged files are not parsed again.
"""

import marshal
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import IO, TYPE_CHECKING

from ost.compile.compiled import Compiled, Text
from ost.compile.engine import update
from ost.compile.inputs import Inputs
from ost.errors import Trouble
from ost.judge.rule import Rule
from ost.project import keys
from ost.project.cache import keep, kept, readings
from ost.project.encoding import decode, encode, no_collector
from ost.project.files import transcript_suffix
from ost.project.fork import Forked
from ost.project.memory import compiled, keep_compiled
from ost.project.meta import meta_rows, published
from ost.project.packages import sources_of
from ost.project.results import BuildRecord, FileChanges, Progress, Update
from ost.project.rule_settings import configured_rules
from ost.project.rules import other_kinds, package_rules
from ost.project.state import Broken, State
from ost.publish.change import change
from ost.publish.rows import fill
from ost.read.document import Document
from ost.settings.config import Settings
from ost.tree.claims import claims_of
from ost.tree.sections import with_headings

if TYPE_CHECKING:
    from ost.project import Project
    from ost.read.diagnostic import Diagnostic

FEW = 32
"""Above this number of built nodes, and above one in so many, copying the state is faster than
repeating the update on another file.
"""


def compile_project(
    project: "Project",
    key: str,
    known: BuildRecord,
    found: FileChanges | None,
    progress: Progress | None,
) -> BuildRecord:
    """Compiles the changes and saves what the next look needs."""
    further = package_rules() if known.further or known.key != key else []
    rules, mistaken = configured_rules(project, further)
    with no_collector():
        try:
            if found is not None and known.build and State(project.folder).build() == known.build:
                return _updated(project, known, found, rules)
            return _built(project, _unbuilt(key, further), rules, mistaken, progress)
        except (*Broken, OSError):
            # The state can break: a full disk, a power failure, another tool.
            State(project.folder).clear()
        try:
            return _built(project, _unbuilt(key, further), rules, mistaken, progress)
        except (*Broken, OSError) as error:
            raise Trouble(f"{project.folder}: the state cannot be written: {error}") from None


def _unbuilt(key: str, further: Sequence[object]) -> BuildRecord:
    """The part of a record that is known before the build: what builds depend on."""
    sources = sources_of(others := [*further, *other_kinds()])
    return BuildRecord(key=key, further=bool(others), sources=sources, times=keys.times(sources))


def _built(
    project: "Project",
    known: BuildRecord,
    rules: tuple[Rule, ...],
    mistaken: "tuple[Diagnostic, ...]",
    progress: Progress | None,
) -> BuildRecord:
    """A full build, in a process of its own, so that a long-running server stays small."""
    from ost.project.full_build import Made, full_build

    def work(file: IO[bytes]) -> Made:
        made = full_build(project, known, rules, mistaken, progress)
        marshal.dump(tuple(made.known), file)
        return made

    with Forked(work).result() as file:
        return BuildRecord(*marshal.load(file))


def _updated(
    project: "Project", known: BuildRecord, found: FileChanges, rules: tuple[Rule, ...]
) -> BuildRecord:
    """The state after the changes."""
    with closing(State(project.folder).connect(project.readings)) as db:
        before = kept_before(project, known.build, db)
        with project.reading_more():
            texts, documents = read_changes(found, db, project.settings)
        inputs = inputs_of(project, before, texts, documents, db, rules)
        after, touched = update(before, texts, inputs)
        content = int(known.content, 16)
        for path, text in texts.items():
            gone = before.texts.get(path)
            content = keys.total(
                content, (path, gone.blob) if gone else None, (path, text.blob) if text else None
            )
        since, until = after.days
        build_id = keys.build_id(content, since, known.basis)
        transcripts = published(project.settings, inputs.transcripts)

        def apply(rows: sqlite3.Connection) -> None:
            change(rows, touched, inputs.synonyms, transcripts)
            rows.execute("delete from meta")
            fill(rows, "meta", meta_rows(project, build_id, since, until))

        db.execute("begin immediate")
        apply(db)
        keep_compiled(db, after, touched)
        db.execute("update cache.meta set value = ? where key = 'build'", (build_id,))
        severities: dict[str, int] = dict(
            db.execute("select severity, count(*) from diagnostic group by 1").fetchall()
        )
        db.execute("commit")
    made = known._replace(build=build_id, content=f"{content:x}", since=since, until=until)
    made = made.counted(len(after.texts), len(after.nodes), severities)
    project.compiled = (build_id, after)
    few = len(touched.built) <= max(FEW, len(after.nodes) // FEW)
    project.update = Update(known.build, build_id, apply) if few else None
    project.remember(made, found.looked.folders)
    return made


def kept_before(project: "Project", build: str, db: sqlite3.Connection) -> Compiled:
    """The engine's memory: in this process if it serves the project, otherwise on the disk."""
    if project.compiled is not None and project.compiled[0] == build:
        return project.compiled[1]
    return compiled(db)


def read_changes(
    found: FileChanges, db: sqlite3.Connection, settings: Settings
) -> tuple[dict[str, Text | None], dict[str, Document]]:
    """The changed contents, and their readings, by path."""
    texts: dict[str, Text | None] = {}
    documents: dict[str, Document] = {}
    for path, content in found.contents.items():
        if content is None:
            texts[path] = None
            continue
        name, data = content
        encoded = readings(db, [name]).get(name)
        if encoded is None:
            from ost.project.sources import reading
            from ost.project.words import words_of

            encoded = encode(reading(name, data, words_of(settings)))
            keep(db, {name: encoded})
        documents[path] = document = Document(path, decode(encoded))
        texts[path] = Text(name, None if transcript_suffix(name) else claims_of(document))
    return texts, documents


def inputs_of(
    project: "Project",
    before: Compiled,
    texts: Mapping[str, Text | None],
    documents: dict[str, Document],
    db: sqlite3.Connection,
    rules: tuple[Rule, ...],
) -> Inputs:
    """The inputs of an update besides the changed `texts`. `documents` are their readings; others
    come from the cache on demand.
    """

    def document(path: str) -> Document:
        if path not in documents:
            text = texts.get(path) or before.texts[path]
            documents[path] = Document(path, decode(kept(db, text.blob)))
        return documents[path]

    blobs = {
        path: text.blob
        for path, text in {**before.texts, **texts}.items()
        if text is not None and text.claims is None
    }
    return Inputs(
        document=document,
        transcripts=State(project.readings).transcripts(blobs),
        synonyms=with_headings(project.settings.sections),
        rules=rules,
        as_of=project.today,
    )
