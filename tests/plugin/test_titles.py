"""A link without words shows the title of its node at every door; names keep their direction."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from datasette_ost.export import html
from ost.notation import FieldMark, replace_links
from tests.plugin.conftest import Serve
from tests.plugin.sample import publish, write
from tests.plugin.test_pages import page, words

TREE = """\
-- ost.toml --
-- stay.md --
---
kind: outcome
---
# More readers stay

We begin with [[lost]], not with [[other|the rest]] or [[nowhere]].
-- lost.md --
---
kind: opportunity
parent: stay
status: target
moment: after [[p1]] closes the book
lenses: {size: "as many as [[other]] has", customer: hard}
other_ways: ["more of [[other]]", "fewer books"]
---
# I lose my place

See [[p1]].
-- other.md --
---
kind: opportunity
parent: stay
---
# 我找不到书签
-- ribbon.md --
---
kind: solution
parent: lost
status: dropped
because: it answers [[other]] and not [[lost]]
---
# A ribbon

It goes where [[lost]] is.
-- app.md --
---
kind: solution
parent: lost
differs: unlike [[ribbon]] it knows
---
# An app

Instead of [[ribbon]].
-- choose.md --
---
kind: decision
parent: stay
on: 2026-11-02
chose: lost
over: other
because: "[[p1]] said more than [[other|the rest]], and [[nowhere]] says less"
---
# We begin with the place
-- p1.md --
---
kind: interview
date: 2026-11-01
participant: فاطمة
segment: قراء
---
# P1: the train

## Opportunities

- [[lost]] looked for the page [1:10]
  > كل يوم. [1:12]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write(tmp_path / "tree", TREE)
    return publish(tmp_path / "tree", tmp_path / "ost.db").path


@pytest.fixture
async def server(serve: Serve, file: Path) -> Datasette:
    return await serve(file)


async def test_links_in_text_show_titles(server: Datasette) -> None:
    outcome = await page(server, "/-/ost/node/stay")
    assert '<a class="wiki" href="/-/ost/node/lost">I lose my place</a>, not' in outcome
    assert '<a class="wiki" href="/-/ost/node/other">the rest</a> or' in outcome
    assert '<span class="missing">nowhere</span>' in outcome
    assert ">P1: the train</a>." in await page(server, "/-/ost/node/lost")
    assert "Instead of <a" in await page(server, "/-/ost/compare/lost")
    assert ">A ribbon</a>." in await page(server, "/-/ost/compare/lost")


REASON = "“P1: the train” said more than the rest, and nowhere says less"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("node/choose", REASON),
        ("node/lost", REASON),
        ("siblings/stay", REASON),
        ("present", REASON),
        ("activity", REASON),
        ("node/lost", "unlike “A ribbon” it knows"),
        ("node/lost", "it answers “我找不到书签” and not “I lose my place”"),
        ("compare/lost", "it answers “我找不到书签” and not “I lose my place”"),
        ("node/ribbon", "it answers “我找不到书签” and not “I lose my place”"),
        ("panel/lost", "after “P1: the train” closes the book"),
        ("siblings/stay", "as many as “我找不到书签” has"),
        ("node/lost", "more of “我找不到书签”"),
    ],
)
async def test_links_in_fields_show_titles(server: Datasette, path: str, said: str) -> None:
    shown = words(await page(server, f"/-/ost/{path}"))
    assert said in shown
    assert "[[" not in shown


async def test_feed_shows_titles(server: Datasette) -> None:
    feed = (await server.client.get("/-/ost/activity.atom")).text
    assert f"<summary>{REASON}</summary>" in feed


def test_saved_pages_show_titles(file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        html(connection, tmp_path / "site")
    for name, said in {
        "node/stay.html": ">I lose my place</a>, not",
        "node/choose.html": REASON,
        "panel/lost.js": "closes the book",
        "activity.html": REASON,
    }.items():
        text = (tmp_path / "site" / name).read_text("utf-8")
        assert said in text
        assert "[[" not in text
    found = next((tmp_path / "site").rglob("*found*.js")).read_text("utf-8")
    assert "We begin with I lose my place, not with the rest or nowhere." in found


async def test_search_shows_titles_and_finds_a_letter_inside(server: Datasette) -> None:
    found = (await server.client.get("/-/ost/search.json?q=begin")).json()
    excerpt = next(each["found"] for each in found["nodes"] if each["node"]["id"] == "stay")
    assert "I lose my place, not with the rest" in excerpt
    found = (await server.client.get("/-/ost/search.json?q=书")).json()
    assert [each["node"]["id"] for each in found["nodes"]] == ["other"]


async def test_an_unknown_address_is_answered_in_our_frame(server: Datasette) -> None:
    answer = await server.client.get("/-/ost/no-such-page/x")
    assert answer.status_code == 404
    assert "<h1>Not found</h1>" in answer.text
    assert 'class="places"' in answer.text
    answer = await server.client.get("/-/ost/no-such-page.json")
    assert (answer.status_code, answer.json()["ok"]) == (404, False)


async def test_adjacent_names_keep_their_direction(server: Datasette) -> None:
    assert "<bdi>قراء</bdi>, <a" in await page(server, "/-/ost/node/lost")


@pytest.mark.parametrize(
    ("fields", "mark", "expected"),
    [
        ({"a": "x [[n]] y"}, FieldMark("a", 2, 7, "n", "N"), {"a": "x N y"}),
        ({"a": "x [[n]] y"}, FieldMark("a", 2, 7, "n"), {"a": "x n y"}),
        ({"a": {"b": ["[[n]]"]}}, FieldMark("a.b.0", 0, 5, "n", "N"), {"a": {"b": ["N"]}}),
        ({"a": ["[[n]]"]}, FieldMark("a.7", 0, 5, "n", "N"), {"a": ["[[n]]"]}),
        ({"a": 3}, FieldMark("a.b.c", 0, 5, "n", "N"), {"a": 3}),
        ({}, FieldMark("a", 0, 5, "n", "N"), {}),
    ],
)
def test_whatever_a_file_says_of_fields(
    fields: dict[str, Any], mark: FieldMark, expected: dict[str, Any]
) -> None:
    replace_links(fields, [mark])
    assert fields == expected
