"""A project that moved as a whole is the same project, without any change of meaning."""

import json

import pytest

from tests.scratch import Scratch
from tests.test_diff_command import Run

FILES = """\
-- retention.md --
---
kind: outcome
---
# More teams stay
-- needs/slow-search.md --
---
kind: opportunity
parent: retention
---
# Search is slow
-- cache.md --
---
kind: solution
parent: slow-search
---
# Cache
"""
SETTINGS = "-- ost.toml --\n[rules.single-solution]\nscope = 'all'\n"
MORE = "---\nkind: solution\nparent: slow-search\n---\n# Index\n"


def inside(folder: str) -> str:
    """The project, below a folder."""
    placed = FILES.replace("-- n", f"-- {folder}content/n").replace("-- r", f"-- {folder}content/r")
    return placed.replace("-- c", f"-- {folder}content/c") + SETTINGS.replace(
        "-- o", f"-- {folder}o"
    )


def moved(scratch: Scratch, old: str, new: str) -> None:
    """Moves the project and commits that."""
    (scratch.folder / (new or ".")).mkdir(parents=True, exist_ok=True)
    for name in ("content", "ost.toml"):
        scratch.git("mv", f"{old}{name}", f"{new}{name}")
    scratch.commit()


def silent(run: Run, command: str) -> bool:
    result = run(command)
    return (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize(("old", "new"), [("", "docs/"), ("docs/", ""), ("a/b/", "kb/")])
def test_project_that_moved_is_the_same(
    scratch: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    scratch.commit(inside(old) + "-- code.py --\npass\n")
    moved(scratch, old, new)
    monkeypatch.chdir(scratch.folder / new)
    for asked in ("HEAD~1..HEAD", "HEAD..HEAD~1", "HEAD~1", "HEAD~1 --format json"):
        result = run(f"ost diff {asked}")
        assert result.exit_code == 0, result.output
        assert result.output == "" or json.loads(result.stdout)["changes"] == [], asked
    assert "nothing found" in run("ost check --since HEAD~1").output
    assert run("ost history --limit 1").output == ""
    assert run("ost check --only changed:HEAD~1").exit_code == 0


def test_diff_reports_nodes_added_during_a_move(
    scratch: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new folder may have had other nodes before."""
    scratch.commit(inside("") + "-- docs/guide.md --\n---\nkind: guide\n---\n# How we ask\n")
    (scratch.folder / "content/index-it.md").write_text(MORE)
    moved(scratch, "", "docs/")
    monkeypatch.chdir(scratch.folder / "docs")
    there, back = run("ost diff HEAD~1..HEAD").output, run("ost diff HEAD..HEAD~1").output
    assert "1 node is new" in there
    assert "new solution “Index” under “Search is slow”" in there
    assert "1 node is gone" in back
    assert run("ost diff HEAD~1").output == there


def test_move_that_is_not_committed(
    scratch: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch.commit(inside("docs/"))
    (scratch.folder / "docs").rename(scratch.folder / "kb")
    monkeypatch.chdir(scratch.folder / "kb")
    assert silent(run, "ost diff")


def test_copy_is_another_tree(scratch: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch.commit(inside("one/"))
    scratch.commit(inside("two/"))
    monkeypatch.chdir(scratch.folder / "two")
    assert "3 nodes are new" in run("ost diff HEAD~1..HEAD").output
    assert "3 nodes are new" in run("ost diff HEAD~1").output
