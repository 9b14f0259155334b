"""Converts another tool's values for our fields, which only take values that fit."""

from ost.exchange.foreign.page import flow, texts
from ost.read.diagnostic import Fix
from ost.read.letters import fold
from ost.read.place import START, Place
from ost.read.value import Scalar, Sequence, Value
from ost.tree.fields import readers
from ost.tree.model import KINDS
from ost.words import article

PARENT, CHILDREN, BODY, STATUS, TITLE = "parent", "children", "body", "status", "title"
ASSUMPTION = "assumption"
OWN = frozenset({PARENT, CHILDREN, BODY, TITLE, ASSUMPTION, STATUS, "key", "kind"})
"""What a tool's field may mean besides one of our fields."""

_UNSAID = ("aliases", "id", "illustrative", "order")
"""Fields of ours whose names mean something else in other tools."""

_RISKS = {
    "desirable": "desirability",
    "usable": "usability",
    "feasible": "feasibility",
    "viable": "viability",
    "ethical": "ethics",
}


def is_ours(kind: str, name: str) -> bool:
    """Whether a kind has a field of this name that means the same in other tools."""
    return name in readers(KINDS[kind]) and name not in _UNSAID


def written(kind: str, ours: str, value: Value) -> str | tuple[str, ...] | None:
    """A value as the text of a field, or None if it does not fit."""
    if ours not in readers(KINDS[kind]) or _remarks(kind, ours, value):
        return None
    values = texts(value)
    if isinstance(value, Scalar):
        return values[0]
    plain = isinstance(value, Sequence) and all(isinstance(each, Scalar) for each in value.items)
    return values if plain else flow(value)


def fitting(kind: str, ours: str, word: str) -> str:
    """The word as this field spells it, or "" if it does not fit."""
    value = Scalar("-".join(word.casefold().split()), "str", START)
    known = ours in readers(KINDS[kind])
    return value.text if known and not _remarks(kind, ours, value) else ""


def risk(word: str) -> str:
    """The kind of risk that a word means, or ""."""
    return fitting(ASSUMPTION, "risk", _RISKS.get(fold(word), word))


def trouble(kind: str, ours: str, value: Value) -> str:
    """Why a value does not fit a field, or ""."""
    known = readers(KINDS[kind])
    if ours == STATUS and ours not in known:
        return f"the status of {article(kind)} follows from its tests or its days"
    if ours == STATUS:
        words = " ".join(texts(value))
        return f"no status of {article(kind)} means {words!r}; name one under [status]"
    if kind == "test" and ours == "risk":
        kind = ASSUMPTION
    if ours not in readers(KINDS[kind]):
        return f"{article(kind)} has no field {ours!r}"
    return "; ".join(_remarks(kind, ours, value)) or f"{article(kind)} has no field {ours!r}"


def _remarks(kind: str, ours: str, value: Value) -> list[str]:
    """The diagnostics of a value in our field."""
    found: list[str] = []

    def report(code: str, at: Place, message: str, fix: Fix | None = None, /) -> None:
        del code, at, fix
        found.append(message)

    readers(KINDS[kind])[ours](value, report)
    return found
