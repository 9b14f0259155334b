"""A content folder in the engine's memory: files are read when needed, and a rewrite rebuilds only
the parts it touches.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Generic, TypeVar

from msgspec.structs import replace

from ost.compile.compiled import Compiled, Text
from ost.compile.engine import Built, Verdict
from ost.compile.inputs import Inputs
from ost.compile.reads import note, touches
from ost.edit.content_folder import ContentFolder, DifferingParts
from ost.judge.check import Judged, all_rules, configure
from ost.read.diagnostic import Diagnostic
from ost.read.document import Document, Entry, stem_of
from ost.read.letters import composed
from ost.read.parse import parse
from ost.read.vocabulary import Vocabulary
from ost.tree.claims import Claims, claims_of
from ost.tree.model import NodeId, Unknown
from ost.tree.names import KnownNames
from ost.tree.tree import Tree

V = TypeVar("V")

_UNJUDGED = Verdict(Judged(()), b"", "", "")


class CompiledFolder(ContentFolder):
    """A content folder that answers like the plain one with the same texts."""

    def __init__(
        self,
        compiled: Compiled,
        inputs: Inputs,
        text: Callable[[str], str],
        *,
        words: Vocabulary | None = None,
        exists: Callable[[str], bool] = lambda path: False,
        changes: Mapping[str, Text | None] = {},
    ) -> None:
        """The engine's state with `changes`; `inputs` holds readings by path."""
        self._inputs = replace(inputs, rules=configure(all_rules()))
        self._compiled, self._built = compiled, Built(compiled, changes, self._inputs)
        noted = {path: each for path, each in self._built.texts.items() if each.claims is not None}
        super().__init__(
            (),
            text,
            as_of=inputs.as_of,
            words=words,
            synonyms=inputs.synonyms,
            transcripts=inputs.transcripts,
            exists=exists,
        )
        self.documents = _Loaded(noted, inputs.document)
        self._texts: Mapping[str, Text] = noted

    @cached_property
    def tree(self) -> Tree:
        """The tree of all documents."""
        return self._built.tree

    @cached_property
    def entries(self) -> Mapping[str, tuple[tuple[str, Entry], ...]]:
        """Every entry of an id with its path; more than one if an id is written twice."""
        paths: dict[str, list[str]] = {}
        for path in sorted(self._texts):
            for node_id in self._claims(path).ids:
                paths.setdefault(node_id, []).append(path)
        return _Loaded(paths, lambda node_id: tuple(self._written(node_id, paths[node_id])))

    @cached_property
    def names(self) -> KnownNames:
        """The nodes that written names lead to."""
        return self._built.names

    def naming(self, nodes: Collection[str], paths: Collection[str] = ()) -> Iterable[str]:
        """The files, in order, that may name some nodes or files at some paths: files of nodes that
        looked up such a name, and files whose text or fields no node looks up.
        """
        if any(path not in self._texts for path in paths):
            return super().naming(nodes, paths)
        files, index = self._built.files, self._built.index
        asked = {
            note(*each)
            for path in {*paths, *(files[NodeId(each)] for each in nodes if each in files)}
            for each in self._questions(path)
        }
        named = {each for each, memo in self._state.nodes.items() if touches(memo.named, asked)}
        found = {files[each] for each in (*named, *index.kinds.get(Unknown.kind, ()))}
        found |= {each for each in self._texts if not self._is_one_node(each)}
        return sorted(found.union(paths))

    def difference(self) -> DifferingParts | None:
        """The nodes and files whose meaning may differ from the folder before the changes."""
        nodes = (*self._built.named, *self._built.gone)
        paths = (*self._built.changes, *(path for path, _ in self._built.file_diagnostics()))
        return DifferingParts(frozenset(nodes), frozenset(paths))

    def remarks(self, among: DifferingParts | None = None) -> Iterable[Diagnostic]:
        """The diagnostics of reading and building, in reading order; `among` limits them."""
        asked = among or DifferingParts(frozenset(self._built.files), frozenset(self._texts))
        meanings = self._built.meanings
        of_nodes = (meanings[NodeId(each)].remarks for each in asked.nodes if each in meanings)
        of_files = (self._built.diagnostics_of(each) for each in asked.paths if each in self._texts)
        return sorted(chain.from_iterable((*of_nodes, *of_files)), key=lambda each: each.order)

    def changed(self, texts: Mapping[str, str | None]) -> ContentFolder:
        """The folder with other texts by path; None for a deleted file."""
        fresh = {path: text for path, text in texts.items() if text is not None}
        read = {path: Document(path, parse(text, self.words)) for path, text in fresh.items()}
        before = self._inputs.document
        return CompiledFolder(
            self._state,
            replace(
                self._inputs, document=lambda path: read[path] if path in read else before(path)
            ),
            lambda path: fresh[path] if path in fresh else self._text(path),
            words=self.words,
            exists=self._exists,
            changes={
                path: Text("", claims_of(read[path])) if path in read else None for path in texts
            },
        )

    @cached_property
    def _state(self) -> Compiled:
        """The engine's state of this folder, not judged."""
        if not self._built.changes:
            return self._compiled
        return self._built.compiled(dict.fromkeys(map(NodeId, self._built.named), _UNJUDGED))

    def _claims(self, path: str) -> Claims:
        return self._texts[path].claims or Claims()

    def _written(self, node_id: str, paths: Iterable[str]) -> Iterator[tuple[str, Entry]]:
        for path in paths:
            document = self.documents[path]
            for entry in document.reading.entries:
                if (entry.id or document.stem) == node_id:
                    yield path, entry

    def _is_one_node(self, path: str) -> bool:
        """Whether a file is the text of one node with the file's name."""
        claims = self._claims(path)
        own = self._built.files.get(NodeId(claims.own))
        return claims.entries == 1 and own == path

    def _questions(self, path: str) -> Iterator[tuple[str, str]]:
        """The names under which a file or a node in it is looked up, other suffixes included."""
        for question, about, _ in self._claims(path).answers(path):
            if question in {"at", "called", "known"}:
                yield question, about
        lead, slash, _ = path.rpartition("/")
        yield "at", composed(f"{lead}{slash}{stem_of(path)}.md")


class _Loaded(Mapping[str, V], Generic[V]):
    """A mapping that loads its values when needed."""

    def __init__(self, keys: Mapping[str, object], load: Callable[[str], V]) -> None:
        self._keys, self._load = keys, load

    def __getitem__(self, key: str) -> V:
        if key not in self._keys:
            raise KeyError(key)
        return self._load(key)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
