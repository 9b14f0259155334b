"""The scripts that run in CI, on a repository with two revisions and a forge on loopback."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.forge import FakeForge, serving
from tests.scratch import QUIET, Scratch
from tests.test_diff import TREE
from tests.test_diff_command import edit

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


@pytest.fixture
def forge() -> Iterator[FakeForge]:
    with serving() as made:
        yield made


class Runner:
    """A pull request's run: the base, the branch, the event."""

    def __init__(self, scratch: Scratch, forge: FakeForge) -> None:
        self.scratch = scratch
        scratch.commit("-- ost.toml --\n" + TREE)
        self.base = scratch.git("rev-parse", "HEAD")
        scratch.git("checkout", "-q", "-b", "branch")
        self.summary = scratch.folder.parent / "summary.md"
        event = scratch.folder.parent / "event.json"
        event.write_text(json.dumps({"number": 7, "pull_request": {"number": 7}}))
        self.environment = {
            **os.environ,
            **QUIET,
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_REPOSITORY": "owner/tree",
            "GITHUB_API_URL": forge.address,
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_TOKEN": "secret-token",
            "OST_BASE": self.base,
            "OST_RETRY_SECONDS": "0",
        }

    def script(
        self, name: str, code: int = 0, environment: dict[str, str] | None = None, **more: str
    ) -> "subprocess.CompletedProcess[str]":
        return self.run(
            "sh", str(ROOT / "ci" / name), code=code, environment={**(environment or {}), **more}
        )

    def run(
        self,
        *command: str,
        code: int = 0,
        environment: dict[str, str] | None = None,
        **more: str,
    ) -> "subprocess.CompletedProcess[str]":
        ended = subprocess.run(
            command,
            cwd=self.scratch.folder,
            env={**self.environment, **(environment or {}), **more},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == code, ended.stdout + ended.stderr
        assert "secret-token" not in ended.stdout + ended.stderr
        return ended


@pytest.fixture
def runner(scratch: Scratch, forge: FakeForge) -> Runner:
    return Runner(scratch, forge)


def test_comment_is_posted_once_and_kept_up_to_date(runner: Runner, forge: FakeForge) -> None:
    edit(runner.scratch, "status")
    runner.scratch.commit()
    runner.script("diff.sh")
    assert len(forge.comments) == 1
    assert "candidate | testing" in forge.comments[0]["body"]
    assert runner.summary.read_text() == forge.comments[0]["body"]
    runner.script("diff.sh")
    assert forge.written() == ["POST"]
    edit(runner.scratch, "goal")
    runner.scratch.commit()
    runner.script("diff.sh")
    assert forge.written() == ["POST", "PATCH"]
    assert len(forge.comments) == 1
    assert "| 45 | 40 |" in forge.comments[0]["body"]
    assert forge.tokens == {"Bearer secret-token"}


def test_comment_is_found_on_whatever_page(runner: Runner, forge: FakeForge) -> None:
    for number in range(230):
        forge.add(f"words {number} about <!-- ost-diff -->")
    mine = forge.add("<!-- ost-diff -->\nold")
    for _ in range(150):
        forge.add("more")
    edit(runner.scratch, "status")
    runner.scratch.commit()
    runner.script("diff.sh")
    assert forge.written() == ["PATCH"]
    assert "candidate" in forge.comments[mine - 1]["body"]


def test_markers_of_others_do_not_matter(runner: Runner, forge: FakeForge) -> None:
    forge.add("<!-- ost-diff -->\nmine, says a stranger", foreign=True)
    forge.add("<!-- ost-diff-too -->\nanother tool's")
    edit(runner.scratch, "status")
    runner.scratch.commit()
    runner.script("diff.sh")
    assert forge.written() == ["PATCH", "POST"], "another program's may not be changed"
    assert forge.comments[1]["body"].endswith("another tool's")


@pytest.mark.parametrize("told", [False, True])
def test_comment_of_a_stranger_is_left_alone(runner: Runner, forge: FakeForge, told: bool) -> None:
    """The author of such a comment could change our text, and it would look like ours."""
    forge.tells_who_asks = told
    forge.add("<!-- ost-diff -->\nAll is well.", stranger="mallory")
    edit(runner.scratch, "status")
    runner.scratch.commit()
    runner.script("diff.sh")
    runner.script("diff.sh")
    assert forge.written() == ["POST"]
    assert forge.comments[0]["body"].endswith("All is well.")
    assert "candidate" in forge.comments[1]["body"]


def test_comparison_is_with_the_target_that_was_merged(runner: Runner, forge: FakeForge) -> None:
    """The event began before the target moved on; the checkout is the merge with the new target."""
    scratch = runner.scratch
    edit(scratch, "status")
    head = scratch.commit()
    scratch.git("checkout", "-q", "main")
    edit(scratch, "goal")
    scratch.commit("-- new.md --\n---\nkind: solution\nparent: nobody\n---\n# Theirs\n")
    scratch.git("merge", "-q", "--no-ff", "-m", "Merge", "branch")
    runner.script("diff.sh", OST_HEAD=head)
    assert "candidate | testing" in forge.comments[0]["body"]
    assert "Theirs" not in forge.comments[0]["body"]
    assert "| 45 | 40 |" not in forge.comments[0]["body"]
    check = next(step["run"] for step in steps() if step["name"] == "Check the tree")
    given = {"OST_ACTION": str(ROOT), "OST_HEAD": head, "OST_SINCE": ""}
    assert "new.md" not in runner.run("sh", "-e", "-c", check, environment=given).stdout
    scratch.commit("-- c.py --\npass\n", "Ours\n\nSolution: [[veto]]")
    ended = runner.run("sh", str(ROOT / "ci/base.sh"), environment={"OST_HEAD": head})
    assert ended.stdout.strip() == runner.base, "HEAD is no merge"


def test_comment_is_not_posted_without_changes_of_meaning(runner: Runner, forge: FakeForge) -> None:
    edit(runner.scratch, "lines broken elsewhere")
    runner.scratch.commit()
    runner.script("diff.sh")
    assert forge.comments == []
    assert runner.summary.read_text() == ""
    forge.add("<!-- ost-diff -->\nold news")
    runner.script("diff.sh")
    assert "no longer changes the tree" in forge.comments[0]["body"]


def test_fork_has_the_summary_and_no_red_cross(runner: Runner, forge: FakeForge) -> None:
    forge.read_only = True
    edit(runner.scratch, "status")
    runner.scratch.commit()
    ended = runner.script("diff.sh")
    assert "not posted" in ended.stderr
    assert "candidate | testing" in runner.summary.read_text()
    assert runner.script("diff.sh", GITHUB_TOKEN="").returncode == 0


def test_failing_server_stops_nothing(runner: Runner, forge: FakeForge) -> None:
    edit(runner.scratch, "status")
    runner.scratch.commit()
    forge.failing = 99
    ended = runner.script("diff.sh")
    assert "502" in ended.stderr
    assert "candidate" in runner.summary.read_text()
    forge.failing = 1
    runner.script("diff.sh")
    assert len(forge.comments) == 1
    gone = runner.script("diff.sh", GITHUB_API_URL="http://127.0.0.1:9")
    assert "does not answer" in gone.stderr


def test_required_comment_fails(runner: Runner, forge: FakeForge) -> None:
    forge.read_only = True
    (runner.scratch.folder / "c.md").write_text("<!-- ost-diff -->\nwords\n")
    runner.run("ost", "comment", "c.md", "--required", code=2)


def test_huge_change_fits(runner: Runner, forge: FakeForge) -> None:
    for number in range(400):
        name = runner.scratch.folder / f"n{number}.md"
        name.write_text(
            f"---\nkind: opportunity\nparent: more-evenings\n---\n# Need {number} {'ü' * 90}\n"
        )
    runner.scratch.commit()
    runner.script("diff.sh")
    assert len(forge.comments) == 1
    assert len(forge.comments[0]["body"].encode()) <= 60_000


def test_changes_can_fail(runner: Runner, forge: FakeForge) -> None:
    edit(runner.scratch, "withdrawn")
    runner.scratch.commit()
    runner.script("diff.sh", OST_FAIL_ON="bar-moved")
    runner.script("diff.sh", code=1, OST_FAIL_ON="lost-evidence")
    assert len(forge.comments) == 1


def test_check_says_what_the_pull_request_brought(runner: Runner) -> None:
    new = "---\nkind: solution\nparent: nobody\n---\n# New\n"
    (runner.scratch.folder / "new.md").write_text(new)
    runner.scratch.commit()
    ended = runner.script("check.sh", code=1)
    files = {line.split("file=")[1].split(",")[0] for line in ended.stdout.splitlines()}
    assert files == {"new.md"}
    assert json.loads((runner.scratch.folder / "ost.sarif").read_text())["runs"]
    runner.script("check.sh", code=1, OST_BASE="")


def test_shallow_checkout_is_deepened(runner: Runner, forge: FakeForge) -> None:
    edit(runner.scratch, "status")
    runner.scratch.commit()
    clone = runner.scratch.folder.parent / "clone"
    address = f"file://{runner.scratch.folder}"
    runner.scratch.git("clone", "-q", "--depth", "1", "-b", "branch", address, str(clone))
    runner.scratch.folder = clone
    runner.script("check.sh")
    runner.script("diff.sh")
    assert "candidate | testing" in forge.comments[0]["body"]


def test_why_below_a_pull_request_of_code(runner: Runner, forge: FakeForge, tmp_path: Path) -> None:
    code = Scratch(tmp_path / "code")
    base = code.commit("-- a.py --\npass\n")
    code.commit("-- b.py --\npass\n", "Veto\n\nSolution: [[veto]]")
    tree, runner.scratch = str(runner.scratch.folder), code
    runner.script("why.sh", OST_BASE=base, OST_TREE=tree)
    assert forge.comments[0]["body"].startswith("<!-- ost-why -->")
    assert "Everybody vetoes" in forge.comments[0]["body"]
    forge.read_only = True
    code.commit("-- c.py --\npass\n", "Lots\n\nSolution: [[lots]]")
    ended = runner.script("why.sh", OST_BASE=base, OST_TREE=tree)
    assert "not posted" in ended.stderr
    assert "Draw lots" in runner.summary.read_text()


def test_merge_request_of_gitlab(runner: Runner, forge: FakeForge) -> None:
    edit(runner.scratch, "status")
    runner.scratch.commit()
    gitlab = {
        "GITHUB_REPOSITORY": "",
        "CI_PROJECT_ID": "12",
        "CI_API_V4_URL": forge.address,
        "CI_MERGE_REQUEST_IID": "3",
        "OST_TOKEN": "secret-token",
    }
    runner.script("diff.sh", environment=gitlab)
    edit(runner.scratch, "goal")
    runner.scratch.commit()
    runner.script("diff.sh", environment=gitlab)
    assert forge.written() == ["POST", "PUT"]
    assert forge.asked[0][1].startswith("/projects/12/merge_requests/3/notes?")


@pytest.mark.parametrize(
    "environment",
    [
        {"GITHUB_REPOSITORY": ""},
        {"GITHUB_API_URL": "http://example.org"},
        {"GITHUB_API_URL": "file:///etc/passwd"},
    ],
)
def test_misuse_of_comment(runner: Runner, environment: dict[str, str]) -> None:
    (runner.scratch.folder / "c.md").write_text("<!-- ost-diff -->\nwords\n")
    runner.run("ost", "comment", "c.md", code=2, environment=environment)


def test_comment_needs_a_marker_and_a_pull_request(runner: Runner, forge: FakeForge) -> None:
    (runner.scratch.folder / "c.md").write_text("words\n")
    runner.run("ost", "comment", "c.md", code=2)
    runner.run("ost", "comment", "missing.md", code=2)
    (runner.scratch.folder / "c.md").write_text("<!-- x -->\n" + "y" * 70_000)
    runner.run("ost", "comment", "c.md", code=2)
    (runner.scratch.folder / "c.md").write_text("<!-- x -->\nwords\n")
    runner.run("ost", "comment", "c.md", GITHUB_EVENT_PATH="/nowhere")
    assert forge.asked == []


def steps() -> list[dict[str, Any]]:
    found = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    return list(found)
