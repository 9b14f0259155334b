"""The whole project: nodes by id, and their links. Immutable; never reads a file."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct, field

from ost.read.diagnostic import Diagnostic
from ost.read.document import Link
from ost.read.transcript import Transcript
from ost.tree.model import Interview, Moment, Node, NodeId
from ost.tree.past import Beginning, Version
from ost.tree.reach import reach
from ost.tree.sections import SECTIONS
from ost.words import counted

N = TypeVar("N", bound=Node)


class Edge(Struct, frozen=True, gc=False):
    """A resolved link from one node to another; `link.relation` says what for (`parent`,
    `mentions`, `evidence`, `chose`, `over`, `guide`).
    """

    source: NodeId
    target: NodeId
    link: Link


class Child(Struct, frozen=True, order=True, array_like=True, gc=False):
    """A child of a node: the facts known without reading its text."""

    id: NodeId
    kind: str
    status: str | None


class Clock(Struct, frozen=True):
    """The day that a tree is judged by."""

    day: date


class Tree(Struct, frozen=True, kw_only=True):
    """The compiled project.

    `by_id` is sorted by id, and so are the ids of each of the `kinds`. `children_of` are the nodes
    whose primary or further parent a node is, sorted by id. `about` are the moments about a node
    itself. `diagnostics` are those of reading and building; the engine gives rules none.
    `transcripts` are by path, `synonyms` the headings that also name each part of a snapshot in
    this project.
    `past`, `began` and `shaken` are what commits say, where there are some: versions of tests,
    outcomes (also of those that are gone), targets and their decisions, oldest first; beginnings;
    what changed since a decision.

    Everything goes through these mappings, so that the engine can record what a rule asked. Each is
    iterated in the order of its keys.
    """

    by_id: Mapping[NodeId, Node]
    kinds: Mapping[str, tuple[NodeId, ...]]
    clock: Clock
    diagnostics: tuple[Diagnostic, ...]
    children_of: Mapping[NodeId, tuple[Child, ...]]
    # Fields with a docstring are those that a rule may ask for; the reference lists them.
    outgoing: Mapping[NodeId, tuple[Edge, ...]]
    """The links of a node, in order of their places."""
    incoming: Mapping[NodeId, tuple[Edge, ...]]
    """The links to a node, in order of their sources and places."""
    heard_in: Mapping[NodeId, tuple[Moment, ...]]
    """The moments in an interview or signal."""
    about: Mapping[NodeId, Sequence[Moment]]
    decided: Mapping[NodeId, tuple[tuple[str, NodeId], ...]]
    """The decisions that link to a node, each as its relation to the node and its id."""
    transcripts: Mapping[str, Transcript] = field(default_factory=dict)
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: SECTIONS)
    past: Mapping[NodeId, tuple[Version, ...]] = field(default_factory=dict)
    began: Mapping[NodeId, Beginning] = field(default_factory=dict)
    shaken: Mapping[NodeId, tuple[str, ...]] = field(default_factory=dict)
    worked_out: dict[tuple[str, NodeId], Any] = field(default_factory=dict)
    """Intermediate results about a node that several rules share. The engine clears it for each
    node that it judges, because it records questions per node.
    """

    def __repr__(self) -> str:
        return f"<Tree of {counted(len(self.by_id), 'node')} as of {self.as_of}>"

    @property
    def as_of(self) -> date:
        """The day the tree is judged by."""
        return self.clock.day

    def nodes(self, kind: type[N]) -> Iterator[N]:
        """All nodes of a kind, by id; `Node` is every kind."""
        ids = tuple(self.by_id) if kind is Node else self.kinds.get(kind.kind, ())
        for node_id in ids:
            node = self.by_id[node_id]
            if isinstance(node, kind):
                yield node

    def get(self, node_id: str) -> Node | None:
        """The node of that id, or None."""
        return self.by_id.get(NodeId(node_id))

    def parent(self, node: Node) -> Node | None:
        """The node's primary place: the first of its parents that exists."""
        for reference in node.parents:
            if reference.found:
                return self.by_id[reference.id]
        return None

    def parents(self, node: Node) -> tuple[Node, ...]:
        """Every parent that exists, in the order written."""
        return tuple(self.by_id[each.id] for each in node.parents if each.found)

    def children(self, node: Node, kind: type[N]) -> tuple[N, ...]:
        """The nodes of a kind that name this one as a parent, by id."""
        found = (self.by_id[each.id] for each in self.below(node.id, kind))
        return tuple(each for each in found if isinstance(each, kind))

    def below(self, node_id: NodeId, kind: type[Node]) -> tuple[Child, ...]:
        """The facts known about `children` without reading them."""
        found = self.children_of.get(node_id, ())
        if kind is Node:
            return found
        return tuple(each for each in found if each.kind == kind.kind)

    def ancestors(self, node: Node) -> tuple[Node, ...]:
        """Every node above, by any parent, nearest first; each once, the node itself never."""

        def parents(node_id: NodeId) -> Iterable[NodeId]:
            return (each.id for each in self.by_id[node_id].parents if each.found)

        return self._others(node, parents)

    def descendants(self, node: Node) -> tuple[Node, ...]:
        """Every node below, by any parent; each once, the node itself never."""

        def children(node_id: NodeId) -> Iterable[NodeId]:
            return (each.id for each in self.children_of.get(node_id, ()))

        return self._others(node, children)

    def _others(
        self, node: Node, further: Callable[[NodeId], Iterable[NodeId]]
    ) -> tuple[Node, ...]:
        found = reach((node.id,), further)
        return tuple(self.by_id[each] for each in found if each != node.id)

    def transcript(self, interview: Interview) -> Transcript | None:
        """The transcript that the interview names, from its own folder or from the top."""
        return interview.transcript_among(self.transcripts)

    def moments(self, node: Node) -> Sequence[Moment]:
        """The moments about the node itself."""
        return self.about.get(node.id, ())

    def evidence(self, node: Node) -> tuple[Moment, ...]:
        """The moments about the node and everything below it."""
        return (
            *self.moments(node),
            *(m for each in self.descendants(node) for m in self.moments(each)),
        )
