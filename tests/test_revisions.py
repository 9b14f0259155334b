"""Any revision is read from git's objects: nothing is checked out, fetched, written or executed."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ost.disk.store import folder
from ost.errors import Misuse
from ost.history.git import Repository
from tests.scratch import Scratch

if TYPE_CHECKING:
    from click.testing import Result

Run = Callable[[str], "Result"]

BEFORE = """\
-- ost.toml --
content = "notes"
-- notes/stay.md --
---
kind: outcome
---
# More teams stay
-- notes/slow.md --
---
kind: opportunity
parent: stay
---
# Search is slow
"""
AFTER = """\
-- notes/slow.md --
---
kind: opportunity
parent: stay
---
# I wait too long for what I look for
"""


def titles(run: Run, line: str) -> list[str]:
    ended = run(f"ost tree --format json {line}")
    assert ended.exit_code == 0, ended.output
    found = []
    queue = json.loads(ended.stdout)
    for each in queue:
        found.append(each["title"])
        queue += each["children"]
    return found


def complaint(run: Run, line: str) -> str:
    ended = run(line)
    assert ended.exit_code == 2, ended.output
    assert ended.stderr.count("\n") == 1, ended.stderr
    return ended.stderr


OLD = ["More teams stay", "Search is slow"]
NEW = ["More teams stay", "I wait too long for what I look for"]


def test_every_reading_command_reads_a_revision(scratch: Scratch, run: Run, tmp_path: Path) -> None:
    first = scratch.commit(BEFORE)
    scratch.commit(AFTER)
    scratch.git("clean", "-fdxq")
    assert titles(run, f"--at {first}") == OLD
    assert titles(run, "--at HEAD") == NEW == titles(run, "")
    assert "Search is slow" in run("ost show slow --at HEAD~1").stdout
    assert "HEAD~1:notes/slow.md" in run("ost show slow --at HEAD~1").stdout
    assert "2 nodes in 2 files" in run("ost check --at HEAD~1").stdout
    assert "Search is slow" in run("ost why slow --at HEAD~1").stdout
    assert "no solutions yet" in run("ost compare slow --at HEAD~1").stderr
    assert "Search is slow" not in run("ost why slow").stdout
    built = json.loads(run(f"ost build --at HEAD~1 -o {tmp_path}/old.db --format json").stdout)
    assert built["nodes"] == 2
    assert b"Search is slow" in (tmp_path / "old.db").read_bytes()
    assert scratch.git("status", "--porcelain", "--untracked-files=all") == ""


def test_revision_equals_its_checkout(scratch: Scratch, run: Run) -> None:
    scratch.commit(BEFORE)
    scratch.commit(AFTER)
    past = json.loads(run("ost build --at HEAD~1 -o ../past --format json").stdout)
    scratch.git("checkout", "-q", "HEAD~1")
    now = json.loads(run("ost build -o ../now --format json").stdout)
    assert past["build"] == now["build"]


def test_settings_are_those_of_the_revision(scratch: Scratch, run: Run) -> None:
    scratch.commit(BEFORE)
    scratch.git("mv", "notes", "tree")
    scratch.commit('-- ost.toml --\ncontent = "tree"\n')
    assert titles(run, "--at HEAD~1") == OLD
    scratch.commit('-- ost.toml --\ncontent = "tree\n')
    assert "ost.toml:1" in complaint(run, "ost tree --at HEAD")


def test_day_names_its_last_commit(scratch: Scratch, run: Run) -> None:
    scratch.commit(BEFORE, day="2026-10-01")
    scratch.commit(AFTER, day="2026-10-05")
    assert titles(run, "--at 2026-10-04") == OLD
    assert titles(run, "--at 2026-10-05") == NEW
    assert "on or before 2026-09-30" in complaint(run, "ost tree --at 2026-09-30")
    assert "2026-99-99 is not a day" in complaint(run, "ost tree --at 2026-99-99")


@pytest.mark.parametrize("here", ["UTC", "Pacific/Kiritimati", "Etc/GMT+12"])
def test_day_is_that_of_the_committer(
    scratch: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch, here: str
) -> None:
    """On any clock: half past eleven in Los Angeles is the next day elsewhere."""
    scratch.commit(BEFORE, day="2026-10-01")
    scratch.write(AFTER)
    scratch.git("add", "-A")
    scratch.git("commit", "-qm", "Late", day="2026-10-05T23:30:00-0700")
    monkeypatch.setenv("TZ", here)
    assert titles(run, "--at 2026-10-04") == OLD
    assert titles(run, "--at 2026-10-05") == NEW


@pytest.mark.parametrize("revision", ["nope", "-p", "--all", "HEAD~9", "HEAD:notes", "''", "@{u}"])
def test_unknown_revision_is_one_line(scratch: Scratch, run: Run, revision: str) -> None:
    scratch.commit(BEFORE)
    complaint(run, f"ost tree --at={revision}")


def test_repository_without_commits_is_one_line(scratch: Scratch, run: Run) -> None:
    scratch.write(BEFORE)
    assert "no commit yet" in complaint(run, "ost tree --at HEAD")
    assert titles(run, "") == OLD


def test_folder_without_git_is_one_line(run: Run, folder: Callable[[str], Path]) -> None:
    folder(BEFORE)
    assert "not in a git repository" in complaint(run, "ost tree --at HEAD")
    assert titles(run, "") == OLD


def test_git_that_is_not_installed_is_one_line(
    scratch: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch.commit(BEFORE)
    monkeypatch.setenv("PATH", "/nowhere")
    assert "git is not installed" in complaint(run, "ost tree --at HEAD")


def test_contents_of_every_sort_are_as_on_disk(scratch: Scratch, run: Run) -> None:
    """Huge, binary, linked, excluded, hidden, a file that became a folder."""
    scratch.commit("-- a.md --\n---\nkind: outcome\n---\n# A file\n")
    (scratch.folder / "a.md").unlink()
    scratch.write(
        "-- a.md/b.md --\n---\nkind: outcome\n---\n# In a folder\n"
        "-- .hidden/c.md --\n---\nkind: outcome\n---\n# Hidden\n"
        "-- node_modules/d.md --\n---\nkind: outcome\n---\n# Theirs\n"
        "-- drafts/e.md --\n---\nkind: outcome\n---\n# Draft\n"
        '-- ost.toml --\nexclude = ["drafts"]\n'
        "-- talk.md --\nAnn: And then?\nBob: I waited.\nAnn: Why?\nBob: I do not know.\n"
        "Ann: For long?\nBob: Yes.\nAnn: Ah.\nBob: So.\n"
        "-- p.md --\n---\nkind: interview\ntranscript: talk.md\n---\n# P\n"
        "-- env/pyvenv.cfg --\n\n-- env/f.md --\n---\nkind: outcome\n---\n# Virtual\n"
        "-- other/g.md --\n---\nkind: outcome\n---\n# Linked twice\n"
    )
    (scratch.folder / "huge.md").write_bytes(
        b"---\nkind: outcome\n---\n# Huge\n" + b"x" * 6_000_000
    )
    (scratch.folder / "binary.md").write_bytes(b"---\nkind: outcome\n---\n# B \xff\xfe\x00\n")
    (scratch.folder / "link.md").symlink_to("other/g.md")
    (scratch.folder / "nowhere.md").symlink_to("missing.md")
    (scratch.folder / "outside.md").symlink_to("../../outside.md")
    (scratch.folder / "again").symlink_to("other")
    scratch.commit()
    assert titles(run, "--at HEAD~1") == ["A file"]
    assert sorted(titles(run, "--at HEAD")) == sorted(titles(run, ""))
    here = json.loads(run("ost check --format json").stdout)
    there = json.loads(run("ost check --at HEAD --format json").stdout)
    assert there == here
    assert {"OST002", "OST003", "OST013"} <= {each["code"] for each in there}


def test_folder_in_a_large_repository(scratch: Scratch, run: Run) -> None:
    scratch.commit(
        "\n".join(
            line.replace("-- ", "-- product/tree/", 1) if line.endswith(" --") else line
            for line in BEFORE.split("\n")
        )
    )
    scratch.commit("-- code/readme.md --\n# Code\n")
    assert titles(run, "-C product/tree --at HEAD~1") == OLD
    assert titles(run, "-C product/tree/notes --at HEAD") == OLD


def test_worktrees_and_detached_heads(
    scratch: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch.commit(BEFORE)
    scratch.commit(AFTER)
    scratch.git("worktree", "add", "-q", "--detach", "../other", "HEAD~1")
    monkeypatch.chdir(scratch.folder.parent / "other")
    assert titles(run, "--at HEAD") == OLD
    assert titles(run, "--at main") == NEW


def test_bare_repository(scratch: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch.commit(BEFORE)
    scratch.git("clone", "-q", "--bare", ".", "../bare.git")
    monkeypatch.chdir(scratch.folder.parent / "bare.git")
    before = sorted(os.walk("."))
    assert titles(run, "--at main") == OLD
    for line in (
        "check",
        "tree",
        "diff main",
        "blame slow",
        "build --history",
        "check --since main",
    ):
        assert "is a bare git repository" in complaint(run, f"ost {line}"), line
    assert sorted(os.walk(".")) == before


def test_sha256_repository(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Scratch(tmp_path / "wide", "--object-format=sha256")
    made.commit(BEFORE)
    made.commit(AFTER)
    monkeypatch.chdir(made.folder)
    assert titles(run, "--at HEAD~1") == OLD
    assert Repository(Path()).format == "sha256"


def test_submodule_is_also_a_repository_of_its_own(
    scratch: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch.commit(BEFORE)
    outer = Scratch(scratch.folder.parent / "outer")
    outer.git("submodule", "--quiet", "add", str(scratch.folder), "tree")
    outer.commit("-- code.md --\n---\nkind: outcome\n---\n# Ours\n")
    monkeypatch.chdir(outer.folder)
    assert titles(run, "--at HEAD") == titles(run, "")
    assert {*titles(run, "")} == {*OLD, "Ours"}
    assert titles(run, "-C tree --at HEAD") == OLD
    complaint(run, "ost tree -C tree --at HEAD~1")


def test_shallow_clone_says_what_to_fetch(
    scratch: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch.commit(BEFORE)
    first = scratch.git("rev-parse", "HEAD")
    scratch.commit(AFTER)
    scratch.git("clone", "-q", "--depth", "1", f"file://{scratch.folder}", "../shallow")
    monkeypatch.chdir(scratch.folder.parent / "shallow")
    assert titles(run, "--at HEAD") == NEW
    assert "git fetch --unshallow" in complaint(run, f"ost tree --at {first}")


def test_partial_clone_is_never_completed(
    scratch: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch.commit(BEFORE)
    scratch.commit(AFTER)
    scratch.git("config", "uploadpack.allowFilter", "true")
    scratch.git("clone", "-q", "--filter=blob:none", f"file://{scratch.folder}", "../partial")
    monkeypatch.chdir(scratch.folder.parent / "partial")
    objects = sorted(Path(".git/objects").rglob("*"))
    assert titles(run, "--at HEAD") == NEW
    said = complaint(run, "ost check --at HEAD~1")
    assert "missing" in said
    assert "git fetch" in said
    assert sorted(Path(".git/objects").rglob("*")) == objects


def test_missing_objects_are_one_line(scratch: Scratch, run: Run) -> None:
    scratch.commit(BEFORE)
    name = scratch.git("rev-parse", "HEAD:notes/slow.md")
    (scratch.folder / ".git/objects" / name[:2] / name[2:]).unlink()
    assert name[:12] in complaint(run, "ost tree --at HEAD")
    tree = scratch.git("rev-parse", "HEAD:notes")
    (scratch.folder / ".git/objects" / tree[:2] / tree[2:]).unlink()
    complaint(run, "ost tree --at HEAD")


def test_foreign_owner_is_one_line(
    scratch: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch.commit(BEFORE)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    said = complaint(run, "ost tree --at HEAD")
    assert "git config --global --add safe.directory" in said
    assert str(scratch.folder) in said


def test_hooks_variables_do_not_mislead(
    scratch: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch.commit(BEFORE)
    monkeypatch.setenv("GIT_DIR", "/nowhere/.git")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert titles(run, "--at HEAD") == OLD


def test_readings_are_shared_between_revisions(scratch: Scratch, run: Run) -> None:
    """A revision does not parse again what the folder has read already."""
    scratch.commit(BEFORE)
    scratch.commit(AFTER)

    def known() -> int:
        with closing(sqlite3.connect(folder(scratch.folder) / "cache.db")) as cache:
            return int(cache.execute("select count(*) from reading").fetchone()[0])

    run("ost check")
    assert known() == 2
    run("ost tree --at HEAD")
    assert known() == 2
    run("ost tree --at HEAD~1")
    assert known() == 3


def test_readable_where_nothing_can_be_written(scratch: Scratch) -> None:
    scratch.commit(BEFORE)
    scratch.folder.chmod(0o555)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "ost", "tree", "--at", "HEAD"],
            cwd=scratch.folder,
            capture_output=True,
            check=False,
        )
    finally:
        scratch.folder.chmod(0o755)
    assert ended.returncode == 0, ended.stderr


def test_misuse_of_at(scratch: Scratch, run: Run) -> None:
    scratch.commit(BEFORE)
    for option in ("--fix", "--diff", "--write-baseline"):
        assert "--at" in complaint(run, f"ost check --at HEAD {option}")
    with pytest.raises(Misuse):
        Repository(scratch.folder).commit("a\nb")


def test_markdown_transcript_is_distinguished_from_a_note(scratch: Scratch, run: Run) -> None:
    turns = "".join(f"Ada: question {n}\nBo: answer {n}\n\n" for n in range(6))
    scratch.commit(BEFORE + f"-- notes/talk.md --\n{turns}-- notes/other.md --\nNothing of ours\n")
    for _ in range(2):
        there = json.loads(run("ost build --at HEAD -o ../past --format json").stdout)
        assert (
            there["build"] == json.loads(run("ost build -o ../now --format json").stdout)["build"]
        )


def test_coach_listens_to_a_revision(scratch: Scratch, run: Run) -> None:
    scratch.commit(
        "-- guide.md --\n---\nkind: guide\n---\n# Guide\n\n- Would you use this?\n"
        "-- p/a.md --\n---\nkind: interview\ntranscript: a.vtt\n---\n# A\n"
        "-- p/a.vtt --\nWEBVTT\n\n00:01.000 --> 00:03.000\n<v Ann>Would you use this?\n\n"
        "00:04.000 --> 00:06.000\n<v Bob>I think so, yes, on most days of the week.\n\n"
        "00:07.000 --> 00:09.000\n<v Ann>Would you pay for it?\n"
    )
    scratch.git("rm", "-qr", "guide.md", "p")
    scratch.commit()
    assert "Would you use this?" in run("ost coach guide.md --at HEAD~1").stdout
    assert "p/a.vtt" in run("ost coach p/a.md --at HEAD~1").stdout
    assert "no file 'guide.md' in HEAD" in complaint(run, "ost coach guide.md --at HEAD")
    complaint(run, "ost coach ../guide.md --at HEAD~1")
