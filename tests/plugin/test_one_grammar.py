"""Evidence, search and display use one reading, at every door."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from datasette_ost.export import html as save
from tests.plugin.conftest import Serve
from tests.plugin.sample import publish, write

FILES = """\
-- ost.toml --
content = "."
[sections]
story = ["Wie es war"]
opportunities = ["Bedarf"]
"memorable quote" = ["Merksatz"]
"quick facts" = ["Steckbrief"]
-- grow.md --
---
kind: outcome
---
# More evenings begin with a film
-- need.md --
---
kind: opportunity
parent: grow
status: target
---
# We cannot agree

[99:99] and `[[p07-code]]` and ![[p07]] and [12m41s].

<!-- secret-html [[p07]] --> Words stay. %%secret-obsidian%% ==marked words== here. ^block-id

<!--
secret-lines [12:50]
-->
-- way.md --
---
kind: solution
parent: need
---
# Everybody may say no

%%secret-way%%Seen in [[p07|the film night]] and in `[[p07-code]]`, not [[nowhere]] ^way-id
-- p07.md --
---
kind: interview
date: 2026-11-03
participant: P07
recording: https://v.example/film
---
# P07: the film night

Before: [12:41-13:05], [05:07], (0:05:08), [12'43"], [99:99]. <!-- secret-before -->

## Steckbrief
Two children, ==four people==. ^fact-id

## Merksatz
> We gave up. [05:09] %%secret-quote%%

## Wie es war
1. [05:10] They sat `[[p07-code]]` down <!-- secret-step -->
2. [05:11] They left ^step-id

## Bedarf
- [[need]]: nobody ==agrees== [05:12-05:14] %%secret-moment%% ^moment-id
  > Four people, <!-- secret-said --> three vetoes. [05:13]

## Rest
| a | b |
| - | - |
| [[need\\|the need]] | [05:15] |

> Interviewer: And [[need]] then [05:16]?
-- go.md --
---
kind: decision
on: 2026-11-12
chose: [way]
because: it held
---
# We go <!-- secret-title -->
"""

LINK = "https://v.example/film#t="


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("grammar")
    write(made, FILES)
    return made


@pytest.fixture(scope="module")
def db(folder: Path) -> Path:
    return publish(folder, folder / "ost.db").path


@pytest.fixture(scope="module")
def copies(db: Path, folder: Path) -> Path:
    with closing(sqlite3.connect(db)) as connection:
        save(connection, folder / "site")
    return folder / "site"


async def pages(serve: Serve, db: Path) -> dict[str, str]:
    """The text of every page of these nodes, by its address."""
    server = await serve(db)
    made = {}
    for page in (
        "node/need", "node/way", "interview/p07", "panel/need", "panel/way", "compare/need",
        "node/go", "siblings/grow", "evidence", "activity", "check", "tree/grow", "search?q=words",
    ):  # fmt: skip
        response = await server.client.get(f"/-/ost/{page}", follow_redirects=True)
        assert response.status_code == 200, page
        made[page] = response.text
    return made


def rows(db: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql).fetchall()


def everything(db: Path) -> str:
    """All that the file holds, as SQL."""
    with closing(sqlite3.connect(db)) as connection:
        return "\n".join(connection.iterdump())


def without_source(shown: str) -> str:
    """A card without the lines of the file that remarks point at."""
    return "\n".join(each for each in shown.split("\n") if "│" not in each)


async def test_comments_are_at_no_door(
    serve: Serve,
    db: Path,
    copies: Path,
    folder: Path,
    run: Callable[[str], Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    doors = {"file": everything(db), **await pages(serve, db)}
    server = await serve(db)
    for page in ("node/need", "node/way", "interview/p07", "compare/need", "activity"):
        doors[f"{page}.json"] = (await server.client.get(f"/-/ost/{page}.json")).text
    doors["feed"] = (await server.client.get("/-/ost/activity.atom")).text
    for found in copies.rglob("*"):
        if found.is_file():
            doors[str(found)] = found.read_text("utf-8", "replace")
    monkeypatch.chdir(folder)
    for node in ("need", "way", "p07", "go"):
        doors[f"show {node}"] = without_source(run(f"ost show {node}").output)
        doors[f"show {node} json"] = run(f"ost show {node} --format json").output
    doors["tree"] = run("ost tree --format json").output
    assert "More evenings" in doors["tree"]
    assert [name for name, text in doors.items() if "secret" in text] == []
    assert rows(db, "select rowid from node_fts where node_fts match 'secret'") == []


@pytest.mark.parametrize("door", ["served", "saved"])
async def test_page_shows_a_text_as_it_was_read(
    serve: Serve, db: Path, copies: Path, door: str
) -> None:
    if door == "served":
        made = await pages(serve, db)
        need, way, compared = made["node/need"], made["node/way"], made["compare/need"]
        p07 = "/-/ost/node/p07"
    else:
        need, way, compared = (
            (copies / each).read_text("utf-8")
            for each in ("node/need.html", "node/way.html", "compare/need.html")
        )
        p07 = "../interview/p07.html"
    assert "[99:99] and <code>[[p07-code]]</code>" in need
    assert f'and <a class="wiki" href="{p07}">P07: the film night</a> and' in need
    assert '<span class="stamp">12:41</span>.' in need
    assert "Words stay." in need
    assert "marked words here." in need
    assert "block-id" not in need
    for page in (way, compared):
        assert f'Seen in <a class="wiki" href="{p07}">the film night</a>' in page
        assert "in <code>[[p07-code]]</code>, not" in page
        assert '<span class="missing">nowhere</span>' in page
        assert "way-id" not in page


@pytest.mark.parametrize("door", ["served", "saved"])
async def test_renamed_headings_are_the_parts_of_a_snapshot(
    serve: Serve, db: Path, copies: Path, door: str
) -> None:
    if door == "served":
        page = (await pages(serve, db))["interview/p07"]
    else:
        page = (copies / "interview" / "p07.html").read_text("utf-8")
    assert re.search(r'<section class="prose quick"><h2>Steckbrief</h2>\s*<p>Two children', page)
    assert '<figure class="memorable"><blockquote>We gave up.' in page
    assert "<h2>Wie es war</h2>" not in page
    assert "<h2>Bedarf</h2>" not in page
    assert "<h2>Merksatz</h2>" not in page
    assert "<h2>Rest</h2>" in page
    assert "They sat [[p07-code]] down" in page
    assert "step-id" not in page + "fact-id" not in page
    for second, shown in {
        761: "12:41–13:05", 307: "5:07", 308: "5:08", 763: "12:43", 309: "5:09", 310: "5:10",
        312: "5:12", 313: "5:13", 315: "5:15", 316: "5:16",
    }.items():  # fmt: skip
        assert f'href="{LINK}{second}" rel="noreferrer">{shown}</a>' in page, shown
    assert "[99:99]" in page
    assert "05:" not in re.sub(r"<[^>]*>", "", page).replace("[05:", "")
    assert 'need.html">the need</a>' in page or '/node/need">the need</a>' in page


def test_the_terminal_writes_times_and_words_as_pages_do(
    db: Path, folder: Path, run: Callable[[str], Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    shown = without_source(run("ost show p07").output)
    assert " 5:10  They sat [[p07-code]] down" in shown
    assert " 5:12  nobody agrees" in shown
    assert "05:1" not in shown
    assert not re.search(r"(step|moment|fact)-id", shown)
    words = [(each["words"], each["second"]) for each in shown_moments(run, "need")]
    assert words == [("nobody agrees", 312)]


def shown_moments(run: Callable[[str], Result], node: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run(f"ost show {node} --format json").output)[
        "evidence"
    ]
    return found


async def test_page_json_gives_the_places_of_marks(serve: Serve, db: Path) -> None:
    server = await serve(db)
    found = (await server.client.get("/-/ost/interview/p07.json")).json()["node"]
    body, notation = found["body"], found["notation"]
    cut = {
        kind: [body[each[0] : each[1]] for each in notation[kind]]
        for kind in ("links", "stamps", "silent")
    }
    cut["title"] = [body[slice(*notation["title"])]]
    assert cut["title"] == ["P07: the film night"]
    assert cut["links"] == ["[[need]]", "[[need\\|the need]]", "[[need]]"]
    assert cut["stamps"][:4] == ["[12:41-13:05]", "[05:07]", "(0:05:08)", "[12'43\"]"]
    assert "[99:99]" not in cut["stamps"]
    assert [re.sub(" +", " ", each) for each in cut["silent"]] == [
        "==",
        "==",
        " ^fact-id",
        " ^step-id",
        "==",
        "==",
        " ^moment-id",
    ]
    parts = [(each["part"], each["title"]) for each in found["sections"]]
    assert parts == [
        ("quick facts", "Steckbrief"),
        ("memorable quote", "Merksatz"),
        ("story", "Wie es war"),
        ("opportunities", "Bedarf"),
        ("", "Rest"),
    ]
    lines = FILES.split("-- p07.md --\n")[1].split("\n")
    for each in found["sections"]:
        assert lines[each["line"] - 1] == f"## {each['title']}"
        assert body[each["start"] :].startswith(each["title"])


def test_marks_of_a_one_file_tree_are_in_its_nodes_texts(tmp_path: Path) -> None:
    text = """\
-- tree.md --
---
kind: tree
---
# Outcome: Grow [[o2]] ^o1

Text [[o2]] of it.

- Opportunity: Need
  more words ^o2

  Its text ![[o1]] and [05:07-05:09] %%secret%% ==x==.

  - Interview: P1 ^p1

    - [[o2]] said it [05:07]
    - [[o2|again]] `[[o1]]`

    ## Else
    [w](p1.md)
"""
    write(tmp_path, text)
    db = publish(tmp_path, tmp_path / "ost.db").path
    cut = {}
    for node, body, notation in rows(db, "select id, body, notation from node"):
        found = json.loads(str(notation))
        cut[node] = [
            str(body)[each[0] : each[1]]
            for kind in ("links", "addresses", "stamps", "silent")
            for each in found.get(kind, [])
        ]
    assert cut["o1"] == ["[[o2]]"]
    assert cut["o2"] == ["![[o1]]", "[05:07-05:09]", "==", "=="]
    assert cut["p1"][:2] == ["[[o2]]", "[[o2|again]]"]
    assert "[05:07]" in cut["p1"]
    parts = rows(db, "select sections ->> '$[0].part', body from node where id = 'p1'")
    assert parts[0][0] == "opportunities"
