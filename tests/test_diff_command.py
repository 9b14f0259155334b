"""`ost diff`: revisions, reports, exit codes."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.scratch import Scratch
from tests.test_diff import CASES, TREE

if TYPE_CHECKING:
    from click.testing import Result

Run = Callable[[str], "Result"]


def edit(scratch: Scratch, name: str) -> None:
    """Makes one of the edits of `tests/test_diff.py`."""
    for path, old, new in CASES[name][0]:
        file = scratch.folder / path
        if not old:
            file.write_text(new, "utf-8")
        elif old == "*":
            file.unlink()
        else:
            file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")


def difference(run: Run, line: str) -> Any:
    ended = run(f"ost diff --format json {line}")
    assert ended.exit_code == 0, ended.output
    return json.loads(ended.stdout)


def change_pairs(found: Any) -> set[tuple[str, str]]:
    return {(each["change"], each["node"]) for each in found["changes"]}


@pytest.fixture
def started(scratch: Scratch) -> Scratch:
    scratch.commit("-- ost.toml --\n" + TREE)
    return scratch


def test_files_as_they_are_are_compared_with_head(started: Scratch, run: Run) -> None:
    assert difference(run, "")["changes"] == []
    assert run("ost diff").stdout == ""
    edit(started, "status")
    found = difference(run, "")
    assert change_pairs(found) == CASES["status"][1]
    assert found["after"]["revision"] is None
    assert found["before"]["revision"] == started.git("rev-parse", "HEAD")
    assert "“Everybody vetoes on their own phone”: candidate → testing" in run("ost diff").stdout


def test_json_holds_every_key(started: Scratch, run: Run) -> None:
    edit(started, "heard")
    found = difference(run, "")
    assert set(found) == {"before", "after", "changes", "diagnostics"}
    assert set(found["diagnostics"]) == {"new", "gone"}
    assert set(found["before"]) == set(found["after"]) == {"revision", "date"}
    keys = "change node kind title field before after people weight fingerprint path line"
    assert all(list(each) == keys.split() for each in found["changes"])
    heard = next(each for each in found["changes"] if each["change"] == "heard")
    assert heard["people"] == ["P03"]
    assert (heard["path"], heard["line"]) == ("p03.md", 8)


@pytest.mark.parametrize("name", CASES)
def test_revisions_say_what_trees_say(started: Scratch, run: Run, name: str) -> None:
    edit(started, name)
    assert change_pairs(difference(run, "")) == CASES[name][1]
    started.commit()
    assert change_pairs(difference(run, "HEAD~1..HEAD")) == CASES[name][1]


def test_ranges_name_two_revisions(started: Scratch, run: Run) -> None:
    started.git("checkout", "-q", "-b", "branch")
    edit(started, "status")
    started.commit()
    started.git("checkout", "-q", "main")
    edit(started, "goal")
    started.commit()
    status, goal = ("status", "veto"), ("goal", "more-evenings")
    assert change_pairs(difference(run, "main...branch")) == {status}
    assert change_pairs(difference(run, "main..branch")) == {status, goal}
    assert change_pairs(difference(run, "branch...")) == {goal}
    assert change_pairs(difference(run, "HEAD~1..")) == {goal}
    assert change_pairs(difference(run, "branch")) == {status, goal}
    assert change_pairs(difference(run, "2026-10-01..main")) == {goal}


def test_paths_and_nodes_narrow(started: Scratch, run: Run) -> None:
    edit(started, "status")
    edit(started, "goal")
    edit(started, "text")
    assert change_pairs(difference(run, "veto")) == {("status", "veto")}
    assert change_pairs(difference(run, "HEAD cant-agree")) == {
        ("status", "veto"),
        ("text", "cant-agree"),
    }
    assert change_pairs(difference(run, "more-evenings.md")) == {("goal", "more-evenings")}
    assert len(change_pairs(difference(run, "HEAD ."))) == 3
    assert run("ost diff HEAD nothing-of-ours").exit_code == 2
    assert "no revision 'nothing-of-ours'" in run("ost diff nothing-of-ours").stderr


def test_former_ids_narrow(started: Scratch, run: Run) -> None:
    """The id before a rename, by an alias or without one, means the node after it."""
    started.git("mv", "lots.md", "draw.md")
    started.commit("-- draw.md --\n---\nkind: solution\nparent: cant-agree\naliases: [older]\n"
                   "---\n# Draw lots from three\n\nTold otherwise.\n")  # fmt: skip
    both = change_pairs(difference(run, "HEAD~1..HEAD"))
    for word in ("lots", "draw", "older"):
        assert (
            ("renamed", "draw") in change_pairs(difference(run, f"HEAD~1..HEAD {word}")) <= both
        ), word


def test_narrowing_in_a_folder_below_the_top(scratch: Scratch, run: Run) -> None:
    moved = TREE.replace("\n-- ", "\n-- product/content/").replace(
        "-- more", "-- product/content/more"
    )
    scratch.commit("-- product/ost.toml --\n" + moved)
    file = scratch.folder / "product/content/veto.md"
    file.write_text(file.read_text().replace("candidate", "testing"))
    assert change_pairs(difference(run, "-C product product/content/veto.md")) == {
        ("status", "veto")
    }
    assert change_pairs(difference(run, "-C product product/content/lots.md")) == set()


def test_diff_exits_with_documented_codes(started: Scratch, run: Run) -> None:
    assert run("ost diff --exit-code").exit_code == 0
    edit(started, "withdrawn")
    assert run("ost diff").exit_code == 0
    assert run("ost diff --exit-code").exit_code == 1
    assert run("ost diff --fail-on bar-moved,split").exit_code == 0
    assert run("ost diff --fail-on bar-moved --fail-on lost-evidence").exit_code == 1
    assert run("ost diff --fail-on weight:3").exit_code == 1
    assert run("ost diff --fail-on nonsense").exit_code == 2
    assert run("ost diff --fail-on weight:7").exit_code == 2
    assert run("ost diff HEAD..nope").exit_code == 2
    assert run("ost diff nope...HEAD").exit_code == 2
    assert run("ost diff --output=-x..y").exit_code == 2


def test_new_errors_can_fail(started: Scratch, run: Run) -> None:
    assert run("ost diff --fail-on error").exit_code == 0
    (started.folder / "lots.md").write_text("---\nkind: solution\nparent: nobody\n---\n# Lots\n")
    found = difference(run, "")
    assert "OST010" in {each["code"] for each in found["diagnostics"]["new"]}
    assert run("ost diff --fail-on error").exit_code == 1


def test_reports_go_to_files(started: Scratch, run: Run) -> None:
    edit(started, "status")
    ended = run("ost diff --output markdown:c.txt --output json:d.json")
    assert "candidate → testing" in ended.stdout
    assert (started.folder / "c.txt").read_text().startswith("<!-- ost-diff -->\n### ")
    assert json.loads((started.folder / "d.json").read_text())["changes"]
    assert run("ost diff --output nonsense:x").exit_code == 2
    page = next(started.folder.rglob("*.md"))
    before = page.read_text("utf-8")
    refused = run(f"ost diff --output markdown:{page}")
    assert (refused.exit_code, page.read_text("utf-8")) == (2, before)
    assert "is a page of a tree" in refused.stderr


def test_tree_that_is_new_in_a_repository_is_all_new(scratch: Scratch, run: Run) -> None:
    scratch.commit("-- code.py --\npass\n")
    scratch.commit("-- tree/lots.md --\n---\nkind: outcome\n---\n# Lots\n")
    assert change_pairs(difference(run, "-C tree HEAD~1..HEAD")) == {("added", "lots")}


def test_order_of_commits_does_not_matter(started: Scratch, run: Run) -> None:
    start = started.git("rev-parse", "HEAD")
    found = []
    for order in (("status", "goal", "text"), ("text", "status", "goal")):
        started.git("checkout", "-q", "-f", "--detach", start)
        for name in order:
            edit(started, name)
            started.commit()
        found.append(difference(run, f"{start}..HEAD")["changes"])
    assert found[0] == found[1]


def test_same_side_is_compiled_once(started: Scratch, run: Run, monkeypatch: Any) -> None:
    edit(started, "status")
    started.commit()
    first = difference(run, "HEAD~1..HEAD")
    monkeypatch.setattr("ost.project.sides._tree", None)
    assert difference(run, "HEAD~1..HEAD") == first


def test_findings_are_compared_by_rule_and_node(started: Scratch, run: Run) -> None:
    """Lines move, files move, nodes are renamed: nothing of that is a new finding."""
    veto = started.folder / "veto.md"
    veto.write_text(veto.read_text().replace("---\n# ", "---\n\n\n# "))
    started.git("mv", "lots.md", "draw-lots.md")
    found = difference(run, "")
    assert change_pairs(found) == {("renamed", "draw-lots")}
    assert found["diagnostics"] == {"new": [], "gone": []}


def test_bare_repository_has_revisions_to_compare(
    started: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(started, "status")
    started.commit()
    started.git("clone", "-q", "--bare", ".", "../bare.git")
    monkeypatch.chdir(started.folder.parent / "bare.git")
    assert change_pairs(difference(run, "main~1..main")) == {("status", "veto")}


def test_outside_of_git_is_one_line(run: Run, folder: Any) -> None:
    folder(TREE)
    for line in ("ost diff", "ost diff HEAD~1", "ost history", "ost blame veto"):
        ended = run(line)
        assert ended.exit_code == 2
        assert "not in a git repository" in ended.stderr
        assert ended.stderr.count("\n") == 1
