"""Where each node stands in the tree by its primary place: nested-set numbers, depth, counts,
outcome.
"""

from collections.abc import Iterable, Mapping

from ost.tree.model import SOURCES

COLUMNS = ("outcome", "lft", "rgt", "depth", "children", "descendants")
"""The columns of `node` that are filled in here, in this order."""

Place = tuple[str | None, int | None, int | None, int | None, int, int]

NOWHERE: Place = (None, None, None, None, 0, 0)
"""The place of a node that hangs under nothing by its nature: an interview, a signal, a guide."""


def shape(given: Iterable[tuple[str, str, str | None]]) -> dict[str, Place]:
    """The place of every node, given (id, kind, primary parent).

    Children and roots are in order of their ids. Where nodes hang under one another in a circle,
    the smallest id of the circle is taken for a root.
    """
    nodes = tuple(given)
    kinds = {node_id: kind for node_id, kind, _ in nodes}
    inside = {node_id for node_id, kind in kinds.items() if kind not in SOURCES}
    above = {
        node_id: parent if parent in inside else None
        for node_id, _, parent in nodes
        if node_id in inside
    }
    _cut_circles(above)
    below: dict[str | None, list[str]] = {}
    for node_id in sorted(inside):
        below.setdefault(above[node_id], []).append(node_id)
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


def _numbered(below: Mapping[str | None, list[str]], kinds: Mapping[str, str]) -> dict[str, Place]:
    placed: dict[str, Place] = {}
    number = 0
    outcomes: list[str | None] = [None]
    # Each item of the stack is a node to enter, or (with its number) one to leave.
    stack: list[tuple[str, int]] = [(root, 0) for root in reversed(below.get(None, []))]
    while stack:
        node_id, entered = stack.pop()
        number += 1
        children = below.get(node_id, ())
        if entered:
            outcome = outcomes.pop()
            depth = len(outcomes) - 1
            inside = (number - entered - 1) // 2
            placed[node_id] = (outcome, entered, number, depth, len(children), inside)
            continue
        topmost = outcomes[-1] or (node_id if kinds[node_id] == "outcome" else None)
        outcomes.append(topmost)
        stack.append((node_id, number))
        stack += [(child, 0) for child in reversed(children)]
    return placed
