"""People who may not see the tables see none of the pages, at any address."""

from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.tokens import TokenRestrictions

from datasette_ost.server.guard import TABLES
from tests.plugin.conftest import Serve
from tests.plugin.everywhere import addresses, former_addresses

DENIED: dict[str, dict[str, Any]] = {
    "instance": {"config": {"allow": {"id": "root"}}},
    "nobody": {"default_deny": True},
    "database": {"config": {"databases": {"ost": {"allow": {"id": "root"}}}}},
    "database, table open": {
        "config": {"databases": {"ost": {"allow": False, "tables": {"node": {"allow": True}}}}}
    },
    **{
        f"table {table}": {
            "config": {"databases": {"ost": {"tables": {table: {"allow": {"id": "root"}}}}}}
        }
        for table in sorted(TABLES)
    },
}


@pytest.mark.parametrize("denied", DENIED)
async def test_denied_actor_sees_no_page(serve: Serve, file: Path, denied: str) -> None:
    server = await serve(file, **DENIED[denied])
    asked = [*addresses(), *(former for former, _ in former_addresses())]
    answers = {each: await server.client.get(each) for each in asked}
    assert {each: answer.status_code for each, answer in answers.items()} == dict.fromkeys(
        answers, 403
    )
    told = "".join(answer.text for answer in answers.values())
    assert "agree" not in told
    assert "Film nights" not in told


@pytest.mark.parametrize("denied", DENIED)
async def test_denied_reader_sees_nothing_on_datasettes_pages(
    serve: Serve, file: Path, denied: str
) -> None:
    server = await serve(file, **DENIED[denied])
    assert not (await server.client.get("/-/jump.json?q=agree")).text.count("cannot agree")
    jump = await server.client.get("/-/jump?q=agree")
    assert "cannot agree" not in jump.text
    assert "/-/ost" not in (await server.client.get("/")).text


async def test_allowed_actor_sees_pages(serve: Serve, file: Path) -> None:
    server = await serve(file, config={"allow": {"id": "ann"}})
    for each in addresses():
        answer = await server.client.get(each, actor={"id": "ann"})
        assert answer.status_code == 200
        assert "no-store" in answer.headers["cache-control"]
        assert (await server.client.get(each, actor={"id": "bob"})).status_code == 403


async def test_restricted_token(serve: Serve, file: Path) -> None:
    server: Datasette = await serve(file)
    narrow = TokenRestrictions().allow_resource("ost", "edge", "view-table")
    wide = TokenRestrictions().allow_all("view-instance").allow_database("ost", "view-database")
    wide = wide.allow_database("ost", "view-table")
    for restrictions, status in ((narrow, 403), (wide, 200)):
        token = await server.create_token("ann", restrictions=restrictions)
        for each in addresses():
            answer = await server.client.get(each, headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code == status, each


async def test_denied_before_anything_is_known(serve: Serve, file: Path, tmp_path: Path) -> None:
    """Neither a missing node nor a missing file shows through a closed door."""
    server = await serve(file, default_deny=True)
    assert (await server.client.get("/-/ost/node/nobody")).status_code == 403
    plugin = {"pointer": str(tmp_path / "current.json")}
    server = await serve(plugin=plugin, default_deny=True)
    for each in addresses():
        answer = await server.client.get(each)
        assert answer.status_code == 403
        assert "current.json" not in answer.text


async def test_file_that_appears_is_guarded_at_once(
    serve: Serve, project: Path, tmp_path: Path
) -> None:
    from tests.plugin.sample import publish

    config = {"databases": {"ost": {"tables": {"quote": {"allow": False}}}}}
    plugin = {"pointer": str(tmp_path / "site" / "current.json")}
    server = await serve(config=config, plugin=plugin)
    assert (await server.client.get("/-/ost")).status_code == 503
    publish(project, tmp_path / "site")
    assert (await server.client.get("/-/ost/node/cant-agree")).status_code == 403


async def test_former_addresses_lead_to_the_page(serve: Serve, file: Path) -> None:
    server = await serve(file, settings={"base_url": "/tree/"})
    assert former_addresses()
    for former, address in former_addresses():
        answer = await server.client.get(former)
        assert (answer.status_code, answer.headers["location"]) == (301, f"/tree{address}")
