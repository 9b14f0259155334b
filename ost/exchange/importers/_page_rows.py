"""Assigns the lines of an ost-tools page to its nodes."""

from textwrap import dedent

from ost.exchange.foreign.nodes import ForeignNodes, UnplacedNode
from ost.exchange.foreign.page import ForeignPage


class PageRows:
    """The lines of a page's body. Each belongs to the innermost node around it, or to none.
    `inside` maps a node's key to the node around it, which gets the text of nodes without a kind.
    """

    def __init__(self, nodes: ForeignNodes, page: ForeignPage) -> None:
        self.nodes, self.page = nodes, page
        self.texts = page.body.split("\n")
        self.owner: list[UnplacedNode | None] = [None] * len(self.texts)
        self.inside: dict[str, UnplacedNode] = {}
        self._taken: set[int] = set()

    def __len__(self) -> int:
        return len(self.texts)

    def number(self, row: int) -> int:
        """The line number in the file, from one."""
        return self.page.first + row + 1

    def give(self, first: int, end: int, node: UnplacedNode | None) -> None:
        """Assigns rows to a node."""
        end = min(end, len(self.owner))
        self.owner[first:end] = [node] * (end - first)

    def take(self, first: int, end: int) -> None:
        """Takes rows that hold titles or fields out of the text."""
        self._taken.update(range(first, end))

    def drop(self, first: int, why: str) -> None:
        """Drops the rows from one on, and lists them."""
        for row in range(first + 1, len(self.texts)):
            self.tell(row, why)
        del self.texts[first:], self.owner[first:]

    def tell(self, row: int, why: str) -> None:
        """Lists a row that is in no draft, unless it is blank."""
        if self.texts[row].strip():
            self.nodes.tell(self.page.path, self.number(row), self.texts[row], why)

    def holder(self, node: UnplacedNode) -> UnplacedNode | None:
        """The node that gets a node's text: itself if it has a kind here, else one around it."""
        inner: UnplacedNode | None = node
        while inner is not None and not inner.kind:
            inner = self.inside.get(inner.key)
        return inner

    def fill_bodies(self, unowned: str) -> None:
        """Gives each node its lines. The others are listed with the reason `unowned`, or not at all
        if it is "".
        """
        lines: dict[str, list[str]] = {}
        nodes: dict[str, UnplacedNode] = {}
        for row, owner in enumerate(self.owner):
            if row in self._taken:
                continue
            node = owner and (self.holder(owner) or owner)
            if node is not None:
                nodes[node.key] = node
                lines.setdefault(node.key, []).append(self.texts[row])
            elif unowned:
                self.tell(row, unowned)
        for key, texts in lines.items():
            nodes[key].body = dedent("\n".join(texts)).strip("\n")
