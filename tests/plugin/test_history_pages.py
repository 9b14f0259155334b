"""Pages of history: a day's tree equals a clean build, and both clocks are right."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from datasette.app import Datasette

from datasette_ost.export import html
from datasette_ost.view.feed import NAMESPACE
from docs import quarter
from ost.history.git import Repository
from ost.project import Project
from ost.project.history import publish
from ost.project.revision import Revision
from ost.settings import config
from tests.plugin.conftest import Serve
from tests.plugin.sample import DAY, HOSTILE
from tests.plugin.test_saved import parsed_page
from tests.scratch import Scratch
from tests.test_incremental import IDS, written
from tests.test_past import happen

TREE = "tree/better-bets-every-week"


def built(folder: Path, output: Path) -> Path:
    """A folder's tree with its history, as one file."""
    root, settings = config.load(folder)
    project = Project(root, settings, DAY)
    project.refresh()
    return publish(project, output)[0].path


@pytest.fixture(scope="module")
def history_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked example with its quarter."""
    folder = tmp_path_factory.mktemp("quarter")
    quarter.write(folder / "repo")
    return built(folder / "repo", folder / "ost.db")


async def values(server: Datasette, page: str, status: int = 200) -> Any:
    path, _, query = page.partition("?")
    answer = await server.client.get(f"/-/ost/{path}.json?{query}")
    assert answer.status_code == status, answer.text
    return answer.json()


async def then(server: Datasette, page: str) -> Any:
    """A tree as of a day."""
    return (await values(server, page))["past"]


def grown(folder: Path, seed: int) -> Scratch:
    """A random history."""
    chance, scratch = random.Random(seed), Scratch(folder)
    content = folder / "content"
    for name in "ab":
        (content / name).mkdir(parents=True)
    (folder / "ost.toml").write_text('content = "content"\n')
    for node_id in IDS:
        if chance.random() < 0.5:
            (content / chance.choice("ab") / f"{node_id}.md").write_text(written(chance, node_id))
    scratch.commit()
    for _ in range(10):
        happen(chance, scratch, content)
    return scratch


_CLEAN = """
select id, kind, title, status, participants, moments, against, parent
from node
where lft between (select lft from node where id = :top) and (select rgt from node where id = :top)
order by id
"""
_SHOWN = ("called", "kind", "title", "status", "participants", "moments", "against")


@pytest.mark.parametrize("seed", range(2))
async def test_tree_on_a_day_is_a_clean_build_of_that_day(
    serve: Serve, tmp_path: Path, seed: int
) -> None:
    scratch = grown(tmp_path / "repo", seed)
    file = built(scratch.folder, tmp_path / "ost.db")
    server = await serve(file)
    repository, compared = Repository(scratch.folder), 0
    with closing(sqlite3.connect(file)) as db:
        days = db.execute("select day, commit_id, max(n) from revision group by day").fetchall()
    for day, commit, _ in days:
        revision = Revision(repository, repository.commit(commit), "")
        revision.refresh()
        with closing(revision.connect()) as db:
            db.row_factory = None
            tops = db.execute("select id from node where depth = 0 and kind = 'outcome'").fetchall()
            for (top,) in tops:
                clean = db.execute(_CLEAN, {"top": top}).fetchall()
                boxes = (await then(server, f"tree/{top}?on={day}"))["boxes"]
                called = {box["id"]: box["called"] for box in boxes}
                assert len(called) == len(boxes)
                shown = [
                    (*(box[name] for name in _SHOWN), called.get(box["parent"])) for box in boxes
                ]
                assert sorted(shown) == [
                    (*row[:-1], row[-1] if row[0] != top else None) for row in clean
                ], (day, top)
                compared += len(clean)
    assert compared > 20


async def test_both_clocks(serve: Serve, history_file: Path) -> None:
    server = await serve(history_file)
    found = await then(server, f"{TREE}?on=2026-10-29")
    assert (found["known"], found["said"]) == (4, 5)
    assert [(each["participant"], each["date"], each["written"]) for each in found["late"]] == [
        ("P04", "2026-10-28", "2026-11-09")
    ]
    said = {box["id"]: (box["participants"], box["said"]) for box in found["boxes"]}
    assert said["leaders-say-no-time"] == (3, 4)
    assert said["sales-guards-the-customers"] == (2, 2)
    html = (await server.client.get(f"/-/ost/{TREE}?on=2026-10-29")).text
    assert "<b>4 people</b> known, by commits" in html
    assert "<b>5</b> had said so, by dates of interviews" in html
    late = await then(server, f"{TREE}?on=2026-11-09")
    assert (late["known"], late["said"], late["late"]) == (6, 6, [])


async def test_marks_of_a_week(serve: Serve, history_file: Path) -> None:
    server = await serve(history_file)
    found = await then(server, f"{TREE}?on=2026-10-18")
    marks = {box["id"]: box["marks"] for box in found["boxes"] if box["marks"]}
    assert marks["leaders-say-no-time"] == ["moved", "changed"]
    assert marks["sales-guards-the-customers"] == ["new"]
    found = await then(server, f"{TREE}?on=2026-10-25")
    assert [each["id"] for each in found["gone"]] == ["no-tool-for-notes"]
    html = (await server.client.get(f"/-/ost/{TREE}?on=2026-11-01")).text
    assert "The target is now" in html
    assert 'class="was was-chosen"' in html
    assert 'rel="prev"' in html
    assert 'type="range" name="week" min="0" max="12" value="8"' in html
    found = await then(server, f"{TREE}?on=2026-11-15")
    assert "warn" in {box["id"]: box["marks"] for box in found["boxes"]}["monday-is-the-target"]


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("on=yesterday", 400, "'yesterday' is not a day. Write it as 2026-10-27."),
        ("on=2026-02-30", 400, "'2026-02-30' is not a day. Write it as 2026-10-27."),
        ("on=2026-08-31", 404, "The history begins on 1 Sep 2026, after 31 Aug 2026."),
        ("on=2999-01-01", 404, "1 Jan 2999 is still to come."),
        ("week=99", 404, "There is no such week. They are 0 to 12."),
        ("week=-1", 404, "There is no such week. They are 0 to 12."),
    ],
)
async def test_days_without_a_tree(
    serve: Serve, history_file: Path, asked: str, status: int, said: str
) -> None:
    server = await serve(history_file)
    assert (await values(server, f"{TREE}?{asked}", status))["error"] == said
    answer = await server.client.get(f"/-/ost/{TREE}?{asked}")
    assert answer.status_code == status
    assert said.replace("'", "&#39;") in answer.text


async def test_unknown_nodes_are_404(serve: Serve, history_file: Path) -> None:
    server = await serve(history_file)
    for page in ("tree", "biography", "grounds"):
        await values(server, f"{page}/no-such-node", 404)
    await values(server, "tree/no-such-node?on=2026-11-01", 404)
    await values(server, "grounds/start-from-zero-every-week", 404)
    await values(server, "history?revision=999", 404)
    await values(server, "history?revision=x", 400)


async def test_life_of_a_node(serve: Serve, history_file: Path) -> None:
    server = await serve(history_file)
    found = await values(server, "biography/start-from-zero-every-week")
    assert [(each["status"], each["since"], each["until"]) for each in found["periods"]] == [
        ("open", "2026-10-15", "2026-10-28"),
        ("target", "2026-10-28", "2026-11-09"),
        ("target", "2026-11-09", None),
    ]
    believed = [(each["day"], each["people"], each["against"]) for each in found["believed"]]
    assert believed == [("2026-10-15", 2, 1), ("2026-11-09", 4, 1), ("2026-11-13", 5, 1)]
    assert [(each["day"], each["people"]) for each in found["said"]] == [
        ("2026-09-03", 1),
        ("2026-10-07", 2),
        ("2026-10-14", 2),
        ("2026-10-28", 3),
        ("2026-11-04", 4),
        ("2026-11-11", 5),
    ]
    assert {each["author"] for each in found["changes"]} >= {"Ada", "Ben"}
    assert found["changes"] == sorted(found["changes"], key=lambda each: -each["revision"])
    html = (await server.client.get("/-/ost/biography/start-from-zero-every-week")).text
    assert '<path class="believed"' in html
    assert "5 had said so" in html
    page = (await server.client.get("/-/ost/node/start-from-zero-every-week")).text
    assert "/-/ost/biography/start-from-zero-every-week" in page


def test_changes_name_nodes_by_their_titles(history_file: Path) -> None:
    with closing(sqlite3.connect(history_file)) as connection:
        ids = [each for (each,) in connection.execute("select distinct node from version")]
        said = [each for (each,) in connection.execute("select sentence from change")]
    assert len(ids) > 50
    assert len(said) > 100
    raw = {each for each in said for name in ids if "-" in name and name in each.lower()}
    assert raw == set()


async def test_grounds_show_what_was_known_at_a_decision(serve: Serve, history_file: Path) -> None:
    server = await serve(history_file)
    found = await values(server, "grounds/monday-is-the-target")
    assert found["date"] == "2026-10-28"
    chosen, about, over = found["grounds"]
    assert [each["role"] for each in found["grounds"]] == ["chose", "about", "over"]
    then = chosen["then"]
    assert (then["participants"], chosen["said"], chosen["people"]) == (2, 3, 5)
    assert then["title"].startswith("On Mondays")
    assert (about["then"]["participants"], over["people"]) == (3, 3)
    dates = {one["date"] for each in found["grounds"] for one in each["moments"] if one["date"]}
    assert dates <= {"2026-10-07", "2026-10-14", "2026-10-21"}, "P04 was not written down yet"
    assert any(one["stance"] == "against" for one in chosen["moments"])
    assert [each["participant"] for each in found["late"]] == ["P04"]
    assert [each["day"] for each in found["suspect"]] == ["2026-11-09"]
    assert "reworded" in {each["change"] for each in found["since"]}
    assert "evidence" not in {each["change"] for each in found["since"]}, "it is said as a count"
    html = (await server.client.get("/-/ost/grounds/monday-is-the-target")).text
    assert "Suspect since 9 Nov 2026" in html
    tests = {
        test["node"]["id"]: (test["then"], test["node"]["status"])
        for each in (await values(server, "grounds/go-on-with-the-box"))["grounds"]
        for test in each["tests"]
    }
    assert tests["box-after-the-task"] == (None, "planned")
    assert tests["tasks-with-and-without-the-box"] == ("refuted", "refuted")


async def test_log_and_feed(serve: Serve, history_file: Path) -> None:
    server = await serve(history_file)
    found = await values(server, "history")
    assert [each["revision"]["subject"] for each in found["revisions"]][:2] == [
        "What we try next",
        "On with the box (#23)",
    ]
    assert found["revisions"][1]["revision"]["pull"] == "23"
    assert all(one["weight"] > 1 for each in found["revisions"] for one in each["changes"])
    whole = await values(server, f"history?revision={found['revisions'][1]['revision']['n']}")
    (commit,) = whole["revisions"]
    assert commit["more"] == 0
    assert len(commit["changes"]) > len(found["revisions"][1]["changes"])
    answer = await server.client.get("/-/ost/history.atom")
    feed = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    entries = feed.findall(f"{{{NAMESPACE}}}entry")
    names = [each.findtext(f"{{{NAMESPACE}}}id") for each in entries]
    assert len(set(names)) == len(names) > 30
    assert entries[0].findtext(f"{{{NAMESPACE}}}updated") == "2026-11-23T12:00:00+00:00"


async def test_file_without_history_says_how_to_get_it(serve: Serve, file: Path) -> None:
    server = await serve(file)
    said = "This file has no history. Build it again with ost build --history."
    assert (await values(server, "tree/more-film-nights?on=2026-11-01", 404))["error"] == said
    pages = ("history", "biography/cant-agree", "grounds/go-with-vetoes")
    for page in pages:
        text = (await server.client.get(f"/-/ost/{page}")).text
        assert "This file has no history." in text, page
        assert "ost build --history" in text, page
    node = (await server.client.get("/-/ost/node/cant-agree")).text
    assert "biography" not in node


async def test_stored_text_is_not_markup(serve: Serve, tmp_path: Path) -> None:
    scratch = Scratch(tmp_path / "repo")
    text = f"-- ost.toml --\n-- a.md --\n---\nkind: outcome\n---\n# {HOSTILE}\n"
    scratch.commit(text, f"{HOSTILE} (#1)")
    need = f"-- b.md --\n---\nkind: opportunity\nparent: a\n---\n# '\"> {HOSTILE}\n"
    scratch.commit(need, HOSTILE, day="2026-10-12")
    decision = (
        f"-- c.md --\n---\nkind: decision\nparent: a\non: 2026-10-20\nchose: b\n---\n# {HOSTILE}"
    )
    scratch.commit(f"{decision}\n", HOSTILE, day="2026-10-20")
    server = await serve(built(scratch.folder, tmp_path / "ost.db"))
    for page in ("history", "history.atom", "tree/a?on=2026-10-21", "biography/b", "grounds/c"):
        text = (await server.client.get(f"/-/ost/{page}")).text
        assert "alert(1)" in text, page
        assert "<script>alert" not in text, page
        assert "<img src=x" not in text, page


def test_saved_pages_carry_history(history_file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(history_file)) as connection:
        html(connection, tmp_path / "site")
    site = tmp_path / "site"
    assert f"{TREE.partition('/')[2]}.2026-11-23.html" in (site / f"{TREE}.html").read_text("utf-8")
    week = (site / f"{TREE}.2026-11-01.html").read_text("utf-8")
    assert "The target is now" in week
    assert "As it was on <b>1 Nov 2026</b>" in week
    assert "weeks.js" in week
    pages = [each for each in site.rglob("*.html") if each.parent.name in {"tree", "biography"}]
    assert len(pages) > 60
    for page in (*pages, site / "history.html"):
        paths = [link.partition("#")[0] for link in parsed_page(page).links]
        inner = [path for path in paths if path and "://" not in path]
        assert [path for path in inner if not (page.parent / path).is_file()] == [], page


async def test_large_tree_is_cut_and_links_to_the_rest(serve: Serve, tmp_path: Path) -> None:
    scratch = Scratch(tmp_path / "repo")
    lines = ["-- large.md --", "---", "kind: tree", "---", "## outcome: All ^all"]
    for top in range(30):
        lines.append(f"- opportunity: Area {top} ^o{top}")
        for need in range(10):
            lines.append(f"  - opportunity: Need {need} of {top} ^n{top}-{need}")
            lines += [f"    - solution: Way {way} ^s{top}-{need}-{way}" for way in range(3)]
    scratch.commit("\n".join([*lines, ""]), day="2026-10-01")
    lines[-1] = lines[-1].replace("Way 2", "Another way")
    lines[5] = "- opportunity: Another area ^o0"
    scratch.commit("\n".join([*lines, ""]), day="2026-10-12")
    server = await serve(built(scratch.folder, tmp_path / "ost.db"))
    found = await then(server, "tree/all?on=2026-10-12")
    assert len(found["boxes"]) == 331
    assert {box["children"] for box in found["boxes"] if box["depth"] == 2} == {3}
    assert {box["descendants"] for box in found["boxes"] if box["depth"] == 2} == {3}
    marks = {box["id"]: box["marks"] for box in found["boxes"] if box["marks"]}
    assert marks == {"o0": ["changed"]}
    assert not found["gone"]
    html = (await server.client.get("/-/ost/tree/all?on=2026-10-12")).text
    assert 'data-more="/-/ost/tree/n29-9?on=2026-10-12"' in html
    branch = await then(server, "tree/n29-9?on=2026-10-12&levels=2")
    assert branch["boxes"][-1]["marks"] == ["changed"]
    assert len((await then(server, "tree/all?on=2026-10-12&levels=1"))["boxes"]) == 31


async def test_former_address_leads_to_the_tree(serve: Serve, history_file: Path) -> None:
    server = await serve(history_file)
    answer = await server.client.get("/-/ost/past/better-bets-every-week?on=2026-11-01")
    assert (answer.status_code, answer.headers["location"]) == (301, f"/-/ost/{TREE}?on=2026-11-01")


async def test_page_links_to_its_json_of_the_same_day(serve: Serve, history_file: Path) -> None:
    server = await serve(history_file)
    text = (await server.client.get(f"/-/ost/{TREE}?on=2026-11-01")).text
    assert f"/-/ost/{TREE}.json?on=2026-11-01" in text


RULES_NAME_ADA = 1
"""So often an example of a rule does, which the file holds too."""


async def test_published_history_may_leave_authors_out(serve: Serve, tmp_path: Path) -> None:
    scratch = Scratch(tmp_path / "repo")
    need = "-- b.md --\n---\nkind: decision\nparent: a\non: {}\nchose: a\n---\n# {}\n"
    settings = "-- ost.toml --\n[publish]\nauthors = {}\n-- a.md --\n---\nkind: outcome\n---\n# A\n"
    pages = (
        "history",
        "history.json",
        "history.atom",
        "biography/b",
        "grounds/b",
        "tree/a?on=2026-10-09",
    )
    for day, said in (("2026-10-01", "true"), ("2026-10-09", "false")):
        scratch.commit(settings.format(said) + need.format(day, said), day=day)
        server = await serve(built(scratch.folder, tmp_path / f"{said}.db"))
        shown = [(await server.client.get(f"/-/ost/{page}")).text for page in pages]
        assert ["Ada" in text for text in shown[:4]] == [said == "true"] * 4
        assert said == "true" or not any("Ada" in text for text in shown)
        named = (tmp_path / f"{said}.db").read_bytes().count(b"Ada")
        assert (named > RULES_NAME_ADA) == (said == "true")
