"""A kind is known in one place: every door reads its class, even from other packages."""

import json
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import invalidate_caches
from pathlib import Path
from typing import TYPE_CHECKING, get_args, get_type_hints

import pytest
from datasette.app import Datasette

from datasette_ost.export import html
from ost.exchange.differences import markdown
from ost.exchange.formats import formats
from ost.project.kinds import load_kinds
from ost.read.parse import parse
from ost.tree.model import KINDS, BoxShape, Colour, Node, Tone, unregister
from tests.plugin.sample import publish
from tests.test_diff_comment import named_difference

if TYPE_CHECKING:
    from click.testing import Result

    from ost.tree.tree import Tree

PLUGIN = Path(__file__).parent.parent / "plugins/datasette_ost"

CODE = '''
from typing import Annotated, Literal

from msgspec import Meta

from ost.tree.node import Node, Status


class Barrier(Node, frozen=True, kw_only=True):
    """What keeps customers from doing it another way.

    More words on it.
    """

    kind = "barrier"
    plural = "hurdles"
    glyph = "▼"
    colour = "magenta"
    shape = "pill"
    under = ("opportunity",)
    needs_evidence = True
    asked = ("height",)
    template = "<!-- What it keeps them from. -->\\n"
    statuses = (
        Status("suspected", "Nobody has looked", stage="waiting", usual=True),
        Status("confirmed", "Seen in the data", stage="done", tone="good"),
        Status("gone", "It is no more", stage="aside", tone="quiet"),
    )

    status: Annotated[
        Literal["suspected", "confirmed", "gone"] | None, Meta(description="Where it stands.")
    ] = None
    height: Annotated[float | None, Meta(title="Feet", description="How high it is.")] = None
'''

CONTENT = """
-- ost.toml --
-- more.md --
---
kind: outcome
---
# More film nights
-- slow.md --
---
kind: opportunity
parent: more
---
# Choosing is slow
-- wall.md --
---
kind: barrier
parent: slow
status: confirmed
height: 3
---
# A contract with one service

It binds the whole family.
-- low.md --
---
kind: barrier
parent: slow
---
# Nobody owns the remote
-- p07.md --
---
kind: interview
date: 2026-10-30
participant: P07
consent: research
---
# P07: film night

## Opportunities
- [[wall]] two years left [12:41]
"""


@pytest.fixture
def barrier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another package, installed, that gives a kind of its own."""
    site = tmp_path / "site"
    (site / "barriers-1.dist-info").mkdir(parents=True)
    (site / "barriers.py").write_text(CODE, "utf-8")
    about = site / "barriers-1.dist-info"
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: barriers\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[ost.kinds]\nbarrier = barriers:Barrier\n")
    monkeypatch.syspath_prepend(site)
    invalidate_caches()
    load_kinds.cache_clear()
    assert load_kinds() == ()
    yield
    unregister("barrier")
    load_kinds.cache_clear()
    sys.modules.pop("barriers", None)


@pytest.fixture
def written(barrier: None, folder: Callable[[str], Path]) -> Path:
    return folder(CONTENT)


def test_check_knows_a_new_kind(written: Path, run: Callable[[str], "Result"]) -> None:
    (written / "high.md").write_text(
        "---\nkind: barrier\nparent: more\nheigth: 3\nstatus: confirmt\n---\n# High\n", "utf-8"
    )
    said = run("ost check").stdout
    assert "a barrier has no field 'heigth'; did you mean 'height'?" in said
    assert "is not one of suspected, confirmed, gone; did you mean 'confirmed'?" in said
    assert "high.md:3:9" in said, "an outcome is no parent of a barrier"
    assert "there is no kind" not in said


def test_settings_give_a_new_kind_further_words(
    written: Path, run: Callable[[str], "Result"]
) -> None:
    settings = '[kinds]\nbarrier = ["hurdle"]\nbarier = ["fence"]\n'
    (written / "ost.toml").write_text(settings, "utf-8")
    (written / "high.md").write_text("---\nkind: hurdle\nparent: slow\n---\n# High\n", "utf-8")
    said = run("ost check").stdout
    assert "there is no kind" not in said
    assert "'barier' is not a kind; did you mean 'barrier'?" in said
    assert "▼ High" in run("ost tree").stdout


def test_tree_draws_a_new_kind(written: Path, run: Callable[[str], "Result"]) -> None:
    lines = run("ost tree").stdout.split("\n")
    drawn = {title: line for line in lines for title in ("contract", "remote") if title in line}
    assert "▼ A contract with one service" in drawn["contract"]
    assert "confirmed · 1 person" in drawn["contract"]
    assert "▼ Nobody owns the remote" in drawn["remote"]
    assert drawn["remote"].endswith(" 0 people")


def test_show_knows_a_new_kind(written: Path, run: Callable[[str], "Result"]) -> None:
    said = run("ost show wall").stdout
    assert "▼ A contract with one service" in said
    assert "barrier · confirmed" in said
    assert "height  3" in said
    assert "1 person" in said


def test_new_writes_a_new_kind(written: Path, run: Callable[[str], "Result"]) -> None:
    ended = run("ost new barrier 'No money' --parent slow --set height=2")
    assert ended.exit_code == 0, ended.stderr
    text = (written / "no-money.md").read_text("utf-8")
    assert text.startswith("---\nkind: barrier\nparent: slow\nheight: 2\n")
    assert "What it keeps them from." in text
    assert run("ost new barrier X --set width=2").exit_code == 2
    assert "▼ No money" in run("ost tree").stdout


def test_every_format_holds_a_new_kind(
    written: Path, run: Callable[[str], "Result"], tmp_path: Path
) -> None:
    for name in formats():
        out = tmp_path / name
        assert run(f"ost export {name} {out}").exit_code == 0
        files = [out] if out.is_file() else [each for each in out.rglob("*") if each.is_file()]
        assert any("A contract with one" in each.read_text("utf-8") for each in files), name


def test_ost_builder_lists_a_new_kind_in_the_card_above(
    written: Path, run: Callable[[str], "Result"]
) -> None:
    (written / "root.md").write_text("---\nkind: barrier\n---\n# @next to [nothing]\n")
    (written / "below.md").write_text("---\nkind: barrier\nparent: wall\n---\n# Below it\n")
    (written / "idea.md").write_text("---\nkind: solution\nparent: wall\n---\n# Idea\n")
    assert (
        run("ost export ost-builder -").stdout
        == """\
# Opportunity solution tree

* Barrier: @next to [nothing] (suspected)

## [Outcome] More film nights

### [Opportunity] Choosing is slow

* Barrier: A contract with one service (confirmed)
* Barrier: Below it (suspected)
* Barrier: Nobody owns the remote (suspected)

#### [Solution] Idea
"""
    )


def test_sql_holds_a_new_kind(written: Path) -> None:
    file = publish(written, written / "ost.db").path
    db = sqlite3.connect(file)
    columns = "id, status, height, participants"
    assert db.execute(f"select {columns} from barrier order by id").fetchall() == [
        ("low", "suspected", None, 0),
        ("wall", "confirmed", 3, 1),
    ]
    assert db.execute(
        "select plural, summary, glyph, parents, placed, fields from kind where name = 'barrier'"
    ).fetchone() == (
        "hurdles",
        "What keeps customers from doing it another way.",
        "▼",
        '["opportunity"]',
        1,
        '{"status": "Where it stands.", "height": "How high it is."}',
    )
    assert db.execute(
        "select name, stage, tone, usual from status where kind = 'barrier' order by position"
    ).fetchall() == [
        ("suspected", "waiting", "plain", 1),
        ("confirmed", "done", "good", 0),
        ("gone", "aside", "quiet", 0),
        ("draft", "aside", "quiet", 0),
    ]
    said = db.execute("select column_name from description where table_name = 'barrier'")
    assert {"", "height", "parent"} <= {name for (name,) in said}


LOOK = 'k-barrier c-magenta" data-glyph="▼"'
CONFIRMED = '<span class="status" data-tone="good" title="Seen in the data">confirmed</span>'

PAGES = {
    "/-/ost": ("<span>2 hurdles</span>",),
    "/-/ost/tree/more": (
        f'class="box {LOOK} data-shape="pill" data-tone="good"',
        f'class="box {LOOK} data-shape="pill" data-tone="plain"',
        'class="kind" data-glyph="▼"',
        "<span>2 hurdles</span>",
        '<span class="status">confirmed</span>',
        "no one yet",
        "<option>barrier</option>",
        "<option>confirmed</option>",
        f'<li class="chip {LOOK}>barrier</li>',
    ),
    "/-/ost/tree/more?kind=barrier": ("<b>2</b> of 4 nodes",),
    "/-/ost/panel/low": ("No one has mentioned this yet",),
    "/-/ost/node/wall": (f'class="chip {LOOK}', CONFIRMED, "1 person", "<dt>Feet</dt><dd>3</dd>"),
    "/-/ost/node/low": ("No one has mentioned this yet",),
    "/-/ost/node/slow": ("Hurdles <span", f'class="mention {LOOK}', CONFIRMED, "no one yet"),
    "/-/ost/interview/p07": (f'class="mention {LOOK}', CONFIRMED),
    "/-/ost/evidence": (f'class="mention {LOOK}', CONFIRMED),
    "/-/ost/search?q=contract": (f'class="chip {LOOK}', f'class="mention {LOOK}', CONFIRMED),
    "/-/ost/search?kind=barrier": ("<h2>Hurdles</h2>",),
    "/-/ost/tree/more.json": ('"kind":"barrier"', '"barrier":2'),
    "/ost/barrier": ('href="/-/ost/node/wall"',),
}
"""The words of a page about the new kind."""


async def test_pages_show_a_new_kind(written: Path) -> None:
    server = Datasette([str(publish(written, written / "ost.db").path)])
    await server.invoke_startup()
    try:
        for path, words in PAGES.items():
            answer = await server.client.get(path)
            assert answer.status_code == 200, path
            shown = answer.text.replace("<mark>", "").replace("</mark>", "")
            assert [word for word in words if word not in shown] == [], path
        tree = (await server.client.get("/-/ost/tree/more")).text
        assert "<span>suspected" not in tree, "a usual status says nothing new"
    finally:
        await server.invoke_shutdown()
        server.close()


def test_saved_pages_show_a_new_kind(written: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(publish(written, written / "ost.db").path)) as connection:
        html(connection, tmp_path / "saved")
    found = (tmp_path / "saved/assets/found.js").read_text("utf-8")
    known = json.loads(found.partition("=")[2].rstrip(";\n"))
    assert known["kinds"]["barrier"] == ["hurdles", "magenta", None, "▼"]
    assert known["tones"]["barrier"]["gone"] == "quiet"
    assert f'class="box {LOOK}' in (tmp_path / "saved/tree/more.html").read_text("utf-8")


def test_picture_of_a_difference_shows_a_new_kind(barrier: None) -> None:
    before = {"more.md": "---\nkind: outcome\n---\n# More\n"}
    after = before | {"wall.md": "---\nkind: barrier\nparent: more\n---\n# Wall\n"}
    picture = markdown.render(named_difference(before, after))
    assert re.search(r'n\d+\{\{"[^"]*Wall', picture)


STYLES = "".join(path.read_text("utf-8") for path in (PLUGIN / "static").glob("*.css"))


@pytest.mark.parametrize("colour", get_args(Colour))
def test_style_sheet_has_every_colour(colour: str) -> None:
    assert f".c-{colour}{{--k:var(--{colour})}}" in STYLES
    assert f"--{colour}:" in STYLES


def test_style_sheet_has_every_shape_tone_and_drawing() -> None:
    shapes = {*get_args(BoxShape)} - {"round"}
    tones = {*get_args(Tone)} - {"plain", "chosen"}
    assert set(re.findall(r"\[data-shape=(\w+)\]", STYLES)) == shapes
    assert set(re.findall(r"\[data-tone=(\w+)\]", STYLES)) == tones
    drawn = set(re.findall(r"\.i-(\w+)[^{}]*\{--i:", STYLES))
    assert {kind.icon for kind in KINDS.values() if kind.icon} <= drawn


def test_entry_point_that_is_not_a_kind_stops_nothing(
    barrier: None, tmp_path: Path, folder: Callable[[str], Path], run: Callable[[str], "Result"]
) -> None:
    points = tmp_path / "site" / "barriers-1.dist-info" / "entry_points.txt"
    points.write_text("[ost.kinds]\nbroken = barriers:nothing\nname = barriers:CODE\n")
    invalidate_caches()
    unregister("barrier")
    load_kinds.cache_clear()
    folder(CONTENT)
    ended = run("ost check")
    assert "barriers:nothing" in ended.stdout
    assert "there is no kind 'barrier'" in ended.stdout


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_explains_each_status_that_may_be_written(kind: type[Node]) -> None:
    hint = get_type_hints(kind).get("status")
    written = [word for each in get_args(hint) for word in get_args(each)]
    if hint is not None:
        assert written == [status.name for status in kind.statuses]
    assert len({status.name for status in kind.statuses}) == len(kind.statuses)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_names_fields_and_kinds_that_there_are(kind: type[Node]) -> None:
    named = {kind.day_field, kind.series, *kind.asked, *kind.today} - {""}
    assert named <= set(kind.__struct_fields__)
    assert {*kind.under, *filter(None, [kind.decided_by])} <= set(KINDS)
    assert kind.placed or not kind.under


def test_places_of_nodes_cover_the_names_of_their_kinds(
    tree: Callable[[str], "Tree"],
) -> None:
    text = "".join(f"-- {kind}.md --\n---\nkind: {kind}\n---\n# A {kind}\n" for kind in KINDS)
    for node in tree(text).nodes(Node):
        known = [status.name for status in type(node).statuses]
        assert node.own_status() == (known[0] if known else None)


def test_reading_knows_kinds_in_whatever_way_it_is_started() -> None:
    assert parse("---\nkind: outcome\n---\n# A\n").diagnostics == ()
