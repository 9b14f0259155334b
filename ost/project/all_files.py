"""All of a project's files, read; only what the cache does not know is parsed."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from ost.compile.compiled import EMPTY, Text
from ost.compile.engine import Built
from ost.compile.given import Given
from ost.judge.rule import Rule
from ost.project import keys
from ost.project.cache import keep, prune, readings
from ost.project.encoding import decode
from ost.project.exclusion import Exclusions
from ost.project.files import contents, transcript_suffix
from ost.project.results import Progress
from ost.project.scan import Looked, look
from ost.project.state import Broken, State
from ost.project.words import words_of
from ost.publish.rows import Row
from ost.publish.searched import searched_text
from ost.read.document import Document
from ost.read.transcript import Transcript
from ost.tree.build import build, title_of
from ost.tree.claims import claims_of, entries
from ost.tree.sections import widened
from ost.tree.tree import Tree

if TYPE_CHECKING:
    import sqlite3

    from ost.project import Project

BATCH = 1000
"""How many readings go into the cache at once, and how many texts to the other process."""


class Everything(NamedTuple):
    """All of a project's files: the look at them, the readings of Markdown files, and the ids of
    all contents.
    """

    project: "Project"
    looked: Looked
    documents: list[Document]
    blobs: dict[str, str]

    def tree(self, documents: Iterable[Document]) -> Tree:
        """The tree of some documents, with all transcripts."""
        return build(
            documents,
            as_of=self.project.today,
            synonyms=widened(self.project.settings.sections),
            transcripts=self._transcripts(),
        )

    def words(self) -> Iterator[list[Row]]:
        """The id, the path, the title and the body of every node as written, some at a time."""
        for first in range(0, len(self.documents), BATCH):
            yield [
                (node_id, document.path, title_of(node_id, entry), searched_text(entry))
                for document in self.documents[first : first + BATCH]
                for node_id, entry in entries(document).items()
            ]

    def built(self, rules: tuple[Rule, ...]) -> Built:
        """Everything built, not yet judged."""
        by_path = {each.path: each for each in self.documents}
        given = Given(
            document=by_path.__getitem__,
            transcripts=self._transcripts(),
            synonyms=widened(self.project.settings.sections),
            rules=rules,
            as_of=self.project.today,
        )
        changes = {
            path: Text(blob, claims_of(by_path[path]) if path in by_path else None)
            for path, blob in self.blobs.items()
        }
        return Built(EMPTY, changes, given)

    def _transcripts(self) -> Mapping[str, Transcript]:
        blobs = {path: blob for path, blob in self.blobs.items() if transcript_suffix(blob)}
        return State(self.project.readings).transcripts(blobs)


def everything(project: "Project", progress: Progress | None = None) -> Everything:
    """Reads all files; parses only files that are not in the cache."""
    settings = project.settings
    leaving = Exclusions(project.content, settings.exclude)
    looked = look(project.content, {}, 0, leaving, project.fence)
    wanted = {path: entry[1] for path, entry in looked.changed.items() if entry is not None}
    state = State(project.folder)

    def read() -> Everything:
        with closing(state.cache(keys.reader(settings))) as cache:
            documents, blobs = _documents(project, wanted, cache, progress)
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
    progress: Progress | None,
) -> tuple[list[Document], dict[str, str]]:
    """Every Markdown file's reading, parsed only if it is not in the cache, and the ids of all
    contents. Readings of transcripts stay in the cache to save memory.
    """
    (known,) = cache.execute("select count(*) from reading").fetchone()
    if not known:
        return _parsed(project, wanted, cache, progress)
    root, fence = project.content, project.fence
    blobs = {path: contents(root, path, why, fence)[0] for path, why in wanted.items()}
    cached = readings(cache, blobs.values())
    missing = {path: why for path, why in wanted.items() if blobs[path] not in cached}
    documents, fresh = _parsed(project, missing, cache, progress)
    blobs |= fresh
    for path, blob in blobs.items():
        if path not in missing and not transcript_suffix(blob):
            documents.append(Document(path, decode(cached[blob])))
    return documents, blobs


def _parsed(
    project: "Project",
    wanted: Mapping[str, object],
    cache: "sqlite3.Connection",
    progress: Progress | None,
) -> tuple[list[Document], dict[str, str]]:
    from ost.project.parsers import parse_all

    words = words_of(project.settings)
    documents: list[Document] = []
    blobs: dict[str, str] = {}
    batch: dict[str, bytes] = {}
    found = parse_all(project.content, wanted, progress, project.fence, words)
    for path, blob, encoded, read in found:
        if not transcript_suffix(blob):
            documents.append(Document(path, decode(encoded) if read is None else read))
        blobs[path] = blob
        batch[blob] = encoded
        if len(batch) >= BATCH:
            keep(cache, batch)
            batch = {}
    keep(cache, batch)
    return documents, blobs
