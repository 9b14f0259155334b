"""A kind of another package counts at once when it is installed, changed or removed; earlier
readings and findings do not.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CODE = """
from typing import Annotated

from msgspec import Meta

from ost.tree.node import Node


class Barrier(Node, frozen=True, kw_only=True):
    kind = "barrier"
    plural = "barriers"
    glyph = "▼"
    under = ("opportunity",)

    height: Annotated[float | None, Meta(description="How high it is.")] = None
"""

FILES = {
    "ost.toml": "",
    "tree.md": "---\nkind: tree\n---\n# T\n\n- Outcome: More ^more\n  - Opportunity: Slow ^slow\n"
    "    - Barrier: A contract with one service ^wall\n",
    "high.md": "---\nkind: barrier\nparent: slow\nwidth: 3\n---\n# High\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder for packages, which is on the path from the beginning."""
    made = tmp_path / "site-packages"
    made.mkdir()
    for path, text in FILES.items():
        (tmp_path / path).write_text(text)
    return made


def install(site: Path, code: str) -> None:
    """Puts the package there."""
    about = site / "barriers-1.dist-info"
    about.mkdir(exist_ok=True)
    (site / "barriers.py").write_text(code)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: barriers\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[ost.kinds]\nbarrier = barriers:Barrier\n")


def ost(site: Path, *arguments: str) -> str:
    """The output of a command in a process of its own, which knows the packages installed at that
    time.
    """
    ended = subprocess.run(
        [sys.executable, "-m", "ost", *arguments],
        cwd=site.parent,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode in {0, 1}, ended.stderr
    return ended.stdout


def about_kinds(site: Path) -> list[str]:
    """The findings about kinds and fields."""
    found = json.loads(ost(site, "check", "--format", "json"))
    return [each["message"] for each in found if each["code"] in {"OST006", "OST007"}]


def test_a_kind_comes_changes_and_goes_with_its_package(site: Path) -> None:
    (unknown,) = about_kinds(site)
    assert unknown.startswith("there is no kind 'barrier'")
    install(site, CODE)
    assert about_kinds(site) == ["a barrier has no field 'width'"]
    assert "▼ A contract with one service" in ost(site, "tree")
    (site / "barriers.py").write_text(CODE.replace("    height:", "    width:"))
    assert about_kinds(site) == []
    (site / "barriers-1.dist-info/entry_points.txt").unlink()
    (site / "barriers-1.dist-info/METADATA").unlink()
    (site / "barriers-1.dist-info").rmdir()
    assert about_kinds(site) == [unknown]
