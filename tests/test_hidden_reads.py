"""Ways for a rule to learn something without asking for it: each is seen, or tells nothing."""

import copy
import pickle
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache, lru_cache

import pytest

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.document import Entry
from ost.tree.model import KINDS, Node, Opportunity
from ost.tree.tree import Clock, Tree
from tests.test_engine import Project, node

Question = Callable[[Node, Tree], object]


class Name(str, Enum):  # noqa: UP042 - its text is not its value
    """Equals a plain text, and is shown as another."""

    KIND = "opportunity"
    ID = "need"


class Anycase(str):
    """Equals an id however that is written."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and other.lower() == self.lower()

    def __hash__(self) -> int:
        return hash(self.lower())


class Same:
    """A tree by its identity."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def __hash__(self) -> int:
        return id(self.tree)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.tree is self.tree


@cache
def length(of: Node) -> int:
    return len(of.entry.body)


@cache
def length_written(of: Entry) -> int:
    return len(of.body)


@lru_cache(maxsize=1)
def titles(of: Same) -> list[str]:
    return [each.title for each in of.tree.nodes(Node)]


KEPT: dict[int, tuple[Node, str]] = {}


def body(of: Node) -> str:
    if id(of) not in KEPT:
        KEPT[id(of)] = (of, of.entry.body)
    return KEPT[id(of)][1]


def matched(of: object) -> str:
    match of:
        case Entry(body=text):
            return text
    return ""


QUESTIONS: dict[str, Question] = {
    "a cache by node": lambda node, tree: [length(each) for each in tree.parents(node)],
    "a cache by text": lambda node, tree: [
        length_written(each.entry) for each in tree.parents(node)
    ],
    "a cache by the tree's identity": lambda node, tree: titles(Same(tree)),
    "a cache by a node's identity": lambda node, tree: [body(each) for each in tree.parents(node)],
    "a kind that is no plain text": lambda node, tree: tree.kinds.get(Name.KIND),
    "an id that is no plain text": lambda node, tree: (
        tree.get(Name.ID),
        [f"{each.id}" for each in tree.nodes(Opportunity)],
    ),
    "different texts": lambda node, tree: len({each.entry for each in tree.nodes(Node)}),
    "a text as a pattern": lambda node, tree: [matched(each.entry) for each in tree.parents(node)],
    "copies": lambda node, tree: [copy.deepcopy(each).entry.body for each in tree.parents(node)],
    "bytes": lambda node, tree: [
        pickle.loads(pickle.dumps(each)).entry.body  # noqa: S301 - our own
        for each in tree.parents(node)
    ],
    "moments as they are shown": lambda node, tree: f"{tree.moments(node)}",
    "moments that are equal": lambda node, tree: (
        tree.moments(node) == tree.moments(node),
        len({tree.moments(node), tree.moments(node)}),
    ),
    "the clock": lambda node, tree: (
        repr(tree.clock),
        tree.clock == Clock(tree.as_of),
        len({tree.clock, tree.clock}),
    ),
}

ALONE: dict[str, Question] = {
    "a mapping as it is shown": lambda node, tree: repr(tree.children_of),
    "nodes as they are shown": lambda node, tree: repr(tree.by_id),
    "everything as it is shown": lambda node, tree: repr(tree),
    "an id that equals others": lambda node, tree: getattr(tree.get(Anycase("NEED")), "id", ""),
}
"""What a whole tree that no engine made says in other words."""

TALK = f"""{node("interview", transcript="talk.vtt")}
## Opportunities

- [[need]] said
- [[fear]] said
  > In words
"""

STEPS: list[dict[str, str | None]] = [
    {
        "aim.md": node("outcome"),
        "need.md": node("opportunity", parent="aim"),
        "fear.md": node("opportunity", parent="aim"),
        "idea.md": node("solution", parent="need"),
        "talk.md": TALK,
    },
    {"aim.md": node("outcome") + "\nMore.\n"},
    {"need.md": node("opportunity", parent="aim", status="target") + "\nMore.\n"},
    {"need.md": None},
    {"need.md": node("opportunity", parent="aim", title="'A need'").replace("# Words\n", "")},
    {"fear.md": node("solution", parent="need")},
    {"talk.md": TALK.replace("[[fear]] said", "[[need]] felt")},
    {"choice.md": node("decision", chose="idea", over="need")},
]


class Asking(Rule, frozen=True, kw_only=True):
    """Says what it was answered."""

    code = "TST001"
    severity = Severity.NOTE
    kinds = tuple(KINDS.values())
    asked: str

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        answer = {**QUESTIONS, **ALONE}[self.asked](node, tree)
        yield self.about(node, node.at, repr(answer))


def forget() -> None:
    """As in another process."""
    for each in (length, length_written, titles):
        each.cache_clear()
    KEPT.clear()


@pytest.mark.parametrize("asked", [*QUESTIONS, *ALONE])
def test_a_hidden_read_is_seen(asked: str) -> None:
    project = Project(Asking(asked=asked))
    for step in STEPS:
        project.change(step)
        forget()
        fresh = Project(Asking(asked=asked))
        fresh.change({**project.files})
        assert project.diagnostics() == fresh.diagnostics(), step
        assert not any("failed" in each.message for each in fresh.diagnostics())
        forget()
        if asked in QUESTIONS:
            assert fresh.diagnostics() == fresh.clean(), step
        forget()
