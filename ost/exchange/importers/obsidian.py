"""Import the notes of an Obsidian vault, or other linked Markdown.

A note's kind is its `type:` or `kind:`, in front matter or as a field of Dataview, or a tag such as
`#opportunity`, or the name of its folder, such as `Solutions`. Its parent is the note that `parent`
or `up` names, one below a heading Parent, or the note of its folder; notes listed below a heading
such as Children or Solutions are its children. Bodies stay as they are, callouts and comments
included; links between notes become links between nodes. Notes without a kind and embedded files
are listed. Templates are left out.
"""

import re
from collections.abc import Iterator

from ost.exchange.foreign.imports import ForeignTree, Here, Material, Sureness, Terms, term
from ost.exchange.foreign.nodes import (
    CHILDREN,
    PARENT,
    STATUS,
    ForeignNodes,
    ToolWords,
    UnplacedNode,
    plain_value,
)
from ost.exchange.foreign.page import ForeignPage, link_targets, page, texts
from ost.exchange.foreign.places import tree
from ost.exchange.importers._inline_fields import of_line, without
from ost.exchange.importers._note_kind import SAID, code_rows, kind_of, tags
from ost.read import commonmark, markdown
from ost.read.inline import wikilinks
from ost.read.letters import fold
from ost.read.template import is_template
from ost.read.vocabulary import vocabulary
from ost.tree.model import KINDS

EXAMPLE = "vault/"
SIGNS = "notes with a kind as type, tag or folder"

_UP = ("parent", "parents", "up", "parent-note", "belongs-to", "upstream")
_DOWN = ("children", "down", "child", "downstream")
_WORDS = ToolWords(
    fields={
        **dict.fromkeys(_UP, PARENT),
        **dict.fromkeys(_DOWN, CHILDREN),
        **dict.fromkeys(("type", "kind", "tags", "tag", "aliases", "alias"), ""),
        **dict.fromkeys(("cssclass", "cssclasses", "publish", "permalink", "banner"), ""),
        **dict.fromkeys(("created", "updated", "modified", "date-created", "date-modified"), ""),
    }
)
_COLON = re.compile(
    r"[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)?([A-Za-z][\w -]{0,40}?)(?:\*\*|__)?:(?!:)(.*)"
)
_LINKS = re.compile(r"(?:\*\*|__)?[\s,]*(?:\[\[[^\[\]\n]+\]\][\s,]*)+")
_SKIPPED = re.compile(r"(?:^|/)(?:\.[^/]*|_?templates?)/", re.IGNORECASE)


def recognise(material: Material) -> Sureness:
    """By links between notes, and by notes with a kind."""
    vault = known = False
    for path, text in material.fronts():
        if not _SKIPPED.search(path):
            vault = vault or "[[" in text
            known = known or bool(kind_of(page(path, text), Terms()))
    return (2 if vault else 1) if known else 0


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The notes that have a kind."""
    del here
    nodes = ForeignNodes(terms, _WORDS)
    for path, text in material.fronts():
        found = page(path, text)
        if _SKIPPED.search(path) or is_template(text[: found.start]):
            nodes.leave(path, 0, "a template or a hidden note")
            continue
        nodes.page(found)
        word, line = kind_of(found, terms) or ("", 0)
        if word:
            _Note(nodes, found, word, line).read()
        else:
            nodes.tell(path, 1, found.lines.line(0), "this note names no kind")
    _by_folder(nodes)
    return tree(nodes)


class _Note:
    """A note that is a node."""

    def __init__(self, nodes: ForeignNodes, found: ForeignPage, word: str, line: int) -> None:
        self.nodes, self.found, self.word, self.line = nodes, found, word, line
        title = markdown.read(found.body, 0).title if "# " in found.body else None
        aliases = found.field("aliases", "alias")
        self.node = UnplacedNode(
            key=found.key,
            title=found.text("title") or (title.text if title else found.stem),
            path=found.path,
            line=line,
            names=[found.stem, *(texts(aliases.value) if aliases else ())],
        )

    def read(self) -> None:
        """Reads the note."""
        found = self.found
        self.nodes.add(self.node, self.word, found.lines.line(self.line - 1))
        for field in found.fields:
            at = field.key_at.line
            if fold(field.name) not in ("title", "type", "kind", "tags", "tag", "aliases", "alias"):
                self.nodes.take(self.node, field.name, field.value, at + 1, found.lines.line(at))
        self._tagged()
        self._body()
        for link in wikilinks(self.node.body):
            stem, dot, suffix = link.target.rpartition(".")
            if dot and stem and re.fullmatch(r"[A-Za-z0-9]{2,5}", suffix) and suffix != "md":
                self.nodes.leave(found.path, self.line, f"the file {link.target!r}")

    def _tagged(self) -> None:
        kept = []
        for tag in tags(self.found):
            parts = tag.split("/")
            if parts[0].casefold() == STATUS and len(parts) > 1 and self.node.kind:
                self.nodes.take(self.node, STATUS, plain_value(parts[-1]), self.line, f"#{tag}")
            elif self.word not in parts:
                kept.append(tag)
        if kept and self.node.kind:
            self.node.fields["tags"] = tuple(kept)

    def _body(self) -> None:
        """The body, without fields and lists of parents and children."""
        rows = self.found.body.split("\n")
        taken = set(self._fields(rows)) | set(self._lists())
        kept: list[str] = []
        for at, row in enumerate(rows):
            doubled = at - 1 in taken and not row.strip() and not (kept and kept[-1].strip())
            if at not in taken and not doubled:
                kept.append(row)
            elif doubled:
                taken.add(at)
        self.node.body = "\n".join(kept)

    def _fields(self, rows: list[str]) -> Iterator[int]:
        """Reads the fields of Dataview, and returns the rows that contain nothing else."""
        if ":" not in self.found.body:
            return
        code = code_rows(self.found.body)
        for at, row in enumerate(rows):
            line = of_line(row) or _related(row)
            rest, inside = without(row)
            if at in code or not (line or inside):
                continue
            known = dict([line]) if line else inside
            ours = {name: value for name, value in known.items() if value and self._takes(name)}
            for name, value in ours.items():
                if fold(name) not in SAID:
                    number = self.found.first + at + 1
                    self.nodes.take(self.node, name, plain_value(value), number, row)
            if ours and line:
                yield at
            elif len(ours) == len(known):
                rows[at] = rest

    def _takes(self, name: str) -> bool:
        """Whether a field in the text has a meaning here."""
        ours = term(self.nodes.terms.fields, name)
        known = KINDS[self.node.kind].__struct_fields__ if self.node.kind else ()
        own = fold(name).replace("-", "_")
        return bool(ours) or fold(name) in (*_UP, *_DOWN, *SAID) or own in (STATUS, *known)

    def _lists(self) -> Iterator[int]:
        """Reads the links below headings such as Parent or Solutions, and returns their rows."""
        if not self.node.kind or not KINDS[self.node.kind].placed or "[[" not in self.found.body:
            return
        heading: tuple[int, list[str]] | None = None
        for part in commonmark.outline(self.found.body):
            if part.type == "heading":
                into = self._into(part.content)
                heading = (part.first, into) if into is not None else None
            elif heading is not None and part.type in ("item", "text"):
                links = link_targets(part.content)
                bare = re.sub(r"!?\[\[[^\[\]]*\]\]|\[[^\[\]]*\]\([^()]*\)|[\s,]", "", part.content)
                if links and not bare:
                    heading[1].extend(links)
                    yield from (heading[0], *range(part.first, part.last))

    def _into(self, words: str) -> list[str] | None:
        """The list to which the links below a heading belong."""
        name = fold(words.strip(" :*_"))
        if name in _UP:
            return self.node.above
        if name in _DOWN:
            return self.node.below
        kind = vocabulary().kind(words.strip(" :*_"))
        return self.node.below if kind and self.node.kind in KINDS[kind].under else None


def _related(row: str) -> tuple[str, str] | None:
    """The field and names in a line such as `Parent: [[x]]`, which says nothing else."""
    found = _COLON.fullmatch(row) if "[[" in row else None
    if found and fold(found[1]) in (*_UP, *_DOWN) and _LINKS.fullmatch(found[2]):
        return found[1], found[2]
    return None


def _by_folder(nodes: ForeignNodes) -> None:
    """Puts a note without a parent below the note of its folder."""
    keys = {each.key: each for each in nodes.by_key.values()}
    named = {
        fold(target.rpartition("/")[2]) for each in nodes.by_key.values() for target in each.below
    }
    for node in nodes.by_key.values():
        if node.above or {fold(node.key.rpartition("/")[2]), fold(node.title)} & named:
            continue
        folder = node.key.rpartition("/")[0]
        while folder:
            name = folder.rpartition("/")[2]
            for key in (f"{folder}/{name}", folder):
                above = keys.get(key)
                if above is not None and above is not node and not node.above:
                    node.above.append(key)
            folder = folder.rpartition("/")[0] if not node.above else ""
