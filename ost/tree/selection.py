"""The facts about nodes that a selector needs, taken from a tree."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from ost.read.diagnostic import Diagnostic
from ost.selection.evaluation import RevisionError
from ost.tree.counts import Counts, counts
from ost.tree.index import index_of
from ost.tree.model import KINDS, Node, NodeId
from ost.tree.tree import Tree


class TreeNodes:
    """The nodes of a tree with their findings."""

    def __init__(
        self,
        tree: Tree,
        diagnostics: Iterable[Diagnostic] = (),
        rules: Mapping[str, str] | None = None,
        changed: Callable[[str], Collection[str]] | None = None,
    ) -> None:
        """`rules` are the names of the rules by code; `changed` returns the nodes changed since a
        revision.
        """
        self._tree, self._diagnostics = tree, tuple(diagnostics)
        self._rules, self._changed = rules or {}, changed

    @cached_property
    def _counts(self) -> Counts:
        return counts(index_of(self._tree))

    def ids(self) -> Sequence[str]:
        """Every node, in reading order."""
        places = self._counts.places or {}

        def place(node_id: str) -> tuple[bool, int, str]:
            left = places[node_id].lft
            return left is None, left or 0, node_id

        return sorted(map(str, self._tree.by_id), key=place)

    def parents(self) -> Mapping[str, Collection[str]]:
        """All parents of each node."""
        return {
            node.id: [each.id for each in node.parents if each.found]
            for node in self._tree.by_id.values()
        }

    def values(self, field: str) -> Mapping[str, Collection[str]]:
        """Each node's kind, status, segment, rule, tag or path."""
        found: dict[str, list[str]] = {}
        for node_id, value in self._pairs(field):
            if value:
                found.setdefault(node_id, []).append(value)
        return found

    def known(self, field: str) -> Collection[str]:
        """Every kind, status, segment, rule, tag or path that there is, used or not."""
        used = {value for values in self.values(field).values() for value in values}
        if field == "kind":
            used.update(KINDS)
        elif field == "status":
            used.update(status.name for kind in KINDS.values() for status in kind.statuses)
        elif field == "rule":
            used.update(self._rules, self._rules.values())
        return used

    def people(self) -> Mapping[str, int]:
        """How many people support each node that needs evidence."""
        evidence = self._counts.evidence
        return {
            node_id: len(evidence[node_id].people) if node_id in evidence else 0
            for node_id, node in self._tree.by_id.items()
            if node.needs_evidence
        }

    def changed(self, revision: str) -> Collection[str]:
        """The nodes that changed since a revision."""
        if self._changed is None:
            raise RevisionError("this tree has no history to compare with")
        return self._changed(revision)

    def _pairs(self, field: str) -> Iterator[tuple[str, str]]:
        if field == "rule":
            for diagnostic in self._diagnostics:
                if diagnostic.node:
                    yield diagnostic.node, diagnostic.code
                    yield diagnostic.node, self._rules.get(diagnostic.code, "")
            return
        for node_id, node in self._tree.by_id.items():
            for value in self._of(node_id, node, field):
                yield node_id, value
            if field == "segment":
                for moment in self._tree.heard_in.get(node_id, ()):
                    yield moment.node, getattr(node, "segment", None) or ""

    def _of(self, node_id: NodeId, node: Node, field: str) -> Iterable[str]:
        if field == "tag":
            return node.tags
        if field == "status":
            return (self._counts.status[node_id] or "",)
        return (str(getattr(node, field, None) or ""),)
