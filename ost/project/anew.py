"""Makes a project's state anew from all of its files.

Two processes share the work: reading, then tables here and the judgement there.
"""

import marshal
from collections.abc import Iterable, Mapping
from contextlib import closing
from typing import IO, TYPE_CHECKING, NamedTuple

from ost.forked import Forked
from ost.judge.check import judge
from ost.judge.rule import Rule
from ost.project import Known, Progress, keys
from ost.project.compiling import meta_rows, window
from ost.project.encoding import decode
from ost.project.files import contents, transcript_suffix
from ost.project.patterns import excluding
from ost.project.scan import Looked, look
from ost.publish.rows import AT
from ost.publish.state import State, keep, prune, readings
from ost.publish.whole import Judged, judged_rows, side_tables, tables, texts
from ost.publish.whole import aside as rows_aside
from ost.read.diagnostic import Diagnostic
from ost.read.document import Document
from ost.tree.build import build
from ost.tree.sections import widened
from ost.tree.tree import Tree

if TYPE_CHECKING:
    import sqlite3

    from ost.project import Project

BATCH = 1000
"""So many readings go into the cache at once."""


def anew(
    project: "Project",
    known: Known,
    rules: tuple[Rule, ...],
    mistaken: tuple[Diagnostic, ...],
    progress: Progress | None,
) -> "Made":
    """Makes the state anew from all files; parses only what the cache does not know."""
    settings, state = project.settings, State(project.folder)
    found = project.everything(progress)
    documents, blobs = found.documents, found.blobs
    if progress is not None:
        progress("building", 0, 0)
    synonyms = widened(settings.sections)
    tree = found.tree(documents)

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
    project.remember(made, found.looked.folders)
    return Made(made, found, tree)


_SEVERITY = AT["diagnostic"]["severity"]


class Made(NamedTuple):
    """A state that was made anew: what is known of it, and what it was made of."""

    known: Known
    found: "Everything"
    tree: Tree


class Everything(NamedTuple):
    """All of a project's files: what the look at them found, the readings of those that are
    Markdown, and the ids of all contents.
    """

    project: "Project"
    looked: Looked
    documents: list[Document]
    blobs: dict[str, str]

    def tree(self, documents: Iterable[Document]) -> Tree:
        """The tree of some documents, beside the transcripts there are."""
        transcripts = {path: blob for path, blob in self.blobs.items() if transcript_suffix(path)}
        return build(
            documents,
            as_of=self.project.today,
            synonyms=widened(self.project.settings.sections),
            transcripts=State(self.project.readings).transcripts(transcripts),
        )


def everything(project: "Project", progress: Progress | None = None) -> Everything:
    """Reads all files; parses only what the cache does not know."""
    looked = look(project.content, {}, 0, excluding(project.settings.exclude))
    wanted = {path: entry[1] for path, entry in looked.changed.items() if entry is not None}
    with closing(State(project.folder).cache(keys.reader())) as cache:
        documents, blobs = _documents(project.content, wanted, cache, progress)
        prune(cache, set(blobs.values()))
    return Everything(project, looked, documents, blobs)


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
