"""A link without words in what people said shows the title of its node at every door; the
terminal's JSON keeps the text as written.
"""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from datasette.app import Datasette

from datasette_ost.export import html
from ost.notation import notation
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
-- lost.md --
---
kind: opportunity
parent: stay
status: target
aliases: [Lost-Place]
---
# I lose my place
-- o.md --
---
kind: opportunity
parent: stay
---
# 我找不到书签
-- ribbon.md --
---
kind: solution
parent: lost
---
# A ribbon
-- pick.md --
---
kind: decision
parent: lost
on: 2026-11-02
chose: ribbon
because: "[[Lost-Place]] hurts more than [[o|the rest]]"
---
# We pick the ribbon
-- p1.md --
---
kind: interview
date: 2026-11-01
participant: P1
---
# P1: the train

## Story

1. [0:40] looks for the lost page, as in **[[o]]**

## Opportunities

- [[lost]]: lost once, lost twice, unlike
  [[o]] or [[o|the other]] or [[nowhere]] [1:10]
  > I lost it o so often, it is [[o]]. [1:12]
- on the train [[Lost-Place]] is worst
- [[o]] and [[lost]]: both

### [[o]]: in the evening

He reads no [[lost]] page.
-- p2.md --
---
kind: interview
date: 2026-11-02
participant: P2
---
# P2: the bus

## Memorable quote

> It is like [[o]].
-- p3.md --
---
kind: interview
---
# P3: the tram

## Opportunities

### [[o]]

- a [[lost]] page, and [[lost]] again

He [[lost]] that [[lost]] page.
"""

SAID = "lost once, lost twice, unlike {} or the other or nowhere"
QUOTED = "I lost it o so often, it is {}."
INSIDE = "on the train {} is worst"
STEP = "looks for the lost page, as in {}"
EVENING = "in the evening He reads no {} page."
LOST, OTHER = "“I lose my place”", "“我找不到书签”"
ESCAPED = json.dumps(QUOTED.format(OTHER))[1:-1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tree")
    write(made, TREE)
    return made


@pytest.fixture(scope="module")
def file(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(folder, tmp_path_factory.mktemp("site") / "ost.db").path


@pytest.fixture
async def server(serve: Serve, file: Path) -> Datasette:
    return await serve(file)


def test_file_gives_the_places_of_links_in_words(file: Path) -> None:
    columns = {"moment": "words", "quote": "text", "step": "text"}
    with closing(sqlite3.connect(file)) as connection:
        (text,) = connection.execute("select notation from node where id = 'p1'").fetchone()
        found = []
        for mark in notation(text).spoken:
            table = "story_step" if mark.table == "step" else mark.table
            asked = (
                f"select {columns[mark.table]} from {table} where source = 'p1' and position = ?"
            )
            (said,) = connection.execute(asked, (mark.position,)).fetchone()
            found.append(f"{said[: mark.start]}[{mark.node}]{said[mark.end :]}")
    assert found == [
        "lost once, lost twice, unlike [o] or the other or nowhere",
        "lost once, lost twice, unlike o or [o] or nowhere",
        "on the train [lost] is worst",
        "in the evening He reads no [lost] page.",
        "I lost it o so often, it is [o].",
        "looks for the lost page, as in [o]",
    ]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("node/lost", SAID.format(OTHER)),
        ("node/lost", QUOTED.format(OTHER)),
        ("node/lost", INSIDE.format(LOST)),
        ("node/o", EVENING.format(LOST)),
        ("panel/lost", SAID.format(OTHER)),
        ("interview/p1", SAID.format(OTHER)),
        ("interview/p1", STEP.format(OTHER)),
        ("person/P1", INSIDE.format(LOST)),
        ("present", QUOTED.format(OTHER)),
        ("compare/lost", QUOTED.format(OTHER)),
        ("search?q=unlike", SAID.format(OTHER)),
        ("evidence", f"It is like {OTHER}."),
        ("interview/p2", f"It is like {OTHER}."),
        ("node/pick", "“I lose my place” hurts more than the rest"),
    ],
)
async def test_links_in_words_show_titles(server: Datasette, path: str, said: str) -> None:
    shown = words(await page(server, f"/-/ost/{path}"))
    assert said in shown


async def test_search_marks_matches_next_to_a_title(server: Datasette) -> None:
    found = await page(server, "/-/ost/search?q=often")
    assert f"so <mark>often</mark>, it is {OTHER}." in found


def test_saved_pages_show_titles(file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        html(connection, tmp_path / "site")
    for name in ("node/lost.html", "interview/p1.html"):
        assert SAID.format(OTHER) in (tmp_path / "site" / name).read_text("utf-8")
    for script in (tmp_path / "site/panel/lost.js", *(tmp_path / "site").rglob("*found*.js")):
        text = script.read_text("utf-8")
        assert any(each in text for each in (QUOTED.format(OTHER), ESCAPED))


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("show lost", SAID.format(f"{OTHER} (o)")),
        ("show lost", QUOTED.format(f"{OTHER} (o)")),
        ("show p1", STEP.format(f"{OTHER} (o)")),
        ("show p1", EVENING.format(f"{LOST} (lost)")),
        ("why ribbon", QUOTED.format(f"{OTHER} (o)")),
        ("why ribbon", INSIDE.format(f"{LOST} (lost)")),
        ("why ribbon", f"because {LOST} (lost) hurts more than the rest"),
        ("why ribbon --format markdown", f"{LOST} (lost) hurts more than the rest"),
        ("show p3", f"He {LOST} (lost) that {LOST} (lost) page."),
        ("show lost --format json", SAID.format("o")),
        ("why ribbon --format json", QUOTED.format("o")),
        ("why ribbon --format json", "[[Lost-Place]] hurts more"),
    ],
)
def test_terminal_shows_titles_and_json_what_was_written(
    run: Callable[[str], Result], folder: Path, command: str, said: str
) -> None:
    shown = run(f"ost {command} --folder {folder}").output
    assert said in " ".join(shown.split())
