"""A tree for judging nodes one by one, which records the questions of each."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from ost.compile.meanings import MomentsByNode
from ost.compile.reads import Noted, NotedClock, NotedNodes, packed
from ost.read.transcript import Transcript
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
        self._asked["text"] = self._texts
        self._given_mappings: list[Noted[Any, Any]] = []
        self._page: list[dict[Any, Any]] = []
        self._new_tree()

    def _new_tree(self) -> None:
        """Makes a tree that no rule has seen."""
        tree, asked = self._tree, self._asked
        answers = {name: getattr(tree, name) for name in _MAPPINGS.values()}
        if self._others:
            answers = {name: Copies(each) for name, each in answers.items()}
        noted: dict[str, Noted[Any, Any]] = {
            name: Noted(answers[name], asked[question]) for question, name in _MAPPINGS.items()
        }
        made: Callable[[Node, int], Node] = _keep_alive if self._others else _itself
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
            self._page = [self.tree.worked_out, *(each.made for each in answers.values())]
            given = (self.tree, self.tree.worked_out, clock, self._nodes, *noted.values())
            for part in given:
                _keep_alive(part)

    def open(self, node: Node) -> Node:
        """Starts a page for the next node; returns the node for rules to read."""
        self._looked.clear()
        for asked in self._asked.values():
            asked.clear()
        if self._others:
            self._clear_page()
            self._new_tree()
            length = len(node.entry.body)
            node = _keep_alive(replace(node, entry=_keep_alive(copy(node.entry), length)), length)
        else:
            self.tree.worked_out.clear()
        self._nodes.open(node)
        return node

    def _clear_page(self) -> None:
        """Keeps only the objects of the page that `_recent` keeps."""
        self._nodes.open(None)
        for made in self._page:
            made.clear()

    def notes(self) -> bytes:
        """The questions asked about that node."""
        return packed(self._asked)

    @property
    def dated(self) -> bool:
        """Whether judging that node asked for the day."""
        return bool(self._looked)

    def close(self) -> None:
        """Ends judging: objects that rules still hold stop answering."""
        self._clear_page()
        for mapping in self._given_mappings:
            mapping.close()


class Recent:
    """The objects that other packages' rules got most recently."""

    def __init__(self, most: int) -> None:
        """Keeps at most as much as so many characters of text take."""
        self._most, self._size = most, 0
        self._values: deque[tuple[object, int]] = deque()

    def keep(self, value: V, length: int = 0) -> V:
        """Keeps an object with a text of that length; drops the oldest ones."""
        size = _LEAST + length
        self._values.append((value, size))
        self._size += size
        while self._size > self._most:
            self._size -= self._values.popleft()[1]
        return value


_LEAST = 200
"""The size of an object without text, in characters of text."""

_recent = Recent(100_000 * _LEAST)
_keep_alive = _recent.keep


def _itself(node: Node, _: int) -> Node:
    return node


class Copies(Mapping[str, Any]):
    """Copies of a mapping's answers, one per key until `made` is cleared."""

    __slots__ = ("_answers", "made")

    def __init__(self, answers: Mapping[str, Any]) -> None:
        """Answers as `answers` does."""
        self._answers = answers
        self.made: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        """The value of a key."""
        if key not in self.made:
            self.made[key] = _keep_alive(_copied(self._answers[key]))
        return self.made[key]

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
    return _keep_alive(copy(value), _length(value)) if isinstance(value, Struct) else value


def _length(value: Struct) -> int:
    """The length of a transcript's text; other objects count as short."""
    turns = value.turns if isinstance(value, Transcript) else ()
    return sum(_LEAST + len(each.text) for each in turns)
