"""Content crashes no page: every page of projects in which everything is odd."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from datasette.utils import tilde_encode

from ost.publish.schema import TABLES
from tests import hostile
from tests.plugin.conftest import Serve
from tests.plugin.sample import publish

WHOLE = ("", "/evidence", "/practice", "/bets", "/activity", "/search?q=a", "/check")
OF_A_NODE = ("tree", "node", "panel", "interview", "compare", "siblings", "outcome")


@pytest.mark.parametrize("number", range(20, 23))
async def test_pages_survive_hostile_content(serve: Serve, tmp_path: Path, number: int) -> None:
    hostile.write(tmp_path, number, many=25)
    file = publish(tmp_path, tmp_path / "ost.db").path
    server = await serve(file, plugin={"recordings": str(tmp_path / "content")})
    with closing(sqlite3.connect(file)) as connection:
        ids = [each[0] for each in connection.execute("select id from node order by id")]
    assert len(ids) > 10
    pages = [f"/-/ost{each}" for each in WHOLE]
    pages += [f"/-/ost/{page}/{tilde_encode(each)}" for each in ids for page in OF_A_NODE]
    pages += [f"/ost/{each.name}.csv" for each in TABLES]
    statuses = []
    for page in pages:
        answer = await server.client.get(page)
        assert answer.status_code < 500, page
        statuses.append(answer.status_code)
    assert statuses[: len(WHOLE)] == [200] * len(WHOLE)
    assert statuses.count(200) > len(ids)


@pytest.mark.slow
async def test_pages_survive_deep_trees(serve: Serve, tmp_path: Path) -> None:
    many = 1200
    (tmp_path / "top.md").write_text("---\nkind: outcome\n---\n# Top\n")
    for at in range(many):
        above, status = f"n{at - 1}" if at else "top", "target" if at == many - 1 else "open"
        text = f"---\nkind: opportunity\nparent: {above}\nstatus: {status}\n---\n# N{at}\n"
        (tmp_path / f"n{at}.md").write_text(text)
    server = await serve(publish(tmp_path, tmp_path / "ost.db").path)
    pages = [f"/-/ost{each}" for each in WHOLE]
    pages += [f"/-/ost/tree/{each}?at=n{many - 1}" for each in ("top", "n0", "n600")]
    pages += ["/-/ost/tree/top?q=N1199", "/-/ost/tree/top?q=N1199&only=1"]
    for node in ("top", "n0", f"n{many - 1}"):
        pages += [f"/-/ost/{page}/{node}" for page in ("tree", "node", "panel")]
    for page in pages:
        assert (await server.client.get(page)).status_code == 200, page
