"""`--select` on commands that read history or more than one node, and on saved pages."""

import html
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ost.excerpt.part import part
from ost.project.root import project_of
from tests.test_selectors import TREE

if TYPE_CHECKING:
    from click.testing import Result

    from tests.scratch import Scratch

Run = Callable[[str], "Result"]
WRONG = "  target+ kind:opportunty\n               ^^^^^^^^^^\n"


@pytest.fixture
def past(scratch: "Scratch") -> "Scratch":
    """A tree whose nodes `need`, `other` and `deep` change one after another."""
    scratch.commit(TREE, "Begin")
    scratch.git("mv", "other.md", "another.md")
    scratch.commit(
        "-- another.md --\n---\nkind: opportunity\nparent: top\naliases: [other]\n---\n# Another\n",
        "Other",
    )
    scratch.commit("-- need.md --\n---\nkind: opportunity\nparent: top\n---\n# Needed\n", "Need")
    scratch.commit("-- deep.md --\n---\nkind: opportunity\nparent: need\n---\n# Deeper\n", "Deep")
    return scratch


def test_show_shows_every_selected_node(past: "Scratch", run: Run) -> None:
    cards = json.loads(run("ost show --select 'need+1' --format json").stdout)
    assert [each["id"] for each in cards] == ["need", "deep", "idea"]
    shown = run("ost show --select 'need+1'").stdout
    assert shown.index("Needed") < shown.index("# Deeper" if "# Deeper" in shown else "Deeper")
    narrowed = json.loads(run("ost show need --select kind:solution --format json").stdout)
    assert narrowed == []
    assert run("ost show need --select kind:solution").stderr == "no node is selected\n"
    assert run("ost show").stderr == "ost: name a node, or choose some with --select\n"


def test_diff_shows_nodes_selected_on_either_side(past: "Scratch", run: Run) -> None:
    def nodes(options: str) -> set[str]:
        said = json.loads(run(f"ost diff HEAD~3 {options} --format json").stdout)
        return {each["node"] for each in said["changes"]}

    assert {"need", "deep", "another"} <= nodes("")
    assert nodes("--select deep") == {"deep"}
    # It is no target any more, and was one before.
    assert "need" in nodes("--select status:target")
    assert nodes("--select another") == nodes("--select other") == {"another"}


def test_history_follows_selected_nodes_back(past: "Scratch", run: Run) -> None:
    def subjects(options: str) -> list[str]:
        said = json.loads(run(f"ost history {options} --format json").stdout)
        return [each["subject"] for each in said]

    assert subjects("") == ["Deep", "Need", "Other", "Begin"]
    assert subjects("--select need") == ["Need", "Begin"]
    assert subjects("--select another") == ["Other", "Begin"]
    assert subjects("HEAD~3..HEAD --select 'need deep'") == ["Deep", "Need"]
    assert subjects("HEAD~2 --select status:target --node need") == ["Begin"]


def test_digest_and_next_are_about_selected_nodes(past: "Scratch", run: Run) -> None:
    said = json.loads(run("ost digest --since HEAD~3 --select deep --format json").stdout)
    told = [*said["heard"], *said["decided"], *said["moved"]]
    assert {each["node"] for each in told} == {"deep"}
    everything = json.loads(run("ost next --format json").stdout)["tasks"]
    some = json.loads(run("ost next --select kind:outcome --format json").stdout)["tasks"]
    assert some == [each for each in everything if each["node"] == "top"]
    assert 0 < len(some) < len(everything)


SELECTING = ("show", "diff HEAD~1", "history", "digest --since HEAD~1", "next", "export html x")


def test_mistake_is_pointed_at(past: "Scratch", run: Run) -> None:
    for command in SELECTING:
        ended = run(f"ost {command} --select 'target+ kind:opportunty'")
        assert ended.exit_code == 2, command
        assert ended.stderr.endswith(WRONG), command


def test_part_of_a_file_holds_selected_nodes_alone(past: "Scratch") -> None:
    project = project_of(Path(), date(2026, 10, 20))
    project.refresh()
    with closing(project.connect()) as whole, closing(part(whole, ["top", "deep", "p2"])) as some:
        rows = some.execute("select id, parent, depth, children from node order by id")
        assert [tuple(row) for row in rows] == [
            ("deep", "top", 1, 0),
            ("p2", None, None, 0),
            ("top", None, 0, 1),
        ]
        assert [row[0] for row in some.execute("select participant from evidence")] == ["P2", "P2"]
        assert {row[0] for row in some.execute("select node from moment")} == {"deep"}
        assert not some.execute("pragma foreign_key_check").fetchall()
        with pytest.raises(sqlite3.OperationalError):
            whole.execute("delete from node")


def test_saved_pages_say_nothing_of_other_nodes(past: "Scratch", run: Run) -> None:
    past.write(
        "-- deep.md --\n---\nkind: opportunity\nparent: need\n---\n# Deeper\n\n"
        "See [[p1|an interview]] and [[top]].\n"
    )
    assert run("ost export html ../site --select '-kind:interview -idea'").exit_code == 0
    site = past.folder.parent / "site"
    texts = {each: each.read_text("utf-8") for each in site.rglob("*") if each.suffix in SHOWN}
    page = next(text for each, text in texts.items() if each.name == "deep.html")
    assert 'class="missing">an interview</span>' in page
    assert "takes two hours" not in "".join(texts.values())
    assert html.escape("Belief") in "".join(texts.values())
    assert not [each for each in texts if each.name in {"p1.html", "p2.html", "idea.html"}]
    assert (
        run("ost export html ../empty --select 'need,top'").stderr == "ost: no node is selected\n"
    )


SHOWN = {".html", ".js"}
