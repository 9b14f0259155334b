"""The public profile at every door: served pages, their twins and feeds, tables, saved pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from datasette.app import Datasette

from datasette_ost.page import every_page
from ost.cli import main
from tests.plugin.conftest import Serve
from tests.public_sample import KEPT, leaks, project, published

NODES = ("goal", "agree", "vote", "choose", "interview-1", "signal-1", "Person~201")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("public")


@pytest.fixture(scope="module")
def public_file(folder: Path) -> Path:
    """The project's public file, with history."""
    return published(project(folder / "repo"), folder / "ost.db", history=True)


@pytest.fixture
async def server(serve: Serve, public_file: Path) -> Datasette:
    return await serve(public_file)


def addresses() -> Iterator[str]:
    """Every page as JSON, of every kind of node, and feeds; saved pages show the rest."""
    for page in every_page().values():
        base = "/-/ost" if page.front else f"/-/ost/{page.name}"
        for node in NODES if page.of_node else ("",):
            for ending in (".json", ".atom")[: 2 if page.feed else 1]:
                yield f"{base}{f'/{node}' if node else ''}{ending}"
    yield from ("/-/ost/tree/goal?on=2026-10-02", "/-/ost/search?q=Zelda", "/-/ost/search?q=agree")
    yield from (
        "/-/ost/history?revision=1",
        "/-/ost/history?revision=3",
        "/-/ost/evidence?scope=own",
    )
    yield from (
        "/ost/node.csv?_stream=1",
        "/ost/moment/interview-1~3A1",
        "/ost/words-about?node=agree",
    )


async def test_no_page_names_anyone(server: Datasette) -> None:
    answered: dict[str, int] = {}
    for address in addresses():
        answer = await server.client.get(address, follow_redirects=True)
        answered[address] = answer.status_code
        asked = address.partition("?q=")[2].encode()
        said = answer.content.replace(asked, b"") if asked else answer.content
        assert leaks(said) == [], address
    assert set(answered.values()) == {200, 404}
    nowhere = {address.split("/")[3] for address, status in answered.items() if status == 404}
    assert nowhere <= {page.name for page in every_page().values() if page.of_node}
    for page in ("node/agree", "interview/interview-1", "person/Person~201", "panel/agree"):
        assert answered[f"/-/ost/{page}.json"] == 200


async def test_pages_say_what_is_left_out(server: Datasette) -> None:
    said = (await server.client.get("/-/ost/node/agree")).text
    assert "People’s own words are not public." in said
    assert "public version" in said
    assert "People by segment" not in (await server.client.get("/-/ost/evidence")).text
    practice = (await server.client.get("/-/ost/practice.json")).json()
    assert practice["interviewers"] == {"designer": 1, "pm": 1}


def test_saved_pages_name_no_one(public_file: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    asked = ["export", "html", str(site), "--folder", str(public_file.parent / "repo")]
    assert CliRunner().invoke(main, asked).exit_code == 0
    files = [each for each in site.rglob("*") if each.is_file()]
    pages = b"".join(each.read_bytes() for each in files)
    assert leaks(pages, *(each.name.encode() for each in files)) == []
    assert [each for each in KEPT if each.encode() not in pages] == []
    assert (site / "interview/interview-1.html").exists()
