"""Goes from one revision to the next with the engine: what the tree is now, and what changed.

Nothing that a revision did not touch is looked at again. The caller provides the files that changed
and their readings.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from msgspec import Struct
from msgspec.structs import replace

from ost.compile.compiled import EMPTY, Compiled
from ost.compile.engine import Built, Changes, Touched, judge
from ost.compile.inputs import Inputs
from ost.history.change import Change
from ost.history.diff import compare, matched_ids
from ost.history.record import Encoded, Record, Records, encode, live_solutions, record_of
from ost.tree.counts import Counts, Scope, counts, scope_of
from ost.tree.evidence import SILENT, Evidence, EvidenceCounts
from ost.tree.model import Assumption, NodeId, Opportunity
from ost.tree.tree import Tree


class Point(Struct, frozen=True):
    """The state at a revision: the engine's, the records, and the evidence of nodes with any."""

    compiled: Compiled
    encoded: Encoded
    evidence: Mapping[str, EvidenceCounts]


NOWHERE = Point(EMPTY, {}, {})
"""Before the first revision."""


class NodeState(Struct, frozen=True):
    """A node after a revision: its record, status and evidence."""

    record: Record
    status: str | None
    evidence: EvidenceCounts
    blob: str


class RevisionStep(Struct, frozen=True):
    """A revision's effect. `states` holds the nodes that may differ, None for one that is gone;
    `renamed` maps old ids to new ones.
    """

    changes: tuple[Change, ...]
    renamed: Mapping[str, str]
    states: Mapping[str, NodeState | None]
    before: Records
    after: Records


def advance(before: Point, changes: Changes, inputs: Inputs) -> tuple[Point, RevisionStep]:
    """The state after these files changed, and what changed in meaning."""
    after, states = arrive(before, changes, inputs)
    old, new = Records(before.encoded), Records(after.encoded)
    among: AbstractSet[str] = states.keys()
    return after, RevisionStep(
        compare(old, new, among), matched_ids(old, new, among), states, old, new
    )


def arrive(
    before: Point, changes: Changes, inputs: Inputs
) -> tuple[Point, Mapping[str, NodeState | None]]:
    """The state after these files changed, and the nodes that may differ."""
    built = Built(before.compiled, changes, inputs)
    compiled, touched = built.finished(dict(judge(built, built.to_judge())))
    differing = touched.judged.keys() | touched.built.keys()
    found = _counted(touched, differing)
    encoded, states = dict(before.encoded), dict[str, NodeState | None]()
    evidence, old = {**before.evidence}, Records(before.encoded)
    for gone in sorted(before.encoded.keys() - touched.index.facts.keys()):
        del encoded[gone]
        evidence.pop(gone, None)
        states[gone] = None
    for node_id in sorted(found.status):
        people = _people_with_evidence(node_id, found, evidence, old)
        record = _record(
            built.tree, node_id, people, None if node_id in differing else old[node_id], found
        )
        encoded[node_id] = _same(before.encoded.get(node_id), encode(record))
        states[node_id] = NodeState(
            record,
            found.status[node_id],
            evidence.get(node_id, SILENT),
            built.texts[built.files[node_id]].blob,
        )
    return Point(compiled, encoded, evidence), states


def _counted(touched: Touched, differing: AbstractSet[NodeId]) -> Counts:
    """The status of every node whose record may differ, and the evidence of those nodes where it
    may differ, which are the scope.
    """
    index = touched.index
    scope = scope_of(touched.changed(), index.facts)
    counted = {NodeId(each) for each in (*(scope.evidence or ()), *scope.evidence_changes)}
    around = (differing | counted | (scope.status or frozenset())) & index.facts.keys()
    return counts(
        index, Scope(places=False, evidence=around & counted, status=around, people=frozenset())
    )


def _people_with_evidence(
    node_id: NodeId, found: Counts, evidence_of: dict[str, EvidenceCounts], old: Records
) -> tuple[str, ...]:
    """The people with evidence for a node. `evidence_of` has the counts of those counted again."""
    if node_id not in (found.scope.evidence or ()):
        return old[node_id].people
    evidence = found.evidence.get(node_id, Evidence())
    evidence_of[node_id] = evidence.counts()
    return tuple(sorted(evidence.people))


def _record(
    tree: Tree, node_id: NodeId, people: tuple[str, ...], before: Record | None, found: Counts
) -> Record:
    """A node's record: made from its text, or from the one `before` if the text did not change."""
    if before is None:
        return record_of(tree.by_id[node_id], tree, people)
    children = tree.children_of.get(node_id, ()) if before.kind == Opportunity.kind else ()
    return replace(
        before,
        people=people,
        status=found.status[node_id] if before.kind == Assumption.kind else before.status,
        rivals=live_solutions(children),
    )


def _same(old: bytes | None, new: bytes) -> bytes:
    """The old bytes if both say the same, because comparing is then quicker."""
    return old if old == new and old is not None else new
