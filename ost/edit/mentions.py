"""Finds every place in a content folder that names a node, by id or path, or another file.

The kinds define which fields name nodes; every other mention is a link that was read.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct

from ost.edit.content_folder import ContentFolder, naming_files
from ost.edit.rewrite import ALIASES
from ost.read.addresses import addresses
from ost.read.document import Entry, Link
from ost.read.place import Place
from ost.read.suffixes import MARKDOWN
from ost.read.value import Scalar, Sequence, Value
from ost.tree import fields
from ost.tree.model import NodeId, kind_of
from ost.tree.names import resolve

FILE = "file"
"""The form of a field that names a file, from its own folder or from the top."""

_PATHS = frozenset({"markdown", FILE})
_NAME = re.compile(r"[^|#]*")


class Naming(Struct, frozen=True):
    """A name as written: `target` in the file at `path`, and the node it leads to, if any.

    `form` is that of a link (`wiki`, `markdown`), `field` for a bare id in front matter, or `file`.
    `at` covers only the target if `exact`, otherwise the whole value around it. `owner` is the id
    of the node it belongs to ("" in a file without nodes).
    """

    path: str
    owner: str
    relation: str
    form: str
    target: str
    at: Place
    node: NodeId | None
    exact: bool = True


class Query:
    """A query for mentions: of some nodes, of everything in some files, and of paths that may lead
    to these files.
    """

    def __init__(self, nodes: Collection[str], paths: Collection[str] = ()) -> None:
        """Asks for mentions of these nodes and of these files."""
        self.nodes, self.paths = frozenset(nodes), frozenset(paths)

    def __call__(self, path: str, node: str | None, form: str) -> bool:
        """Whether the query covers a mention of a node in the file at a path."""
        return (node in self.nodes) or path in self.paths or (bool(self.paths) and form in _PATHS)


def mentions(
    folder: ContentFolder, wanted: Query, paths: Iterable[str] | None = None
) -> Iterator[Naming]:
    """The wanted mentions in the folder, or in the files at some paths: each place once, in reading
    order within a node.
    """
    for path in folder.naming(wanted.nodes, wanted.paths) if paths is None else paths:
        seen: set[Place] = set()
        reading = folder.documents[path].reading
        inside = _Inside(folder, path, wanted)
        found = [
            mention
            for entry in reading.entries
            for mention in inside.entry(entry.id or folder.documents[path].stem, entry)
        ]
        several = len(reading.entries) != 1 or reading.entries[0].id
        if several and reading.transcript is None:
            found += inside.links("", addresses(folder.text(path)))
        for mention in found:
            if mention.at not in seen:
                seen.add(mention.at)
                yield mention


class _Inside:
    """The wanted mentions in one file. An `owner` is the id of a node in it."""

    def __init__(self, folder: ContentFolder, path: str, wanted: Query) -> None:
        self.folder, self.path, self.wanted = folder, path, wanted

    def entry(self, owner: str, entry: Entry) -> Iterator[Naming]:
        """The mentions in one node."""
        yield from self.links(owner, entry.links)
        linked = {link.at for link in entry.links if link.form == "field"}
        kind = kind_of(entry)
        naming = ("parent", fields.ORDER, *fields.referring(kind))
        for field in entry.fields:
            if field.name in naming:
                for scalar in _bare(field.value, linked):
                    yield from self._ids(owner, field.name, scalar)
            elif field.name in naming_files(kind) and isinstance(field.value, Scalar):
                yield from self._file(owner, field.name, field.value)

    def links(self, owner: str, links: tuple[Link, ...]) -> Iterator[Naming]:
        """The wanted links among these; aliases name no other node."""
        for link in links:
            if link.relation == ALIASES:
                continue
            node = resolve(link.target, link.form, self.path, self.folder.names).id
            by_path = link.target.casefold().endswith(MARKDOWN)
            if not self.wanted(self.path, node, "markdown" if by_path else link.form):
                continue
            at, form = link.target_at, "wiki" if link.form == "field" else link.form
            exact = at != link.at
            yield Naming(self.path, owner, link.relation, form, link.target, at, node, exact)

    def _ids(self, owner: str, relation: str, scalar: Scalar) -> Iterator[Naming]:
        """The node that a bare value names."""
        name = _NAME.match(scalar.text)
        target = name[0].strip() if name else ""
        if not target or scalar.type == "null":
            return
        form = "markdown" if target.endswith(MARKDOWN) else "field"
        node = resolve(target, form, self.path, self.folder.names).id
        if self.wanted(self.path, node, form):
            at, exact = self._target(scalar, target)
            yield Naming(self.path, owner, relation, "field", target, at, node, exact)

    def _file(self, owner: str, relation: str, scalar: Scalar) -> Iterator[Naming]:
        """The file that a value names."""
        target = scalar.text.strip()
        if target and self.wanted(self.path, None, FILE):
            at, exact = self._target(scalar, target)
            yield Naming(self.path, owner, relation, FILE, target, at, None, exact)

    def _target(self, scalar: Scalar, target: str) -> tuple[Place, bool]:
        """The place of the target or, if that is not certain, of the whole value."""
        at = _inside(self.folder.cut(self.path, scalar.at), scalar, target)
        return at or scalar.at, at is not None


def pictures(folder: ContentFolder, path: str) -> Iterator[Naming]:
    """Every link and picture of a file, whatever its target."""
    return _Inside(folder, path, Query((), (path,))).links("", addresses(folder.text(path)))


def _bare(value: Value, inside: set[Place]) -> Iterator[Scalar]:
    """The single values outside links."""
    if value.at in inside and not isinstance(value, Scalar):
        return
    if isinstance(value, Sequence):
        for item in value.items:
            yield from _bare(item, inside)
        return
    if isinstance(value, Scalar) and "[[" not in value.text:
        yield value


def _inside(written: str, scalar: Scalar, target: str) -> Place | None:
    """The place of the target in the value as written, if that is certain."""
    quoted = len(written) > 1 and written[0] == written[-1] and written[0] in "\"'"
    plain = written[1:-1] if quoted else written
    if plain != scalar.text or "\n" in written:
        return None
    at = scalar.at
    start = at.column + quoted + scalar.text.index(target)
    return Place(at.line, start, at.line, start + len(target))
