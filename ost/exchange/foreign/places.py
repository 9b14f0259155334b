"""Finds the parents of another tool's nodes from their links, and builds the tree."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from ost.exchange.escape import terminal
from ost.exchange.foreign.imports import ForeignNode, ForeignTree
from ost.exchange.foreign.nodes import ForeignNodes, UnplacedNode
from ost.exchange.foreign.page import linked_path, rewrite_links
from ost.exchange.foreign.records import assumption_for_test
from ost.exchange.foreign.text import literal
from ost.read import markdown
from ost.read.letters import fold, slug
from ost.read.suffixes import MARKDOWN
from ost.words import listed

_SOME = 3
"""How many places a message lists."""

_Above = Sequence[UnplacedNode | str]
"""The parents of a node, and the names of parents that no node of the import has."""


def tree(nodes: ForeignNodes) -> ForeignTree:
    """The nodes in our words, with their parents."""
    placed = _Placing(nodes).placed()
    people = nodes.terms.people
    found = tuple(_pseudonymous(node, people) for node in placed) if people else tuple(placed)
    unread = {(each.path, each.line, each.text): each for each in reversed(nodes.unread)}
    return ForeignTree(
        nodes=found,
        unread=tuple(unread[each] for each in sorted(unread)),
        left_out=tuple(nodes.left),
        notes=tuple(nodes.notes),
    )


def _pseudonymous(node: ForeignNode, people: Mapping[str, str]) -> ForeignNode:
    """The node with pseudonyms in place of the names that the terms list."""
    longest = sorted(people, key=len, reverse=True)
    names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)
    codes = {each.casefold(): code for each, code in people.items()}

    def said(text: str) -> str:
        return names.sub(lambda found: codes[found[0].casefold()], text)

    fields = {
        name: said(text) if isinstance(text, str) else tuple(map(said, text))
        for name, text in node.fields.items()
    }
    return replace(
        node,
        key=said(node.key),
        title=said(node.title),
        under=tuple(map(said, node.under)),
        fields=fields,
        body=said(node.body),
        names=(*node.names, node.key),
    )


class _Placing:
    """The nodes by all their names."""

    def __init__(self, nodes: ForeignNodes) -> None:
        self.nodes = nodes
        self.named: dict[str, dict[str, UnplacedNode]] = {}
        self.searched: dict[str, int] = {}
        for node in nodes.by_key.values():
            for name in (node.key, slug(node.key), *node.names, node.title):
                self.named.setdefault(fold(name), {})[node.key] = node

    def placed(self) -> Iterator[ForeignNode]:
        """The nodes that have a kind. Assumptions that only tests mention come last."""
        parents = self._parents()
        tested: list[ForeignNode] = []
        for node in self.nodes.by_key.values():
            if not node.kind:
                continue
            under = tuple(dict.fromkeys(_nearest(node, parents)))
            made = ForeignNode(
                key=node.key,
                kind=node.kind,
                title=literal(node.title),
                under=under,
                fields=node.fields,
                body=self._body(node),
                names=(slug(node.key), *dict.fromkeys(node.names)),
                path=node.path,
                line=node.line,
            )
            if node.kind == "test" and self._tries_solution(node, under):
                tested.append(assumption_for_test(made, literal(node.assumed), node.risk))
                made = replace(made, under=(tested[-1].key,))
            yield made
        yield from tested

    def _parents(self) -> Mapping[str, _Above]:
        """Each node's parents, by its key."""
        found: dict[str, list[UnplacedNode | str]] = {each: [] for each in self.nodes.by_key}
        for node in self.nodes.by_key.values():
            for written in node.above:
                found[node.key].append(self._resolve(written, node) or written)
            for written in node.below:
                child = self._resolve(written, node)
                if child is not None:
                    found[child.key].append(node)
                else:
                    why = f"{written!r} belongs under it but is not in this material"
                    self.nodes.tell(node.path, node.line, node.title, why)
        return found

    def _resolve(self, written: str, node: UnplacedNode) -> UnplacedNode | None:
        """The node that a link in another leads to."""
        name, mark, heading = written.partition("#")
        name = name.strip().removesuffix(".md")
        wanted = dict.fromkeys((name, linked_path(node.path, name), name.rpartition("/")[2]))
        for key in [*(f"{each}{mark}{heading}" for each in wanted if mark), *wanted]:
            if key in self.nodes.by_key:
                return self.nodes.by_key[key]
            known = self.named.get(fold(key))
            if known:
                self._ambiguous(written, node, known)
                return next(iter(known.values()))
        return None

    def _ambiguous(
        self, written: str, node: UnplacedNode, known: Mapping[str, UnplacedNode]
    ) -> None:
        if len(known) > 1:
            some = [f"{each.path}:{each.line}" for each in list(known.values())[:_SOME]]
            more = ["others"] if len(known) > _SOME else []
            why = f"{written!r} names several nodes ({listed([*some, *more])}); took the first"
            self.nodes.tell(node.path, node.line, node.title, why)

    def _tries_solution(self, node: UnplacedNode, under: tuple[str, ...]) -> bool:
        known = self.nodes.by_key
        kinds = {known[each].kind for each in under if each in known}
        return "solution" in kinds or (not kinds and bool(node.assumed))

    def _body(self, node: UnplacedNode) -> str:
        def name(target: str) -> str | None:
            found = self._resolve(target, node)
            if found is not None and found.kind:
                return slug(found.key)
            if target.casefold().endswith(MARKDOWN):
                why = f"the link to {target!r} leads to no node here and became words"
                self.nodes.tell(node.path, self._line_of(node, target), target, why)
                return ""
            at = self._line_of(node, target)
            self.nodes.leave(node.path, at, f"the file {linked_path(node.path, target)!r}")
            return None

        body = rewrite_links(_untitled(node), name)
        return "\n\n".join((*node.paragraphs, body.strip("\n"))).strip("\n")

    def _line_of(self, node: UnplacedNode, written: str) -> int:
        """The line of a link in a node's page, or the node's own line."""
        text = self.nodes.texts.get(node.path, "")
        begin = self.searched.get(node.path, 0)
        at = text.find(f"({written}", begin)
        if at < 0:
            at = text.find(f"({written}")
        self.searched[node.path] = at + 1
        return text.count("\n", 0, at) + 1 if at >= 0 else node.line


def _nearest(node: UnplacedNode, parents: Mapping[str, _Above]) -> Iterator[str]:
    """The parents of a node. A parent without a kind is replaced by the nodes above it."""
    waiting = list(reversed(parents[node.key]))
    seen: set[str] = set()
    while waiting:
        above = waiting.pop()
        if isinstance(above, str):
            yield above
        elif above.kind:
            yield above.key
        elif above.key not in seen:
            seen.add(above.key)
            waiting += reversed(parents[above.key])


def _untitled(node: UnplacedNode) -> str:
    """The body without the heading that is its title."""
    body = node.body.lstrip("\n")
    first, _, rest = body.partition("\n")
    title = markdown.read(first, 0).title if first.startswith("# ") else None
    same = title is not None and fold(terminal(title.text)) == fold(terminal(node.title))
    return rest if same else node.body
