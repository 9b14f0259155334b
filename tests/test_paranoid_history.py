"""`--paranoid` compares what commits changed with a clean walk through them, too."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ost.project.root import project_of
from tests.conftest import DAY
from tests.scratch import Scratch

if TYPE_CHECKING:
    from click.testing import Result

Run = Callable[[str], "Result"]

TREE = """\
-- ost.toml --
-- need.md --
---
kind: opportunity
---
# I can't agree with my family on what to watch
"""
PAST = "past.db"
PUBLISHED = "history.db"

DAMAGE = [
    (PAST, "update change set sentence = 'Nothing.' where revision = 1", "change"),
    (PAST, "insert into former_id values ('need', 'want', 1, 2)", "former_id"),
    (PUBLISHED, "update change set sentence = 'Nothing.' where revision = 1", "change"),
    (PUBLISHED, "update revision set nodes = 7 where n = 1", "revision"),
]


@pytest.fixture
def grown(scratch: Scratch, run: Run) -> Path:
    """A project whose history was published, and of which more was committed since."""
    scratch.commit(TREE)
    scratch.write(TREE.replace("watch", "see"))
    assert run("ost build --history").exit_code == 0
    scratch.commit()
    return project_of(scratch.folder, DAY).folder


def test_history_that_grew_equals_a_clean_walk(grown: Path, scratch: Scratch, run: Run) -> None:
    assert run("ost build --history --paranoid").exit_code == 0
    with closing(sqlite3.connect(grown / PUBLISHED)) as db:
        assert db.execute("select count(*) from revision").fetchone() == (2,)
    scratch.git("reset", "-q", "--hard", "HEAD~1")
    scratch.commit(TREE.replace("family", "friends"))
    assert run("ost build --history --paranoid").exit_code == 0


@pytest.mark.parametrize(("name", "statement", "table"), DAMAGE)
def test_history_that_differs_from_a_clean_walk_ends_with_3(
    grown: Path, run: Run, name: str, statement: str, table: str
) -> None:
    with closing(sqlite3.connect(grown / name)) as db:
        db.execute(statement)
        db.commit()
    ended = run("ost build --history --paranoid")
    assert ended.exit_code == 3, ended.output
    assert f"\n  {table} " in ended.stderr
