"""Notation of forges and of Obsidian means one thing at every door: what is linked, played, said,
hidden and found.
"""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from click.testing import Result

from datasette_ost.export import html as save
from tests.plugin.conftest import Serve
from tests.plugin.sample import publish, write
from tests.plugin.test_pages import page
from tests.plugin.test_pages import words as escaped

FILES = """\
-- ost.toml --
content = "."
-- grow.md --
---
kind: outcome
---
# More ==evenings== begin <b>with</b> a film ^grow-id
-- need.md --
---
kind: opportunity
parent: grow
status: target
---
# We cannot ==agree== <kbd>fast</kbd> `==ever==` ^need-id

Some<br>words <i>slant</i> <script>run()</script>, <name>, [[#Far|near]], ![a picture](p.png).[^1]

[^1]: [[way|foot]]

    kept %%in code%% <!-- as code -->

> ```
> quoted
<!-- secret-behind -->

> [!note] Head [[way|in the head]]
> a body [see [[p07|the night]] there](way.md)
-- way.md --
---
kind: solution
parent: need
---
# Everybody <i>may</i> say no
-- p07.md --
---
kind: interview
date: 2026-11-03
participant: P07
recording: https://v.example/film
---
# P07: the ==film== night

## Memorable quote
> [!quote] At the sofa with [[way|a head]] [5:09]
> We <b>gave</b> up on [[way]].

## Story
1. [5:10] They <i>sat</i><br>down `%%in code%%`

## Opportunities
- [[need]]: no one ==agrees== <b>fast</b> [5:12] at [99:99] ![a face](p.png) <name> `==ever==`
  > Four <u>people</u>, [[way]] vetoes. [5:13]

## Rest
| a | [[way|in the table]] |
| - | - |
| b | [5:15] |
-- go.md --
---
kind: decision
on: 2026-11-12
parent: need
chose: [way]
because: it **held** in [[need]]
---
# We <em>go</em>
"""

TITLE = "We cannot agree fast ==ever=="
SAID = "no one agrees fast at [99:99] a face <name> ==ever=="
QUOTED = "Four people, {} vetoes."
MEMORABLE = "We gave up on {}."
STEP = "They sat down %%in code%%"
WAY = "Everybody may say no"
BECAUSE = "it **held** in “{}”"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("others")
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


def words(made: str) -> str:
    return unescape(escaped(made))


def rows(db: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql).fetchall()


def test_file_says_words_links_and_seconds(db: Path) -> None:
    assert rows(db, "select title from node where id in ('need', 'way', 'go') order by id") == [
        ("We go",),
        (TITLE,),
        (WAY,),
    ]
    assert rows(db, "select words, second from moment") == [(SAID, 312)]
    assert rows(db, "select text, second from quote order by position") == [
        (MEMORABLE.format("way"), 309),
        (QUOTED.format("way"), 313),
    ]
    assert rows(db, "select text from story_step") == [(STEP,)]
    assert rows(
        db, "select source, count(*) from edge where target = 'way' group by 1 order by 1"
    ) == [("go", 1), ("need", 3), ("p07", 4)]
    assert rows(db, "select count(*) from edge where source = 'need' and target = 'p07'") == [(1,)]
    missing = rows(db, "select message from diagnostic where code = 'OST010'")
    assert missing == []


@pytest.mark.parametrize("word", ["agrees", "gave", "sat", "face"])
def test_full_text_search_finds_what_people_said(db: Path, word: str) -> None:
    found = [
        rows(db, f"select count(*) from {table}_fts where {table}_fts match '{word}'")[0][0]
        for table in ("moment", "quote", "node")
    ]
    assert sum(map(int, map(str, found))) > 0
    assert rows(db, "select rowid from node_fts where node_fts match 'secret'") == []


async def read(serve: Serve, db: Path, copies: Path, door: str, name: str) -> str:
    if door == "saved":
        return (copies / f"{name}.html").read_text("utf-8")
    return await page(await serve(db), f"/-/ost/{name}")


@pytest.mark.parametrize("door", ["served", "saved"])
async def test_pages_show_what_is_read(serve: Serve, db: Path, copies: Path, door: str) -> None:
    need = await read(serve, db, copies, door, "node/need")
    assert (
        "Some<br />\nwords <i>slant</i> &lt;script&gt;run()&lt;/script&gt;, &lt;name&gt;, near"
        in need
    )
    assert re.search(r"near, <span[^>]*>a picture</span>\.\[\^1\]</p>", need)
    assert re.search(r'<p>\[\^1\]: <a class="wiki" [^>]*>foot</a></p>', need)
    assert "<code>kept %%in code%% &lt;!-- as code --&gt;\n</code>" in need
    assert "secret" not in need
    assert re.search(r'Head <a class="wiki" [^>]*>in the head</a>', need)
    assert re.search(r"<a href=[^>]*way[^>]*>see the night there</a>", need)
    assert f"<h1>{TITLE}</h1>" in need
    assert SAID in words(need)
    assert QUOTED.format(f"“{WAY}”") in words(need)
    assert BECAUSE.format(TITLE) in words(need)
    p07 = await read(serve, db, copies, door, "interview/p07")
    for said in (SAID, STEP, MEMORABLE.format(f"“{WAY}”"), QUOTED.format(f"“{WAY}”")):
        assert said in words(p07), said
    assert re.search(r'<th><a class="wiki" [^>]*>in the table</a></th>', p07)
    for second in (309, 310, 312, 313, 315):
        assert f'href="https://v.example/film#t={second}"' in p07
    for name in ("compare/need", "present", "node/go"):
        assert BECAUSE.format(TITLE) in words(await read(serve, db, copies, door, name)), name


async def test_other_pages_and_their_data_say_the_same(serve: Serve, db: Path) -> None:
    server = await serve(db)
    panel = words(await page(server, "/-/ost/panel/need"))
    assert SAID in panel
    assert TITLE in panel
    found = (await server.client.get("/-/ost/node/need.json")).json()
    assert found["node"]["title"] == TITLE
    assert SAID in json.dumps(found, ensure_ascii=False)
    assert SAID in words(await page(server, "/-/ost/search?q=agrees"))
    assert "near, a picture .[^1]" in words(await page(server, "/-/ost/search?q=picture"))
    for feed in ("activity.atom", "digest.atom?since=2026-10-01"):
        assert "secret" not in (await server.client.get(f"/-/ost/{feed}")).text
    assert TITLE in words(await page(server, "/-/ost/tree/grow"))


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("tree", TITLE),
        ("show need", SAID),
        ("show need", QUOTED.format(f"“{WAY}” (way)")),
        ("show p07", MEMORABLE.format(f"“{WAY}” (way)")),
        ("show p07", STEP),
        ("why way", QUOTED.format(f"“{WAY}” (way)")),
        ("why way", f"because {BECAUSE.format(TITLE)} (need)"),
        ("show need --format json", SAID),
        ("tree --format json", TITLE),
        ("compare need --format json", "it **held** in [[need]]"),
        ("export opml -", TITLE),
        ("export mermaid -", TITLE.replace("=", "#61;")),
    ],
)
def test_terminal_and_exports_say_the_same(
    run: Callable[[str], Result], folder: Path, command: str, said: str
) -> None:
    shown = run(f"ost {command} --folder {folder}").output
    assert said in " ".join(shown.split())


def test_files_of_other_tools_say_the_same(
    run: Callable[[str], Result], folder: Path, tmp_path: Path
) -> None:
    run(f"ost export okf {tmp_path / 'okf'} --folder {folder}")
    need = (tmp_path / "okf/opportunities/need.md").read_text("utf-8")
    assert (
        'description: "Some words slant <script>run()</script>, <name>, near, a picture.[^1]"'
        in need
    )
    run(f"ost export csv {tmp_path / 'csv'} --folder {folder}")
    assert SAID in (tmp_path / "csv/moments.csv").read_text("utf-8")
    run(f"ost export ost-builder {tmp_path / 'tree.md'} --folder {folder}")
    assert "secret" not in (tmp_path / "tree.md").read_text("utf-8")
