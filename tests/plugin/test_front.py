"""Datasette's first page opens on the trees, and lists of a kind stay on our pages."""

from pathlib import Path

import pytest

from tests.plugin.conftest import Serve
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


async def test_interviews_lead_to_the_one_before_and_after(serve: Serve, file: Path) -> None:
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


async def test_opportunity_says_first_who_said_so(serve: Serve, file: Path) -> None:
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
