"""A walk through revisions knows at each one what a clean build of that revision knows."""

import random
import sys
from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from ost.compile.inputs import Inputs
from ost.history.diff import compare, diff
from ost.history.record import Records, records
from ost.history.walk import NOWHERE, Point, RevisionStep, advance
from ost.read.document import Document
from ost.read.parse import parse
from ost.read.transcripts import read
from ost.tree.build import build
from ost.tree.counts import counts
from ost.tree.evidence import EvidenceCounts as Heard
from ost.tree.index import index_of
from ost.tree.sections import SECTIONS
from ost.tree.tree import Tree
from tests.test_engine import edit, node, take
from tests.test_incremental import IDS, written


class Walk:
    """Files that change from revision to revision, and the walk's result."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.today = date(2026, 10, 1)
        self.point: Point = NOWHERE
        self.step: RevisionStep | None = None

    def go(self, changes: Mapping[str, str | None]) -> RevisionStep:
        texts = take(self.files, changes, self.document)
        inputs = Inputs(
            document=self.document,
            transcripts={},
            synonyms=SECTIONS,
            rules=(),
            suggests=False,
            as_of=self.today,
        )
        self.point, self.step = advance(self.point, texts, inputs)
        return self.step

    def document(self, path: str) -> Document:
        return Document(path, parse(self.files[path]))

    def clean(self) -> Tree:
        documents = [self.document(each) for each in self.files if each.endswith(".md")]
        transcripts = {
            each: read(self.files[each], each[-4:]) for each in self.files if "." not in each
        }
        return build(documents, as_of=self.today, transcripts=transcripts)


def numbers(tree: Tree) -> tuple[dict[str, str | None], dict[str, Heard]]:
    """Status and evidence of every node, by a clean count."""
    found = counts(index_of(tree))
    heard = {
        str(each): told.counts() for each, told in found.evidence.items() if each in tree.by_id
    }
    return {str(each): status for each, status in found.status.items()}, heard


def nonempty(heard: Mapping[str, Heard]) -> dict[str, Heard]:
    return {name: found for name, found in heard.items() if any(found)}


@pytest.mark.parametrize("seed", range(40))
def test_every_revision_equals_a_clean_build(seed: int) -> None:
    chance = random.Random(seed)
    walk = Walk()
    before = walk.clean()
    states: dict[str, str | None] = {}
    heard: dict[str, Heard] = {}
    first = [each for each in IDS if chance.random() < 0.7]
    changes: Mapping[str, str | None] = {
        f"{chance.choice('ab')}/{each}.md": written(chance, each) for each in first
    }
    for _ in range(25):
        step = walk.go(changes)
        after = walk.clean()
        assert walk.point.encoded == records(after).encoded
        assert step.changes == diff(before, after)
        for name, state in step.states.items():
            if state is None:
                del states[name], heard[name]
            else:
                states[name], heard[name] = state.status, state.evidence
        status, evidence = numbers(after)
        assert states == status
        assert nonempty(heard) == nonempty(evidence)
        before = after
        changes = {}
        for _ in range(chance.choice([0, 1, 1, 2, 5])):
            changes = {**changes, **edit(chance, {**walk.files, **_there(changes)})}
        walk.today += timedelta(days=chance.choice([0, 1, 9, -4]))


def _there(changes: Mapping[str, str | None]) -> dict[str, str]:
    return {path: text for path, text in changes.items() if text is not None}


def test_name_that_appears_later_is_resolved_everywhere() -> None:
    walk = Walk()
    talk = "---\nkind: interview\nparticipant: P1\n---\n# P1\n\n## Opportunities\n\n- [[late]] so\n"
    walk.go({"talk.md": talk, "idea.md": node("solution", parent="late")})
    assert walk.go({"late.md": node("opportunity")}).states.keys() >= {"late", "talk", "idea"}
    assert walk.point.encoded == records(walk.clean()).encoded
    walk.go({"late.md": None, "other.md": node("opportunity", aliases="[late]")})
    assert walk.point.encoded == records(walk.clean()).encoded


def test_walk_compares_only_touched_files() -> None:
    """A file that is not named as touched cannot differ, so the comparison does not read it."""
    walk = Walk()
    walk.go({f"n{number}.md": node("opportunity") for number in range(50)})
    before = Records(walk.point.encoded)
    step = walk.go({"n7.md": node("opportunity", status="target")})
    assert step.states.keys() == {"n7"}
    after = Records(walk.point.encoded)
    assert step.changes == compare(before, after) == compare(before, after, among={"n7"})
    assert compare(before, after, among={"n8"}) == ()


def test_next_revision_reports_an_ended_waiver() -> None:
    walk = Walk()
    waived = "{rule: orphan-opportunity, because: so it is, until: 2026-10-05}"
    walk.go({"a.md": node("opportunity", allow=waived), "b.md": node("opportunity")})
    walk.today = date(2026, 10, 9)
    step = walk.go({"b.md": node("opportunity", status="target")})
    assert {(each.change.value, each.node) for each in step.changes} == {
        ("target-chosen", "b"),
        ("waiver-ended", "a"),
    }


def calls(walk: Walk, changes: Mapping[str, str]) -> int:
    """How many Python functions one revision calls."""
    many = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal many
        many += event == "call"

    sys.setprofile(count)
    try:
        walk.go(changes)
    finally:
        sys.setprofile(None)
    return many


EACH = 12
"""So many calls a node of the tree may cost in a revision that does not concern it."""


def test_work_of_a_revision_follows_its_change() -> None:
    """With twice and four times the nodes, an edit, a move, a moment and a new node cost only one
    question per node: is it among those touched?
    """
    needed = []
    sizes = (60, 120, 240)
    for many in sizes:
        walk = Walk()
        texts = {f"n{n}.md": node("opportunity", parent=f"n{n % 7}") for n in range(7, many)}
        texts |= {f"n{n}.md": node("opportunity") for n in range(7)}
        walk.go(texts | {"talk.md": node("interview", participant="P1")})
        edits = (
            {"n20.md": node("opportunity", parent="n6", status="target")},
            {"n30.md": node("opportunity", parent="n5")},
            {"talk.md": node("interview", participant="P1") + MOMENT},
            {"new.md": node("solution", parent="n9")},
        )
        needed.append(sum(calls(walk, each) for each in edits))
        assert walk.point.encoded == records(walk.clean()).encoded
    few, _, most = needed
    assert most - few <= EACH * len(edits) * (sizes[-1] - sizes[0])


def test_work_of_a_walk_follows_its_revisions() -> None:
    """Twice and four times the revisions of a tree cost twice and four times as much."""
    needed = []
    for many in (6, 12, 24):
        walk = Walk()
        walk.go({f"n{n}.md": node("opportunity") for n in range(40)})
        edits = ({f"n{n}.md": node("opportunity", parent=f"n{n + 1}")} for n in range(many))
        needed.append(sum(calls(walk, each) for each in edits))
    few, more, most = needed
    assert most - more <= 2 * (more - few) * 1.2


MOMENT = "\n\n## Opportunities\n\n- [[n9]] so\n"
