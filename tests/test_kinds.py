"""A kind is known in one place: every door reads what its class says, those of strangers too."""

import sqlite3
from collections.abc import Callable, Iterator
from importlib import invalidate_caches
from pathlib import Path
from typing import TYPE_CHECKING, get_args, get_type_hints

import pytest
from datasette.app import Datasette

from ost.project.kinds import load_kinds
from ost.read.parse import parse
from ost.tree.model import KINDS, Node, register, unregister
from tests.plugin.sample import publish

if TYPE_CHECKING:
    from click.testing import Result

    from ost.tree.tree import Tree

CODE = '''
from typing import Annotated, Literal

from msgspec import Meta

from ost.tree.node import Node, Status


class Barrier(Node, frozen=True, kw_only=True):
    """What keeps customers from doing it another way.

    More words on it.
    """

    kind = "barrier"
    plural = "barriers"
    glyph = "▼"
    colour = "magenta"
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
    height: Annotated[float | None, Meta(description="How high it is.")] = None
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


@pytest.fixture
def written(barrier: None, folder: Callable[[str], Path]) -> Path:
    return folder(CONTENT)


def test_check_knows_a_new_kind(written: Path, run: Callable[[str], "Result"]) -> None:
    (written / "high.md").write_text(
        "---\nkind: barrier\nparent: more\nheigth: 3\nstatus: confirmt\n---\n# High\n", "utf-8"
    )
    said = run("ost check").stdout
    assert "a barrier has no field 'heigth'; did you mean 'height'?" in said
    assert "is none of suspected, confirmed, gone; did you mean 'confirmed'?" in said
    assert "high.md:3:9" in said, "an outcome is no parent of a barrier"
    assert "there is no kind" not in said


def test_tree_draws_a_new_kind(written: Path, run: Callable[[str], "Result"]) -> None:
    lines = run("ost tree").stdout.split("\n")
    drawn = {title: line for line in lines for title in ("contract", "remote") if title in line}
    assert "▼ A contract with one service" in drawn["contract"]
    assert "confirmed · 1 person" in drawn["contract"]
    assert "▼ Nobody owns the remote" in drawn["remote"]
    assert drawn["remote"].endswith(" 0 people")


def test_show_tells_of_a_new_kind(written: Path, run: Callable[[str], "Result"]) -> None:
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
        "barriers",
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
    ]
    said = db.execute("select column_name from description where table_name = 'barrier'")
    assert {"", "height", "parent"} <= {name for (name,) in said}


async def test_pages_show_a_new_kind(written: Path) -> None:
    server = Datasette([str(publish(written, written / "ost.db").path)])
    await server.invoke_startup()
    try:
        for path, *words in (
            ("/-/ost/tree/more", "A contract with one service", "k-barrier", "confirmed"),
            ("/-/ost/node/wall", "A contract with one service", "Height", "barrier"),
            ("/-/ost/node/slow", "A contract with one service", "Barriers"),
            ("/-/ost/search?q=contract", "A contract with one service", "barrier"),
        ):
            answer = await server.client.get(path)
            assert answer.status_code == 200, path
            shown = answer.text.replace("<mark>", "").replace("</mark>", "")
            assert not [word for word in words if word not in shown], path
    finally:
        await server.invoke_shutdown()
        server.close()


def test_an_entry_point_that_is_no_kind_stops_nothing(
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


def test_two_kinds_of_one_name_are_refused() -> None:
    class Other(Node, frozen=True, kw_only=True):
        kind = "outcome"

    with pytest.raises(ValueError, match="two kinds are called 'outcome'"):
        register([Other])
    assert KINDS["outcome"].__name__ == "Outcome"


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


def test_words_that_nodes_stand_at_are_those_of_their_kinds(
    tree: Callable[[str], "Tree"],
) -> None:
    text = "".join(f"-- {kind}.md --\n---\nkind: {kind}\n---\n# A {kind}\n" for kind in KINDS)
    for node in tree(text).nodes(Node):
        known = [status.name for status in type(node).statuses]
        assert node.own_status() == (known[0] if known else None)


def test_reading_knows_kinds_in_whatever_way_it_is_started() -> None:
    assert parse("---\nkind: outcome\n---\n# A\n").diagnostics == ()
