"""Each node's primary place in the tree: nested-set numbers, depth, counts, outcome."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ost.tree.model import kind_named
from ost.tree.siblings import Order, SiblingPlace


class Nesting(NamedTuple):
    """A node's place: the columns of `node` that this module computes, in this order."""

    outcome: str | None = None
    lft: int | None = None
    rgt: int | None = None
    depth: int | None = None
    children: int = 0
    descendants: int = 0


class NestingFacts(NamedTuple):
    """The facts that decide a node's place: its primary parent and its rank among siblings; nodes
    without a place have neither.
    """

    id: str
    kind: str
    parent: str | None = None
    sibling: SiblingPlace | None = None


COLUMNS = Nesting._fields

ROUND = 10_000
"""A tree begins at a multiple of this, so that a node more or less moves the numbers of no other
tree: an update writes only those that moved.
"""

NOWHERE = Nesting()
"""The place of a node whose kind has no place: an interview, a signal, a guide."""


def shape(facts: Iterable[NestingFacts]) -> dict[str, Nesting]:
    """The place of every node.

    Children and roots are in the order of siblings. If nodes are under one another in a circle, the
    smallest id of the circle counts as a root.
    """
    nodes = tuple(facts)
    kinds = {node.id: node.kind for node in nodes}
    siblings = {node.id: node.sibling for node in nodes}
    inside = {node.id for node in nodes if node.sibling is not None}
    above = {
        node.id: node.parent if node.parent in inside else None
        for node in nodes
        if node.id in inside
    }
    _cut_circles(above)
    below: dict[str | None, list[str]] = {}
    for node_id in inside:
        below.setdefault(above[node_id], []).append(node_id)
    for parent, children in below.items():
        children.sort(key=Order(siblings[parent] if parent else None, siblings))
    placed = dict.fromkeys(kinds, NOWHERE)
    placed.update(_numbered(below, kinds))
    return placed


def _cut_circles(above: dict[str, str | None]) -> None:
    """Takes the smallest id of each circle from under its parent."""
    done: set[str] = set()
    for start in above:
        path: list[str] = []
        on_path: set[str] = set()
        each: str | None = start
        while each is not None and each not in done and each not in on_path:
            path.append(each)
            on_path.add(each)
            each = above[each]
        if each is not None and each in on_path:
            above[min(path[path.index(each) :])] = None
        done.update(path)


def _next_round(number: int) -> int:
    return (number // ROUND + 1) * ROUND


def _numbered(
    below: Mapping[str | None, list[str]], kinds: Mapping[str, str]
) -> dict[str, Nesting]:
    placed: dict[str, Nesting] = {}
    number = 0
    outcomes: list[str | None] = [None]
    # Each item of the stack is a node to enter, or (with its number) one to leave.
    stack: list[tuple[str, int]] = [(root, 0) for root in reversed(below.get(None, []))]
    while stack:
        node_id, entered = stack.pop()
        number = number + 1 if len(outcomes) > 1 else _next_round(number)
        children = below.get(node_id, ())
        if entered:
            outcome = outcomes.pop()
            depth = len(outcomes) - 1
            inside = (number - entered - 1) // 2
            placed[node_id] = Nesting(outcome, entered, number, depth, len(children), inside)
            continue
        topmost = outcomes[-1] or (node_id if kind_named(kinds[node_id]).top else None)
        outcomes.append(topmost)
        stack.append((node_id, number))
        stack += [(child, 0) for child in reversed(children)]
    return placed
