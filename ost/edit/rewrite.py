"""The edits of a refactoring, and the meaning of nodes to prove them by."""

from collections import Counter
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Map
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from ost.edit.content_folder import ContentFolder, DifferingParts, naming_files
from ost.edit.splice import SpliceError, splice
from ost.errors import Misuse
from ost.read.diagnostic import Diagnostic, Edit, Severity
from ost.read.place import Place, Span
from ost.read.value import Mapping, Scalar, Sequence, Value
from ost.tree.fields import ORDER, referring
from ost.tree.index import grouped
from ost.tree.model import NodeId

ALIASES = "aliases"
"""The field with former ids; it names no other node."""

LINK = "[[]]"
"""The placeholder for a link in a compared value."""


class Rewrite(Struct, frozen=True, kw_only=True, dict=True):
    """Edits of files by the paths that they have now; then files get other paths (`moved`, from old
    to new), files go (`removed`), and new ones come (`created`, with their texts). `ids` says which
    ids become which.
    """

    edits: tuple[Edit, ...] = ()
    moved: Map[str, str] = {}
    removed: tuple[str, ...] = ()
    created: Map[str, str] = {}
    ids: Map[str, str] = {}

    @cached_property
    def by_path(self) -> Map[str, tuple[Edit, ...]]:
        """The edits of each file."""
        return grouped((each.span.path, each) for each in self.edits)

    @property
    def touched(self) -> tuple[str, ...]:
        """The files there are now that change, move or go."""
        return tuple(sorted({*self.by_path, *self.moved, *self.removed}))

    @property
    def empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.touched or self.created)

    def text(self, path: str, before: str) -> str:
        """The text of a file that there is now, with its edits made."""
        return splice(before, self.by_path.get(path, ()))

    def with_edits(self, edits: Iterable[Edit]) -> "Rewrite":
        """The same with further edits."""
        return replace(self, edits=(*self.edits, *edits))


def edit(path: str, at: Place, text: str) -> Edit:
    """Replaces the text at a place of a file."""
    return Edit(Span(path, at), text)


def after(folder: ContentFolder, rewrite: Rewrite) -> ContentFolder:
    """The folder after the rewrite. Raises Misuse if its edits cannot be made."""
    texts: dict[str, str | None] = {}
    rewritten: dict[str, str] = {}
    for path in rewrite.touched:
        if path not in folder.documents:
            continue
        try:
            rewritten[rewrite.moved.get(path, path)] = rewrite.text(path, folder.text(path))
        except SpliceError as error:
            raise Misuse(f"{path} cannot be rewritten: {error}") from None
    texts.update(dict.fromkeys((*rewrite.moved, *rewrite.removed)))
    texts.update({path: text for path, text in rewritten.items() if path not in rewrite.removed})
    texts.update(rewrite.created)
    return folder.changed(texts)


_DIRTY = frozenset(
    ("OST001", "OST002", "OST003", "OST004", "OST009", "OST013", "OST014", "OST017", "OST020")
)
"""The codes of files that cannot be read for certain, so that no place in them is reliable."""


def clean(folder: ContentFolder, rewrite: Rewrite) -> None:
    """Raises Misuse if a touched file cannot be read for certain, or has an unresolved conflict."""
    for path in rewrite.touched:
        document = folder.documents.get(path)
        for found in document.reading.diagnostics if document else ():
            if found.code in _DIRTY and found.severity is Severity.ERROR:
                where = f"{path}:{found.at.line + 1}"
                raise Misuse(f"{where}: {found.message}; fix this first")


def meaning(
    folder: ContentFolder,
    name: Callable[[str], str] = str,
    former: Map[str, str] = {},
    among: DifferingParts | None = None,
) -> dict[str, object]:
    """The meaning of each node (or of those `among` some), without places and names of other nodes.
    `name` returns an id's new name; `former` lists ids that became aliases.
    """
    tree = folder.tree
    found: dict[str, object] = {}
    asked = tree.by_id if among is None else filter(tree.by_id.__contains__, sorted(among.nodes))
    for node_id in map(NodeId, asked):
        node = tree.by_id[node_id]
        edges = {(each.link.relation, name(each.target)) for each in tree.outgoing.get(node_id, ())}
        moments = tree.heard_in.get(node_id, ())
        distinct = dict.fromkeys(
            (name(each.node), each.against, each.doubtful, each.seconds) for each in moments
        )
        order = node.order
        kind = type(node)
        named = ("parent", ORDER, ALIASES, *referring(kind), *naming_files(kind))
        found[name(node_id)] = (
            node.kind,
            tuple(dict.fromkeys(name(each.id) for each in node.parents if each.found)),
            tuple(sorted(edges)),
            tuple(distinct),
            sum(len(each.quotes) for each in moments),
            tuple(dict.fromkeys(name(each.id) for each in order))
            if isinstance(order, tuple)
            else order,
            tuple(sorted({*node.aliases, *([node_id] if node_id in former else ())})),
            tuple(
                (field.name, placeless_value(field.value))
                for field in node.entry.fields
                if field.name not in named
            ),
            tuple(len(section.items) for section in node.entry.sections),
        )
    return found


def placeless_value(value: Value) -> object:
    """A value without its place; the words of links do not count."""
    match value:
        case Scalar():
            return LINK if "[[" in value.text else (value.text, value.type)
        case Sequence(items=(Sequence(),)):
            return LINK
        case Sequence():
            return tuple(map(placeless_value, value.items))
        case Mapping():
            return tuple((key.text, placeless_value(inner)) for key, inner in value.pairs)


def grown(before: Iterable[Diagnostic], now: Iterable[Diagnostic]) -> Diagnostic | None:
    """An error or warning whose code occurs more often than before."""
    counted = Counter(each.code for each in before)
    for found in (each for each in now if each.severity is not Severity.NOTE):
        counted[found.code] -= 1
        if counted[found.code] < 0:
            return found
    return None
