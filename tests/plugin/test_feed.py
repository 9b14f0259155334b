"""Recent activity, as a page and as a feed."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from datasette.app import Datasette

from datasette_ost.view.feed import NAMESPACE
from tests.plugin.conftest import Serve
from tests.plugin.sample import publish, write

DATED = """\
-- kept.md --
---
kind: outcome
unit: teams
measurements: {2026-10-01: 1900000.25}
---
# 1 < 2 & "3"
-- p01.md --
---
kind: interview
date: 2026-11-03
participant: P01
---
# P01: \x0btab & feed
-- undated.md --
---
kind: interview
---
# Nobody knows when
-- go.md --
---
kind: decision
on: 2026-11-12
because: it held
---
# We go
-- try.md --
---
kind: test
ended: 2026-11-10
verdict: refuted
---
# A try
-- planned.md --
---
kind: test
---
# Not yet
-- shipped.md --
---
kind: solution
result: {on: 2026-11-11, verdict: missed, actual: 3}
---
# It shipped
"""


@pytest.fixture
async def server(serve: Serve, tmp_path: Path) -> Datasette:
    write(tmp_path, DATED)
    return await serve(publish(tmp_path, tmp_path / "ost.db").path)


def parsed(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)  # noqa: S314 - our own


def named(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


async def test_dated_entries_are_newest_first(server: Datasette) -> None:
    told = (await server.client.get("/-/ost/activity.json")).json()["changes"]
    assert [(each["date"], each["said"], each["node"]["id"]) for each in told] == [
        ("2026-11-12", "decided", "go"),
        ("2026-11-11", "bet missed", "shipped"),
        ("2026-11-10", "refuted", "try"),
        ("2026-11-03", "interview", "p01"),
        ("2026-10-01", "measured", "kept"),
    ]
    assert [each["words"] for each in told] == ["it held", None, None, "P01", "1,900,000 teams"]
    page = (await server.client.get("/-/ost/activity")).text
    assert page.index("Nov 2026") < page.index("We go") < page.index("Oct 2026")
    assert "Nobody knows when" not in page


async def test_the_feed_is_atom(server: Datasette) -> None:
    answer = await server.client.get("/-/ost/activity.atom")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = parsed(answer.content)
    assert feed.tag == named("feed")
    for parent in (feed, *feed.findall(named("entry"))):
        for name in ("id", "title", "updated"):
            assert parent.findtext(named(name))
        assert parent.find(named("link")) is not None
    entries = feed.findall(named("entry"))
    assert len({each.findtext(named("id")) for each in entries}) == len(entries) == 5
    assert feed.findtext(named("updated")) == "2026-11-12T00:00:00Z"
    assert entries[0].findtext(named("title")) == "Decided: We go"
    assert entries[0].findtext(named("summary")) == "it held"
    assert entries[-1].findtext(named("title")) == 'Measured: 1 < 2 & "3"'
    for each in feed.iter(named("link")):
        assert (await server.client.get(each.attrib["href"])).status_code == 200
    again = await server.client.get("/-/ost/activity.atom")
    assert again.content == answer.content


async def test_a_feed_of_nothing(serve: Serve, tmp_path: Path) -> None:
    write(tmp_path, "-- a.md --\n---\nkind: outcome\n---\n# A\n")
    server = await serve(publish(tmp_path, tmp_path / "ost.db").path)
    feed = parsed((await server.client.get("/-/ost/activity.atom")).content)
    assert feed.findtext(named("updated"))
    assert not feed.findall(named("entry"))
    assert "Nothing has a date yet." in (await server.client.get("/-/ost/activity")).text


async def test_pages_tell_where_the_feed_is(server: Datasette) -> None:
    page = (await server.client.get("/-/ost")).text
    assert '<link rel="alternate" type="application/atom+xml" href="/-/ost/activity.atom"' in page
