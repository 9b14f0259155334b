"""What is known about a node without reading its text: enough for all counts over the tree, and for
finding children, evidence and decisions.
"""

from collections.abc import Iterable

from msgspec import Struct

from ost.tree.evidence import EvidenceSource, evidence_in
from ost.tree.model import Moment, Node, NodeId
from ost.tree.people import Person, people_of
from ost.tree.siblings import SiblingPlace, sibling_of
from ost.tree.tree import Edge


class Facts(Struct, frozen=True, array_like=True, gc=False):
    """The facts about a node that the rest of the project uses. `status` is its own. `sibling`
    orders it among its siblings. `parents` and `targets` are ids of existing nodes; the first
    parent is the primary one. `decides` holds the links of a decision with their purpose.
    """

    kind: str
    status: str | None
    parents: tuple[NodeId, ...]
    targets: tuple[NodeId, ...]
    decides: tuple[tuple[str, NodeId], ...]
    evidence: EvidenceSource | None
    people: tuple[Person, ...]
    sibling: SiblingPlace | None

    @property
    def place(self) -> tuple[str, NodeId | None, SiblingPlace] | None:
        """The part that decides places in the tree; None for a kind without a place."""
        primary = self.parents[0] if self.parents else None
        return (self.kind, primary, self.sibling) if self.sibling else None


def facts_of(node: Node, edges: Iterable[Edge], moments: tuple[Moment, ...]) -> Facts:
    """The facts of a node."""
    links = [(each.link.relation, each.target) for each in edges]
    return Facts(
        node.kind,
        node.own_status(),
        tuple(each.id for each in node.parents if each.found),
        tuple(sorted({target for _, target in links})),
        tuple(sorted(set(links))) if node.decides else (),
        evidence_in(node, moments),
        people_of(node),
        sibling_of(node) if node.placed else None,
    )
