"""What changed in meaning in a single file."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from ost.exchange.differences.text import PLAIN
from ost.history.diff import compare
from ost.history.record import Encoded, Records, records
from ost.history.sentences import Both, line
from ost.limits import LARGEST_FILE
from ost.project.files import contents
from ost.project.sources import reading
from ost.project.words import words_of
from ost.read.document import Document
from ost.read.parse import parse
from ost.read.value import Scalar, Sequence, Value
from ost.read.vocabulary import Vocabulary
from ost.settings.config import Settings
from ost.tree.build import build
from ost.tree.fields import referring
from ost.tree.model import kind_of
from ost.tree.sections import with_headings

VersionOfFile = tuple[str, Path]
"""The file's name in the repository, and the file that holds this version of it."""

_DAY = date(2000, 1, 1)
"""A day to build trees with; no change of a single file depends on it."""


def file_changes(old: VersionOfFile, new: VersionOfFile, settings: Settings) -> Iterator[str]:
    """A sentence for each change between two versions of a file of a project with such settings."""
    words, synonyms = words_of(settings), with_headings(settings.sections)
    sides = (_document(old, words), _document(new, words))
    stubs = _stubs(each for each in sides if each is not None)
    own = {name for each in sides if each is not None for name in _names(each)}
    # Statements about other nodes may change; the nodes themselves are the same on both sides.
    others = records(build([each for each in stubs if each.path not in own], as_of=_DAY)).encoded
    before, after = (Records({**others, **_encoded(each, stubs, synonyms)}) for each in sides)
    both = Both(before, after)
    return (line(change, both, PLAIN).sentence() for change in compare(before, after))


def _document(version: VersionOfFile, words: Vocabulary) -> Document | None:
    """A version of the file; None if it does not exist there."""
    path, file = version
    if str(file) in {"/dev/null", "nul"} or not file.is_file():
        return None
    name, data = contents(str(file.parent), file.name, None)
    return Document(path, reading(name.removesuffix(file.suffix), data[:LARGEST_FILE], words))


def _encoded(
    document: Document | None, stubs: list[Document], synonyms: Mapping[str, tuple[str, ...]]
) -> Encoded:
    """The records of a document's own nodes."""
    if document is None:
        return {}
    own = _names(document)
    others = [each for each in stubs if each.path not in own]
    tree = build([document, *others], as_of=_DAY, synonyms=synonyms)
    names = {str(node.id) for node in tree.by_id.values() if node.path == document.path}
    return {name: data for name, data in records(tree).encoded.items() if name in names}


def _names(document: Document) -> set[str]:
    """The paths that a document's nodes would have as files of their own."""
    return {document.path.rpartition("/")[2]} | {
        f"{each.id}.md" for each in document.reading.entries if each.id
    }


def _stubs(documents: Iterable[Document]) -> list[Document]:
    """Empty nodes for all names, so that links lead somewhere without the other files."""
    names: set[str] = set()
    for document in documents:
        for entry in document.reading.entries:
            names |= {each.target for each in entry.links if each.form == "wiki"}
            naming = {"parent", "parents", *referring(kind_of(entry))}
            for field in entry.fields:
                if field.name in naming:
                    names |= set(_words(field.value))
    return [
        Document(f"{each}.md", parse(f"---\nkind: guide\n---\n# {each}\n"))
        for each in sorted(names)
        if each and "/" not in each and not each.endswith(".md")
    ]


def _words(value: Value) -> list[str]:
    if isinstance(value, Scalar):
        return [value.text.strip("[] ").split("|", 1)[0]]
    if isinstance(value, Sequence):
        return [word for each in value.items for word in _words(each)]
    return []
