"""Records reads of a project: of its names while a node is built, of its tree while it is judged.

A note is a 32-bit hash of a question and its subject. If two questions collide, a node is
recomputed needlessly; nothing else happens.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Generic, SupportsIndex, TypeVar, cast
from zlib import crc32

from msgspec.structs import replace

from ost.read.document import Entry
from ost.read.letters import fold
from ost.tree.model import Node, NodeId
from ost.tree.names import NameQuestion, Names, runs
from ost.tree.tree import Clock, Tree

K = TypeVar("K", bound=str)
V = TypeVar("V")

Note = int

EVERY = ""
"""The subject of a question about all nodes."""


def note(question: str, about: str) -> Note:
    """The note of a question."""
    return crc32(about.encode("utf-8", "surrogatepass"), _seed(question))


_seed = cache(lambda question: crc32(question.encode()))


def notes_of(question: NameQuestion, about: str) -> Iterator[Note]:
    """The notes of a question to names: what is near a name is asked of each run of its letters."""
    for subject in runs(fold(about)) if question == "near" else (about,):
        yield note(question, subject)


def packed(notes: Iterable[Note]) -> bytes:
    """Notes in their stored form."""
    return array("I", sorted(set(notes))).tobytes()


def touches(kept: bytes, changed: set[Note]) -> bool:
    """Whether any stored note is among the changed ones."""
    return bool(kept) and not changed.isdisjoint(array("I", kept))


class NotedNames:
    """Names that record every question (see `ost.tree.names.Names`)."""

    def __init__(self, names: Names) -> None:
        """Answers as `names` does."""
        self._names = names
        self._asked: set[tuple[NameQuestion, str]] = set()

    def notes(self) -> bytes:
        """The questions since the last call."""
        asked, self._asked = self._asked, set()
        return packed(each for question, about in asked for each in notes_of(question, about))

    def known(self, node_id: str) -> bool:
        """Whether a node has this id."""
        self._asked.add(("known", node_id))
        return self._names.known(node_id)

    def called(self, folded: str) -> tuple[str, ...]:
        """Ids of the nodes whose alias or id, folded, this is; sorted."""
        self._asked.add(("called", folded))
        return self._names.called(folded)

    def at(self, path: str) -> str | None:
        """The id of the file's node; "" for a file without one; None for no such file."""
        self._asked.add(("at", path))
        return self._names.at(path)

    def pages(self, stem: str) -> bool:
        """Whether a Markdown file that is not ours has this stem, folded."""
        self._asked.add(("pages", stem))
        return self._names.pages(stem)

    def near(self, name: str) -> str:
        """The known id most like this name, or ""; any new id with a run of its letters may become
        it.
        """
        self._asked.add(("near", name))
        return self._names.near(name)

    def titled(self, folded: str) -> str:
        """The id of the one node whose title, folded, this is; "" when there is none or several."""
        self._asked.add(("titled", folded))
        return self._names.titled(folded)


class WithoutSuggestions:
    """Names that are never asked what a name that leads nowhere is like."""

    def __init__(self, names: Names) -> None:
        """Answers everything else as `names` does."""
        self._names = names

    def known(self, node_id: str) -> bool:
        """Whether a node has this id."""
        return self._names.known(node_id)

    def called(self, folded: str) -> tuple[str, ...]:
        """Ids of the nodes whose alias or id, folded, this is; sorted."""
        return self._names.called(folded)

    def at(self, path: str) -> str | None:
        """The id of the file's node; "" for a file without one; None for no such file."""
        return self._names.at(path)

    def pages(self, stem: str) -> bool:
        """Whether a Markdown file that is not ours has this stem, folded."""
        return self._names.pages(stem)

    def titled(self, folded: str) -> str:
        """The id of the one node whose title, folded, this is."""
        return self._names.titled(folded)

    def near(self, name: str) -> str:
        """No id."""
        return ""


def plain(key: object) -> Any:
    """A key as plain text, which is noted as it is looked up; None for what is not text, and names
    nothing.
    """
    if type(key) is str:
        return key
    return str.__str__(key) if isinstance(key, str) else None


class Noted(Mapping[K, V], Generic[K, V]):
    """A mapping that records the keys it is asked for; `EVERY` for an iteration."""

    __slots__ = ("_answers", "asked")

    def __init__(self, answers: Mapping[K, V]) -> None:
        """Answers as `answers` does."""
        self._answers = answers
        self.asked: set[str] = set()

    def __getitem__(self, key: K) -> V:
        """The value of a key."""
        key = plain(key)
        self.asked.add(key)
        return self._answers[key]

    def get(self, key: K, default: Any = None) -> Any:
        """The value of a key, or the default."""
        key = plain(key)
        self.asked.add(key)
        return self._answers.get(key, default)

    def __contains__(self, key: object) -> bool:
        known = plain(key)
        self.asked.add(known)
        return known in self._answers

    def __iter__(self) -> Iterator[K]:
        self.asked.add(EVERY)
        return iter(self._answers)

    def __len__(self) -> int:
        self.asked.add(EVERY)
        return len(self._answers)

    def __repr__(self) -> str:
        return repr(dict(self))


class NotedNodes(Noted[NodeId, Node]):
    """The nodes. The judged node is given as it is; for others, a read of their text is
    recorded.
    """

    __slots__ = ("_copies", "_own", "_texts")

    def __init__(self, nodes: Mapping[NodeId, Node], texts: set[str]) -> None:
        """Puts the ids of nodes whose text is read into `texts`."""
        super().__init__(nodes)
        self._texts = texts
        self._copies: dict[NodeId, Node] = {}
        self._own: Node | None = None

    def open(self, node: Node) -> None:
        """The next node to judge."""
        self._own = node
        self._copies.clear()

    def __getitem__(self, key: NodeId) -> Node:
        """The node of that id."""
        key = plain(key)
        if self._own is not None and key == self._own.id:
            return self._own
        self.asked.add(key)
        copy = self._copies.get(key)
        if copy is None:
            node = self._answers[key]
            text = cast("Entry", NotedEntry(node.entry, node.id, self._texts))
            copy = self._copies[key] = replace(node, entry=text)
        return copy

    def get(self, key: NodeId, default: Any = None) -> Any:
        """The node of that id, or the default."""
        try:
            return self[key]
        except KeyError:
            return default


class NotedEntry:
    """An entry that records a read."""

    __slots__ = ("_entry", "_id", "_texts")

    def __init__(self, entry: Entry, node_id: NodeId, texts: set[str]) -> None:
        """Stands for the entry of a node."""
        self._entry, self._id, self._texts = entry, node_id, texts

    def __getattr__(self, name: str) -> Any:
        self._texts.add(self._id)
        return getattr(self._entry, name)

    @property  # type: ignore[misc]
    def __class__(self) -> type[Entry]:  # type: ignore[override]
        """To `isinstance` and `case`, it is an entry."""
        return Entry

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        self._texts.add(self._id)
        return self._entry.__reduce_ex__(protocol)

    def __repr__(self) -> str:
        self._texts.add(self._id)
        return repr(self._entry)

    def __eq__(self, other: object) -> bool:
        self._texts.add(self._id)
        return self._entry == (other._entry if type(other) is NotedEntry else other)

    def __hash__(self) -> int:
        # A function that is cached by node compares hashes, and reads nothing when it knows one.
        self._texts.add(self._id)
        return hash(self._entry)


class NotedClock:
    """A clock that records a read."""

    __slots__ = ("_day", "looked")

    def __init__(self, day: date) -> None:
        """Shows that day."""
        self._day, self.looked = day, False

    @property
    def day(self) -> date:
        """The day."""
        self.looked = True
        return self._day

    def __repr__(self) -> str:
        return repr(Clock(self.day))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NotedClock | Clock) and other.day == self.day

    def __hash__(self) -> int:
        return hash(Clock(self.day))


class Notebook:
    """A tree for judging nodes one after the other, and what each asked of it."""

    def __init__(self, tree: Tree) -> None:
        """Answers as the tree does."""
        texts: set[str] = set()
        self._nodes = NotedNodes(tree.by_id, texts)
        self._clock = NotedClock(tree.as_of)
        noted: dict[str, Noted[Any, Any]] = {
            "kind": Noted(tree.kinds),
            "children": Noted(tree.children_of),
            "outgoing": Noted(tree.outgoing),
            "incoming": Noted(tree.incoming),
            "heard": Noted(tree.heard_in),
            "about": Noted(tree.about),
            "decided": Noted(tree.decided),
            "transcript": Noted(tree.transcripts),
        }
        asked: dict[str, set[Any]] = {name: each.asked for name, each in noted.items()}
        asked |= {"node": self._nodes.asked, "text": texts}
        self._asked = [(crc32(question.encode()), about) for question, about in asked.items()]
        self.tree = Tree(
            by_id=self._nodes,
            kinds=noted["kind"],
            clock=cast("Clock", self._clock),
            diagnostics=(),
            children_of=noted["children"],
            outgoing=noted["outgoing"],
            incoming=noted["incoming"],
            heard_in=noted["heard"],
            about=noted["about"],
            decided=noted["decided"],
            transcripts=noted["transcript"],
            synonyms=tree.synonyms,  # after other settings, every node is judged again
        )

    def open(self, node: Node) -> None:
        """Starts a page for the next node to judge, with a tree and nodes of its own: what a rule
        keeps by their identity was noted for another node.
        """
        self.tree = replace(self.tree)
        self._nodes.open(node)
        self._clock.looked = False
        for _, asked in self._asked:
            asked.clear()
        self.tree.worked_out.clear()

    def notes(self) -> bytes:
        """The questions asked for that node."""
        return packed(
            crc32(about.encode("utf-8", "surrogatepass"), question)
            for question, asked in self._asked
            for about in asked
            if about is not None
        )

    @property
    def dated(self) -> bool:
        """Whether judging that node asked for the day."""
        return self._clock.looked
