"""Splits an opportunity: new ones take over some of its moments and children."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from textwrap import shorten

from msgspec import Struct

from ost.edit import move, new
from ost.edit.content_folder import ContentFolder
from ost.edit.mentions import Naming, Query, mentions
from ost.edit.proof import Meant, prove
from ost.edit.rewrite import Rewrite
from ost.edit.targets import Moves, retargeted, scalar
from ost.errors import Misuse
from ost.read.place import Place
from ost.tree.model import Moment, Node, NodeId, Opportunity
from ost.tree.tree import Tree

LONGEST = 80
"""Letters of a title made from a note; a longer one is cut."""

_LEAD = re.compile(r"\A[^\w“\"«]+")
_END = re.compile(r"(?<=[.!?])\s")


class SplitPart(Struct, frozen=True, kw_only=True):
    """A new opportunity: its title, and the names of moments and ids of children that it takes
    over.
    """

    title: str
    takes: tuple[str, ...]

    @property
    def id(self) -> str:
        """Its id, from its title."""
        return new.name(self.title)


def named_moments(tree: Tree, node_id: str) -> Mapping[str, Moment]:
    """The moments about an opportunity itself by name: `p07`, or `p07#2` for the second of several
    in one interview.
    """
    found = tree.about.get(NodeId(node_id), ())
    sources = [each.source for each in found]
    numbers = {source: count(1) for source in sources}
    return {
        f"{each.source}#{next(numbers[each.source])}"
        if sources.count(each.source) > 1
        else str(each.source): each
        for each in found
    }


def title_for(moment: Moment) -> str:
    """A title from a moment: its note, or else its quote; "" without words."""
    return title_of_words(moment.words or next((each.text for each in moment.quotes), ""))


def title_of_words(words: str) -> str:
    """Words as a title: their first sentence in one line, shortened; "" if it makes no id."""
    sentence = _END.split(_LEAD.sub("", new.line(words)), maxsplit=1)[0].rstrip(" .,;:")
    short = shorten(sentence, LONGEST, placeholder="")
    return short[:1].upper() + short[1:] if new.name(short) else ""


def split(
    folder: ContentFolder,
    node_id: str,
    parts: Sequence[SplitPart],
    *,
    keep: bool = False,
    beside: bool = False,
) -> Rewrite:
    """Moves moments and children to new opportunities, below the old one or `beside` it. Every
    moment must be assigned, unless the old one may `keep` the others.
    """
    path, _ = move.only(folder, node_id)
    node = folder.tree.by_id[NodeId(node_id)]
    if not isinstance(node, Opportunity):
        raise Misuse(f"{node_id!r} is {node.article()}; only an opportunity can be split")
    if not parts:
        raise Misuse('name what it is split into: --into "TITLE" MOMENTS')
    shares = _Shares(folder, node)
    goes = shares.assign_parts(parts)
    missing = [name for name in shares.moments if name not in goes]
    if missing and not keep:
        raise Misuse(
            f"no part takes {', '.join(missing)}; assign it, or let {node_id!r} keep the rest"
            " with --keep"
        )
    edits = []
    for mention, part_id in shares.leaving(goes):
        moves = Moves({node_id: part_id}, {path: f"{_folder(path)}{part_id}.md"})
        target = retargeted(folder, mention, moves)
        if target is not None:
            edits.append(move.renamed(folder, mention, target))
    edits += move.out_of_order(folder, node_id, [name for name in goes if name in shares.children])
    over = folder.tree.parent(node) if beside else node
    parent = over.id if over else ""
    drafts = {f"{_folder(path)}{part.id}.md": _text(part, parent) for part in parts}
    rewrite = move.pin_ids(folder, Rewrite(edits=tuple(edits), created=drafts))
    ids = (node_id, *(part.id for part in parts))
    sources = {str(shares.moments[name].source) for name in goes if name in shares.moments}

    def expected(meant: Meant) -> None:
        for concerned in (*ids, *sources, *goes):
            meant.pop(concerned, None)

    after = prove(folder, rewrite, expected=expected)
    now = sum(len(after.tree.about.get(NodeId(each), ())) for each in ids)
    if now != len(shares.moments):
        raise Misuse(
            f"{node_id!r} cannot be split this way:"
            f" {len(shares.moments)} moments would become {now}"
        )
    return rewrite


class _Shares:
    """The moments (by name) and children that an opportunity can give to its parts."""

    def __init__(self, folder: ContentFolder, node: Node) -> None:
        self.folder, self.id = folder, node.id
        self.moments = named_moments(folder.tree, node.id)
        self.children = tuple(child.id for child in folder.tree.children_of.get(node.id, ()))

    def assign_parts(self, parts: Sequence[SplitPart]) -> dict[str, str]:
        """The id of the part that takes each moment and child."""
        goes: dict[str, str] = {}
        for part in parts:
            move.free(self.folder, part.id)
            if sum(each.id == part.id for each in parts) > 1:
                raise Misuse(f"two parts would have the id {part.id!r}; use other words")
            for written in part.takes:
                for name in self._resolve(written):
                    if goes.setdefault(name, part.id) != part.id:
                        raise Misuse(f"{name} cannot go to two parts")
        return goes

    def _resolve(self, written: str) -> list[str]:
        """The moments or the child that a name means: `p07` is every moment of P07."""
        if written in self.moments:
            return [written]
        several = [name for name in self.moments if name.partition("#")[0] == written]
        names = several or [written] * (written in self.children)
        if not names:
            known = ", ".join((*self.moments, *self.children)) or "nothing"
            raise Misuse(f"{written!r} is not a moment or child of {self.id!r}; it has {known}")
        return names

    def leaving(self, goes: Mapping[str, str]) -> Iterator[tuple[Naming, str]]:
        """The links and parents that move to a part, each with the part's id."""
        places: dict[str, list[tuple[Place, str]]] = {}
        for name, moment in self.moments.items():
            if name in goes:
                places.setdefault(str(moment.source), []).append((moment.at, goes[name]))
        for child in self.children:
            path, entry = move.only(self.folder, child)
            if child in goes and entry.parent:
                raise Misuse(
                    f"{child!r} is written below another in {path}; run `ost explode {path}`"
                )
        for mention in mentions(self.folder, Query((self.id,))):
            if mention.node != self.id:
                continue
            owner = mention.owner
            if mention.relation == "parent" and owner in self.children and owner in goes:
                yield mention, goes[owner]
            for at, part_id in places.get(owner, ()):
                if mention.relation == "mentions" and _holds(at, mention.at):
                    yield mention, part_id


def _holds(outer: Place, inner: Place) -> bool:
    start = (inner.line, inner.column)
    return (outer.line, outer.column) <= start <= (outer.end_line, outer.end_column)


def _folder(path: str) -> str:
    lead, slash, _ = path.rpartition("/")
    return f"{lead}{slash}"


def _text(part: SplitPart, parent: str) -> str:
    under = f"parent: {scalar(parent)}\n" if parent else ""
    return f"---\nkind: opportunity\n{under}---\n# {new.line(part.title)}\n"
