"""Which lines of a page of ost-tools belong to which node, and which say more than text."""

from textwrap import dedent

from ost.exchange.foreign.nodes import ForeignNodes, UnplacedNode
from ost.exchange.foreign.page import ForeignPage


class PageRows:
    """The lines of a page's body. Each belongs to the innermost node that it is in, or to none.

    `inside` is the node around one, by key. A node without a kind leaves its text to that.
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
        """The line of the file, from one."""
        return self.page.first + row + 1

    def give(self, first: int, end: int, node: UnplacedNode | None) -> None:
        """Rows that belong to a node from now on."""
        end = min(end, len(self.owner))
        self.owner[first:end] = [node] * (end - first)

    def take(self, first: int, end: int) -> None:
        """Rows that hold a title or fields, so they are not in the text of a node."""
        self._taken.update(range(first, end))

    def drop(self, first: int, why: str) -> None:
        """Drops the rows from one on, and lists those below it."""
        for row in range(first + 1, len(self.texts)):
            self.tell(row, why)
        del self.texts[first:], self.owner[first:]

    def tell(self, row: int, why: str) -> None:
        """Keeps a row that is in no draft, if it says anything."""
        if self.texts[row].strip():
            self.nodes.tell(self.page.path, self.number(row), self.texts[row], why)

    def holder(self, node: UnplacedNode) -> UnplacedNode | None:
        """The node of a kind of ours that has a node's text: it or the one around it."""
        inner: UnplacedNode | None = node
        while inner is not None and not inner.kind:
            inner = self.inside.get(inner.key)
        return inner

    def fill_bodies(self, unowned: str) -> None:
        """Gives each node its lines; `unowned` is why those of no node are told, "" tells none."""
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
