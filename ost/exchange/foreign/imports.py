"""The import formats: one module each in `ost.exchange.importers`, found by looking into the
package.

A module's docstring is the format's help, and `EXAMPLE` is the name of a file for it. Its function
`recognise` says how surely a material is in that format, by the signs that `SIGNS` lists; `read`
returns the nodes. `ost.exchange.foreign.drafts` takes care of ids, files and duplicates for all
formats.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Literal

from msgspec import Struct, field

from ost.exchange import importers
from ost.exchange.foreign.source_lines import UnreadText as UnreadLine
from ost.history.record import RecordedMoment
from ost.read.letters import fold
from ost.read.parse import parse
from ost.tree.sections import SECTIONS

__all__ = [
    "SUFFIXES",
    "ForeignNode",
    "ForeignTree",
    "Here",
    "Importer",
    "Material",
    "NodePlace",
    "Sureness",
    "Terms",
    "UnreadLine",
    "formats",
    "guess",
    "term",
]

SUFFIXES = frozenset({
    ".canvas", ".csv", ".json", ".markdown", ".md", ".mermaid", ".mmd", ".opml", ".tsv", ".txt",
    ".xml", ".yaml", ".yml",
})  # fmt: skip
"""Files of a folder that an importer may read."""


class Material(Struct, frozen=True):
    """What to import: texts by path, with line ends of `\\n` and without byte-order marks. `name`
    is the name of the file, or of the folder that holds the files. `encodings` names the encodings
    of files that are not UTF-8.
    """

    name: str
    files: Mapping[str, str]
    folder: bool = False
    encodings: Mapping[str, str] = {}

    @property
    def text(self) -> str:
        """The text of a single file; "" for a folder."""
        return "" if self.folder else next(iter(self.files.values()), "")

    @property
    def suffix(self) -> str:
        """The suffix of a single file, such as `.csv`; "" for a folder."""
        stem, dot, suffix = self.name.rpartition(".")
        return f".{suffix.casefold()}" if dot and stem and not self.folder else ""

    def fronts(self) -> Iterator[tuple[str, str]]:
        """The path and text of each Markdown file."""
        for path, text in self.files.items():
            if path.casefold().endswith((".md", ".markdown")):
                yield path, text


class Terms(Struct, frozen=True):
    """What foreign words mean here; "" leaves the thing out. `ost.exchange.foreign.terms` reads
    them from a file.

    `kinds` maps words to kinds, and `fields` names of columns, labels or keys to our fields (the
    fields of a kind, and `kind`, `title`, `key`, `parent` and `body`). `status` maps to statuses,
    `headings` to the parts of a snapshot, and `people` to pseudonyms.
    """

    kinds: Mapping[str, str] = {}
    fields: Mapping[str, str] = {}
    status: Mapping[str, str] = {}
    headings: Mapping[str, str] = {}
    people: Mapping[str, str] = {}


def term(table: Mapping[str, str], written: str) -> str | None:
    """What a table of terms says about a word, ignoring case, spaces, hyphens and colons; None if
    it says nothing.
    """
    wanted = fold(written.strip().rstrip(":"))
    return next((ours for theirs, ours in table.items() if fold(theirs) == wanted), None)


class ForeignNode(Struct, frozen=True, kw_only=True):
    """A node as another tool or a person wrote it.

    `key` is its name there: links use it, and the next import recognises the node by it. `names`
    are other names that links use. `under` names its parents: keys in the same import, or nodes
    that exist here. `fields` are ours, as text; `body` is Markdown. `path` and `line`, from one,
    say where it is. `whole` is the text of a file to take as it is.
    """

    key: str
    kind: str
    title: str
    under: tuple[str, ...] = ()
    fields: Mapping[str, str | tuple[str, ...]] = {}
    body: str = ""
    names: tuple[str, ...] = ()
    path: str = ""
    line: int = 0
    whole: str = ""


class ForeignTree(Struct, frozen=True, kw_only=True):
    """The nodes of an import, the lines not understood, and what was left out on purpose: columns
    about people, and fields without a meaning here. `notes` say how it was read.
    """

    nodes: tuple[ForeignNode, ...]
    unread: tuple[UnreadLine, ...] = ()
    left_out: tuple[UnreadLine, ...] = ()
    notes: tuple[str, ...] = ()


class NodePlace(Struct, frozen=True):
    """A node that exists here: its kind and title, the id of the node above ("" for none), and its
    file and line. `former` says that it has a former id, as imported nodes do.
    """

    kind: str
    title: str
    parent: str = ""
    path: str = ""
    line: int = 0
    former: bool = False

    @property
    def parents(self) -> tuple[str, ...]:
        """The id of the node above, if there is one."""
        return (self.parent,) if self.parent else ()

    @property
    def moments(self) -> tuple[RecordedMoment, ...]:
        """Always empty: no moment of it can move."""
        return ()


class Here(Struct, frozen=True, kw_only=True):
    """What the project has already: nodes by folded id and former id, nodes by kind and folded
    title, their places by id, the participants of interviews, and the folder for new files of a
    kind.

    `files` are the folded paths of all its Markdown files, without suffixes. `sections` are the
    parts of a snapshot, with all the headings that name them.
    """

    ids: Mapping[str, str] = {}
    titles: Mapping[tuple[str, str], str] = {}
    places: Mapping[str, NodePlace] = {}
    participants: tuple[str, ...] = ()
    folders: Mapping[str, str] = {}
    files: frozenset[str] = frozenset()
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: SECTIONS)


Sureness = Literal[0, 1, 2, 3]
"""How surely a material is in a format: not at all, perhaps, probably, certainly."""


class Importer:
    """One format. `signs` says in a few words what `recognise` goes by. `suggest`, if there is one,
    returns the meanings of a material's words as a mapping to edit.
    """

    def __init__(self, name: str) -> None:
        """Imports the module."""
        module = import_module(f"{importers.__name__}.{formats()[name]}")
        self.name = name
        self.help = inspect.getdoc(module) or ""
        self.example: str = module.EXAMPLE
        self.signs: str = getattr(module, "SIGNS", "")
        self.recognise: Callable[[Material], Sureness] = module.recognise
        self.read: Callable[[Material, Terms, Here], ForeignTree] = module.read
        self.suggest: Callable[[Material], Terms] | None = getattr(module, "suggest", None)


def formats() -> dict[str, str]:
    """The names of the formats, each with its module."""
    found = (each.name for each in iter_modules(importers.__path__))
    return {name.replace("_", "-"): name for name in found if not name.startswith("_")}


def guess(material: Material, terms: Terms | None = None) -> tuple[Importer, Sureness] | None:
    """The importer that recognises a material most surely, and how surely. If two are equally sure,
    it is the one that understands more.
    """
    sure = {name: Importer(name).recognise(material) for name in sorted(formats())}
    most = max(sure.values())
    best = [Importer(name) for name in sure if sure[name] == most]
    if not most:
        return None
    return (
        max(best, key=lambda each: _understood(each, material, terms)) if best[1:] else best[0]
    ), most


def _understood(importer: Importer, material: Material, terms: Terms | None) -> tuple[int, int]:
    """How many more nodes than unread lines an importer finds, and how little it leaves out."""
    made = importer.read(material, terms or Terms(), Here())
    nodes = sum(len(parse(each.whole).entries) if each.whole else 1 for each in made.nodes)
    return nodes - len(made.unread), -len(made.left_out)
