"""`ost history` and `ost blame`: who changed what in the tree, and when."""

import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from ost.compile import meanings
from ost.disk import store
from ost.history import record
from ost.history.git import Repository
from ost.project.commit_records import CommitRecords
from ost.project.revision import project_in_history
from ost.read.document import Entry
from ost.tree import build
from ost.tree.build import node_of
from ost.tree.model import NodeId
from ost.tree.names import Names
from tests.scratch import Scratch
from tests.test_incremental import IDS, written
from tests.test_past import NEED, happen

if TYPE_CHECKING:
    from click.testing import Result

Run = Callable[[str], "Result"]


@pytest.fixture
def scratch_history(scratch: Scratch) -> Scratch:
    """A need that was reworded, moved into a folder, renamed, and became the target."""
    scratch.commit("-- ost.toml --\n-- stay.md --\n---\nkind: outcome\n---\n# Stay\n", "Begin")
    scratch.commit("-- slow.md --\n---\nkind: opportunity\nparent: stay\n---\n# Slow\n", "Slow")
    scratch.commit(
        "-- slow.md --\n---\nkind: opportunity\nparent: stay\n---\n# Search is slow\n", "Better"
    )
    scratch.commit("-- code.py --\npass\n", "Code only")
    (scratch.folder / "needs").mkdir()
    scratch.git("mv", "slow.md", "needs/slow.md")
    scratch.commit(message="A folder")
    scratch.git("mv", "needs/slow.md", "needs/waiting.md")
    scratch.commit(
        "-- needs/waiting.md --\n---\nkind: opportunity\nparent: stay\naliases: [slow]\n"
        "---\n# Search is slow\n",
        "Another id",
    )
    scratch.commit(
        "-- needs/waiting.md --\n---\nkind: opportunity\nstatus: target\nparent: stay\n"
        "aliases: [slow]\n---\n# Search is slow\n",
        "Chosen",
    )
    return scratch


def listed(run: Run, line: str) -> Any:
    ended = run(f"ost {line} --format json")
    assert ended.exit_code == 0, ended.output
    return json.loads(ended.stdout)


def subjects(run: Run, line: str) -> list[str]:
    return [each["subject"] for each in listed(run, f"history {line}")]


def test_history_lists_commits_that_changed_the_tree(scratch_history: Scratch, run: Run) -> None:
    found = listed(run, "history")
    assert [
        (each["subject"], [(one["change"], one["node"]) for one in each["changes"]])
        for each in found
    ] == [
        ("Chosen", [("target-chosen", "waiting")]),
        ("Another id", [("renamed", "waiting")]),
        ("Better", [("reworded", "slow")]),
        ("Slow", [("added", "slow")]),
        ("Begin", [("added", "stay")]),
    ]
    assert {each["author"] for each in found} == {"Ada"}
    assert "“Search is slow”: open → target" in run("ost history").stdout


def test_list_of_commits_shows_the_first_changes_of_a_large_one(
    scratch_history: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ost.cli.commands.history.MOST", 2)
    many = (f"-- need-{number}.md --\n{NEED}" for number in range(5))
    commit = scratch_history.commit("".join(many))
    shown = run("ost history").stdout
    assert shown.count("new opportunity") == 2 + 1
    (rest,) = [each for each in shown.splitlines() if "more change" in each]
    told, _, command = rest.partition(": ")
    assert told == "  3 more changes"
    assert run(command).stdout.count("new opportunity") == 5
    assert run("ost history --change added").stdout.count("new opportunity") == 5 + 1
    assert len(listed(run, "history")[0]["changes"]) == 5
    assert commit[:8] in command


def test_history_narrows_by_options(scratch_history: Scratch, run: Run) -> None:
    assert subjects(run, "--node waiting") == ["Chosen", "Another id", "Better", "Slow"]
    assert subjects(run, "--kind outcome") == ["Begin"]
    assert subjects(run, "--change reworded") == ["Better"]
    assert subjects(run, "--author ada --change added") == ["Slow", "Begin"]
    assert subjects(run, "--author bob") == []
    assert subjects(run, "--since 2026-10-03") == ["Chosen", "Another id", "Better"]
    assert subjects(run, "--until 2026-10-02") == ["Slow", "Begin"]
    assert subjects(run, "HEAD~2..HEAD") == ["Chosen", "Another id"]
    assert subjects(run, "HEAD~5") == ["Slow", "Begin"]
    assert subjects(run, "--limit 1") == ["Chosen"]
    assert run("ost history nope").exit_code == 2


def test_blame_follows_a_node_through_renames(scratch_history: Scratch, run: Run) -> None:
    blamed = listed(run, "blame waiting")
    found = {each["field"]: (each["subject"], each["first"]) for each in blamed}
    assert found == {
        "kind": ("Slow", "2026-10-02"),
        "parent": ("Slow", "2026-10-02"),
        "title": ("Better", "2026-10-02"),
        "aliases": ("Another id", "2026-10-06"),
        "status": ("Chosen", "2026-10-07"),
    }
    assert "2026-10-07 Ada" in run("ost blame waiting").stdout


def test_blame_of_the_past_and_of_what_is_not_committed(scratch_history: Scratch, run: Run) -> None:
    found = {each["field"]: each["subject"] for each in listed(run, "blame slow --at HEAD~3")}
    assert found == {"kind": "Slow", "parent": "Slow", "title": "Better"}
    scratch_history.write("-- new.md --\n---\nkind: outcome\n---\n# New\n")
    assert run("ost blame new").exit_code == 2
    assert run("ost blame nobody").exit_code == 2


def test_blame_of_a_node_in_a_file_of_several(scratch: Scratch, run: Run) -> None:
    tree = "-- t.md --\n---\nkind: tree\n---\n## outcome: Stay ^stay\n- opportunity: {} ^slow\n"
    scratch.commit(tree.format("Slow"), "One")
    scratch.commit(tree.format("Search is slow"), "Two")
    found = {each["field"]: each["subject"] for each in listed(run, "blame slow")}
    assert found["title"] == "Two"


def test_history_of_a_folder_below_the_top(scratch: Scratch, run: Run) -> None:
    scratch.commit("-- a/b/stay.md --\n---\nkind: outcome\n---\n# Stay\n", "Tree")
    scratch.commit("-- other.md --\n---\nkind: outcome\n---\n# Other\n", "Other")
    assert subjects(run, "-C a/b") == ["Tree"]
    assert [each["subject"] for each in listed(run, "blame stay -C a/b")] == ["Tree", "Tree"]


def test_shallow_clone_says_where_history_begins(
    scratch_history: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What its first commit seems to bring was there before."""
    scratch_history.git(
        "clone", "-q", "--depth", "2", f"file://{scratch_history.folder}", "../shallow"
    )
    monkeypatch.chdir(scratch_history.folder.parent / "shallow")
    assert subjects(run, "") == ["Chosen"]
    for line in ("history", "blame waiting"):
        assert "git fetch --unshallow" in run(f"ost {line}").stderr


def test_history_of_a_period_looks_as_far_back_as_it_must(
    scratch_history: Scratch, run: Run
) -> None:
    assert subjects(run, "--until 2026-10-02 --limit 1") == ["Slow"]


ASKED = (
    "--limit 0",
    "--limit 3",
    "HEAD~2 --limit 0",
    "HEAD~3..HEAD~1",
    "--node need0 --limit 0",
    "--kind interview --change added --limit 0",
    "--until 2026-10-09 --limit 0",
)


def answers(run: Run) -> dict[str, str]:
    """The log, in JSON and as text."""
    found = {line: run(f"ost history {line} --format json").output for line in ASKED}
    return {**found, "text": run("ost history --limit 0").output}


@pytest.mark.parametrize("seed", range(2))
def test_log_is_the_same_from_the_walk_that_was_written_down(
    scratch: Scratch, run: Run, seed: int
) -> None:
    chance, content = random.Random(seed), scratch.folder / "content"
    for each in "ab":
        (content / each).mkdir(parents=True)
    (scratch.folder / "ost.toml").write_text('content = "content"\n')
    for node_id in IDS:
        (content / chance.choice("ab") / f"{node_id}.md").write_text(written(chance, node_id))
    scratch.commit()
    for _ in range(6):
        happen(chance, scratch, content)
    compared = answers(run)
    assert compared["text"].count("\n\n") > 3
    assert run("ost build --history -o out.db").exit_code == 0
    assert answers(run) == compared
    # Further commits are compared, the older ones are not.
    happen(chance, scratch, content)
    grown = answers(run)
    assert grown["text"].endswith(compared["text"])
    assert grown["text"] != compared["text"]
    # A branch that left the walk shares only its beginning with it.
    scratch.git("reset", "-q", "--hard", "HEAD~3")
    assert run("ost history --limit 0").output in compared["text"]


@pytest.mark.parametrize("seed", range(2))
def test_records_of_successive_commits_equal_those_of_each_alone(
    scratch: Scratch, seed: int
) -> None:
    """Back in time, forward and at will; other settings and folders included."""
    chance, content = random.Random(seed), scratch.folder / "content"
    for each in "ab":
        (content / each).mkdir(parents=True)
    for node_id in IDS[:12]:
        (content / chance.choice("ab") / f"{node_id}.md").write_text(written(chance, node_id))
    scratch.commit("-- code.py --\n1\n")
    for _ in range(4):
        happen(chance, scratch, content)
    for settings in ('[sections]\nopportunities = ["Ideas"]\n', '[kinds]\nsolution = ["idea"]\n'):
        scratch.commit(f"-- ost.toml --\n{settings}")
        happen(chance, scratch, content)
    scratch.git("mv", "content", "notes")
    scratch.commit('-- ost.toml --\ncontent = "notes"\n')
    repository = Repository(scratch.folder)
    commits = list(repository.commits("HEAD", first_parent=True))
    asked = [
        project_in_history(repository, each) for each in (*commits, *chance.sample(commits, 5))
    ]
    with CommitRecords(repository) as records:
        for held in asked:
            assert held is not None
            found = held.everything()
            whole = record.records(found.tree(found.documents))
            assert records.of(held).encoded == whole.encoded
        assert not records.of(None).encoded


def test_log_reads_what_commits_touched(
    scratch: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest tree is read as a whole, and of each other one what differs."""
    scratch.commit("".join(f"-- need-{number}.md --\n{NEED}" for number in range(40)))
    for number in range(8):
        scratch.commit(f"-- need-{number}.md --\n{NEED.replace('find it', f'find {number}')}")
    made: list[str] = []

    def count(node_id: NodeId, path: str, entry: Entry, names: Names) -> object:
        made.append(path)
        return node_of(node_id, path, entry, names)

    for module in (build, meanings):
        monkeypatch.setattr(module, "node_of", count)
    assert run("ost history").stdout.count("find ") > 8
    assert 40 <= len(made) <= 40 + 2 * 8


def test_log_compares_no_trees_where_a_walk_did(scratch_history: Scratch, run: Run) -> None:
    before = run("ost history").stdout
    assert run("ost build --history -o out.db").exit_code == 0
    (file,) = store.folder(scratch_history.folder).glob("past.db")
    with closing(sqlite3.connect(file)) as db:
        db.execute("update change set sentence = 'it is read' where change = 'reworded'")
        db.commit()
    assert run("ost history").stdout.count("it is read") == 1
    assert run("ost history HEAD~1").stdout.count("it is read") == 1
    with closing(sqlite3.connect(file)) as db:
        db.execute("update change set before = '{' where change = 'reworded'")
        db.commit()
    assert run("ost history").stdout == before, "what cannot be read is compared"
    file.write_bytes(b"no database")
    assert run("ost history").stdout == before


def test_log_is_compared_where_kinds_had_other_names(scratch_history: Scratch, run: Run) -> None:
    scratch_history.commit('-- ost.toml --\n[kinds]\nsolution = ["idea"]\n', "Words")
    before = answers(run)
    assert run("ost build --history -o out.db").exit_code == 0
    assert answers(run) == before


def blamed(run: Run, ids: list[str]) -> dict[str, str]:
    """Who set what of some nodes, and why ideas are built."""
    lines = [f"blame {each}" for each in ids]
    lines += [f"{each} --at HEAD~2" for each in lines[:2]]
    lines += [f"why {each}" for each in ids if "idea" in each][:1]
    return {line: run(f"ost {line} --format json").output for line in lines}


def test_blame_and_why_are_the_same_from_the_walk_that_was_written_down(
    scratch: Scratch, run: Run
) -> None:
    chance, content = random.Random(5), scratch.folder / "content"
    for each in "ab":
        (content / each).mkdir(parents=True)
    (scratch.folder / "ost.toml").write_text('content = "content"\n')
    for node_id in IDS:
        # Some come from outside of the content, where the walk does not look.
        folder = scratch.folder if node_id in {"need1", "talk3"} else content / chance.choice("ab")
        (folder / f"{node_id}.md").write_text(written(chance, node_id))
    scratch.commit(message="Outside")
    for file in scratch.folder.glob("*.md"):
        file.rename(content / "a" / file.name)
    scratch.commit(message="Into the content")
    assert "Outside" in run("ost blame need1 --format json").output
    for _ in range(4):
        happen(chance, scratch, content)
    ids = sorted(each.stem for each in content.rglob("*.md"))[::5]
    asked = blamed(run, ids)
    assert run("ost build --history -o out.db").exit_code == 0
    assert blamed(run, ids) == asked
    # Commits that the walk did not come by are asked of git, and a branch that left it, too.
    for back in ("HEAD", "HEAD~3"):
        scratch.git("reset", "-q", "--hard", back)
        happen(chance, scratch, content)
        now = blamed(run, ids)
        (file,) = store.folder(scratch.folder).glob("past.db")
        aside = file.rename(file.with_suffix(".aside"))
        assert blamed(run, ids) == now
        aside.rename(file)


def test_blame_asks_git_for_no_commit_that_a_walk_came_by(
    scratch_history: Scratch, run: Run
) -> None:
    before = listed(run, "blame waiting")
    assert run("ost build --history -o out.db").exit_code == 0
    assert listed(run, "blame waiting") == before
    better = next(each["commit"] for each in before if each["subject"] == "Better")
    (file,) = store.folder(scratch_history.folder).glob("past.db")
    with closing(sqlite3.connect(file)) as db:
        db.execute("delete from touch where commit_id = ?", (better,))
        db.commit()
    assert all(each["commit"] != better for each in listed(run, "blame waiting"))
    with closing(sqlite3.connect(file)) as db:
        db.execute("update touch set touches = x'c1'")
        db.commit()
    assert listed(run, "blame waiting") == before, "what cannot be read is asked of git"


def test_mistaken_settings_of_one_commit_end_no_history(scratch: Scratch, run: Run) -> None:
    """They count as those before, as in the history of a published file."""
    page = "---\nkind: opportunity\n---\n# A{}\n"
    scratch.commit(f"-- content/a.md --\n{page.format(1)}")
    scratch.commit(f"-- content/a.md --\n{page.format(2)}")
    scratch.commit(f'-- ost.toml --\ncontent = "oh\n-- content/a.md --\n{page.format(3)}')
    scratch.commit(f"-- content/a.md --\n{page.format(4)}")
    scratch.git("mv", "content", "notes")
    scratch.commit('-- ost.toml --\ncontent = "notes"\n')
    said = json.loads(run("ost history --format json").stdout)
    assert [[each["after"] for each in step["changes"]] for step in said] == [
        ["A4"],
        ["A3"],
        ["A2"],
        ["A1"],
    ]
    assert run("ost build --history -o ../past.db").exit_code == 0
    assert json.loads(run("ost history --format json").stdout) == said
