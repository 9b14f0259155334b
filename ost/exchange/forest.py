"""The nodes to export, and how they relate to each other."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from ost.notation import PLAIN, LinkMark, Notation
from ost.tree.graph import EdgeData, NodeData, edge_data, node_data
from ost.tree.model import Node, NodeId, kind_named
from ost.tree.tree import Tree


class NodeText(NamedTuple):
    """A node's Markdown without comments, with its notation."""

    body: str = ""
    notation: Notation = PLAIN


class LogEntry(NamedTuple):
    """What a day's commits changed, in sentences."""

    day: str
    sentences: Sequence[str]


class Forest(Struct, frozen=True):
    """The selected nodes; everything here is about them alone.

    `nodes` are in reading order. `children` maps a node to those whose nearest selected node above,
    by primary place, it is; roots are under "". `further` holds links to parents that `children`
    does not show, child first. `edges` are all links and moments between the nodes.
    """

    tree: Tree
    nodes: Mapping[str, NodeData]
    children: Mapping[str, Sequence[str]]
    further: Sequence[tuple[str, str]]
    edges: Sequence[tuple[str, str, EdgeData]]
    texts: Mapping[str, NodeText]
    log: Sequence[LogEntry] = ()

    @property
    def day(self) -> date:
        """The day the tree is judged by."""
        return self.tree.as_of

    def node(self, node_id: str) -> Node:
        """The node itself."""
        return self.tree.by_id[NodeId(node_id)]

    def text(self, node_id: str) -> NodeText:
        """The node's Markdown."""
        return self.texts.get(node_id, NodeText())

    def titled(self, node_id: str) -> NodeText:
        """The node's Markdown, in which links without text show the title of their node."""
        body, marks = self.text(node_id)
        links = tuple(
            each if each.words else replace(each, words=self.title(each.node))
            for each in marks.links
        )
        return NodeText(body, replace(marks, links=links))

    def title(self, node_id: str | None) -> str:
        """The title of a selected node; the id of any other."""
        known = self.nodes.get(node_id or "")
        return known["title"] if known else node_id or ""

    def walk(self) -> Iterator[tuple[str, int]]:
        """Every node with its level, from 0: each parent before the nodes below it."""
        waiting = [(node_id, 0) for node_id in reversed(self.children.get("", ()))]
        while waiting:
            node_id, level = waiting.pop()
            yield node_id, level
            below = self.children.get(node_id, ())
            waiting += [(child, level + 1) for child in reversed(below)]

    def placed(self) -> "Forest":
        """The forest without nodes that have no place in the tree, such as interviews."""
        return forest(
            self.tree,
            [each for each, data in self.nodes.items() if kind_of(data).placed],
            self.texts,
            self.log,
        )


def kind_of(data: NodeData) -> type[Node]:
    """The kind of a node."""
    return kind_named(data["kind"])


def relinked(
    text: NodeText,
    link: Callable[[LinkMark, str], str],
    address: Callable[[str], str | None] = lambda node: None,
    *,
    titled: bool = True,
) -> str:
    """A text with its links to nodes rewritten. `address` returns the address of a node's file, or
    None to leave the link alone. The title line is left out unless `titled`.
    """
    body, marks = text
    parts = [(each.start, each.end, link(each, each.node)) for each in marks.links if each.node]
    for mark in marks.addresses:
        if mark.node and (written := address(mark.node)) is not None:
            parts.append((mark.start, mark.end, written))
    if not titled and marks.title:
        begin, end = body.rfind("\n", 0, marks.title[0]) + 1, body.find("\n", marks.title[0])
        end = len(body) if end < 0 else end
        parts = [each for each in parts if not begin <= each[0] < end]
        parts.append((begin, end, ""))
    for start, end, words in sorted(parts, reverse=True):
        body = body[:start] + words + body[end:]
    return body


def forest(
    tree: Tree,
    ids: Iterable[str],
    texts: Mapping[str, NodeText] | None = None,
    log: Sequence[LogEntry] = (),
) -> Forest:
    """The forest of the given nodes, which are in reading order."""
    known = dict(node_data(tree))
    nodes = {each: known[each] for each in ids}
    above = {each: _above(tree, each, nodes) for each in nodes}
    _cut_circles(above)
    children: dict[str, list[str]] = {}
    for node_id, parent in above.items():
        children.setdefault(parent, []).append(node_id)
    edges = [each for each in edge_data(tree) if each[0] in nodes and each[1] in nodes]
    shown = set(above.items())
    further = [
        (source, target)
        for source, target, data in edges
        if data["relation"] == "parent" and (source, target) not in shown
    ]
    return Forest(
        tree, nodes, children, tuple(dict.fromkeys(further)), edges, dict(texts or {}), log
    )


def _above(tree: Tree, node_id: str, shown: Mapping[str, NodeData]) -> str:
    """The nearest selected node above a node, by primary place, or ""."""
    seen = {node_id}
    node: Node | None = tree.by_id[NodeId(node_id)]
    while node is not None:
        node = tree.parent(node)
        if node is None or node.id in seen:
            return ""
        if node.id in shown:
            return str(node.id)
        seen.add(node.id)
    return ""


def _cut_circles(above: dict[str, str]) -> None:
    """Turns the first node of each circle into a root."""
    done: set[str] = set()
    for start in above:
        path: dict[str, None] = {}
        here = start
        while here and here not in done:
            if here in path:
                above[here] = ""
                break
            path[here] = None
            here = above[here]
        done.update(path)
