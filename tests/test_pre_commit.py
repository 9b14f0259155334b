"""pre-commit itself runs our hooks at a commit. What it does not do here is install `ost` from an
index: `language: system` runs the one that is installed.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scratch import QUIET, Scratch
from tests.test_diff import TREE

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
BAD = "---\nkind: solution\nparent: nobody\n---\n# New\n"
MORE = "---\nkind: solution\nparent: cant-agree\n---\n# Vote by phone\n"


class Hooked:
    """A repository whose commits pre-commit checks with one of our hooks."""

    def __init__(self, tmp_path: Path) -> None:
        self.ours = Scratch(tmp_path / "ours")
        shutil.copy(ROOT / ".pre-commit-hooks.yaml", self.ours.folder)
        self.revision = self.ours.commit()
        self.scratch = Scratch(tmp_path / "tree")
        self.environment = {
            **os.environ,
            **QUIET,
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
            "PRE_COMMIT_COLOR": "never",
        }

    def install(self, hook: str) -> None:
        (self.scratch.folder / ".pre-commit-config.yaml").write_text(
            f"repos:\n- repo: {self.ours.folder}\n  rev: {self.revision}\n  hooks:\n"
            f"  - id: {hook}\n    language: system\n"
        )
        self.scratch.commit()
        assert self.run("pre-commit", "install").returncode == 0

    def commit(self, **texts: str) -> "subprocess.CompletedProcess[str]":
        for name, text in texts.items():
            (self.scratch.folder / name.replace("_", ".")).write_text(text)
        self.scratch.git("add", "-A")
        return self.run("git", "commit", "-m", "A change")

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command, cwd=self.scratch.folder, env=self.environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip


@pytest.fixture
def hooked(tmp_path: Path) -> Hooked:
    return Hooked(tmp_path)


def test_commit_that_breaks_the_tree_is_stopped(hooked: Hooked) -> None:
    hooked.scratch.commit(f"-- ost.toml --\n{TREE}")
    hooked.install("ost-check")
    good = hooked.commit(vote_md=MORE)
    assert good.returncode == 0, good.stderr
    assert "ost check" in good.stderr
    assert "Passed" in good.stderr
    assert hooked.commit(code_py="pass\n").returncode == 0
    bad = hooked.commit(new_md=BAD)
    assert bad.returncode == 1
    assert "new.md:3:9 error OST010" in bad.stderr
    assert hooked.scratch.git("log", "-1", "--format=%s") == "A change"
    assert "new.md" not in hooked.scratch.git("ls-tree", "-r", "--name-only", "HEAD")


def test_commit_that_only_deletes_is_judged(hooked: Hooked) -> None:
    hooked.scratch.commit(f"-- ost.toml --\n{TREE}")
    hooked.install("ost-check")
    (hooked.scratch.folder / "cant-agree.md").unlink()
    bad = hooked.commit()
    assert bad.returncode == 1
    assert "error OST010" in bad.stderr


def test_commit_in_an_old_repository_is_judged_by_what_it_brings(hooked: Hooked) -> None:
    hooked.scratch.commit(f"-- ost.toml --\n{TREE}-- old.md --\n{BAD}")
    hooked.install("ost-check-since")
    good = hooked.commit(vote_md=MORE)
    assert good.returncode == 0, good.stderr
    bad = hooked.commit(new_md=BAD)
    assert bad.returncode == 1
    assert "new.md:3:9" in bad.stderr
    assert "old.md" not in bad.stderr
