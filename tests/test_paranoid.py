"""`--paranoid`: an update is compared with a clean build."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ost.judge.rule import Rule
from ost.project import Project
from ost.project.paranoid import differences
from ost.read.diagnostic import Diagnostic
from ost.settings.config import Settings
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree

if TYPE_CHECKING:
    from click.testing import Result

CONTENT = """\
-- ost.toml --
-- content/aim.md --
---
kind: outcome
---
# More evenings end with a film
-- content/need.md --
---
kind: opportunity
parent: aim
---
# I can't agree with my family on what to watch
"""

MOOD = ["calm"]


class Moody(Rule, frozen=True, kw_only=True):
    """A rule that looks at something outside the tree."""

    code = "TST003"
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        yield self.about(node, node.at, f"the mood is {MOOD[0]}")


@pytest.fixture
def moody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ost.project.compilation.package_rules", lambda: [Moody])
    monkeypatch.setattr("ost.project.rules.package_rules", lambda: [Moody])
    MOOD[0] = "calm"


@pytest.mark.usefixtures("moody")
@pytest.mark.parametrize("command", ["check content", "build"])
def test_an_update_that_differs_from_a_clean_build_ends_with_3(
    folder: Callable[[str], Path], run: Callable[[str], "Result"], command: str
) -> None:
    home = folder(CONTENT)
    assert run(f"ost {command} --paranoid").exit_code in (0, 1)
    MOOD[0] = "wild"
    aim = home / "content/aim.md"
    aim.write_text(aim.read_text() + "\nMore.\n")
    ended = run(f"ost {command} --paranoid")
    assert ended.exit_code == 3, ended.output
    assert "TST003" not in ended.stdout
    assert "the mood is calm" in ended.stderr
    assert "the mood is wild" in ended.stderr


def test_an_update_that_is_right_says_nothing(
    folder: Callable[[str], Path], run: Callable[[str], "Result"]
) -> None:
    home = folder(CONTENT)
    plain = run("ost check content").stdout
    need = home / "content/need.md"
    need.write_text(need.read_text().replace("parent: aim\n", ""))
    ended = run("ost check content --paranoid")
    assert ended.exit_code == 0
    assert ended.stdout != plain
    assert not ended.stderr


DAMAGE = {
    "a word that is found no more": (
        "insert into node_fts (node_fts, rowid, title, body)"
        " select 'delete', rowid, '', 'evenings' from node where id = 'aim'"
    ),
    "a word that is found and was not written": (
        "insert into node_fts (rowid, title, body)"
        " select rowid, '', 'unwritten' from node where id = 'aim'"
    ),
    "a row that is not there": (
        "insert into node_fts (rowid, title, body) values (99, '', 'unwritten')"
    ),
    "a length": "update node_fts_docsize set sz = x'0909' where id = 1",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_different_search_index_is_reported(
    folder: Callable[[str], Path], run: Callable[[str], "Result"], damage: str
) -> None:
    home = folder(CONTENT)
    assert run("ost check content --paranoid").exit_code == 0
    found = Project(home, Settings(content="content"), date(2026, 11, 23))
    with closing(sqlite3.connect(found.folder / "state.db")) as db:
        db.execute(DAMAGE[damage])
        db.commit()
    assert [each for each in differences(found) if each.startswith("the search index of node")]


def test_an_update_that_forgets_the_search_index_ends_with_3(
    folder: Callable[[str], Path], run: Callable[[str], "Result"], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = folder(CONTENT)
    run("ost check content")
    monkeypatch.setattr("ost.publish.change._follow", lambda db: None)
    aim = home / "content/aim.md"
    aim.write_text(aim.read_text() + "\nUnheard words.\n")
    ended = run("ost check content --paranoid")
    assert ended.exit_code == 3, ended.output
    assert "the search index of node aim: body is" in ended.stderr
    assert "film unheard word' in a clean build" in ended.stderr


def test_an_update_that_leaves_no_words_is_right(
    folder: Callable[[str], Path], run: Callable[[str], "Result"]
) -> None:
    home = folder(CONTENT)
    run("ost check content")
    (home / "content/aim.md").unlink()
    (home / "content/need.md").unlink()
    assert run("ost check content --paranoid").exit_code == 0


def test_files_of_a_newly_ignored_folder_disappear(
    folder: Callable[[str], Path], run: Callable[[str], "Result"]
) -> None:
    home = folder(CONTENT.replace("content/need.md", "content/later/need.md"))
    assert "(2 nodes" in run("ost check content").stdout
    (home / "content/.gitignore").write_text("later/\n")
    ended = run("ost check content --paranoid")
    assert ended.exit_code == 0, ended.stderr
    assert "(1 node " in ended.stdout
