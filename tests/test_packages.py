"""The packages that may add rules and kinds, and the files on which their judgements depend."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from ost.judge.catalog import Unloadable
from ost.judge.rule import Rule
from ost.project.keys import basis, times
from ost.project.packages import may_add, sources_of
from ost.settings.config import Settings
from tests.scratch import Scratch


@pytest.mark.parametrize(
    ("file", "holds", "may"),
    [
        ("more-1.dist-info/entry_points.txt", "[ost.kinds]\na = b:C\n", True),
        ("more.egg-info/entry_points.txt", "[ost.kinds]\na = b:C\n", True),
        ("EGG-INFO/entry_points.txt", "[ost.kinds]\na = b:C\n", True),
        ("more-1.egg", "", True),
        ("more-1.dist-info/entry_points.txt", "[console_scripts]\na = b:C\n", False),
        ("more-1.dist-info/METADATA", "[ost.kinds]\n", False),
        ("more-1.egg-info", "a file", False),
    ],
)
def test_files_of_packages_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, holds: str, may: bool
) -> None:
    monkeypatch.setattr("sys.path", [str(tmp_path / "site"), str(tmp_path / "nowhere")])
    written = tmp_path / "site" / file
    written.parent.mkdir(parents=True)
    written.write_text(holds)
    assert may_add("ost.kinds") == may


def test_archives_may_hold_entry_points(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "site.zip"
    archive.write_bytes(b"PK")
    monkeypatch.setattr("sys.path", [str(archive)])
    assert may_add("ost.kinds")


FILES = {
    "src/ward/__init__.py": "",
    "src/ward/rules/__init__.py": "class Quiet: ...\n",
    "src/ward/rules/later.py": "",
    "src/ward/words.txt": "",
    "src/shared_ward/own/__init__.py": "class Quiet: ...\n",
    "src/shared_ward/another/__init__.py": "",
    "flat/ward_rules.py": "from ward_words import WORDS\n\n\nclass Quiet: ...\n",
    "flat/ward_words.py": "WORDS = ()\n",
    "flat/notes.md": "",
    "some-packages/ward_only.py": "class Quiet: ...\n",
    "some-packages/unrelated.py": "",
    "broken/ward_broken/__init__.py": "class class\n",
    "broken/ward_broken/rules.py": "",
}


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of packages, on the path."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    for place in ("src", "flat", "some-packages", "broken"):
        monkeypatch.syspath_prepend(tmp_path / place)
    yield tmp_path
    for name in [each for each in sys.modules if "ward" in each.partition(".")[0]]:
        del sys.modules[name]


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        (
            "ward.rules",
            (
                "src/ward src/ward/__init__.py src/ward/rules src/ward/rules/__init__.py"
                " src/ward/rules/later.py"
            ),
        ),
        ("shared_ward.own", "src/shared_ward/own src/shared_ward/own/__init__.py"),
        ("ward_rules", "flat/ward_rules.py flat/ward_words.py"),
        ("ward_only", "some-packages/ward_only.py"),
        (
            "ward_broken",
            "broken/ward_broken broken/ward_broken/__init__.py broken/ward_broken/rules.py",
        ),
        ("ward_missing", ""),
    ],
)
def test_sources_are_the_same_whatever_was_imported(
    packages: Path, module: str, expected: str
) -> None:
    def sources(thing: object) -> str:
        return " ".join(os.path.relpath(each, packages) for each in sources_of([thing]))

    unloaded = Unloadable(f"{module}:Quiet", "SyntaxError")
    assert sources(unloaded) == expected
    if module not in {"ward_broken", "ward_missing"}:
        loaded = import_module(module)
        assert sources(loaded) == sources(loaded.Quiet) == expected
        import_module("ward.rules.later")
        assert sources(loaded) == sources(unloaded) == expected


class Plain:
    """An option that Python shows with its place in memory."""


class Chooses(Rule, frozen=True, kw_only=True):
    """A rule with options that Python shows differently from process to process."""

    code = "TST001"
    numbers: frozenset[int] = frozenset({0, 8})
    plain: object = Plain()


def test_equal_options_give_equal_ids_in_every_process() -> None:
    rule, same = Chooses(), Chooses(numbers=frozenset({8, 0}), plain=Plain())
    assert repr(rule) != repr(same)
    assert basis(Settings(), [rule]) == basis(Settings(), [same])
    assert basis(Settings(), [rule]) != basis(Settings(), [Chooses(numbers=frozenset({0}))])
    assert basis(Settings(), [rule]) != basis(Settings(), [])


def test_a_process_with_older_code_builds_under_another_id(tmp_path: Path) -> None:
    """As `ost serve` after an edit of a rule: its rows are not those of a new process."""
    source = tmp_path / "rules.py"
    source.write_text("OLD = 1\n")
    sources = (str(source),)
    before, started = basis(Settings(), [], sources), times(sources)
    source.write_text("NEW = 1\n")
    os.utime(source, ns=(1, 1))
    assert times(sources) == started
    older = basis(Settings(), [], sources)
    same = tmp_path / "same.py"
    source.rename(same)
    assert len({before, older, basis(Settings(), [], (str(same),))}) == 3


_RULE = """
from ost.judge.rule import Rule
from ost.tree.model import Node


class LongTitle(Rule, frozen=True, kw_only=True):
    code = "WARD1"
    kinds = (Node,)

    def check(self, node, tree):
        yield self.about(node, node.at, "a title")
"""

_JUDGE = """
from pathlib import Path

from ost.history.git import Repository
from ost.project.revision import Revision
from ost.project.sides import committed

repository = Repository(Path())
revision = Revision(repository, repository.commit("HEAD"), "")
revision.refresh()
for found in (committed(revision).diagnostics, revision.diagnostics()):
    print([each.message for each in found if each.code == "WARD1"])
"""


def test_edited_rule_judges_revisions_again(tmp_path: Path) -> None:
    scratch, site = Scratch(tmp_path / "tree"), tmp_path / "site-packages"
    scratch.commit("-- ost.toml --\n-- need.md --\n---\nkind: opportunity\n---\n# Slow\n")
    (site / "ward-1.dist-info").mkdir(parents=True)
    (site / "ward-1.dist-info/entry_points.txt").write_text("[ost.rules]\nward = ward_long\n")
    for words in ("a title", "words"):
        (site / "ward_long.py").write_text(_RULE.replace("a title", words))
        said = subprocess.check_output(
            [sys.executable, "-c", _JUDGE],
            cwd=scratch.folder,
            env={**os.environ, "PYTHONPATH": f"{site}", "PYTHONDONTWRITEBYTECODE": "1"},
            text=True,
        )
        assert said.splitlines() == [f"['{words}']"] * 2
