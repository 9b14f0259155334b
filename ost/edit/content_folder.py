"""The content folder that refactorings start from, already read. It reads no files itself."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple

from ost.read.diagnostic import Diagnostic
from ost.read.document import Document, Entry
from ost.read.letters import composed
from ost.read.parse import parse
from ost.read.place import Lines, Place
from ost.read.transcript import Transcript
from ost.read.vocabulary import Vocabulary, vocabulary
from ost.tree.build import aliases, build, own_id, title_of
from ost.tree.forms import forms
from ost.tree.model import Node
from ost.tree.names import KnownNames
from ost.tree.sections import SECTIONS
from ost.tree.tree import Tree


class ContentFolder:
    """Every document of a project with its text as read: no byte-order mark, `\\n` line ends."""

    def __init__(
        self,
        documents: Iterable[Document],
        text: Callable[[str], str],
        *,
        as_of: date,
        words: Vocabulary | None = None,
        synonyms: Mapping[str, tuple[str, ...]] = SECTIONS,
        transcripts: Mapping[str, Transcript] | None = None,
        exists: Callable[[str], bool] = lambda path: False,
    ) -> None:
        """`text` returns a document's text by its path; `exists` says whether there is another file
        (a picture, a recording) at a path.
        """
        self.documents: Mapping[str, Document] = {each.path: each for each in documents}
        self.words = words or vocabulary()
        self.as_of, self.synonyms = as_of, synonyms
        self.transcripts = transcripts or {}
        self._text, self._exists = text, exists
        self._lines: dict[str, Lines] = {}

    @cached_property
    def tree(self) -> Tree:
        """The tree of all documents."""
        return build(
            self.documents.values(),
            as_of=self.as_of,
            synonyms=self.synonyms,
            transcripts=self.transcripts,
        )

    @cached_property
    def entries(self) -> Mapping[str, tuple[tuple[str, Entry], ...]]:
        """Every entry of an id with its path; more than one if an id is written twice."""
        found: dict[str, list[tuple[str, Entry]]] = {}
        for path in sorted(self.documents):
            document = self.documents[path]
            for entry in document.reading.entries:
                found.setdefault(entry.id or document.stem, []).append((path, entry))
        return {node_id: tuple(each) for node_id, each in found.items()}

    @cached_property
    def names(self) -> KnownNames:
        """The nodes that written names lead to."""
        first = {node_id: each[0][1] for node_id, each in self.entries.items()}
        return KnownNames(
            first,
            {node_id: aliases(entry) for node_id, entry in first.items()},
            {path: own_id(each) for path, each in self.documents.items()},
            {node_id: title_of(node_id, entry) for node_id, entry in first.items()},
        )

    @cached_property
    def spelt(self) -> Mapping[str, str]:
        """The documents whose names have decomposed accents, by the composed name."""
        return {composed(path): path for path in self.documents if composed(path) != path}

    def lines(self, path: str) -> Lines:
        """A document's text, by line and column."""
        if path not in self._lines:
            self._lines[path] = Lines(self._text(path))
        return self._lines[path]

    def text(self, path: str) -> str:
        """A document's text."""
        return self.lines(path).text

    def cut(self, path: str, at: Place) -> str:
        """The part of a document's text at a place."""
        return self.lines(path).cut(at)

    def exists(self, path: str) -> bool:
        """Whether there is a file at a path, document or not."""
        return path in self.documents or path in self.transcripts or self._exists(path)

    def naming(self, nodes: Collection[str], paths: Collection[str] = ()) -> Iterable[str]:
        """The files, in order, that may name some nodes or files at some paths."""
        return sorted(self.documents)

    def difference(self) -> "DifferingParts | None":
        """The nodes and files whose meaning may differ from the folder that this one was made from;
        None for all.
        """
        return None

    def remarks(self, among: "DifferingParts | None" = None) -> Iterable[Diagnostic]:
        """The diagnostics of reading and building, in reading order; `among` limits them."""
        return self.tree.diagnostics

    def written(self) -> Iterator[tuple[str, str, Entry]]:
        """Every entry with its path and id, including those that lost their id to another."""
        for node_id, several in self.entries.items():
            for path, entry in several:
                yield path, node_id, entry

    def changed(self, texts: Mapping[str, str | None]) -> "ContentFolder":
        """The folder with other texts by path; None for a deleted file."""
        kept = [each for path, each in self.documents.items() if path not in texts]
        fresh = {path: text for path, text in texts.items() if text is not None}
        read = [Document(path, parse(text, self.words)) for path, text in fresh.items()]
        return ContentFolder(
            [*kept, *read],
            lambda path: fresh[path] if path in fresh else self._text(path),
            as_of=self.as_of,
            words=self.words,
            synonyms=self.synonyms,
            transcripts=self.transcripts,
            exists=self._exists,
        )


class DifferingParts(NamedTuple):
    """Nodes and files that may differ, by id and path."""

    nodes: frozenset[str]
    paths: frozenset[str]


@cache
def naming_files(kind: type[Node]) -> tuple[str, ...]:
    """The fields of a kind that name files."""
    return tuple(form.name for form in forms(kind).values() if form.file)
