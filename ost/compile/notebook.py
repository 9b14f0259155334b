"""A tree for judging nodes one by one, which records the questions of each."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from typing import Any, TypeVar, cast
from zlib import crc32

from msgspec import Struct
from msgspec.structs import replace

from ost.compile.meanings import MomentsByNode
from ost.compile.reads import Noted, NotedClock, NotedNodes, packed
from ost.tree.model import Node
from ost.tree.tree import Clock, Tree

V = TypeVar("V")

_MAPPINGS = {
    "kind": "kinds",
    "children": "children_of",
    "outgoing": "outgoing",
    "incoming": "incoming",
    "heard": "heard_in",
    "about": "about",
    "decided": "decided",
    "transcript": "transcripts",
}
"""The tree's mappings, by the name of the question in a note."""


class Notebook:
    """A tree for judging nodes one by one, and the questions of each.

    Rules of `others` may cache an answer by the identity of an object. They get new objects for
    each node, and these stay alive for a while, so that no node is judged by an answer about
    another one.
    """

    def __init__(self, tree: Tree, *, others: bool) -> None:
        """Answers as the tree does."""
        self._tree, self._others = tree, others
        self._texts: set[str] = set()
        self._looked: set[str] = set()
        self._asked: dict[str, set[Any]] = {each: set() for each in ("node", *_MAPPINGS)}
        self._notes = [(crc32(each.encode()), asked) for each, asked in self._asked.items()]
        self._notes.append((crc32(b"text"), self._texts))
        self._given_mappings: list[Noted[Any, Any]] = []
        self._new_tree()

    def _new_tree(self) -> None:
        """Makes a tree that no rule has seen."""
        tree, asked = self._tree, self._asked
        noted: dict[str, Noted[Any, Any]] = {
            name: Noted(
                Copies(getattr(tree, name)) if self._others else getattr(tree, name),
                asked[question],
            )
            for question, name in _MAPPINGS.items()
        }
        made: Callable[[Node], Node] = _keep_alive if self._others else _itself
        self._nodes = NotedNodes(tree.by_id, asked["node"], self._texts, made)
        clock = NotedClock(tree.as_of, self._looked)
        self.tree = Tree(
            by_id=self._nodes,
            clock=cast("Clock", clock),
            diagnostics=(),
            synonyms=tree.synonyms,  # if settings change, every node is judged again
            **noted,  # type: ignore[arg-type] # the mappings by their names
        )
        if self._others:
            self._given_mappings += (self._nodes, *noted.values())
            _recent.extend((self.tree, self.tree.worked_out, clock, self._nodes))
            _recent.extend(noted.values())

    def open(self, node: Node) -> Node:
        """Starts a page for the next node; returns the node for rules to read."""
        for asked in (self._looked, *(asked for _, asked in self._notes)):
            asked.clear()
        if self._others:
            self._nodes.open(None)
            self._new_tree()
            node = _keep_alive(replace(node, entry=_keep_alive(copy(node.entry))))
        else:
            self.tree.worked_out.clear()
        self._nodes.open(node)
        return node

    def notes(self) -> bytes:
        """The questions asked about that node."""
        return packed(
            crc32(about.encode("utf-8", "surrogatepass"), question)
            for question, asked in self._notes
            for about in asked
            if about is not None
        )

    @property
    def dated(self) -> bool:
        """Whether judging that node asked for the day."""
        return bool(self._looked)

    def close(self) -> None:
        """Ends judging: objects that rules still hold stop answering."""
        for mapping in self._given_mappings:
            mapping.close()


_recent: deque[object] = deque(maxlen=100_000)
"""The objects that other packages' rules got most recently."""


def _keep_alive(value: V) -> V:
    _recent.append(value)
    return value


def _itself(node: Node) -> Node:
    return node


class Copies(Mapping[str, Any]):
    """Copies of a mapping's answers, one per key."""

    __slots__ = ("_answers", "_made")

    def __init__(self, answers: Mapping[str, Any]) -> None:
        """Answers as `answers` does."""
        self._answers = answers
        self._made: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        """The value of a key."""
        if key not in self._made:
            self._made[key] = _keep_alive(_copied(self._answers[key]))
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._answers

    def __iter__(self) -> Iterator[str]:
        return iter(self._answers)

    def __len__(self) -> int:
        return len(self._answers)


def _copied(value: Any) -> Any:
    if isinstance(value, MomentsByNode):
        return value.copied(_one)
    return tuple([_one(each) for each in value]) if isinstance(value, tuple) else _one(value)


def _one(value: Any) -> Any:
    return _keep_alive(copy(value)) if isinstance(value, Struct) else value
