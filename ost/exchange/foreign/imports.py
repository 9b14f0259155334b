"""The import formats: each is a module in `ost.exchange.importers`, found by looking.

A module's docstring is the format's help, and `EXAMPLE` a file to name in it. Its function `looks`
says whether a material is in that format, by the signs that `SIGNS` names; `read` returns its
nodes. Ids, files and duplicates are handled for all formats in `ost.exchange.foreign.drafts`.
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
    """What is imported: texts by path, each with line ends of `\\n` and without a byte-order mark.
    `name` is that of the file, or of the folder that holds them. `encodings` names those of files
    that are not UTF-8.
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
    """The meanings of foreign words here; "" leaves the thing out.

    `kinds` are kinds, `fields` names of columns, labels or keys (ours are the fields of a kind, and
    `kind`, `title`, `key`, `parent` and `body`), `status` statuses, `headings` the parts of a
    snapshot, `people` pseudonyms. `ost.exchange.foreign.terms` reads them from a file.
    """

    kinds: Mapping[str, str] = {}
    fields: Mapping[str, str] = {}
    status: Mapping[str, str] = {}
    headings: Mapping[str, str] = {}
    people: Mapping[str, str] = {}


def term(table: Mapping[str, str], written: str) -> str | None:
    """The meaning of a word by a table of terms, ignoring case, blanks, hyphens and colons. None if
    the table does not name it.
    """
    wanted = fold(written.strip().rstrip(":"))
    return next((ours for theirs, ours in table.items() if fold(theirs) == wanted), None)


class ForeignNode(Struct, frozen=True, kw_only=True):
    """A node as another tool or a person wrote it.

    `key` names it there: links use it, and the next import recognises the node by it. `names` are
    other names that links use. `under` names the nodes that it hangs under: keys of the same
    material, or nodes that exist here. `fields` are ours, as text. `body` is Markdown. `path` and
    `line`, from one, are its place. `whole` is the text of a file that is taken as it is.
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
    """The nodes of a material, the lines not understood, and what was left out on purpose: columns
    about persons, fields without meaning here. `notes` say how it was read.
    """

    nodes: tuple[ForeignNode, ...]
    unread: tuple[UnreadLine, ...] = ()
    left_out: tuple[UnreadLine, ...] = ()
    notes: tuple[str, ...] = ()


class NodePlace(Struct, frozen=True):
    """A node here: its kind and title, the id of the node above ("" for none), and its file and
    line. `former` says that it has a former id, as imported nodes do.
    """

    kind: str
    title: str
    parent: str = ""
    path: str = ""
    line: int = 0
    former: bool = False

    @property
    def parents(self) -> tuple[str, ...]:
        """The id of the node above."""
        return (self.parent,) if self.parent else ()

    @property
    def moments(self) -> tuple[RecordedMoment, ...]:
        """Its moments: none that could move."""
        return ()


class Here(Struct, frozen=True, kw_only=True):
    """What the project has already: nodes by folded id and former id, nodes by kind and folded
    title, their places by id, the participants of interviews, and the folder in which new files of
    a kind go. `files` are the folded paths of all its Markdown files, without their ends.
    `sections` are the parts of a snapshot, with all the headings that name them.
    """

    ids: Mapping[str, str] = {}
    titles: Mapping[tuple[str, str], str] = {}
    places: Mapping[str, NodePlace] = {}
    participants: tuple[str, ...] = ()
    folders: Mapping[str, str] = {}
    files: frozenset[str] = frozenset()
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: SECTIONS)


Sureness = Literal[0, 1, 2, 3]
"""How surely a material has a format: not at all, perhaps, probably, certainly."""


class Importer:
    """One format. `signs` says in a few words what its `looks` goes by: the module's `SIGNS`.
    `suggest` gives the reading of a material's words, if a mapping may change it.
    """

    def __init__(self, name: str) -> None:
        """Imports the module."""
        module = import_module(f"{importers.__name__}.{formats()[name]}")
        self.name = name
        self.help = inspect.getdoc(module) or ""
        self.example: str = module.EXAMPLE
        self.signs: str = getattr(module, "SIGNS", "")
        self.looks: Callable[[Material], Sureness] = module.looks
        self.read: Callable[[Material, Terms, Here], ForeignTree] = module.read
        self.suggest: Callable[[Material], Terms] | None = getattr(module, "suggest", None)


def formats() -> dict[str, str]:
    """The names of the formats, and of their modules."""
    found = (each.name for each in iter_modules(importers.__path__))
    return {name.replace("_", "-"): name for name in found if not name.startswith("_")}


def guess(material: Material, terms: Terms | None = None) -> tuple[Importer, Sureness] | None:
    """The importer that most surely recognises a material, and how surely. Of two equally sure
    ones, the one that understands more of it.
    """
    sure = {name: Importer(name).looks(material) for name in sorted(formats())}
    most = max(sure.values())
    best = [Importer(name) for name in sure if sure[name] == most]
    if not most:
        return None
    return (
        max(best, key=lambda each: _understood(each, material, terms)) if best[1:] else best[0]
    ), most


def _understood(importer: Importer, material: Material, terms: Terms | None) -> tuple[int, int]:
    """How far its nodes outnumber the lines not understood, and how little it leaves out."""
    made = importer.read(material, terms or Terms(), Here())
    nodes = sum(len(parse(each.whole).entries) if each.whole else 1 for each in made.nodes)
    return nodes - len(made.unread), -len(made.left_out)
