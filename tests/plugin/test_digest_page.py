"""The digest as a page: the parts of `ost digest`, from the tables of history."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette.app import Datasette

from datasette_ost.page import PageRequest, every_page
from datasette_ost.pages.digest import DigestPage, read
from ost.project.queries import connect
from tests.plugin.conftest import Serve
from tests.plugin.sample import publish, write
from tests.plugin.test_history_pages import built

if TYPE_CHECKING:
    from click.testing import Result

    from tests.scratch import Scratch

TREE = """\
-- ost.toml --
content = "content"
-- content/top.md --
---
kind: outcome
---
# Top
-- content/need.md --
---
kind: opportunity
parent: top
---
# Need
-- content/idea.md --
---
kind: solution
parent: need
status: candidate
---
# Idea
"""
WEEK = """\
-- content/need.md --
---
kind: opportunity
parent: top
status: target
---
# Need
-- content/idea.md --
---
kind: solution
parent: need
status: dropped
because: too dear
---
# Idea
-- content/other.md --
---
kind: opportunity
parent: top
---
# Another
-- content/p1.md --
---
kind: interview
date: 2026-11-03
participant: P1
---
# P1

## Opportunities
- [[need]] took an hour
- [[other]] twice
"""


async def got(server: Datasette, path: str, status: int = 200) -> Any:
    answer = await server.client.get(f"/-/ost/digest{path}")
    assert answer.status_code == status, answer.text
    return answer.json() if path.startswith(".json") else answer.text


def nodes(found: Any) -> dict[str, set[tuple[str, str]]]:
    return {
        part: {(each["change"], each["node"]) for each in found[part]}
        for part in ("heard", "decided", "moved")
    }


async def test_page_says_what_the_command_says(
    scratch: "Scratch", serve: Serve, run: Callable[[str], "Result"]
) -> None:
    scratch.commit(TREE, day="2026-10-20")
    scratch.commit(WEEK, day="2026-10-30")
    server = await serve(built(scratch.folder, scratch.folder.parent / "ost.db"))
    found = await got(server, ".json?since=2026-10-20")
    said = json.loads(run("ost digest --since 2026-10-20 --format json").stdout)
    assert nodes(found) == nodes(said)
    assert all(nodes(found).values())
    assert ("status", "idea") in nodes(found)["decided"]
    page = await got(server, "?since=2026-10-20")
    parts = [page.index(title) for title in ("What we heard", "What was decided", "What moved")]
    assert parts == sorted(parts)
    assert 'href="/-/ost/biography/idea"' in page
    assert nodes(await got(server, ".json?since=2026-10-30")) == {
        "heard": set(),
        "decided": set(),
        "moved": set(),
    }
    assert "Nothing changed in the tree since 30 Oct 2026." in await got(
        server, "?since=2026-10-30"
    )


async def test_digest_shows_each_change_in_its_latest_form(
    scratch: "Scratch", serve: Serve
) -> None:
    scratch.commit(TREE, day="2026-10-20")
    passing = "---\nkind: opportunity\nparent: top\n---\n# Passing"
    for day, status in ((22, "testing"), (23, "building"), (24, "shipped")):
        idea = f"---\nkind: solution\nparent: need\nstatus: {status}\n---\n# Idea"
        brief = "gone" if day == 24 else passing
        text = f"-- content/idea.md --\n{idea}\n-- content/brief.md --\n{brief}\n"
        scratch.commit(text, day=f"2026-10-{day}")
    server = await serve(built(scratch.folder, scratch.folder.parent / "ost.db"))
    found = await got(server, ".json?since=2026-10-20")
    told = [each for part in ("heard", "decided", "moved") for each in found[part]]
    assert [each["node"] for each in told if each["change"] == "status"] == ["idea"]
    assert "shipped" in next(each["sentence"] for each in told if each["change"] == "status")
    assert "brief" not in {each["node"] for each in told}


async def test_a_week_before_today_is_the_usual_time(scratch: "Scratch") -> None:
    scratch.commit(TREE, day="2026-10-20")
    scratch.commit(WEEK, day="2026-10-30")
    file = built(scratch.folder, scratch.folder.parent / "ost.db")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("update meta set value = '' where key = 'as_of'")
        found = read(connection, PageRequest(today="2026-10-31"))
    assert isinstance(found, DigestPage)
    assert (found.since, found.until) == ("2026-10-24", "2026-10-31")
    added = {each.node for each in (*found.heard, *found.moved) if each.change == "added"}
    assert added == {"other", "p1"}


async def test_digest_page_refuses_invalid_days(serve: Serve, tmp_path: Path) -> None:
    write(tmp_path / "tree", "-- a.md --\n---\nkind: outcome\n---\n# Top\n")
    server = await serve(publish(tmp_path / "tree", tmp_path / "ost.db").path)
    for wrong in ("yesterday", "2026-13-01", "%00", "%27%3B--"):
        said = await got(server, f".json?since={wrong}", 400)
        assert "write it as 2026-11-03" in str(said), wrong


async def test_file_without_history_says_so(serve: Serve, tmp_path: Path) -> None:
    write(tmp_path / "tree", "-- a.md --\n---\nkind: outcome\n---\n# Top\n")
    file = publish(tmp_path / "tree", tmp_path / "ost.db").path
    server = await serve(file)
    assert "This file has no history." in await got(server, "")
    assert "ost build --history" in await got(server, "")
    assert "<span>" not in (await got(server, "")).partition('class="summary">')[2][:20]
    found = await got(server, ".json")
    assert nodes(found) == {"heard": set(), "decided": set(), "moved": set()}
    with closing(connect(file)) as connection:
        assert list(every_page()["digest"].copies(connection)) == []
