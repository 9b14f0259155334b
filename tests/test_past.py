"""`ost build --history`: history at any revision equals a clean build of that revision."""

import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ost.history.git import Repository
from ost.project.revision import Revision
from tests.scratch import Scratch
from tests.test_incremental import IDS, edit, written

if TYPE_CHECKING:
    from click.testing import Result

Run = Callable[[str], "Result"]
Rows = list[tuple[object, ...]]


@pytest.fixture
def past(scratch: Scratch, run: Run) -> Callable[..., Rows]:
    """Asks the file that is built with history."""

    def asked(query: str, *values: object, again: bool = True) -> Rows:
        if again:
            ended = run("ost build --history --output ../past.db")
            assert ended.exit_code == 0, ended.output
        with closing(sqlite3.connect(scratch.folder.parent / "past.db")) as db:
            return db.execute(query, values).fetchall()

    return asked


AS_OF = "since <= ? and (until is null or until > ?)"


def equals_clean_builds(past: Callable[..., Rows], folder: Path, every: int = 1) -> None:
    """Compares history at every so manieth revision with a clean build of that commit."""
    repository = Repository(folder)
    for n, commit in past("select n, commit_id from revision order by n")[::every]:
        revision = Revision(repository, repository.commit(str(commit)), "")
        revision.refresh()
        with closing(revision.connect()) as db:
            db.row_factory = None
            nodes = db.execute(
                "select id, kind, title, status, parent, path from node order by id"
            ).fetchall()
            heard = db.execute(
                "select id, participants, interviews, moments, against, signals, first_heard, "
                "last_heard from node where participants + against + signals order by id"
            ).fetchall()
        there = past(
            f"select node, kind, title, status, parent, path from version where {AS_OF} "
            "order by node",
            *(n, n),
            again=False,
        )
        assert there == nodes, f"at {n}"
        told = past(
            "select node, participants, interviews, moments, against, signals, first_heard, "
            f"last_heard from evidence_history where {AS_OF} order by node",
            *(n, n),
            again=False,
        )
        assert told == heard, f"at {n}"


@pytest.mark.parametrize("seed", range(6))
def test_history_equals_clean_builds(
    scratch: Scratch, past: Callable[..., Rows], seed: int
) -> None:
    """Over random edits, renames, deletions, aliases, merges and force pushes."""
    chance = random.Random(seed)
    content = scratch.folder / "content"
    for each in "ab":
        (content / each).mkdir(parents=True)
    if seed % 2:
        (scratch.folder / "ost.toml").write_text('content = "content"\n')
    for node_id in IDS:
        if chance.random() < 0.5:
            (content / chance.choice("ab") / f"{node_id}.md").write_text(written(chance, node_id))
    scratch.commit()
    for _ in range(3):
        for _ in range(8):
            happen(chance, scratch, content)
        equals_clean_builds(past, scratch.folder, every=3)
        if chance.random() < 0.6:  # a force push
            scratch.git("reset", "-q", "--hard", f"HEAD~{chance.randrange(1, 6)}")
            for each in "ab":
                (content / each).mkdir(parents=True, exist_ok=True)


def happen(chance: random.Random, scratch: Scratch, content: Path) -> None:
    """A commit, or a branch and its merge."""
    day = f"2026-{10 + scratch.day // 28:02}-{1 + scratch.day % 28:02}"
    if chance.random() < 0.25:
        scratch.git("checkout", "-q", "-b", "side")
        edit(chance, content)
        scratch.commit(day=day)
        scratch.git("checkout", "-q", "main")
        for each in "ab":
            (content / each).mkdir(parents=True, exist_ok=True)
        (scratch.folder / f"code-{scratch.day}.py").write_text("1\n")
        scratch.commit(day=day)
        message = ("merge", "-q", "--no-ff", "-m", "Merge pull request #7 from side", "side")
        scratch.git(*message, day=day)
        scratch.git("branch", "-qD", "side")
    for _ in range(chance.choice([1, 1, 2, 4])):
        edit(chance, content)
    if chance.random() < 0.1:
        (scratch.folder / "ost.toml").write_text(
            f'content = "content"\nexclude = ["{chance.choice("ab")}/need1.md"]\n'
        )
    scratch.commit(day=day)
    for each in "ab":
        (content / each).mkdir(parents=True, exist_ok=True)


NEED = "---\nkind: opportunity\n---\n# I cannot find it\n"
TALK = """\
---
kind: interview
participant: P1
date: 2026-09-20
---
# P1

## Opportunities

- [[need]] cannot find it
"""


def test_name_that_appears_later(scratch: Scratch, past: Callable[..., Rows]) -> None:
    scratch.commit(f"-- talk.md --\n{TALK}")
    assert past("select count(*) from evidence_history") == [(0,)]
    scratch.commit(f"-- need.md --\n{NEED}")
    scratch.commit("-- need.md --\ngone\n")
    assert past("select node, since, until, participants from evidence_history") == [
        ("need", 2, 3, 1)
    ]


def test_history_keeps_two_clocks(scratch: Scratch, past: Callable[..., Rows]) -> None:
    scratch.commit(f"-- need.md --\n{NEED}", day="2026-09-15")
    scratch.commit(f"-- talk.md --\n{TALK}", day="2026-10-04")
    assert past("select interview, said, believed, days from interview_clock") == [
        ("talk", "2026-09-20", "2026-10-04", 14)
    ]
    believed = "since_day <= ? and (until_day is null or until_day > ?)"
    query = f"select participants from evidence_by_day where node = 'need' and {believed}"
    assert past(query, "2026-10-01", "2026-10-01") == []
    assert past(query, "2026-10-04", "2026-10-04") == [(1,)]


def test_renamed_node_keeps_its_life(scratch: Scratch, past: Callable[..., Rows]) -> None:
    scratch.commit(f"-- need.md --\n{NEED}")
    for old, new in (("need", "find"), ("find", "lost")):
        scratch.git("mv", f"{old}.md", f"{new}.md")
        scratch.commit()
    assert past("select node, id, since, until from former_id order by since") == [
        ("lost", "need", 1, 2),
        ("lost", "find", 2, 3),
    ]
    assert [row[0] for row in past("select change from change order by revision")] == [
        "added",
        "renamed",
        "renamed",
    ]


def test_log_is_that_of_ost_history(scratch: Scratch, past: Callable[..., Rows], run: Run) -> None:
    scratch.commit(f"-- need.md --\n{NEED}", "Found in a talk (#12)")
    scratch.commit(f"-- talk.md --\n{TALK}")
    scratch.commit("-- code.py --\n1\n")
    scratch.commit(f"-- need.md --\n{NEED.replace('---', 'status: target', 1)}".replace(
        "status: target\nkind", "---\nstatus: target\nkind"
    ))  # fmt: skip
    told = json.loads(run("ost history --format json").stdout)
    found = past(
        "select commit_id, change, node, fingerprint from change_by_day "
        "join change using (revision, position, change, node) order by revision desc, position"
    )
    assert found == [
        (each["commit"], change["change"], change["node"], change["fingerprint"])
        for each in told
        for change in each["changes"]
    ]
    assert past("select n, pull, changes, nodes from revision")[0] == (1, "12", 1, 1)


def test_weeks_say_what_changed(scratch: Scratch, past: Callable[..., Rows]) -> None:
    scratch.commit(f"-- need.md --\n{NEED}", day="2026-09-15")
    scratch.commit("-- need.md --\n" + NEED.replace("cannot", "can"), day="2026-09-16")
    scratch.commit(f"-- talk.md --\n{TALK}", day="2026-10-01")
    weeks = "select day, revision, nodes, interviews, participants, headline from week order by day"
    assert past(weeks) == [
        ("2026-09-14", 2, 1, 0, 0, "1 node is new."),
        ("2026-09-28", 3, 2, 1, 1, "1 interview came in."),
    ]


def test_shallow_clone_says_how_far_back_it_goes(
    scratch: Scratch, run: Run, past: Callable[..., Rows], monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch.commit(f"-- need.md --\n{NEED}")
    base = scratch.commit(f"-- talk.md --\n{TALK}")
    scratch.commit("-- need.md --\ngone\n")
    scratch.git("clone", "-q", "--depth", "2", f"file://{scratch.folder}", "../shallow")
    monkeypatch.chdir(scratch.folder.parent / "shallow")
    reach = "select value from meta where key = 'history'"
    assert past(reach) == [(f"since {base}",)]
    assert past("select distinct revision from change") == [(2,)]
    assert past("select node from change where change = 'removed'") == [("need",)]
    scratch.git("-C", "../shallow", "fetch", "-q", "--unshallow")
    assert past(reach) == [("complete",)]
    assert past("select count(*) from revision") == [(3,)]


def test_history_tables_are_empty_without_history(scratch: Scratch, run: Run) -> None:
    scratch.commit(f"-- need.md --\n{NEED}")
    for line, many in (("", 0), ("--history", 1), ("", 0)):
        assert run(f"ost build {line} --output ../one.db").exit_code == 0
        with closing(sqlite3.connect(scratch.folder.parent / "one.db")) as db:
            assert db.execute("select count(*) from revision").fetchone() == (many,)
            held = db.execute("select value from meta where key = 'history'").fetchall()
            assert len(held) == many


def test_build_writes_nothing_without_changes(scratch: Scratch, run: Run) -> None:
    scratch.commit(f"-- need.md --\n{NEED}")
    first = json.loads(run("ost build --history --format json").stdout)
    assert first["written"]
    assert first["revisions"] == 1
    again = json.loads(run("ost build --history --format json").stdout)
    assert again == {**first, "written": False}


def test_walk_does_not_change_the_state(
    scratch: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache entries of the walk do not make the next build a full one."""
    scratch.commit(f"-- need.md --\n{NEED}")
    scratch.commit("-- need.md --\n" + NEED.replace("cannot", "can"))
    scratch.commit(f"-- need.md --\n{NEED}-- talk.md --\n{TALK}")
    assert run("ost build --history").exit_code == 0

    def no(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("ost.project.full_build.full_build", no)
    scratch.write("-- need.md --\n" + NEED.replace("cannot", "could"))
    assert run("ost build --history").exit_code == 0


def test_folder_without_git_is_one_line(run: Run, folder: Callable[[str], Path]) -> None:
    folder(f"-- need.md --\n{NEED}")
    ended = run("ost build --history")
    assert ended.exit_code == 2
    assert ended.stderr.count("\n") == 1
    assert "not in a git repository" in ended.stderr


DECIDED = """\
---
kind: decision
on: 2026-10-02
chose: need
---
# We take it
"""


def test_queries_of_the_how_to_run(scratch: Scratch, past: Callable[..., Rows]) -> None:
    page = Path(__file__).parent.parent / "docs" / "how-to" / "history.md"
    scratch.commit(f"-- need.md --\n{NEED}", day="2026-09-15")
    scratch.commit(f"-- choice.md --\n{DECIDED}", day="2026-10-02")
    scratch.commit(f"-- talk.md --\n{TALK}", day="2026-10-04")
    past("select 1")
    found = {}
    for part in page.read_text().split("```sql\n")[1:]:
        query = part.partition("```")[0]
        with closing(sqlite3.connect(scratch.folder.parent / "past.db")) as db:
            rows = db.execute(query, {"day": "2026-10-03", "n": 2, "node": "need"}).fetchall()
        found[query.partition("\n")[0]] = rows
    assert len(found) == 7
    assert all(found.values()), found
    (choice,) = found["select decision.title, edge.target as chosen,"]
    assert choice == ("We take it", "need", 0, 1), "one had said so, nobody had written it down"
    assert [row[0] for row in found["select node, kind, title, status, parent"]] == [
        "choice",
        "need",
    ]
