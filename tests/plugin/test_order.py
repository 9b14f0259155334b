"""Siblings have the same order at every door."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from datasette_ost.export import html as save
from tests.plugin.conftest import Serve
from tests.plugin.sample import publish
from tests.plugin.test_pages import page

if TYPE_CHECKING:
    from click.testing import Result

Files = Callable[[str], Path]
Run = Callable[[str], "Result"]


def project() -> Iterator[str]:
    """A tree whose order is not that of its titles, its ids or its files."""
    yield "-- top.md --\n---\nkind: outcome\norder: [wait, ask]\n---\n# More teams stay\n"
    for node, title, more in (
        ("ask", "No one answers me", "status: parked"),
        ("wait", "I wait for an answer", "order: [way-b, way-c, way-a]"),
        ("lost", "Answers get lost", "order: 1"),
    ):
        yield f"-- {node}.md --\n---\nkind: opportunity\nparent: top\n{more}\n---\n# {title}\n"
    for node, status in (("a", "idea"), ("b", "dropped"), ("c", "testing"), ("d", "candidate")):
        fields = f"kind: solution\nparent: wait\nstatus: {status}"
        yield f"-- way-{node}.md --\n---\n{fields}\n---\n# Way {node}\n"
    yield "-- chose.md --\n---\nkind: decision\nparent: wait\nchose: [way-c]\n---\n# A choice\n"


async def test_siblings_have_one_order_at_every_door(
    folder: Files, run: Run, serve: Serve, tmp_path: Path
) -> None:
    home = folder("".join(project()))
    (top,) = json.loads(run("ost tree --format json").stdout)
    needs = [each["id"] for each in top["children"]]
    below = {each["id"]: each.get("children", []) for each in top["children"]}
    ways = [each["id"] for each in below["wait"] if each["kind"] == "solution"]
    titles = dict(_titles(top))
    assert set(needs) == {"wait", "ask", "lost"}
    assert set(ways) == {"way-a", "way-b", "way-c", "way-d"}
    assert needs != sorted(needs)
    assert ways == ["way-c", "way-a", "way-d", "way-b"]  # as listed, the dropped one last
    assert [each["kind"] for each in below["wait"]][-1] == "decision"
    file = publish(home, tmp_path / "ost.db").path
    server = await serve(file)
    save_to = tmp_path / "site"

    async def values(path: str) -> dict[str, object]:
        return dict((await server.client.get(f"/-/ost/{path}.json")).json())

    doors: dict[str, list[str]] = {
        "terminal": _named(run("ost tree").stdout, titles),
        "list and picture": re.findall(r'<li id="([^"]+)"', await page(server, "/-/ost/tree/top")),
        "tree.json": [each["id"] for each in (await values("tree/top"))["boxes"]],  # type: ignore[attr-defined]
        "node of the outcome": _linked(await page(server, "/-/ost/node/top")),
        "node of the opportunity": _linked(await page(server, "/-/ost/node/wait")),
        "siblings": _linked(await page(server, "/-/ost/siblings/top")),
        "compare": _linked(await page(server, "/-/ost/compare/wait")),
    }
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = lambda _, row: row[0]
        save(connection_of(file), save_to)
        doors["node by lft"] = connection.execute(
            "select id from node where lft is not null order by lft"
        ).fetchall()
        doors["opportunity by position"] = connection.execute(
            "select id from opportunity order by position"
        ).fetchall()
        doors["solution by position"] = connection.execute(
            "select id from solution order by position"
        ).fetchall()
    doors["saved tree"] = re.findall(r'<li id="([^"]+)"', (save_to / "tree/top.html").read_text())
    seen = 0
    for door, found in doors.items():
        once = list(dict.fromkeys(found))
        for expected in (needs, ways):
            shown = [each for each in once if each in expected]
            if len(shown) > 1:
                seen += 1
                assert shown == expected, door
    assert seen >= 13


def connection_of(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{file}?mode=ro", uri=True)


def _titles(node: dict[str, object]) -> Iterator[tuple[str, str]]:
    yield str(node["title"]), str(node["id"])
    for child in node.get("children", ()):  # type: ignore[attr-defined] # JSON
        yield from _titles(child)


def _named(text: str, titles: dict[str, str]) -> list[str]:
    """The nodes whose titles a text holds, in its order."""
    places = {node: text.find(title) for title, node in titles.items()}
    return sorted((node for node, at in places.items() if at >= 0), key=places.__getitem__)


def _linked(html: str) -> list[str]:
    """The nodes to whose pages a page's main part leads, in its order."""
    main = html.split("</header>")[2]
    return re.findall(r'href="/-/ost/node/([^"#?]+)', main)
