"""From one revision to the next with the engine: what is known of the tree, and what changed.

Nothing that a revision did not touch is looked at again. It asks nobody for anything: the files
that changed, and what they say, are given.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from msgspec import Struct
from msgspec.structs import replace

from ost.compile.engine import EMPTY, Built, Changes, Compiled, Given, judge
from ost.history.change import Change
from ost.history.diff import compare, matched_ids
from ost.history.record import Encoded, Record, Records, encode, live_solutions, record_of
from ost.tree.counts import Counts, Scope, counts, scope_of
from ost.tree.evidence import SILENT
from ost.tree.evidence import Counts as Heard
from ost.tree.index import Index
from ost.tree.model import Assumption, NodeId, Opportunity
from ost.tree.tree import Tree


class Point(Struct, frozen=True):
    """What is known of the tree at a revision: what the engine keeps, and the records."""

    compiled: Compiled
    encoded: Encoded


NOWHERE = Point(EMPTY, {})
"""Before the first revision."""


class State(Struct, frozen=True):
    """A node as a revision left it: its record, where it stands, and what was heard for it."""

    record: Record
    status: str | None
    evidence: Heard
    blob: str


class Step(Struct, frozen=True):
    """What a revision did. `states` are the nodes that may differ, None for one that is gone;
    `renamed` maps ids before to those after.
    """

    changes: tuple[Change, ...]
    renamed: Mapping[str, str]
    states: Mapping[str, State | None]
    before: Records
    after: Records


def advance(before: Point, changes: Changes, given: Given) -> tuple[Point, Step]:
    """What is known after these changes of files, and what they changed in meaning."""
    built = Built(before.compiled, changes, given)
    compiled, touched = built.finished(dict(judge(built, built.to_judge())))
    index = touched.index
    differing = {*touched.judged, *touched.built}
    scope = scope_of(
        {
            each: (touched.before.get(each), index.facts.get(each))
            for each in (*touched.built, *touched.gone)
        },
        index.facts,
    )
    around = {*differing, *(scope.evidence or ()), *(scope.status or ())} & index.facts.keys()
    found = counts(index, Scope(places=False, evidence=around, status=around, people=frozenset()))
    encoded, states = dict(before.encoded), dict[str, State | None]()
    for gone in sorted(before.encoded.keys() - index.facts.keys()):
        del encoded[gone]
        states[gone] = None
    for node_id in sorted(around):
        record = _record(
            node_id, before.encoded, found, index, built.tree if node_id in differing else None
        )
        encoded[node_id] = _same(before.encoded.get(node_id), encode(record))
        told = found.evidence.get(node_id)
        states[node_id] = State(
            record,
            found.status[node_id],
            told.counts() if told else SILENT,
            built.texts[built.files[node_id]].blob,
        )
    old, new = Records(before.encoded), Records(encoded)
    among: AbstractSet[str] = states.keys()
    return Point(compiled, encoded), Step(
        compare(old, new, among), matched_ids(old, new, among), states, old, new
    )


def _record(
    node_id: NodeId, known: Encoded, found: Counts, index: Index, tree: Tree | None
) -> Record:
    """A node's record: from its text, if a `tree` is given, else from the one of before."""
    told = found.evidence.get(node_id)
    people = tuple(sorted(told.people)) if told else ()
    if tree is not None:
        return record_of(tree.by_id[node_id], tree, people)
    before = Records(known)[node_id]
    facts = index.facts[node_id]
    return replace(
        before,
        people=people,
        status=found.status[node_id] if facts.kind == Assumption.kind else before.status,
        rivals=live_solutions(index.children.get(node_id, ()))
        if facts.kind == Opportunity.kind
        else (),
    )


def _same(old: bytes | None, new: bytes) -> bytes:
    """The bytes of before where they say the same: comparing is quicker then."""
    return old if old == new and old is not None else new
