"""Evaluates selectors. The caller provides what is known about the nodes (`Nodes`)."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol

from ost.selection.grammar import Selector, SelectorError, SelectorPart, parse
from ost.words import LOOSELY, article, nearest, suggestion


class RevisionError(Exception):
    """A revision that cannot be compared; the text says why."""


class Nodes(Protocol):
    """The facts about nodes that a selector asks for."""

    def ids(self) -> Sequence[str]:
        """Every node, in reading order."""

    def parents(self) -> Mapping[str, Collection[str]]:
        """All parents of each node."""

    def values(self, field: str) -> Mapping[str, Collection[str]]:
        """What each node has as kind, status, segment, rule, tag or path."""

    def known(self, field: str) -> Collection[str]:
        """Every kind, status, segment, rule, tag or path that there is, used or not."""

    def people(self) -> Mapping[str, int]:
        """How many people support each node that needs evidence."""

    def changed(self, revision: str) -> Collection[str]:
        """The nodes that changed since a revision. Raises `RevisionError`."""


def select(selector: Selector | str, nodes: Nodes) -> tuple[str, ...]:
    """The nodes that a selector chooses, in reading order. Raises `SelectorError`."""
    if isinstance(selector, str):
        selector = parse(selector)
    everything = nodes.ids()
    answers = _Answers(selector.text, nodes, frozenset(everything))
    chosen: set[str] = set()
    left_out: set[str] = set()
    for item in selector.items:
        (left_out if item.without else chosen).update(answers.all_of(item.parts))
    if all(item.without for item in selector.items):
        chosen.update(everything)
    return tuple(each for each in everything if each in chosen and each not in left_out)


class _Answers:
    """Evaluates the parts of one selector."""

    def __init__(self, text: str, nodes: Nodes, everything: frozenset[str]) -> None:
        self.text, self.nodes, self.everything = text, nodes, everything

    def all_of(self, parts: Sequence[SelectorPart]) -> AbstractSet[str]:
        """The nodes that satisfy all parts."""
        found: AbstractSet[str] = self.everything
        for part in parts:
            answer = self._reached(part)
            found = found - answer if part.without else found & answer
        return found

    def _reached(self, part: SelectorPart) -> set[str]:
        """The nodes that a part selects, with those above and below."""
        found = self._matching(part) & self.everything
        reached = set(found)
        if part.above:
            reached |= _reach(found, self.nodes.parents(), part.above)
        if part.below:
            reached |= _reach(found, _turned(self.nodes.parents()), part.below)
        return reached & self.everything

    def _matching(self, part: SelectorPart) -> set[str]:
        if part.field == "id":
            self._exists(part, self.everything)
            return set(filter(_matcher(part, str), self.everything))
        if part.field == "people":
            holds = self._number(part)
            return {node for node, people in self.nodes.people().items() if holds(people)}
        if part.field == "changed":
            try:
                return set(self.nodes.changed(part.value))
            except RevisionError as error:
                raise self._error(part, str(error)) from None
        return self._having(part)

    def _having(self, part: SelectorPart) -> set[str]:
        """The nodes with this kind, status, segment, rule, tag or path."""
        as_compared = str if part.field == "path" else str.casefold
        self._exists(part, self.nodes.known(part.field), as_compared)
        matches = _matcher(part, as_compared)
        return {
            node
            for node, values in self.nodes.values(part.field).items()
            if any(map(matches, values))
        }

    def _exists(
        self, part: SelectorPart, known: Collection[str], as_compared: Callable[[str], str] = str
    ) -> None:
        """Raises an error for a value without `*` that no node has, with a suggestion."""
        if "*" in part.value and not part.literal:
            return
        wanted = as_compared(part.value)
        if any(as_compared(each) == wanted for each in known):
            return
        near = suggestion(nearest(part.value, known, LOOSELY))
        if part.field == "id":
            raise self._error(part, f"no node {part.value!r}{near}")
        if part.field in {"segment", "tag"}:
            message = f"no node has the {part.field} {part.value!r}{near}"
            raise self._error(part, message)
        raise self._error(part, f"{part.value!r} is not {article(part.field)}{near}")

    def _number(self, part: SelectorPart) -> Callable[[int], bool]:
        found = _NUMBER.fullmatch(part.value)
        if found is None:
            raise self._error(part, "people: needs a number, as in people:0, people:<3, people:>=5")
        bound, compare = int(found[2]), _COMPARISONS[found[1] or "="]
        return lambda people: compare(people, bound)

    def _error(self, part: SelectorPart, message: str) -> SelectorError:
        return SelectorError(message, self.text, part.start, part.end)


_NUMBER = re.compile(r"(<=|>=|<|>|=)?([0-9]{1,9})")
_COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {
    "=": lambda people, bound: people == bound,
    "<": lambda people, bound: people < bound,
    "<=": lambda people, bound: people <= bound,
    ">": lambda people, bound: people > bound,
    ">=": lambda people, bound: people >= bound,
}


def _matcher(part: SelectorPart, as_compared: Callable[[str], str]) -> Callable[[str], bool]:
    """A test for values that match the written one, in which `*` is any text."""
    wanted = as_compared(part.value)
    if part.literal or "*" not in wanted:
        return lambda value: as_compared(value) == wanted
    first, *middle, last = wanted.split("*")
    return lambda value: _like(as_compared(value), first, middle, last)


def _like(value: str, first: str, middle: Iterable[str], last: str) -> bool:
    """Whether a text matches these pieces in order. The time only depends on the text's length."""
    if not value.startswith(first):
        return False
    at = len(first)
    for piece in middle:
        at = value.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return len(value) - len(last) >= at and value.endswith(last)


def _reach(start: Iterable[str], further: Mapping[str, Collection[str]], levels: int) -> set[str]:
    """The nodes at most this many steps away."""
    found: set[str] = set()
    edge = set(start)
    while edge and levels:
        edge = {node for start in edge for node in further.get(start, ())} - found
        found |= edge
        levels -= 1
    return found


def _turned(parents: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    children: dict[str, list[str]] = {}
    for node, above in parents.items():
        for parent in above:
            children.setdefault(parent, []).append(node)
    return children
