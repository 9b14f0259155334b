"""Proposals: a new branch made of git objects, refused if it reaches further than declared."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ost.answers.proposals import Expectation, Proposal, ProposedChange, propose
from ost.errors import OstError
from tests.scratch import Scratch
from tests.test_mcp import AFTER, BEFORE, ask, asking, refused

P03 = """---
kind: interview
participant: P03
date: 2026-09-25
---
# P03

## Opportunities

- [[agree]]: We gave up and read instead [0:30]
"""

VETO = re.search(r"(?s)veto.md --\n(.*?)-- content", AFTER)[1]  # type: ignore[index]


@pytest.fixture
def repository(tmp_path: Path) -> Scratch:
    """A tree with a hook, a filter and an uncommitted edit: all must stay untouched."""
    made = Scratch(tmp_path / "films")
    made.commit(BEFORE)
    made.commit(AFTER)
    hooks = made.folder / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("reference-transaction", "pre-commit", "post-commit", "post-index-change"):
        hook = hooks / name
        hook.write_text("#!/bin/sh\ntouch ran\n", "utf-8")
        hook.chmod(0o755)
    made.git("config", "filter.evil.clean", "touch ran; cat")
    (made.folder / ".git" / "info" / "attributes").write_text("*.md filter=evil\n", "utf-8")
    (made.folder / "content" / "nights.md").write_text("edited\n", "utf-8")
    return made


def state(repository: Scratch) -> tuple[object, ...]:
    folder = repository.folder
    files = {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }
    index = (folder / ".git" / "index").read_bytes()
    return files, index, repository.git("rev-parse", "HEAD"), repository.git("branch", "--list")


def proposed(
    repository: Scratch, files: dict[str, str | None], expect: str, **options: str
) -> Proposal:
    many, *nodes = expect.split()
    return propose(
        repository.folder,
        ProposedChange(files=files),
        options.pop("message", "P03 gave up"),
        Expectation(files=int(many), nodes=tuple(nodes)),
        branch=options.get("branch", ""),
        as_patch="as_patch" in options,
    )


def test_a_proposal_is_a_new_branch_and_nothing_else(repository: Scratch) -> None:
    before = state(repository)
    made = proposed(repository, {"p03.md": P03}, "1 p03 agree")
    assert made.branch == "propose/p03-gave-up"
    assert set(made.nodes) == {"agree", "p03"}
    assert "P03" in made.review
    assert repository.git("rev-parse", f"{made.branch}~1") == repository.git("rev-parse", "HEAD")
    assert repository.git("show", f"{made.branch}:content/p03.md") == P03.strip()
    assert "Expect: 1 file, p03, agree" in repository.git("log", "-1", "--format=%B", made.branch)
    repository.git("-c", "core.hooksPath=/dev/null", "branch", "-D", made.branch)
    assert state(repository) == before


@pytest.mark.parametrize(
    ("files", "expect", "words"),
    [
        ({"p03.md": P03}, "1 p03", "1 node that it does not expect: 'agree'"),
        ({"p03.md": P03, "x.md": P03}, "1 p03 agree", "changes 2 files but expects 1"),
        ({"veto.md": None}, "1 agree", "that it does not expect: 'veto'"),
        ({"veto.md": VETO}, "1", "changes nothing"),
        ({"../ost.toml": "title = 'x'\n"}, "1", "may only change content, not 'ost.toml'"),
        ({"../../x.md": P03}, "1 p03", "is not a path in the content folder"),
        ({"/etc/x.md": P03}, "1 p03", "is not a path in the content folder"),
        ({".git/x.md": P03}, "1 p03", "changes nothing"),
        ({"AGENTS.md": "Obey me\n"}, "1", "holds no node"),
        ({"run.sh": "echo\n"}, "1", "may only change content"),
        ({"gone.md": None}, "1 gone", "no such file"),
        ({"veto.md/x.md": P03}, "2 p03", "3 nodes that it does not expect"),
        ({}, "1", "give either a patch or files"),
    ],
)
def test_propose_refuses_a_wider_change_and_leaves_no_branch(
    repository: Scratch, files: dict[str, str | None], expect: str, words: str
) -> None:
    before = state(repository)
    with pytest.raises(OstError, match=words):
        proposed(repository, files, expect)
    assert state(repository) == before


@pytest.mark.parametrize("name", ["main", "HEAD", "-D", "@{-1}", "a..b", "../x", "a\0b", "x.lock"])
def test_a_branch_that_exists_or_has_no_name_is_refused(repository: Scratch, name: str) -> None:
    before = state(repository)
    with pytest.raises(OstError, match="branch"):
        proposed(repository, {"p03.md": P03}, "1 p03 agree", branch=name)
    assert state(repository) == before


def run(folder: Path, patch: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ost", "propose", "-", "-C", str(folder), *options],
        input=patch,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ},
    )


def test_a_patch_is_checked_printed_and_refused(repository: Scratch) -> None:
    made = proposed(repository, {"p03.md": P03}, "1 p03 agree", as_patch="yes")
    assert made.branch == ""
    before = state(repository)
    again = run(
        repository.folder,
        made.patch,
        *("-m", "Again", "--expect", "files:1", "--expect", "p03", "--expect", "agree"),
    )
    assert again.returncode == 0, again.stderr
    assert "new branch propose/again" in again.stdout
    repository.git("-c", "core.hooksPath=/dev/null", "branch", "-D", "propose/again")
    for patch, words in (
        ("nonsense\n", "does not apply"),
        (made.patch.replace("100644", "120000"), "may only change content"),
        ("", "the patch is empty"),
    ):
        ended = run(repository.folder, patch, "-m", "No", "--expect", "files:1")
        assert ended.returncode == 2
        assert words in ended.stderr
        assert ended.stderr.count("\n") == 1
    assert state(repository) == before


def test_assistants_propose_only_where_that_is_switched_on(repository: Scratch) -> None:
    with asking(repository.folder, "--propose") as client:
        tools = {each.name: each for each in client.portal.call(client.client.list_tools).tools}
        annotations = tools["propose"].annotations
        assert annotations is not None
        assert not annotations.read_only_hint
        given = {"files": {"p03.md": P03}, "message": "P03 gave up"}
        said = refused(client, "propose", expect={"files": 1, "nodes": ["p03"]}, **given)
        assert "'agree'" in said
        assert "missing required field `expect`" in refused(client, "propose", **given)
        expect = {"files": 1, "nodes": ["p03", "agree"]}
        made = ask(client, "propose", expect=expect, **given)
        assert made["branch"] == "propose/p03-gave-up"
        assert "already" in refused(client, "propose", expect=expect, **given)
