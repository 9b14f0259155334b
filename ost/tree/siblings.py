"""The order of siblings, the same in every list."""

from collections.abc import Mapping

from msgspec import Struct

from ost.tree.node import Node


class SiblingPlace(Struct, frozen=True, array_like=True, gc=False):
    """A node's rank among its siblings.

    `below` are the ids of its own children if it orders them. `written` is its file and line if its
    file is a tree of many nodes; `number` is its own rank. `group` keeps kinds together, in the
    order in which kinds are listed; alternatives that were dropped come after those that were not.
    """

    title: str
    number: float | None = None
    written: tuple[str, int] | None = None
    below: tuple[str, ...] = ()
    group: int = 0


def sibling_of(node: Node) -> SiblingPlace:
    """A node's own facts about its place among its siblings."""
    order = node.order
    return SiblingPlace(
        node.title,
        order if isinstance(order, float) else None,
        (node.path, node.at.line) if node.entry.id else None,
        tuple(each.id for each in order) if isinstance(order, tuple) else (),
        2 * node.rank + (node.rivals and node.own_status() in _retired(type(node))),
    )


def _retired(kind: type[Node]) -> frozenset[str]:
    return frozenset(status.name for status in kind.statuses if status.stage == "aside")


SortKey = tuple[int, int, bool, tuple[str, int], bool, float, str, str]


class Order:
    """The order of the children of one parent: kind by kind, and within a kind as the parent lists
    them, then as written in a tree of many nodes, then by their own numbers, then by title.
    """

    def __init__(
        self, parent: SiblingPlace | None, siblings: Mapping[str, SiblingPlace | None]
    ) -> None:
        """`siblings` are all nodes, by id."""
        listed = parent.below if parent else ()
        self._listed = {node_id: place for place, node_id in enumerate(listed)}
        self._siblings = siblings

    def __call__(self, node_id: str) -> SortKey:
        """The sort key of a child."""
        own = self._siblings[node_id] or SiblingPlace("")
        return (
            own.group,
            self._listed.get(node_id, len(self._listed)),
            own.written is None,
            own.written or ("", 0),
            own.number is None,
            own.number or 0.0,
            own.title.casefold(),
            node_id,
        )
