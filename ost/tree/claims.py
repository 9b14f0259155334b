"""What a file contributes to the names in a project: its ids, former ids and titles."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from ost.read.document import Document, Entry, stem_of
from ost.read.letters import composed, fold
from ost.tree.build import aliases, own_id, title_of
from ost.tree.model import NodeId
from ost.tree.names import KnownNames, NameQuestion

NameAnswer = tuple[NameQuestion, str, str]
"""A file's contribution to the answers about names: the question, its subject, the answer."""


class Claims(Struct, frozen=True, array_like=True, gc=False):
    """The ids in a file, in order and without duplicates, each with its former ids as written and
    its title.

    `own` is the id of the file's own node, or "" for a file without one. `entries` counts all
    entries, including those with a duplicate id.
    """

    own: str = ""
    entries: int = 0
    ids: tuple[str, ...] = ()
    aliases: tuple[tuple[str, ...], ...] = ()
    titles: tuple[str, ...] = ()

    def former(self, node_id: str) -> tuple[str, ...]:
        """The former ids that the file gives for a node."""
        return self.aliases[self.ids.index(node_id)] if node_id in self.ids else ()

    def answers(self, path: str) -> Iterator[NameAnswer]:
        """What the file adds to the answers about names."""
        yield "at", composed(path), self.own
        if not self.own:
            yield "pages", fold(stem_of(path)), ""
        for node_id, title in zip(self.ids, self.titles, strict=True):
            yield "titled", fold(title), node_id
        for node_id, former in zip(self.ids, self.aliases, strict=True):
            yield "known", node_id, path
            yield "near", node_id, ""
            for name in (node_id, *former):
                yield "called", fold(name), node_id


def entries(document: Document) -> dict[str, Entry]:
    """The entries of a file by id; the first of those with the same id."""
    found: dict[str, Entry] = {}
    for entry in document.reading.entries:
        found.setdefault(entry.id or document.stem, entry)
    return found


def claims_of(document: Document) -> Claims:
    """The claims of a document."""
    found = entries(document)
    return Claims(
        own_id(document),
        len(document.reading.entries),
        tuple(found),
        tuple(map(aliases, found.values())),
        tuple(title_of(node_id, entry) for node_id, entry in found.items()),
    )


def names_of(claims: Mapping[str, Claims]) -> tuple[KnownNames, dict[NodeId, str]]:
    """The names of all files together, and the file of each id: the first by path if there are
    several.
    """
    files: dict[NodeId, str] = {}
    former: dict[str, tuple[str, ...]] = {}
    titles: dict[str, str] = {}
    for path in sorted(claims):
        claim = claims[path]
        for node_id, called, title in zip(claim.ids, claim.aliases, claim.titles, strict=True):
            if node_id not in files:
                files[NodeId(node_id)] = path
                titles[node_id] = title
                if called:
                    former[node_id] = called
    paths = {path: each.own for path, each in claims.items()}
    return KnownNames(files, former, paths, titles), files
