"""The worked example passes its own check."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection, connect
from typing import Any

import pytest
from click.testing import CliRunner

from ost.cli import main

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"


def ran(*arguments: object) -> str:
    ended = CliRunner().invoke(main, [str(each) for each in arguments])
    assert ended.exit_code == 0, ended.output
    return ended.output


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """The example, published."""
    path = tmp_path_factory.mktemp("content") / "example.db"
    ran("build", CONTENT, "--output", path)
    connection = connect(path)
    yield connection
    connection.close()


def one(database: Connection, sql: str, *values: object) -> Any:
    (value,) = database.execute(sql, values).fetchone()
    return value


def test_check_finds_no_error() -> None:
    found = json.loads(ran("check", CONTENT, "--format", "json"))
    assert not [each for each in found if each["severity"] == "error"]


def test_every_kind_is_there(database: Connection) -> None:
    kinds = {kind for (kind,) in database.execute("select distinct kind from node")}
    assert kinds >= {"outcome", "opportunity", "solution", "assumption", "test", "decision"}
    assert "interview" in kinds


def test_targets_have_alternatives_and_people(database: Connection) -> None:
    targets = database.execute(
        "select id, participants from node where kind = 'opportunity' and status = 'target'"
    ).fetchall()
    assert targets
    for target, participants in targets:
        solutions = one(
            database,
            "select count(*) from node where kind = 'solution' and parent = ?",
            target,
        )
        assert solutions >= 3, target
        assert participants, target


def test_the_first_interview_is_the_episode(database: Connection) -> None:
    """Every moment of the episode leads to a second of the recording, within its 70 minutes."""
    episode = one(
        database,
        "select id from node where kind = 'interview' and recording like '%9RFaz9ZBXpk%' "
        "and not illustrative",
    )
    seconds = database.execute(
        "select second, url from moment where source = ?", (episode,)
    ).fetchall()
    assert len(seconds) >= 5
    assert all(second is not None and f"t={second}" in url for second, url in seconds)


def test_illustrative_nodes_say_so(database: Connection) -> None:
    """Only the episode was really held; every other snapshot is marked as illustrative."""
    real = one(database, "select count(*) from node where kind = 'interview' and not illustrative")
    assert real == 1


def test_decision_names_the_alternatives(database: Connection) -> None:
    relations = {
        relation
        for (relation,) in database.execute(
            "select relation from edge join node on node.id = source where kind = 'decision'"
        )
    }
    assert {"chose", "over"} <= relations


def test_the_example_in_the_docs_shows_what_it_is_for() -> None:
    ended = CliRunner().invoke(main, ["check", str(ROOT / "docs" / "example")])
    assert ended.exit_code == 1
    assert set(re.findall(r"OST\d+", ended.output)) >= {"OST010", "OST301", "OST303"}
