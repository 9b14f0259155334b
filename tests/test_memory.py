"""The engine's memory: state is read back unchanged, and an update unpacks little of it."""

import random
import sqlite3
from collections.abc import Iterator

import pytest
from msgspec import Raw

from ost.compile.compiled import Compiled
from ost.judge.check import all_rules, configure
from ost.project import memory
from ost.tree.counts import counts, scope_of
from ost.tree.index import PARTS, FactsChange, Index
from ost.tree.model import NodeId
from tests.test_engine import Project, edit
from tests.test_incremental import IDS, written


@pytest.fixture
def cache() -> Iterator[sqlite3.Connection]:
    """A cache in memory."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute("attach ':memory:' as cache")
    db.execute("create table cache.compiled (at integer primary key, data blob)")
    yield db
    db.close()


def read_back(cache: sqlite3.Connection, made: Compiled) -> Compiled:
    memory.keep_all(cache, made)
    return memory.compiled(cache)


def unpacked(compiled: Compiled) -> int:
    return sum(not isinstance(value, Raw) for value in compiled.facts.stored.values())


def test_kept_state_is_read_back_unchanged(cache: sqlite3.Connection) -> None:
    chance = random.Random(5)
    project = Project(*configure(all_rules()))
    project.change({f"a/{node_id}.md": written(chance, node_id) for node_id in IDS})
    for _ in range(12):
        project.compiled = read_back(cache, project.compiled)
        project.change(edit(chance, project.files))
        found = read_back(cache, project.compiled)
        assert dict(found.facts) == dict(project.compiled.facts)
        assert found.nodes == project.compiled.nodes
        assert found.texts == project.compiled.texts
        whole = Index(dict(found.facts)).parts
        for name in PARTS:
            assert dict(found.parts[name]) == dict(whole[name]), name
    assert project.diagnostics() == project.clean()


TALK = """\
---
kind: interview
date: 2026-01-02
participant: P{number}
---
# P{number}

## Opportunities

- [[{need}]] a word
"""


def project_with_interviews(cache: sqlite3.Connection, many: int) -> Project:
    """One outcome with as many opportunities, an interview for each; all packed."""
    project = Project(*configure(all_rules()))
    files: dict[str, str | None] = {"o.md": "---\nkind: outcome\n---\n# More\n"}
    for number in range(many):
        need, talk = f"opportunity{number}", f"interview{number}"
        files[f"{need}.md"] = f"---\nkind: opportunity\nparent: o\n---\n# N{number}\n"
        files[f"{talk}.md"] = TALK.format(number=number, need=need)
    project.change(files)
    project.compiled = read_back(cache, project.compiled)
    return project


@pytest.mark.parametrize("changed", ["interview", "opportunity"])
def test_an_update_unpacks_no_more_facts_when_there_are_more(
    cache: sqlite3.Connection, changed: str
) -> None:
    read = []
    for many in (20, 40, 80):
        project = project_with_interviews(cache, many)
        path = f"{changed}1.md"
        project.change({path: f"{project.files[path]}\nA word more.\n"})
        read.append(unpacked(project.compiled))
    assert read[0] == read[1] == read[2]
    assert read[0] < 20


NEW = {
    "interview": TALK.format(number="new", need="opportunity1"),
    "opportunity": "---\nkind: opportunity\nparent: o\n---\n# New\n",
}


@pytest.mark.parametrize("kind", NEW)
def test_added_interview_does_not_recount_earlier_people(
    cache: sqlite3.Connection, kind: str
) -> None:
    read = []
    for many in (20, 40, 80):
        project = project_with_interviews(cache, many)
        project.change({"new.md": NEW[kind]})
        facts, new = project.compiled.facts, NodeId("new")
        scope = scope_of({new: FactsChange(None, facts[new])}, facts)._replace(places=False)
        counts(Index(facts, project.compiled.parts), scope)
        read.append(unpacked(project.compiled))
    assert read[0] == read[1] == read[2]
    assert read[0] < 20
