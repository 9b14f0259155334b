"""`ost check --since`: only findings that are new since a revision, by rule and node."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.scratch import Scratch

if TYPE_CHECKING:
    from click.testing import Result

Run = Callable[[str], "Result"]

OLD = """\
-- ost.toml --
-- stay.md --
---
kind: outcome
---
# More teams stay
-- slow.md --
---
kind: opportunity
parent: nobody
---
# Search is slow

See [[nowhere]].
-- lost.md --
---
kind: opportunity
---
# I get lost
"""
NEW = """\
-- fresh.md --
---
kind: opportunity
parent: someone
---
# I cannot find it
"""


def found(run: Run, line: str) -> set[tuple[str, str]]:
    ended = run(f"ost check --format json {line}")
    assert ended.exit_code in {0, 1}, ended.output
    return {(each["code"], each["node"]) for each in json.loads(ended.stdout)}


@pytest.fixture
def old(scratch: Scratch) -> Scratch:
    scratch.commit(OLD)
    return scratch


def test_old_repository_adopts_the_tool_without_a_baseline(old: Scratch, run: Run) -> None:
    assert run("ost check").exit_code == 1
    assert run("ost check --since HEAD").exit_code == 0
    assert found(run, "--since HEAD") == set()
    assert " already in HEAD" in run("ost check --since HEAD").stdout


def test_since_reports_only_new_findings(old: Scratch, run: Run) -> None:
    old.write(NEW)
    assert {node for _, node in found(run, "--since HEAD")} == {"fresh"}
    assert run("ost check --since HEAD").exit_code == 1
    old.commit()
    assert found(run, "--since HEAD") == set()
    assert {node for _, node in found(run, "--since HEAD~1")} == {"fresh"}
    assert {node for _, node in found(run, "--since HEAD~1 --at HEAD")} == {"fresh"}


def test_lines_paths_and_ids_do_not_count(old: Scratch, run: Run) -> None:
    (old.folder / "slow.md").rename(old.folder / "slow-search.md")
    lost = old.folder / "lost.md"
    lost.write_text(lost.read_text().replace("---\n#", "---\n\n\n#"))
    assert found(run, "--since HEAD") == set()


def test_repeated_finding_is_reported_once(old: Scratch, run: Run) -> None:
    slow = old.folder / "slow.md"
    slow.write_text(
        "See [[elsewhere]].\n".join(slow.read_text().split("\0")) + "\nAnd [[third]].\n"
    )
    ended = json.loads(run("ost check --format json --since HEAD").stdout)
    assert [each["message"] for each in ended if each["code"] == "OST010"] == ["no node 'third'"]


def test_rules_that_were_switched_on_do_not_flood(old: Scratch, run: Run) -> None:
    (old.folder / "ost.toml").write_text('select = ["OST010"]\n')
    old.commit()
    (old.folder / "ost.toml").write_text("")
    assert found(run, "--since HEAD") == set()
    (old.folder / "ost.toml").write_text("colour = 1\n")
    assert {code for code, _ in found(run, "--since HEAD")} == {"OST035"}


def test_dots_mean_since_both_diverged(old: Scratch, run: Run) -> None:
    old.git("checkout", "-q", "-b", "branch")
    old.commit(NEW)
    old.git("checkout", "-q", "main")
    old.commit(NEW.replace("fresh.md", "main.md").replace("cannot find", "keep losing"))
    old.git("checkout", "-q", "branch")
    assert {node for _, node in found(run, "--since main...")} == {"fresh"}
    assert {node for _, node in found(run, "--since main...HEAD")} == {"fresh"}


def test_selected_rules_are_judged_on_both_sides(old: Scratch, run: Run) -> None:
    old.write(NEW)
    assert found(run, "--since HEAD --select dangling-link") == {("OST010", "fresh")}
    assert not {code for code, _ in found(run, "--since HEAD --ignore OST010")} & {"OST010"}
    assert found(run, "--since HEAD --calendar") >= {("OST010", "fresh")}


def test_shallow_clone_says_what_to_fetch(
    old: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = old.git("rev-parse", "HEAD")
    old.commit(NEW)
    old.git("clone", "-q", "--depth", "1", f"file://{old.folder}", "../shallow")
    monkeypatch.chdir(old.folder.parent / "shallow")
    for since in (first, f"{first}...", "HEAD~1"):
        ended = run(f"ost check --since {since}")
        assert ended.exit_code == 2
        assert "git fetch --unshallow" in ended.stderr


def test_parts_of_a_shallow_history_have_nothing_in_common(
    old: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    old.git("checkout", "-q", "-b", "branch")
    old.commit(NEW)
    old.git("checkout", "-q", "main")
    old.commit("-- other.md --\n---\nkind: outcome\n---\n# Other\n")
    clone = old.folder.parent / "shallow"
    options = ("--depth", "1", "--no-single-branch")
    old.git("clone", "-q", *options, f"file://{old.folder}", str(clone))
    monkeypatch.chdir(clone)
    ended = run("ost check --since origin/branch...")
    assert ended.exit_code == 2
    assert "no commit in common" in ended.stderr
    assert "git fetch --unshallow" in ended.stderr


def test_reports_hold_only_what_came(old: Scratch, run: Run) -> None:
    old.write(NEW)
    run("ost check --since HEAD --output sarif:found.sarif --output github:found.txt")
    results = json.loads((old.folder / "found.sarif").read_text())["runs"][0]["results"]
    places = {
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in results
    }
    assert places == {"fresh.md"}
    assert "slow.md" not in (old.folder / "found.txt").read_text()


def test_since_reports_usage_errors(old: Scratch, run: Run, tmp_path: Path) -> None:
    assert run("ost check --since nope").exit_code == 2
    assert run("ost check --since HEAD --write-baseline").exit_code == 2
    assert run("ost check --since=-x").exit_code == 2
