"""Reads all of a project's files; parses only those not in the cache."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ost.compile.compiled import EMPTY, Text
from ost.compile.engine import Built
from ost.compile.inputs import Inputs
from ost.judge.rule import Rule
from ost.project import keys
from ost.project.cache import keep, prune, readings
from ost.project.encoding import decode
from ost.project.exclusion import Exclusions
from ost.project.files import contents, transcript_suffix
from ost.project.results import Progress
from ost.project.scan import ScanResult, look
from ost.project.state import Broken, State
from ost.project.words import words_of
from ost.read.document import Document
from ost.read.transcript import Transcript
from ost.tree.build import build
from ost.tree.claims import claims_of
from ost.tree.sections import with_headings
from ost.tree.tree import Tree

if TYPE_CHECKING:
    import sqlite3

    from ost.project import Project

BATCH = 1000
"""How many readings are added to the cache at once."""

Take = Callable[[Iterable[Document]], object]
"""Receives documents in batches soon after they are read; after an error, perhaps twice."""


class Everything(NamedTuple):
    """All of a project's files: what the look found, the readings of Markdown files, and the ids of
    all contents.
    """

    project: "Project"
    looked: ScanResult
    documents: list[Document]
    blobs: dict[str, str]

    def tree(self, documents: Iterable[Document]) -> Tree:
        """The tree of some documents, with all transcripts."""
        return build(
            documents,
            as_of=self.project.today,
            synonyms=with_headings(self.project.settings.sections),
            transcripts=self._transcripts(),
        )

    def built(self, rules: tuple[Rule, ...]) -> Built:
        """The built tree and its rows, not judged yet."""
        by_path = {each.path: each for each in self.documents}
        inputs = Inputs(
            document=by_path.__getitem__,
            transcripts=self._transcripts(),
            synonyms=with_headings(self.project.settings.sections),
            rules=rules,
            as_of=self.project.today,
        )
        changes = {
            path: Text(blob, claims_of(by_path[path]) if path in by_path else None)
            for path, blob in self.blobs.items()
        }
        return Built(EMPTY, changes, inputs)

    def _transcripts(self) -> Mapping[str, Transcript]:
        blobs = {path: blob for path, blob in self.blobs.items() if transcript_suffix(blob)}
        return State(self.project.readings).transcripts(blobs)


def everything(
    project: "Project", progress: Progress | None = None, take: Take | None = None
) -> Everything:
    """Reads all files; parses only files that are not in the cache."""
    settings = project.settings
    leaving = Exclusions(project.content, settings.exclude)
    looked = look(project.content, {}, 0, leaving, project.fence)
    wanted = {path: entry[1] for path, entry in looked.changed.items() if entry is not None}
    state = State(project.folder)

    def read() -> Everything:
        with closing(state.cache(keys.reader(settings))) as cache:
            documents: list[Document] = []
            blobs: dict[str, str] = {}
            found = _documents(project, wanted, cache, blobs, progress)
            while some := [*islice(found, BATCH)]:
                documents += some
                if take is not None:
                    take(some)
            prune(cache, set(blobs.values()))
        return Everything(project, looked, documents, blobs)

    try:
        return read()
    except Broken:
        state.clear_cache()
        return read()


def _documents(
    project: "Project",
    wanted: Mapping[str, object],
    cache: "sqlite3.Connection",
    blobs: dict[str, str],
    progress: Progress | None,
) -> Iterator[Document]:
    """Every Markdown file's reading, parsed only if it is not in the cache. The ids of all contents
    go to `blobs`. Readings of transcripts stay in the cache, to save memory.
    """
    (known,) = cache.execute("select count(*) from reading").fetchone()
    cached: dict[str, bytes] = {}
    if known:
        root, fence = project.content, project.fence
        blobs |= {path: contents(root, path, why, fence)[0] for path, why in wanted.items()}
        cached = readings(cache, blobs.values())
    missing = {path: why for path, why in wanted.items() if blobs.get(path) not in cached}
    yield from _parsed(project, missing, cache, blobs, progress)
    for path in wanted.keys() - missing.keys():
        if not transcript_suffix(blobs[path]):
            yield Document(path, decode(cached[blobs[path]]))


def _parsed(
    project: "Project",
    wanted: Mapping[str, object],
    cache: "sqlite3.Connection",
    blobs: dict[str, str],
    progress: Progress | None,
) -> Iterator[Document]:
    from ost.project.parsers import parse_all

    words = words_of(project.settings)
    batch: dict[str, bytes] = {}
    found = parse_all(project.content, wanted, progress, project.fence, words)
    for path, blob, encoded, read in found:
        if not transcript_suffix(blob):
            yield Document(path, decode(encoded) if read is None else read)
        blobs[path] = blob
        batch[blob] = encoded
        if len(batch) >= BATCH:
            keep(cache, batch)
            batch = {}
    keep(cache, batch)
