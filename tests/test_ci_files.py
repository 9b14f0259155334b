"""The action, the workflow of `ost init`, the GitLab template and the hooks, read and run as they
are.
"""

import os
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
import yaml

from tests.forge import FakeForge
from tests.scratch import Scratch
from tests.test_ci import ROOT, Runner, forge, runner, steps  # noqa: F401 - fixtures
from tests.test_diff_command import edit

# ruff: noqa: F811 - fixtures by their names


def test_action_puts_nothing_of_others_into_its_scripts() -> None:
    for step in steps():
        assert "${{" not in step.get("run", "")
    assert "pull_request_target" not in (ROOT / "action.yml").read_text("utf-8")


def test_foreign_actions_are_pinned_to_a_commit() -> None:
    for name in ("action.yml", "ost/templates/init/dot-github/workflows/tree.yml"):
        used = re.findall(r"uses: (\S+)", (ROOT / name).read_text("utf-8"))
        assert used
        assert [each for each in used if not re.fullmatch(r"\S+@[0-9a-f]{40}", each)] == []
    install = next(step["run"] for step in steps() if step["name"] == "Install ost")
    assert "--constraint" in install


def test_workflow_of_init_keeps_no_token_and_runs_once_at_a_time() -> None:
    text = (ROOT / "ost/templates/init/dot-github/workflows/tree.yml").read_text("utf-8")
    workflow = yaml.safe_load(text.replace("$${{", "${{"))
    assert workflow["concurrency"]["group"].endswith("${{ github.ref }}")
    assert workflow["jobs"]["check"]["steps"][0]["with"]["persist-credentials"] is False
    assert workflow["permissions"] == {"contents": "read", "pull-requests": "write"}
    assert not [
        each["run"] for each in workflow["jobs"]["check"]["steps"] if "${{" in each.get("run", "")
    ]


def test_action_names_scripts_and_inputs_that_exist() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    action = yaml.safe_load(text)
    started = text + (ROOT / "Makefile").read_text("utf-8")
    for script in (ROOT / "ci").glob("*.sh"):
        assert f"ci/{script.name}" in started
        assert os.access(script, os.X_OK)
    for name in action["inputs"]:
        assert f"inputs.{name}" in text


def test_steps_of_the_action_run(runner: Runner, forge: FakeForge) -> None:
    """The very text of the steps, as a runner would run it, without the installation."""
    edit(runner.scratch, "status")
    runner.scratch.commit()
    given = {
        "OST_ACTION": str(ROOT),
        "OST_FOLDER": ".",
        "OST_SINCE": "",
        "OST_HEAD": "",
        "OST_REPORTS": str(runner.scratch.folder.parent / "reports"),
        "OST_COMMENT": "true",
        "OST_FAIL_ON": "",
        "OST_PUBLISH": "tree.db",
        "OST_TREE": ".",
    }
    for step in steps():
        if "run" in step and step["name"] != "Install ost":
            assert set(step["env"]) <= {*given, "OST_BASE", "GITHUB_TOKEN"}
            runner.run("sh", "-e", "-c", step["run"], environment=given)
    assert (runner.scratch.folder / "tree.db").is_file()
    reports = runner.scratch.folder.parent / "reports"
    kept = {"ost-diff.md", "ost-diff.json", "ost-why.md", "ost.sarif", "tree.db"}
    assert {each.name for each in reports.iterdir()} == kept
    assert not list(runner.scratch.folder.glob("ost-*")), "a report is no file of the tree"
    assert {each["body"].split("\n")[0] for each in forge.comments} == {
        "<!-- ost-diff -->",
        "<!-- ost-why -->",
    }


def test_steps_of_the_workflow_of_init_run(
    forge: FakeForge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workflow of `ost init`, unchanged, without the installation."""
    runner = Runner(Scratch(tmp_path / "repository"), forge)
    runner.run("ost", "init", "new", "--title", "Evenings")
    runner.scratch.folder /= "new"
    runner.scratch.git("init", "-q", "-b", "main")
    runner.scratch.commit()
    pages = (runner.scratch.folder / "content").rglob("*.md")
    outcome = next(page for page in pages if "kind: outcome" in page.read_text())
    need = f"---\nkind: opportunity\nparent: {outcome.stem}\n---\n# We cannot agree\n"
    runner.scratch.commit(f"-- content/agree.md --\n{need}")
    text = next((runner.scratch.folder / ".github/workflows").iterdir()).read_text()
    job = yaml.safe_load(text)["jobs"]["check"]
    scripts = [step["run"] for step in job["steps"] if "run" in step]
    assert "pip install" in scripts[0] or "exit 1" in scripts[0]
    for script in scripts[1:]:
        runner.run("bash", "-e", "-c", script)
    assert "We cannot agree" in forge.comments[0]["body"]
    assert runner.summary.read_text() == forge.comments[0]["body"]
    with closing(sqlite3.connect(runner.scratch.folder / "tree.db")) as db:
        assert db.execute("select count(*) from revision").fetchone() == (2,)
    kept = [step["with"]["path"] for step in job["steps"] if "upload-artifact" in str(step)]
    assert kept == ["tree.db"]


def test_jobs_of_gitlab_run(runner: Runner, forge: FakeForge) -> None:
    edit(runner.scratch, "status")
    runner.scratch.commit()
    jobs = yaml.safe_load((ROOT / "ci/gitlab.yml").read_text("utf-8"))
    given = {
        "OST_FOLDER": ".",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": runner.base,
        "GITHUB_REPOSITORY": "",
        "CI_PROJECT_ID": "12",
        "CI_API_V4_URL": forge.address,
        "CI_MERGE_REQUEST_IID": "3",
        "OST_TOKEN": "secret-token",
    }
    before = [each for each in jobs[".ost"]["before_script"] if "OST_INSTALL" not in each]
    for name in ("ost-check", "ost-diff"):
        script = "\n".join((*before, *jobs[name]["script"]))
        runner.run("sh", "-e", "-c", script, environment=given)
    assert len(forge.comments) == 1


def test_hooks_of_pre_commit_are_commands_that_run(runner: Runner) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    new = "---\nkind: solution\nparent: nobody\n---\n# New\n"
    assert {hook["id"] for hook in hooks} == {"ost-check", "ost-check-since"}
    runner.run(*hooks[0]["entry"].split())
    runner.run(*hooks[1]["entry"].split())
    (runner.scratch.folder / "new.md").write_text(new)
    for hook in hooks:
        runner.run(*hook["entry"].split(), code=1)


@pytest.mark.parametrize(("command", "said", "code"), [("sleep 3", True, 0), ("false", False, 1)])
def test_make_says_what_takes_longer_than_two_seconds(
    command: str,
    said: bool,
    code: int,
) -> None:
    script = ("sh", str(ROOT / "ci" / "progress.sh"), "installing", *command.split())
    ended = subprocess.run(script, capture_output=True, text=True, check=False)
    assert ended.returncode == code
    assert ended.stderr == ("installing …\n" if said else "")
