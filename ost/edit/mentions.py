"""Every place in a content folder that names something: nodes, by id or by path, and other files.

The kinds say which fields name nodes; everything else that leads anywhere is a link that was read.
"""

import re
from collections.abc import Collection, Iterator

from msgspec import Struct

from ost.edit.content_folder import ContentFolder, kind_of, naming_files
from ost.edit.rewrite import ALIASES
from ost.read.addresses import addresses
from ost.read.document import Entry, Link
from ost.read.place import Place
from ost.read.suffixes import MARKDOWN
from ost.read.value import Scalar, Sequence, Value
from ost.tree import fields
from ost.tree.model import NodeId
from ost.tree.names import resolve

FILE = "file"
"""The form of a field that names a file from its own folder, or from the top."""

_PATHS = frozenset({"markdown", FILE})
_NAME = re.compile(r"[^|#]*")


class Naming(Struct, frozen=True):
    """A name as written: `target` in the file at `path`, and the node it leads to, if to one.

    `form` is that of a link (`wiki`, `markdown`), `field` for a bare id in front matter, or `file`.
    `at` covers the target alone if `exact`, otherwise all of the value that it is part of.
    `owner` is the id of the node it belongs to ("" in a file that is not ours).
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
    """Which mentions are asked for: those of some nodes, and everything in some files, and all that
    may be a path to one of those.
    """

    def __init__(self, nodes: Collection[str], paths: Collection[str] = ()) -> None:
        """Asks for mentions of these nodes, and for whatever has to do with these files."""
        self.nodes, self.paths = frozenset(nodes), frozenset(paths)

    def __call__(self, path: str, node: str | None, form: str) -> bool:
        """Whether a mention of a node in the file at a path is asked for."""
        return (node in self.nodes) or path in self.paths or (bool(self.paths) and form in _PATHS)


def mentions(folder: ContentFolder, wanted: Query) -> Iterator[Naming]:
    """The mentions in the folder that are asked for, each place once, in reading order within a
    node.
    """
    for path in sorted(folder.documents):
        seen: set[Place] = set()
        document = folder.documents[path]
        several = len(document.reading.entries) != 1 or document.reading.entries[0].id
        found = [
            mention
            for entry in document.reading.entries
            for mention in _of_entry(folder, path, entry.id or document.stem, entry, wanted)
        ]
        if several and document.reading.transcript is None:
            found += _linked(folder, path, "", addresses(folder.text(path)), wanted)
        for mention in found:
            if mention.at not in seen:
                seen.add(mention.at)
                yield mention


def _of_entry(
    folder: ContentFolder, path: str, owner: str, entry: Entry, wanted: Query
) -> Iterator[Naming]:
    """What one node names."""
    yield from _linked(folder, path, owner, entry.links, wanted)
    inside = {each.at for each in entry.links if each.form == "field"}
    kind = kind_of(entry)
    naming = ("parent", fields.ORDER, *fields.referring(kind))
    for field in entry.fields:
        if field.name in naming:
            for scalar in _bare(field.value, inside):
                yield from _in_scalar(folder, path, owner, field.name, scalar, wanted)
        elif field.name in naming_files(kind) and isinstance(field.value, Scalar):
            target = field.value.text.strip()
            if target and wanted(path, None, FILE):
                yield _named(folder, path, owner, field.name, FILE, field.value, target, None)


def pictures(folder: ContentFolder, path: str) -> Iterator[Naming]:
    """Every link and picture of a file, whatever it leads to."""
    return _linked(folder, path, "", addresses(folder.text(path)), Query((), (path,)))


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


def _in_scalar(
    folder: ContentFolder, path: str, owner: str, relation: str, scalar: Scalar, wanted: Query
) -> Iterator[Naming]:
    name = _NAME.match(scalar.text)
    target = name[0].strip() if name else ""
    if not target or scalar.type == "null":
        return
    form = "markdown" if target.endswith(MARKDOWN) else "field"
    node = resolve(target, form, path, folder.names).id
    if wanted(path, node, form):
        yield _named(folder, path, owner, relation, "field", scalar, target, node)


def _named(
    folder: ContentFolder,
    path: str,
    owner: str,
    relation: str,
    form: str,
    scalar: Scalar,
    target: str,
    node: NodeId | None,
) -> Naming:
    at = _inside(folder.cut(path, scalar.at), scalar, target)
    return Naming(path, owner, relation, form, target, at or scalar.at, node, at is not None)


def _inside(written: str, scalar: Scalar, target: str) -> Place | None:
    """The place of the target in what is written for a value, if that is certain."""
    quoted = len(written) > 1 and written[0] == written[-1] and written[0] in "\"'"
    plain = written[1:-1] if quoted else written
    if plain != scalar.text or "\n" in written:
        return None
    at = scalar.at
    start = at.column + quoted + scalar.text.index(target)
    return Place(at.line, start, at.line, start + len(target))


def _linked(
    folder: ContentFolder, path: str, owner: str, links: tuple[Link, ...], wanted: Query
) -> Iterator[Naming]:
    for link in links:
        if link.relation == ALIASES:
            continue
        node = resolve(link.target, link.form, path, folder.names).id
        by_path = link.target.casefold().endswith(MARKDOWN)
        if not wanted(path, node, "markdown" if by_path else link.form):
            continue
        exact = link.target_at != link.at
        form = "wiki" if link.form == "field" else link.form
        yield Naming(path, owner, link.relation, form, link.target, link.target_at, node, exact)
