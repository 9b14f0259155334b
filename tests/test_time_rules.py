"""Rules that need history: they speak where there is some, and are silent elsewhere."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.scratch import Scratch
from tests.test_diff import TREE

if TYPE_CHECKING:
    from click.testing import Result

Run = Callable[[str], "Result"]

OURS = {"OST330", "OST331", "OST332"}


def found(run: Run, line: str = "") -> set[tuple[str, str]]:
    ended = run(f"ost check --calendar --format json {line}")
    assert ended.exit_code in {0, 1}, ended.output
    said = json.loads(ended.stdout)
    return {(each["code"], each["node"]) for each in said if each["code"] in OURS}


def edit(scratch: Scratch, name: str, old: str, new: str, day: str) -> None:
    file = scratch.folder / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    scratch.commit(day=day)


@pytest.fixture
def begun(scratch: Scratch) -> Scratch:
    scratch.commit(f"-- ost.toml --\n{TREE}", day="2026-10-02")
    return scratch


def test_criterion_that_moved_with_the_result_is_said(begun: Scratch, run: Run) -> None:
    assert found(run) == set()
    new = "at_least: 6, of: 10}\nresult: {measure: 7, of: 10}"
    edit(begun, "ask-ten.md", "at_least: 8, of: 10}", new, "2026-11-10")
    assert found(run) == {("OST330", "ask-ten")}
    assert found(run, "--at HEAD") == {("OST330", "ask-ten")}
    assert found(run, "--at HEAD~1") == set()
    assert not OURS & {each["code"] for each in json.loads(run("ost check --format json").stdout)}


def test_criterion_before_the_start_and_a_squash_are_no_matter(scratch: Scratch, run: Run) -> None:
    text = TREE.replace("started: 2026-10-01", "started: 2026-10-20")
    scratch.commit(text, day="2026-10-02")
    edit(scratch, "ask-ten.md", "at_least: 8", "at_least: 7", "2026-10-10")
    edit(scratch, "ask-ten.md", "started:", "result: {measure: 9, of: 10}\nstarted:", "2026-11-01")
    assert found(run) == set()


def test_verdict_on_the_same_numbers_is_said(begun: Scratch, run: Run) -> None:
    told = "result: {measure: 7, of: 10}\nverdict: refuted\nstarted:"
    edit(begun, "ask-ten.md", "started:", told, "2026-11-01")
    assert found(run) == set()
    edit(begun, "ask-ten.md", "verdict: refuted", "verdict: supported", "2026-11-02")
    assert found(run) == {("OST331", "ask-ten")}


def test_decision_is_suspect_until_somebody_looks(begun: Scratch, run: Run) -> None:
    edit(begun, "cant-agree.md", "agree what to watch", "go to bed", "2026-11-01")
    assert found(run) == {("OST332", "agreeing")}
    begun.git("mv", "agreeing.md", "agreeing-first.md")
    begun.commit(day="2026-11-02")
    assert {code for code, _ in found(run)} == {"OST332"}
    edit(begun, "agreeing-first.md", "comes first", "still comes first", "2026-11-03")
    assert found(run) == set()


def test_silent_without_history(
    begun: Scratch, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(begun, "cant-agree.md", "agree what to watch", "go to bed", "2026-11-01")
    begun.git("clone", "-q", "--depth", "1", f"file://{begun.folder}", "../shallow")
    monkeypatch.chdir(begun.folder.parent / "shallow")
    assert found(run) == set()
    plain = tmp_path / "plain"
    plain.mkdir()
    for file in begun.folder.glob("*.md"):
        (plain / file.name).write_text(file.read_text())
    monkeypatch.chdir(plain)
    assert found(run) == set()
