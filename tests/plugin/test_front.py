"""Datasette's first page opens on the trees, and lists of a kind stay on our pages."""

from pathlib import Path

import pytest

from datasette_ost.file.questions import QUESTIONS
from tests.plugin.conftest import Serve
from tests.plugin.sample import SAMPLE, publish, write
from tests.plugin.test_pages import page, words


@pytest.mark.parametrize("base", ["/", "/tree/"])
async def test_first_page_leads_to_the_trees(serve: Serve, file: Path, base: str) -> None:
    server = await serve(file, settings={"base_url": base})
    answer = await server.client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (302, f"{base}-/ost")
    listed = await server.client.get("/?databases")
    assert listed.status_code == 200
    assert "Opportunity solution trees" in listed.text


async def test_first_page_stays_where_trees_may_not_be_seen(serve: Serve, file: Path) -> None:
    server = await serve(file, config={"databases": {"ost": {"allow": {"id": "ann"}}}})
    assert (await server.client.get("/")).status_code == 200
    assert (await server.client.get("/", actor={"id": "ann"})).status_code == 302


async def test_first_page_stays_where_the_owner_says_so(serve: Serve, file: Path) -> None:
    server = await serve(file, plugin={"front": False})
    assert (await server.client.get("/")).status_code == 200


async def test_first_page_stays_without_a_tree(serve: Serve) -> None:
    server = await serve(memory=True)
    assert (await server.client.get("/")).status_code == 200


async def test_all_interviews_are_listed_newest_first(serve: Serve, file: Path) -> None:
    server = await serve(file)
    html = await page(server, "/-/ost/search?kind=interview")
    said = words(html)
    assert said.index("P09") < said.index("P08") < said.index("P07")
    assert 'href="/-/ost/search?kind=interview"' in await page(server, "/-/ost")
    assert 'href="/-/ost/search?kind=interview"' in await page(server, "/-/ost/interview/p07")


async def test_interviews_link_to_the_one_before_and_after(serve: Serve, file: Path) -> None:
    server = await serve(file)
    found = (await server.client.get("/-/ost/interview/p08.json")).json()
    assert (found["previous"]["id"], found["next"]["id"]) == ("p07", "p09")
    ends = (await server.client.get("/-/ost/interview/p09.json")).json()
    assert ends["next"] is None


async def test_stamp_is_plain_text_without_a_recording(serve: Serve, file: Path) -> None:
    server = await serve(file)
    html = await page(server, "/-/ost/node/cant-agree")
    assert '<span class="stamp">2:00</span>' in html  # P08 has no recording
    assert 'href="https://youtu.be/9RFaz9ZBXpk?t=785s"' in html


async def test_opportunity_starts_with_the_people_who_mentioned_it(
    serve: Serve, file: Path
) -> None:
    said = words(await page(await serve(file), "/-/ost/node/cant-agree"))
    quote = said.index("By the time we agree, somebody has gone to bed.")
    assert said.index("2 people said so") < quote < said.index("everybody may say no")
    assert said.index("1 against") < said.index("everybody may say no")


@pytest.mark.parametrize(
    "path",
    ["/ost", "/ost/node", "/ost/node/cant-agree", "/ost/targets", "/ost/-/query?sql=select+1"],
)
async def test_pages_of_tables_have_our_navigation_and_style(
    serve: Serve, file: Path, path: str
) -> None:
    server = await serve(file)
    html = (await server.client.get(path)).text
    assert '<nav class="ost-nav"' in html
    assert '<a href="/-/ost/evidence">Evidence</a>' in html
    assert "tables.css" in html
    assert "tables.css" not in (await server.client.get("/?databases")).text


async def test_datasettes_empty_database_is_hidden(
    serve: Serve, project: Path, tmp_path: Path
) -> None:
    publish(project, tmp_path)
    server = await serve(plugin={"pointer": str(tmp_path / "current.json")})
    for path in ("/?databases", "/-/databases.json", "/-/jump.json?q=_mem", "/-/ost"):
        answer = await server.client.get(path)
        assert answer.status_code == 200
        assert "_memory" not in answer.text.replace("is_memory", ""), path
    assert (await server.client.get("/_memory")).status_code == 404


async def test_questions_in_sql_are_a_page_of_ours(serve: Serve, file: Path) -> None:
    server = await serve(file)
    assert 'href="/-/ost/questions"' in await page(server, "/-/ost")
    html = await page(server, "/-/ost/questions")
    for question in QUESTIONS:
        assert f'<a href="/ost/{question.name}">' in html
        assert (await server.client.get(f"/ost/{question.name}")).status_code == 200
    assert 'name="participant"' in html


async def test_a_search_page_has_one_box(serve: Serve, file: Path) -> None:
    server = await serve(file)
    assert (await page(server, "/-/ost/search?q=veto")).count('type="search"') == 1


async def test_reasons_are_plain_text(serve: Serve, tmp_path: Path) -> None:
    text = SAMPLE.replace("because: the cards worked", "because: the *cards* worked `twice`")
    write(tmp_path, text.replace("because: nobody wanted it", "because: nobody **wanted** it"))
    server = await serve(publish(tmp_path, tmp_path / "ost.db").path)
    html = await page(server, "/-/ost/compare/cant-agree")
    assert "the *cards* worked `twice`" in html
    assert "Because nobody **wanted** it" in html


async def test_excerpts_show_what_the_page_shows(serve: Serve, tmp_path: Path) -> None:
    body = """\
-- need.md --
---
kind: opportunity
---
# A need

- [ ] a **zebra**_crossing_ of [words](https://example.org/zebra) and [[need|this zebra]] [12:41]

| zebra | table |
|---|---|
| 1 * 2 | `code_zebra` |
<!-- a hidden zebra -->
"""
    write(tmp_path, body)
    server = await serve(publish(tmp_path, tmp_path / "ost.db").path)
    found = (await server.client.get("/-/ost/search.json?q=zebra")).json()["nodes"][0]["found"]
    bare = found.replace("\ue000", "").replace("\ue001", "")
    assert "zebra table 1 * 2" in bare
    assert "this zebra 12:41" in bare
    assert not any(sign in bare for sign in ("**", "[[", "](", "|", "hidden", "https"))
    assert "\ue000zebra\ue001" in found
