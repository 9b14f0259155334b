"""The kinds of node and their fields: the one definition of front matter.

What a class says becomes the reference pages, the published file's tables `kind` and `status` and
their views, the words of diagnostics, what lists and pages draw, and what `ost new` asks. A field's
type says how it is read (`ost.tree.fields`). A new kind is its class, a template and its tests;
those of other packages are registered by the entry points `ost.kinds`.
"""

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules

from msgspec import Struct

from ost.read import kinds as words
from ost.read.document import Entry
from ost.read.place import Place
from ost.tree import kinds as package
from ost.tree.kinds.assumption import Assumption
from ost.tree.kinds.decision import Decision
from ost.tree.kinds.guide import Guide
from ost.tree.kinds.interview import Interview, Interviewers
from ost.tree.kinds.opportunity import Lenses, Opportunity
from ost.tree.kinds.outcome import Measurement, Outcome
from ost.tree.kinds.signal import Signal
from ost.tree.kinds.solution import Bet, BetResult, Solution
from ost.tree.kinds.test import Criterion, Test, TestResult
from ost.tree.node import (
    BoxShape,
    Colour,
    Day,
    Node,
    NodeId,
    People,
    Reference,
    References,
    Stage,
    Status,
    Tone,
    Waiver,
)

__all__ = [
    "KINDS",
    "LIVE",
    "OVER",
    "OWN",
    "Assumption",
    "Bet",
    "BetResult",
    "BoxShape",
    "Colour",
    "Criterion",
    "Day",
    "Decision",
    "Guide",
    "Interview",
    "Interviewers",
    "Lenses",
    "Measurement",
    "Moment",
    "Node",
    "NodeId",
    "Opportunity",
    "Outcome",
    "People",
    "Reference",
    "References",
    "Signal",
    "Solution",
    "SpokenWords",
    "Stage",
    "Status",
    "Test",
    "TestResult",
    "Tone",
    "Unknown",
    "Waiver",
    "kind_named",
    "kind_of",
    "register",
    "statuses",
    "unregister",
]


class Unknown(Node, frozen=True, kw_only=True):
    """A node of unknown kind: its links stay alive until someone corrects the kind."""

    kind = "unknown"
    plural = "nodes of unknown kind"
    rank = 1000


KINDS: dict[str, type[Node]] = {}
"""Every kind by its name, in the order of lists."""


def register(kinds: Iterable[type[Node]]) -> None:
    """Makes kinds known, to the reader as well. A name that another class has is an error."""
    for kind in kinds:
        if KINDS.setdefault(kind.kind, kind) is not kind or kind.kind == words.TREE:
            modules = f"{KINDS[kind.kind].__module__} and {kind.__module__}"
            raise ValueError(f"two kinds are called {kind.kind!r}: in {modules}")
    _settle()


def unregister(kind: str) -> None:
    """Forgets a kind."""
    KINDS.pop(kind, None)
    _settle()


def kind_named(name: str) -> type[Node]:
    """The kind of that name; `Unknown` if there is none."""
    return KINDS.get(name, Unknown)


def kind_of(entry: Entry) -> type[Node]:
    """The kind that an entry names."""
    return kind_named(entry.kind.text if entry.kind else "")


def _settle() -> None:
    ordered = sorted(KINDS.values(), key=lambda kind: (kind.rank, kind.kind))
    KINDS.clear()
    KINDS.update({kind.kind: kind for kind in ordered})
    words.register(
        {
            kind.kind: words.Word(kind.placed, bool(kind.speaks), kind.plural.casefold())
            for kind in ordered
        }
    )


def _own() -> Iterable[type[Node]]:
    """Our own kinds, found in their folder."""
    for module in iter_modules(package.__path__):
        for kind in vars(import_module(f"{package.__name__}.{module.name}")).values():
            if isinstance(kind, type) and issubclass(kind, Node) and kind is not Node:
                yield kind


register(_own())

OWN = frozenset(KINDS)
"""The kinds of this package."""


def statuses(kind: type[Node], *stages: Stage) -> frozenset[str]:
    """The statuses of a kind that mean one of these stages."""
    return frozenset(status.name for status in kind.statuses if status.stage in stages)


OVER = statuses(Outcome, "done", "aside")
"""The status of an outcome that is no longer worked on."""

LIVE = frozenset({None}) | statuses(Solution, "waiting", "live", "done")
"""The status of a solution that has not been dropped."""


class Moment(Struct, frozen=True, kw_only=True, gc=False):
    """A place in an interview (or signal) that mentions a node.

    `words` are the item's own; `seconds` are its timestamps in the order written; `at` covers the
    item. `against` is true for an item that speaks against the node it links; `doubtful` when its
    words do not make certain whether it does.
    """

    source: NodeId
    node: NodeId
    words: str
    against: bool
    seconds: tuple[int, ...]
    quotes: tuple["SpokenWords", ...]
    at: Place
    doubtful: bool = False


class SpokenWords(Struct, frozen=True, gc=False):
    """The participant's words, with their second in the recording, if known."""

    text: str
    second: int | None
    at: Place
