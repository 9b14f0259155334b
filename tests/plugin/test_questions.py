"""The stored queries: each answers on real content, and none replaces an owner's."""

import re
import sqlite3
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from datasette.app import Datasette

from datasette_ost.file.questions import QUESTIONS
from tests.plugin.conftest import Serve
from tests.plugin.sample import publish

CONTENT = Path(__file__).parents[2] / "content"
ASKED = {"node": "finding-takes-longer", "participant": "P01"}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked example, published."""
    return publish(CONTENT, tmp_path_factory.mktemp("example") / "ost.db").path


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.name)
def test_every_question_has_an_answer(question: object, example: Path) -> None:
    sql = getattr(question, "sql", "")
    with closing(sqlite3.connect(example)) as connection:
        (top,) = connection.execute(
            "select id from node where kind = 'opportunity' order by moments desc"
        ).fetchone()
        asked = {**ASKED, "node": top}
        cursor = connection.execute(
            sql, {name: asked[name] for name in re.findall(r":([a-z]+)", sql)}
        )
        rows = cursor.fetchall()
        names = [each[0] for each in cursor.description]
    assert rows
    assert len(set(names)) == len(names)


async def test_questions_are_on_the_database_page(serve: Serve, file: Path) -> None:
    server = await serve(file)
    assert "/ost/words-about" in (await server.client.get("/ost")).text
    page = (await server.client.get("/ost/-/queries")).text
    for each in QUESTIONS:
        assert each.title in page
    for each in QUESTIONS:
        answer = await server.client.get(f"/ost/{each.name}?node=cant-agree&participant=P07")
        assert answer.status_code == 200
        assert each.description in unescape(answer.text)
    told = (await server.client.get("/ost/stories-of.json?participant=P07&_shape=array")).json()
    assert [each["position"] for each in told] == [1, 2]


async def test_an_owners_query_stays(serve: Serve, file: Path) -> None:
    own = {"databases": {"ost": {"queries": {"targets": {"sql": "select 42", "title": "Ours"}}}}}
    server = await serve(file, config=own)
    answer = await server.client.get("/ost/targets.json?_shape=arrays")
    assert answer.json()["rows"] == [[42]]


async def test_a_second_start_changes_nothing(serve: Serve, file: Path, tmp_path: Path) -> None:
    for _ in range(2):
        server: Datasette = await serve(file, internal=str(tmp_path / "internal.db"))
        assert await server.count_queries("ost") == len(QUESTIONS)


async def test_queries_need_permission_for_sql(serve: Serve, file: Path) -> None:
    server = await serve(file, settings={"default_allow_sql": False})
    for each in QUESTIONS:
        answer = await server.client.get(f"/ost/{each.name}.json?node=cant-agree&participant=P07")
        assert answer.status_code == 403


async def test_some_answers_have_a_chart(serve: Serve, file: Path) -> None:
    server = await serve(file)
    page = (await server.client.get("/ost/heard-and-worked-on")).text
    assert 'role="img" aria-label="Are we working on what we hear most?' in page
    assert ">We cannot agree on what to watch</text>" in page
    assert "onerror=alert(2)>" not in page
    assert "<figure" not in (await server.client.get("/ost/unopposed")).text
    hidden = {"databases": {"ost": {"tables": {"moment": {"allow": False}}}}}
    server = await serve(file, config=hidden)
    answer = await server.client.get("/ost/heard-and-worked-on")
    assert "<figure" not in answer.text


async def test_owners_query_has_no_chart(serve: Serve, file: Path) -> None:
    own = {"sql": "select 1 as participants, 'x' as title"}
    server = await serve(file, config={"databases": {"ost": {"queries": {"targets": own}}}})
    assert "<figure" not in (await server.client.get("/ost/targets")).text
