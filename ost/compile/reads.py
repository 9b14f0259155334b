"""Records reads of a project: of its names while a node is built, of its tree while it is judged.

A note is a 32-bit hash of a question and its subject. If two questions collide, a node is
recomputed needlessly; nothing else happens.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cache
from typing import Any, Generic, SupportsIndex, TypeVar, cast, get_args
from zlib import crc32

from msgspec.structs import replace

from ost.read.document import Entry
from ost.read.letters import fold
from ost.tree.model import Node, NodeId
from ost.tree.names import NameQuestion, Names, runs
from ost.tree.tree import Clock

K = TypeVar("K", bound=str)
V = TypeVar("V")

Note = int

EVERY = ""
"""The subject of questions about all nodes."""


def note(question: str, about: str) -> Note:
    """The note of a question."""
    return crc32(about.encode("utf-8", "surrogatepass"), _seed(question))


_seed = cache(lambda question: crc32(question.encode()))


def notes_of(question: NameQuestion, about: str) -> Iterator[Note]:
    """The notes of a question to names."""
    return (note(question, subject) for subject in subjects(question, about))


def subjects(question: NameQuestion, about: str) -> set[str]:
    """The subjects to note for a question to names: for similar names, every run of letters."""
    return runs(fold(about)) if question == "near" else {about}


def packed(asked: Mapping[K, AbstractSet[Any]]) -> bytes:
    """The notes of the subjects that each question was asked about, in their stored form. None
    stands for something that is not text, which no answer is about.
    """
    # As `note` does, but one lookup of a seed for all subjects of a question.
    seeds = [(_seed(question), abouts) for question, abouts in asked.items() if abouts]
    notes = {
        crc32(about.encode("utf-8", "surrogatepass"), seed)
        for seed, abouts in seeds
        for about in abouts
        if about is not None
    }
    return array("I", sorted(notes)).tobytes()


def touches(kept: bytes, changed: set[Note]) -> bool:
    """Whether any stored note is among the changed ones."""
    return bool(kept) and not changed.isdisjoint(array("I", kept))


class NotedNames:
    """Names that record every question (see `ost.tree.names.Names`)."""

    def __init__(self, names: Names) -> None:
        """Answers as `names` does."""
        self._names = names
        self._asked: dict[NameQuestion, set[str]] = {each: set() for each in get_args(NameQuestion)}

    def notes(self) -> bytes:
        """The questions since the last call."""
        found = packed(self._asked)
        for asked in self._asked.values():
            asked.clear()
        return found

    def known(self, node_id: str) -> bool:
        """Whether a node has this id."""
        self._asked["known"].add(node_id)
        return self._names.known(node_id)

    def called(self, folded: str) -> tuple[str, ...]:
        """Sorted ids of the nodes with this alias or id, folded."""
        self._asked["called"].add(folded)
        return self._names.called(folded)

    def at(self, path: str) -> str | None:
        """The id of the file's node; "" for a file without one; None for no such file."""
        self._asked["at"].add(path)
        return self._names.at(path)

    def pages(self, stem: str) -> bool:
        """Whether a Markdown file without a node has this stem, folded."""
        self._asked["pages"].add(stem)
        return self._names.pages(stem)

    def near(self, name: str) -> str:
        """The known id most similar to this name, or ""; any new id that shares a run of letters
        may replace it.
        """
        self._asked["near"] |= subjects("near", name)
        return self._names.near(name)

    def titled(self, folded: str) -> str:
        """The id of the only node with this title, folded; "" if none or several have it."""
        self._asked["titled"].add(folded)
        return self._names.titled(folded)


class WithoutSuggestions:
    """Names without suggestions for unknown names."""

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
        """The id of the only node with this title, folded."""
        return self._names.titled(folded)

    def near(self, name: str) -> str:
        """No id."""
        return ""


def plain(key: object) -> Any:
    """A key as plain text, noted exactly as looked up; None if it is not text."""
    if type(key) is str:
        return key
    return str.__str__(key) if isinstance(key, str) else None


class Noted(Mapping[K, V], Generic[K, V]):
    """A mapping that records the keys looked up; `EVERY` for an iteration."""

    __slots__ = ("_answers", "asked")

    def __init__(self, answers: Mapping[K, V], asked: set[str]) -> None:
        """Answers like `answers`; adds the keys looked up to `asked`."""
        self._answers, self.asked = answers, asked

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

    def close(self) -> None:
        """Stops answering."""
        self._answers = Closed()


class Closed(Mapping[Any, Any]):
    """The tree was used after its node was judged."""

    def _refuse(self, *_: object) -> Any:
        raise RuntimeError("a tree is for the check of one node; keep none")

    __getitem__ = __contains__ = __iter__ = __len__ = _refuse


class NotedNodes(Noted[NodeId, Node]):
    """The nodes. The judged node is returned unchanged; for others, a read of their text is
    recorded.
    """

    __slots__ = ("_copies", "_made", "_own", "_texts")

    def __init__(
        self,
        nodes: Mapping[NodeId, Node],
        asked: set[str],
        texts: set[str],
        made: Callable[[Node, int], Node],
    ) -> None:
        """Adds the ids of nodes whose text is read to `texts`. Passes each copy, and the length of
        its text, through `made`.
        """
        super().__init__(nodes, asked)
        self._texts, self._made = texts, made
        self._copies: dict[NodeId, Node] = {}
        self._own: Node | None = None

    def open(self, node: Node | None) -> None:
        """Sets the node to judge; None if other packages' rules judge it."""
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
            copy = self._copies[key] = self._made(replace(node, entry=text), len(node.entry.body))
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
        """Represents the entry of a node."""
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
        # A function cached by node compares hashes; if it has the hash, it reads nothing.
        self._texts.add(self._id)
        return hash(self._entry)


class NotedClock:
    """A clock that records a read."""

    __slots__ = ("_day", "asked")

    def __init__(self, day: date, asked: set[str]) -> None:
        """Returns that day; adds it to `asked` when read."""
        self._day, self.asked = day, asked

    @property
    def day(self) -> date:
        """The day."""
        self.asked.add(EVERY)
        return self._day

    def __repr__(self) -> str:
        return repr(Clock(self.day))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NotedClock | Clock) and other.day == self.day

    def __hash__(self) -> int:
        return hash(Clock(self.day))
