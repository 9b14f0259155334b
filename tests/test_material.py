"""`ost` says what a new user's folder holds, with one command to go on."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

TREE = "# Film\n\n## Outcome: More evenings\n- Opportunity 1: We cannot agree\n  - Idea: Veto\n"
NOTES = "# Interview\n\nInterviewer: What then?\nP07: We choose.\nP07: And choose. [12:41]\n"


@pytest.mark.parametrize(
    ("files", "words", "absent"),
    [
        (f"-- a.md --\n{TREE}", ["a.md looks like a tree in one file", "ost import a.md"], []),
        ("-- a.md --\n# B\n\n- Ziel: x\n  - Chance: y\n    - Lösung: z\n", ["ost import a.md"], []),
        ("-- a.md --\n| Need | Solution |\n|---|---|\n| x | y |\n", ["ost import a.md"], []),
        ("-- a.md --\n## [Outcome] More\n### [Solution] Veto\n", ["ost import a.md"], []),
        ("-- a.md --\n# T\n\n**Opportunity A: x**\n\n**Solution A: y**\n", ["ost import a.md"], []),
        ("-- a.md --\n```\nOutcome: x\n├── Opportunity: y\n│   └── Solution: z\n```\n",
         ["ost import a.md"], []),
        ("-- a.md --\n# G\n\n## [Outcome] More @next\n\n### [Solution] Veto\n",
         ["a.md looks like an ost-builder file", "ost import a.md"], ["a tree in one file: "]),
        ("-- a.md --\n---\ntype: Opportunity\nevidence: assertion\nsource: INBOX\n---\n# A\n",
         ["looks like an OST-Agent vault", 'ignore = ["evidence", "source"]'], []),
        (f"-- a.md --\n{NOTES}", ["looks like interview notes", "ost import a.md"], []),
        ("-- a.md --\n# Talk\n- a [0:12]\n- b [0:14]\n- c [0:16]\n", ["ost import a.md"], []),
        ("-- a.md --\n---\ntype: feature\n---\n# A\n-- b.md --\n---\ntype: feature\n---\n# B\n",
         ["2 files say `type:`", "(feature 2)", "[kinds]"], []),
        ("-- a.md --\n# Meeting\n\nwords\n", ["ost new outcome"], ["looks like"]),
        ("", ["ost init"], ["looks like"]),
        ("-- a.md --\n---\nkind: outcome\n---\n# A\n-- README.md --\n# Read me\n", [],
         ["looks like", "ost init", "ost import"]),
        ("-- A pain.md --\n---\ntype: AssumptionTest\n---\n", ["1 node in 1 file"], ["looks like"]),
    ],
)  # fmt: skip
def test_the_summary_says_what_is_there(
    folder: Callable[[str], Path],
    run: Callable[[str], Result],
    files: str,
    words: list[str],
    absent: list[str],
) -> None:
    folder(files)
    said = run("ost check").output
    for each in words:
        assert each in said
    for each in absent:
        assert each not in said
    built = run("ost build --output t.db").output
    assert all(each in built for each in words if each.startswith("ost "))


def test_tree_is_imported_with_its_text(
    folder: Callable[[str], Path], run: Callable[[str], Result]
) -> None:
    home = folder(f"-- a.md --\n---\ntype: plan\nowner: me\n---\n{TREE}")
    run("ost import tree a.md")
    made = (home / "a-tree.md").read_text("utf-8")
    assert made == f"---\nkind: tree\n---\n<!--\nowner: me\n-->\n{TREE}"
    assert "Veto" in run("ost tree").output
    assert "here already" in run("ost import tree a.md").output
    assert [each.name for each in home.glob("*tree*.md")] == ["a-tree.md"]


@pytest.mark.slow
def test_serve_says_what_is_there(folder: Callable[[str], Path]) -> None:
    home = folder(f"-- a.md --\n{TREE}")
    command = [sys.executable, "-m", "ost", "serve", "--port", "0"]
    server = subprocess.Popen(command, cwd=home, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        said = [server.stdout.readline(), server.stdout.readline()]
    finally:
        server.terminate()
        server.communicate(timeout=30)
    assert "published 0 nodes" in said[0]
    assert "a.md looks like a tree in one file: `ost import a.md`" in said[1]
