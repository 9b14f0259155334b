"""The marks on a day's tree are the changes since the week before."""

from pathlib import Path
from typing import Any

from datasette.app import Datasette

from tests.plugin.conftest import Serve
from tests.plugin.test_history_pages import (  # noqa: F401 - `told` is a fixture
    TREE,
    built,
    history_file,
    then,
    values,
)
from tests.scratch import Scratch

# ruff: noqa: F811 - fixtures by their names

TRACED = ("new", "moved", "changed", "status", "heard", "chosen")


def compared(was: dict[str, Any] | None, box: dict[str, Any]) -> list[str]:
    """The marks that follow from how a node was and is."""
    if was is None:
        return ["new"]
    other = was["status"] != box["status"]
    found = {
        "moved": box["depth"] and was["parent"] != box["parent"],
        "changed": (was["kind"], was["title"]) != (box["kind"], box["title"]),
        "status": other and "chosen" not in box["marks"],
        "chosen": other and "chosen" in box["marks"],
        "heard": any(was[name] < box[name] for name in ("participants", "against")),
    }
    return [mark for mark, holds in found.items() if holds]


async def marks_follow_from_the_week_before(server: Datasette, tops: list[str]) -> int:
    """How many marks there were in all weeks of some trees, as the difference of two days."""
    first = await then(server, f"tree/{tops[0]}?week=0")
    many = 0
    before: dict[str, dict[str, Any]] = {}
    for week in first["weeks"]:
        trees = {}
        for top in tops:
            answer = await server.client.get(f"/-/ost/tree/{top}.json?on={week['on']}")
            if answer.status_code == 200:
                trees[top] = answer.json()["past"]
        after = {box["id"]: box for tree in trees.values() for box in tree["boxes"]}
        for top, tree in trees.items():
            for box in tree["boxes"] if top in before else ():
                said = [mark for mark in box["marks"] if mark in TRACED]
                assert sorted(said) == sorted(compared(before.get(box["id"]), box)), (week, box)
                many += len(said)
            gone = {each["id"] for each in tree["gone"]}
            assert not gone & {box["id"] for box in tree["boxes"]}
            many += len(gone)
        before = after
    return many


async def test_marks_are_the_difference_of_two_days(serve: Serve, history_file: Path) -> None:
    server = await serve(history_file)
    assert await marks_follow_from_the_week_before(server, [TREE.partition("/")[2]]) > 60


async def test_marks_follow_nodes_through_other_ids(serve: Serve, tmp_path: Path) -> None:
    scratch = Scratch(tmp_path / "repo")
    need = "---\nkind: opportunity\nparent: {}\n---\n# {}\n"
    scratch.commit(
        "-- ost.toml --\n-- stay.md --\n---\nkind: outcome\n---\n# Stay\n"
        "-- go.md --\n---\nkind: outcome\n---\n# Go\n"
        f"-- find.md --\n{need.format('stay', 'Find it')}",
        day="2026-10-01",
    )
    scratch.commit(f"-- slow.md --\n{need.format('find', 'Slow')}", day="2026-10-08")
    scratch.git("mv", "find.md", "lost.md")
    scratch.commit(f"-- slow.md --\n{need.format('lost', 'Slow')}", day="2026-10-15")
    scratch.commit(f"-- slow.md --\n{need.format('stay', 'Slow')}", day="2026-10-22")
    scratch.commit(f"-- slow.md --\n{need.format('go', 'Slow')}", day="2026-10-29")
    scratch.commit("-- slow.md --\ngone\n", day="2026-11-05")
    server = await serve(built(scratch.folder, tmp_path / "ost.db"))
    assert await marks_follow_from_the_week_before(server, ["stay", "go"]) == 5
    weeks = [await then(server, f"tree/stay?week={week}") for week in range(5)]
    assert [
        {box["id"]: box["marks"] for box in week["boxes"] if box["marks"]} for week in weeks
    ] == [
        {},
        {"slow": ["new"]},
        {},
        {"slow": ["moved"]},
        {},
    ]
    gone = [{"id": "slow", "kind": "opportunity", "title": "Slow"}]
    assert [week["gone"] for week in weeks] == [[], [], [], [], gone]
    went = await then(server, "tree/go?on=2026-11-05")
    assert went["gone"] == gone
    # By its former id, and by the one that it had not got yet.
    for name in ("find", "lost"):
        (top, *_) = (await then(server, f"tree/{name}?on=2026-10-09"))["boxes"]
        assert (top["id"], top["called"], top["gone"]) == ("lost", "find", 0)
        page = await values(server, f"tree/{name}?on=2026-10-09")
        assert [each["id"] for each in page["above"]] == ["stay"]
    life = await values(server, "biography/find")
    assert [(each["id"], each["until"]) for each in life["former"]] == [("find", "2026-10-15")]
    gone = await values(server, "biography/slow")
    assert gone["node"] is None
    assert [each["change"] for each in gone["changes"]] == ["removed", "moved", "moved", "added"]
    assert "In the tree from" in (await server.client.get("/-/ost/biography/slow")).text
    said = await values(server, "tree/slow?on=2026-11-06", 404)
    assert said["error"].startswith("This was not in the tree on 6 Nov 2026")


async def test_ids_that_two_nodes_had_stay_apart(serve: Serve, tmp_path: Path) -> None:
    scratch = Scratch(tmp_path / "repo")
    need = "---\nkind: opportunity\nparent: {}\n---\n# {}\n"
    scratch.commit(
        "-- ost.toml --\n-- stay.md --\n---\nkind: outcome\n---\n# Stay\n"
        f"-- find.md --\n{need.format('stay', 'Find it at home')}"
        f"-- slow.md --\n{need.format('find', 'Waits for an answer')}",
        day="2026-10-01",
    )
    scratch.commit("-- slow.md --\ngone\n", day="2026-10-08")
    scratch.git("mv", "find.md", "slow.md")
    scratch.commit("", day="2026-10-15")
    server = await serve(built(scratch.folder, tmp_path / "ost.db"))
    boxes = (await then(server, "tree/stay?on=2026-10-01"))["boxes"]
    assert [each["called"] for each in boxes] == ["stay", "find", "slow"]
    assert len({each["id"] for each in boxes}) == 3
    assert (await server.client.get("/-/ost/tree/stay?on=2026-10-01")).status_code == 200
