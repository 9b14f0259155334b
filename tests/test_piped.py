"""`ost check -`: an editor's text is checked as the file that it replaces, or alone."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

OST = [sys.executable, "-c", "from ost.__main__ import run; run()"]
GOAL = "-- ost.toml --\n-- content/goal.md --\n---\nkind: outcome\nmetric: x\n---\n# More films\n"
NEED = "---\nkind: opportunity\nparent: goal\n---\n# Add a filter\n"
NAMED = ("--stdin-filename", "content/needs/need.md")


@pytest.mark.parametrize(
    ("options", "data", "code", "expected"),
    [
        (NAMED, NEED.encode(), 0, ["OST403"]),
        (NAMED, NEED.replace("goal", "gaol").encode(), 1, ["OST010", "OST403"]),
        ((), NEED.encode(), 1, ["OST010", "OST403"]),
        ((), b"", 0, ["OST018"]),
        ((), b"---\nkind: outcome\n---\n# M\xffre\n", 1, ["OST002"]),
        ((*NAMED, "--select", "OST403"), NEED.encode(), 0, ["OST403"]),
    ],
)
def test_standard_input_is_checked(
    folder: Callable[[str], Path],
    options: tuple[str, ...],
    data: bytes,
    code: int,
    expected: list[str],
) -> None:
    root = folder(GOAL)
    command = [*OST, "check", "-", "--format", "json", *options]
    ended = subprocess.run(command, cwd=root, input=data, capture_output=True, check=False)
    assert ended.returncode == code, ended.stderr
    found = json.loads(ended.stdout)
    assert {each["code"] for each in found} >= set(expected)
    assert len({each["path"] for each in found}) == 1
    assert not (root / "content/needs").exists()


def test_standard_input_is_not_fixed(tmp_path: Path) -> None:
    for option in ("--fix", "--diff"):
        refused = subprocess.run(
            [*OST, "check", "-", "--stdin-filename", "a.md", option],
            cwd=tmp_path,
            input="# A\n",
            capture_output=True,
            text=True,
            check=False,
        )
        assert refused.returncode == 2
        assert "cannot be used with standard input" in refused.stderr
