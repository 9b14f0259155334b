"""Brings a project's state up to date: a small change changes its rows, anything else builds all of
them anew.

Nothing that did not change is parsed again, either way.
"""

import marshal
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import date, timedelta
from typing import IO, TYPE_CHECKING

from ost.errors import Trouble
from ost.forked import Forked
from ost.judge.check import judge
from ost.judge.rule import Rule
from ost.project import Found, Known, Progress, keys
from ost.project.choosing import chosen
from ost.project.encoding import decode, encode, no_collector
from ost.project.files import contents, transcript_suffix
from ost.project.patterns import excluding
from ost.project.scan import look
from ost.publish.change import MOST, TooMuchError, apply
from ost.publish.rows import AT, Row
from ost.publish.state import Broken, State, keep, prune, readings, rows_of
from ost.publish.whole import Judged, judged_rows, side_tables, tables, texts
from ost.publish.whole import aside as rows_aside
from ost.publish.write import fill
from ost.read.diagnostic import Diagnostic
from ost.read.document import Document
from ost.tree.build import build
from ost.tree.sections import SECTIONS

if TYPE_CHECKING:
    import sqlite3

    from ost.project import Project

BATCH = 1000
"""So many readings go into the cache at once."""


def compile_project(
    project: "Project", key: str, known: Known, found: Found | None, progress: Progress | None
) -> Known:
    """Compiles what changed, and writes down what the next look needs."""
    further = further_rules() if known.further or known.key != key else []
    rules, mistaken = chosen(project, further)
    fresh = Known(key=key, further=bool(further))
    with no_collector():
        try:
            if found is not None and known.build and State(project.folder).build() == known.build:
                made = _changed(project, known, found, rules)
                if made is not None:
                    return made
            return _anew(project, fresh, rules, mistaken, progress)
        except Broken:
            # What is kept can break: a full disk, a loss of power, somebody's tool.
            State(project.folder).clear()
        try:
            return _anew(project, fresh, rules, mistaken, progress)
        except (*Broken, OSError) as error:
            raise Trouble(f"{project.folder}: the state cannot be written: {error}") from None


def _changed(
    project: "Project", known: Known, found: Found, rules: tuple[Rule, ...]
) -> Known | None:
    """The state with what changed, or None when that is too much to be changed in place."""
    if len(found.contents) > MOST:
        return None
    state, today = State(project.folder), project.today.isoformat()
    with closing(state.connect()) as db:
        changes = _read(found, db)
        content = int(known.content, 16)
        for path, change in changes.items():
            row = db.execute("select blob from file where path = ?", (path,)).fetchone()
            come = (path, change[0]) if change else None
            content = keys.total(content, (path, row[0]) if row else None, come)
        db.execute("begin immediate")
        try:
            again = () if known.holds(today) else rows_of(db, "select node from waiver")
            apply(
                db,
                changes,
                as_of=project.today,
                rules=rules,
                synonyms=widened(project.settings.sections),
                again=[row[0] for row in again],
            )
        except TooMuchError:
            db.execute("rollback")
            return None
        since, until = window(today, (row[0] for row in rows_of(db, _ENDS)))
        build_id = keys.build_id(content, project.settings, rules, since)
        db.execute("delete from meta")
        fill(db, "meta", 2, meta_rows(project, build_id, since, until))
        db.execute("update cache.meta set value = ? where key = 'build'", (build_id,))
        severities: dict[str, int] = dict(
            rows_of(db, "select severity, count(*) from diagnostic group by 1")
        )
        made = known._replace(
            build=build_id,
            content=f"{content:x}",
            since=since,
            until=until,
            files=rows_of(db, "select count(*) from file")[0][0],
            nodes=rows_of(db, "select count(*) from node")[0][0],
            errors=severities.get("error", 0),
            warnings=severities.get("warning", 0),
            notes=severities.get("note", 0),
        )
        db.execute("commit")
    project.remember(made, found.looked.folders)
    return made


_ENDS = "select until from waiver where until is not null"


def _read(found: Found, db: "sqlite3.Connection") -> dict[str, tuple[str, Document] | None]:
    """The readings of the contents that differ, by path."""
    changes: dict[str, tuple[str, Document] | None] = {}
    for path, content in found.contents.items():
        if content is None:
            changes[path] = None
            continue
        name, data = content
        encoded = readings(db, [name]).get(name)
        if encoded is None:
            from ost.project.sources import reading

            encoded = encode(reading(name, data))
            keep(db, {name: encoded})
        changes[path] = (name, Document(path, decode(encoded)))
    return changes


def further_rules() -> list[object]:
    """What other packages give as rules. Looking for it costs more than most changes."""
    from importlib.metadata import entry_points

    found = []
    for each in entry_points(group="ost.rules"):
        try:
            found.append(each.load())
        except Exception as error:
            raise Trouble(f"the rules {each.value!r} cannot be loaded: {error}") from error
    return found


def applying(project: "Project", further: Iterable[object] = ()) -> tuple[Rule, ...]:
    """The rules that the settings choose, with their options."""
    return chosen(project, further)[0]


def _anew(
    project: "Project",
    known: Known,
    rules: tuple[Rule, ...],
    mistaken: tuple[Diagnostic, ...],
    progress: Progress | None,
) -> Known:
    settings, state = project.settings, State(project.folder)
    looked = look(project.content, {}, 0, excluding(settings.exclude))
    wanted = {path: entry[1] for path, entry in looked.changed.items() if entry is not None}
    with closing(state.cache(keys.reader())) as cache:
        documents, blobs = _documents(project.content, wanted, cache, progress)
        prune(cache, set(blobs.values()))
    if progress is not None:
        progress("building", 0, 0)
    synonyms = widened(settings.sections)
    tree = build(
        documents,
        as_of=project.today,
        synonyms=synonyms,
        transcripts=state.transcripts({path: blobs[path] for path in _spoken(blobs)}),
    )

    def aside(file: IO[bytes]) -> None:
        rows = rows_aside(tree, synonyms)
        state.write_aside(side_tables(documents, tree), rows, texts(tree))
        marshal.dump(tuple(judged_rows(judge(tree, rules, mistaken), rules)), file)

    other = Forked(aside)
    content = 0
    for path, blob in blobs.items():
        content = keys.total(content, None, (path, blob))
    ends = [
        each.until.isoformat()
        for node in tree.by_id.values()
        for each in node.waivers
        if each.until is not None
    ]
    since, until = window(project.today.isoformat(), ends)
    build_id = keys.build_id(content, settings, rules, since)
    counts = {document.path: len(document.reading.entries) for document in documents}
    rows = tables(tree, rules)
    rows["file"] = [(path, blobs[path], counts.get(path, 0)) for path in sorted(blobs)]
    rows["meta"] = meta_rows(project, build_id, since, until)
    severities: list[str] = []

    def judged() -> Judged:
        with other.result() as file:
            found = Judged(*marshal.load(file))
        severities.extend(row[_SEVERITY] for row in found.diagnostics)
        return found

    state.replace(rows, build_id, judged)
    made = known._replace(
        build=build_id,
        content=f"{content:x}",
        since=since,
        until=until,
        files=len(blobs),
        nodes=len(tree.by_id),
        errors=severities.count("error"),
        warnings=severities.count("warning"),
        notes=severities.count("note"),
    )
    project.remember(made, looked.folders)
    return made


_SEVERITY = AT["diagnostic"]["severity"]


def _documents(
    root: str,
    wanted: Mapping[str, object],
    cache: "sqlite3.Connection",
    progress: Progress | None,
) -> tuple[list[Document], dict[str, str]]:
    """Every Markdown file's reading, and the ids of all contents; parsed only where the cache has
    none. Readings of transcripts stay in the cache, which keeps memory small.
    """
    (known,) = cache.execute("select count(*) from reading").fetchone()
    if not known:
        return _parsed(root, wanted, cache, progress)
    blobs = {path: contents(root, path, why)[0] for path, why in wanted.items()}
    cached = readings(cache, blobs.values())
    missing = {path: why for path, why in wanted.items() if blobs[path] not in cached}
    documents, fresh = _parsed(root, missing, cache, progress)
    blobs |= fresh
    for path, blob in blobs.items():
        if path not in missing and not transcript_suffix(path):
            documents.append(Document(path, decode(cached[blob])))
    return documents, blobs


def _parsed(
    root: str,
    wanted: Mapping[str, object],
    cache: "sqlite3.Connection",
    progress: Progress | None,
) -> tuple[list[Document], dict[str, str]]:
    from ost.project.parsing import parse_all

    documents: list[Document] = []
    blobs: dict[str, str] = {}
    batch: dict[str, bytes] = {}
    for path, blob, encoded, read in parse_all(root, wanted, progress):
        if not transcript_suffix(path):
            documents.append(Document(path, decode(encoded) if read is None else read))
        blobs[path] = blob
        batch[blob] = encoded
        if len(batch) >= BATCH:
            keep(cache, batch)
            batch = {}
    keep(cache, batch)
    return documents, blobs


def _spoken(paths: Iterable[str]) -> list[str]:
    """The paths of transcripts."""
    return [path for path in paths if transcript_suffix(path)]


def widened(synonyms: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """The parts of a snapshot with the headings that settings add, folded as headings are."""
    added = {
        part: tuple(" ".join(each.casefold().strip(" :.").split()) for each in headings)
        for part, headings in synonyms.items()
    }
    return {part: (*headings, *added.get(part, ())) for part, headings in SECTIONS.items()}


def window(today: str, ends: Iterable[str]) -> tuple[str, str]:
    """The days around today on which no waiver ceases to hold."""
    days = sorted(set(ends))
    past = [each for each in days if each < today]
    since = (date.fromisoformat(past[-1]) + timedelta(1)).isoformat() if past else ""
    return since, next((each for each in days if each >= today), "")


def meta_rows(project: "Project", build_id: str, since: str, until: str) -> list[Row]:
    """What a file says about itself."""
    from ost import __version__
    from ost.publish.schema import VERSION

    settings = project.settings
    said = {
        "schema": str(VERSION),
        "generator": f"ost {__version__}",
        "build": build_id,
        "as_of": since,
        "until": until,
        "title": settings.title,
        "edit_url": settings.edit_url,
    }
    return list(said.items())
