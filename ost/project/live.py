"""A project kept in memory, in which an editor's texts stand in for files.

It starts from the project's state, so a known project is ready at once, and continues with the
engine alone: it writes nothing. Its diagnostics equal those of `ost check` for the same texts.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from functools import lru_cache
from weakref import finalize

from ost.compile.compiled import Compiled, Text
from ost.compile.engine import Built, judge
from ost.compile.inputs import Inputs
from ost.disk.fence import MISSING
from ost.disk.store import CACHE
from ost.edit.compiled_folder import CompiledFolder
from ost.errors import OstError
from ost.project import Project
from ost.project.baseline import apply_baseline
from ost.project.cache import kept
from ost.project.encoding import decode, encode
from ost.project.exclusion import Exclusions
from ost.project.files import content_id, contents, transcript_suffix
from ost.project.memory import compiled
from ost.project.rule_settings import configured_rules
from ost.project.rules import package_rules, rule_names
from ost.project.scan import ScanResult, look
from ost.project.sources import reading
from ost.project.state import Broken, State
from ost.project.stored_transcripts import StoredTranscripts
from ost.project.words import words_of
from ost.read.diagnostic import Diagnostic
from ost.read.document import Document, Reading
from ost.read.place import text_of
from ost.tree.claims import claims_of
from ost.tree.index import grouped
from ost.tree.model import NodeId
from ost.tree.names import Names
from ost.tree.sections import with_headings
from ost.tree.tree import Tree

MOST_READINGS = 2000
"""How many readings of files that are not open stay in memory."""


class Live:
    """A project in memory. `tree` and `compiled` include the last change."""

    tree: Tree
    compiled: Compiled

    def __init__(self, project: Project) -> None:
        """Brings the project's state up to date, and starts from it."""
        self.project = project
        self.rules, _ = configured_rules(project, package_rules())
        self.synonyms = with_headings(project.settings.sections)
        self._buffers: dict[str, str] = {}
        self._documents: dict[str, Document] = {}
        self._kept = lru_cache(MOST_READINGS)(self._read)
        self._cache: sqlite3.Connection | None = None
        found = self._start()
        nodes = self.compiled.nodes
        own = [(NodeId(each.node), each) for each in found if each.node in nodes]
        others = ((each.path, each) for each in found if each.node not in nodes)
        self._of_node: dict[NodeId, tuple[Diagnostic, ...]] = grouped(own)
        self._of_file: dict[str, tuple[Diagnostic, ...]] = grouped(others)
        self._take({})
        self.look()  # changes during the update of the state

    def _start(self) -> tuple[Diagnostic, ...]:
        """Loads the state of one build, which another process may change meanwhile."""
        project, build = self.project, None
        found: tuple[Diagnostic, ...] = ()
        while build != project.known.build:
            project.refresh()
            build, self._folders = project.known.build, project.folders
            found = project.diagnostics()
            with closing(State(project.folder).connect()) as db:
                self.compiled = compiled(db)
        return found

    @property
    def names(self) -> Names:
        """The names of all nodes and files."""
        return self.compiled.names[0]

    @property
    def files(self) -> Mapping[NodeId, str]:
        """The file in which each node is written."""
        return self.compiled.names[1]

    @property
    def buffers(self) -> Mapping[str, str]:
        """The editor's texts, by path."""
        return self._buffers

    def write(self, path: str, text: str) -> frozenset[str]:
        """Replaces a file's text by an editor's; returns the paths whose diagnostics may differ."""
        self._buffers[path] = text
        data = text.encode("utf-8", "surrogatepass")
        return self._take({path: (content_id(path, data), data)})

    def close(self, path: str) -> frozenset[str]:
        """Goes back to the file on the disk after the editor closed it."""
        self._buffers.pop(path, None)
        taken = self._take({path: self._on_disk(path)})
        # A new file is known from now on, so that its deletion is noticed.
        return taken | self.look()

    def look(self) -> frozenset[str]:
        """Reads changed files that are in no buffer; returns the paths whose diagnostics may
        differ.
        """
        found = self._look(self._folders)
        self._folders = found.folders
        changes = {
            path: None if entry is None else self._contents(path, entry[1])
            for path, entry in found.changed.items()
            if path not in self._buffers
        }
        return self._take(
            {
                path: there
                for path, there in changes.items()
                if (there[0] if there else None) != self._blob(path)
            }
        )

    def text(self, path: str) -> str:
        """A file's text, from the editor or the disk; "" if it cannot be read."""
        if path in self._buffers:
            return self._buffers[path]
        there = self._on_disk(path)
        return text_of(there[1]) if there else ""

    def document(self, path: str) -> Document:
        """A file's reading. Raises KeyError if there is no such file."""
        if path not in self._documents:
            return Document(path, self._kept(path, self.compiled.texts[path].blob))
        return self._documents[path]

    def content(self, text: Callable[[str], str], exists: Callable[[str], bool]) -> CompiledFolder:
        """The input of refactorings: the files with the editor's texts. `text` gives a file's text
        by its path; `exists` says whether there is another file at a path.
        """
        inputs = self._inputs(self.compiled.texts)
        words = words_of(self.project.settings)
        return CompiledFolder(self.compiled, inputs, text, words=words, exists=exists)

    def diagnostics(self, paths: Iterable[str]) -> Mapping[str, tuple[Diagnostic, ...]]:
        """The findings of `ost check` about each of some files, in reading order; without those of
        the baseline, which is read once.
        """
        found = {path: self._about(path) for path in paths}
        baseline = self.project.settings.baseline
        all_found = [each for about in found.values() for each in about]
        if not baseline or not all_found:
            return found
        file = self.project.root / baseline
        try:
            split = apply_baseline(
                self.project, all_found, rule_names(all_found, {}), file, str(file)
            )
        except OstError:
            return found
        standing = {*split.standing}
        return {path: tuple(filter(standing.__contains__, about)) for path, about in found.items()}

    def paths(self) -> frozenset[str]:
        """Every file with diagnostics."""
        all_found = (each for found in self._of_node.values() for each in found)
        return frozenset({each.path for each in all_found} | {*self._of_file})

    def _about(self, path: str) -> tuple[Diagnostic, ...]:
        of_nodes = (
            each
            for node_id in self._nodes_in(path)
            for each in self._of_node.get(node_id, ())
            if each.path == path
        )
        diagnostics = {*self._of_file.get(path, ()), *of_nodes}
        return tuple(sorted(diagnostics, key=lambda each: each.order))

    def _nodes_in(self, path: str) -> tuple[NodeId, ...]:
        text = self.compiled.texts.get(path)
        return tuple(map(NodeId, text.claims.ids)) if text and text.claims else ()

    def _blob(self, path: str) -> str | None:
        text = self.compiled.texts.get(path)
        return text.blob if text else None

    def _take(self, contents: Mapping[str, tuple[str, bytes] | None]) -> frozenset[str]:
        """Updates the engine with these contents."""
        texts: dict[str, Text | None] = {}
        for path, content in contents.items():
            self._documents.pop(path, None)
            if content is None:
                texts[path] = None
                continue
            read = reading(content[0], content[1], words_of(self.project.settings))
            self._documents[path] = document = Document(path, read)
            is_transcript = transcript_suffix(content[0])
            texts[path] = Text(content[0], None if is_transcript else claims_of(document))
        current = {path: each for path, each in {**self.compiled.texts, **texts}.items() if each}
        built = Built(self.compiled, texts, self._inputs(current))
        self.compiled, touched = built.finished(dict(judge(built, built.to_judge())))
        self.tree = built.tree
        before = [self._of_node.pop(each, ()) for each in (*touched.judged, *touched.gone)]
        after = [judged.diagnostics for judged in touched.judged.values()]
        self._of_node |= {each: found.diagnostics for each, found in touched.judged.items()}
        self._of_file |= touched.file_diagnostics
        for path, text in texts.items():
            if text is None or text.claims is None:
                self._of_file.pop(path, None)
        found = {each.path for diagnostics in (*before, *after) for each in diagnostics}
        return frozenset(found | {*texts} | {*touched.file_diagnostics})

    def _inputs(self, texts: Mapping[str, Text]) -> Inputs:
        transcripts = {path: each.blob for path, each in texts.items() if each.claims is None}
        by_blob = {name: path for path, name in transcripts.items()}

        def document(path: str) -> Document:
            if path in self._documents:
                return self._documents[path]
            return Document(path, self._kept(path, texts[path].blob))

        def transcript(name: str) -> bytes:
            return encode(document(by_blob[name]).reading)

        return Inputs(
            document=document,
            transcripts=StoredTranscripts(lambda: transcripts, transcript),
            synonyms=self.synonyms,
            rules=self.rules,
            as_of=self.project.today,
        )

    def _read(self, path: str, name: str) -> Reading:
        """A reading from the cache, or from the file if another process deleted the cache."""
        try:
            return decode(kept(self._readings(), name))
        except Broken:
            self._forget_readings()
            content = self._on_disk(path) or ("", b"")
            return reading(*content, words_of(self.project.settings))

    def _readings(self) -> sqlite3.Connection:
        """The cache, which stays open: a question about the whole tree reads every file."""
        if self._cache is None:
            self._cache = sqlite3.connect(self.project.folder / CACHE, check_same_thread=False)
            finalize(self, self._cache.close)
        return self._cache

    def _forget_readings(self) -> None:
        """Closes a cache that is damaged or was replaced."""
        if self._cache is not None:
            self._cache.close()
            self._cache = None

    def _contents(self, path: str, why: object = None) -> tuple[str, bytes]:
        return contents(self.project.content, path, why, self.project.fence)

    def _on_disk(self, path: str) -> tuple[str, bytes] | None:
        content = self._contents(path)
        return None if content[0].startswith(f"unreadable:{MISSING}") else content

    def _look(self, folders: Mapping[str, bytes]) -> ScanResult:
        project = self.project
        exclusions = Exclusions(project.content, project.settings.exclude)
        return look(project.content, folders, len(folders), exclusions, project.fence)
