"""`ost.load`: a project in Python equals the output of `ost check` and `ost build`."""

import asyncio
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import networkx
import pytest

import ost
from ost.disk.store import folder as state_of
from ost.errors import Misuse
from ost.tree.model import Opportunity
from tests.test_incremental import IDS, written

if TYPE_CHECKING:
    from click.testing import Result

ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 26)
Run = Callable[[str], "Result"]

CONTENT = """\
-- ost.toml --
-- content/aim.md --
---
kind: outcome
---
# More evenings end with a film
-- content/need.md --
---
kind: opportunity
parent: aim
status: target
---
# I can't agree with my family on what to watch
-- content/talks/p1.md --
---
kind: interview
participant: P1
segment: parents
date: 2026-11-02
---
# P1

## Opportunities
- [[need]] says no to everything [5:07] [6:00]
  > He always says no. [5:10]
- against [[need]]: on Fridays we agree
- someone called [[nobody]]
-- content/talks/p2.md --
---
kind: interview
---
# P2

## Opportunities
- [[need]] and [[aim]] again

See [[p1]].
"""


def check_findings(run: Run, line: str) -> list[tuple[str, int, str, str]]:
    ended = run(f"ost check {line} --format json")
    return [
        (each["path"], each["line"], each["code"], each["message"])
        for each in json.loads(ended.stdout)
    ]


def loaded(project: ost.LoadedProject) -> list[tuple[str, int, str, str]]:
    return [(each.path, each.at.line + 1, each.code, each.message) for each in project.diagnostics]


def test_a_loaded_project_says_what_check_says(folder: Callable[[str], Path], run: Run) -> None:
    home = folder(CONTENT)
    first = ost.load(home)
    assert loaded(first) == check_findings(run, ".")
    assert any("nobody" in message for *_, message in loaded(first))
    (home / "content/need.md").write_text("---\nkind: opportunity\n---\n# A need\n")
    after = ost.load(home)
    assert loaded(after) == check_findings(run, ".") != loaded(first)
    assert after.tree.by_id["need"].title == "A need"  # type: ignore[index] # an id is a text
    assert first.tree.by_id["need"].title != "A need"  # type: ignore[index] # see above


def test_a_part_of_a_project_is_loaded_with_its_diagnostics_alone(
    folder: Callable[[str], Path], run: Run
) -> None:
    home = folder(CONTENT)
    (home / "content/lost.md").write_text("---\nkind: opportunity\nparent: gone\n---\n# Lost\n")
    part = ost.load(home / "content/talks")
    assert loaded(part) == check_findings(run, "content/talks")
    assert 0 < len(part.diagnostics) < len(ost.load(home).diagnostics)
    assert "lost" in part.graph


def test_findings_in_the_baseline_are_hidden(folder: Callable[[str], Path], run: Run) -> None:
    home = folder(CONTENT)
    before = ost.load(home).diagnostics
    (home / "ost.toml").write_text('baseline = "known.jsonl"\n')
    with pytest.raises(Misuse, match=r"baseline .*known\.jsonl does not exist"):
        ost.load(home)
    run("ost check --write-baseline")
    assert before
    assert not ost.load(home).diagnostics
    (home / "content/need.md").unlink()
    assert loaded(ost.load(home)) == check_findings(run, ".") != []


def test_a_project_is_judged_as_of_a_day(folder: Callable[[str], Path], run: Run) -> None:
    home = folder(CONTENT)
    need = home / "content/need.md"
    waiver = "allow:\n  - {rule: unheard-target, because: soon, until: 2026-12-01}\n---\n# I"
    need.write_text(need.read_text().replace("---\n# I", waiver))
    for day in (date(2026, 11, 30), date(2026, 12, 2)):
        project = ost.load(home, as_of=day)
        assert project.as_of == project.tree.as_of == day
        assert loaded(project) == check_findings(run, f". --as-of {day}")
    assert loaded(ost.load(home, as_of=date(2026, 11, 30))) != loaded(project)
    noon = ost.load(home, as_of=datetime(2026, 12, 2, 12, tzinfo=UTC))
    assert noon.as_of == day
    assert loaded(noon) == loaded(project)


@pytest.mark.parametrize("name", ["nowhere", "x" * 5000, "a\0b"])
def test_a_folder_that_is_not_there_is_misuse(folder: Callable[[str], Path], name: str) -> None:
    folder(CONTENT)
    with pytest.raises(Misuse, match="no folder"):
        ost.load(name)


def test_settings_that_cannot_be_right_are_misuse(folder: Callable[[str], Path]) -> None:
    home = folder(CONTENT)
    (home / "ost.toml").write_text('content = "nowhere"\n')
    with pytest.raises(Misuse, match="no folder 'nowhere'"):
        ost.load(home)


@pytest.mark.parametrize("name", ["cache.db", "state.db"])
@pytest.mark.parametrize("data", [None, b"", b"no database"], ids=["gone", "empty", "broken"])
def test_a_state_that_is_not_whole_is_built_again(
    folder: Callable[[str], Path], name: str, data: bytes | None
) -> None:
    home = folder(CONTENT)
    before = ost.load(home)
    file = state_of(home) / name
    file.unlink()
    if data is not None:
        file.write_bytes(data)
    after = ost.load(home)
    assert after.diagnostics == before.diagnostics
    assert set(after.tree.by_id) == set(before.tree.by_id)


PUBLISHED = {"people": "participants"}


def assert_as_published(home: Path, project: ost.LoadedProject, run: Run) -> None:
    run(f"ost build {home} --output {home}/tree.db --as-of {project.as_of}")
    with closing(sqlite3.connect(home / "tree.db")) as db:
        db.row_factory = sqlite3.Row
        rows = {row["id"]: row for row in db.execute("select * from node")}
        assert list(project.graph) == sorted(rows)
        for node_id, data in project.graph.nodes(data=True):
            published = {name: rows[node_id][PUBLISHED.get(name, name)] for name in data}
            assert dict(data) == published, node_id
        edges = [(source, target, data) for source, target, data in project.graph.edges(data=True)]
        assert sorted(
            (source, target, data["relation"], data["position"])
            for source, target, data in edges
            if data["relation"] != "evidence"
        ) == sorted(
            tuple(row)
            for row in db.execute(
                "select source, target, relation, position from edge where relation != 'evidence'"
            )
        )
        heard = [
            (
                *(source, target, data["position"], data["participant"], data["stance"]),
                *(data["second"], data["words"], data["quotes"]),
            )
            for source, target, data in edges
            if data["relation"] == "evidence"
        ]
        assert sorted(heard, key=repr) == sorted(
            (
                (
                    *tuple(row)[1:],
                    tuple(
                        text
                        for (text,) in db.execute(
                            "select text from quote where moment = ? order by position", (row[0],)
                        )
                    ),
                )
                for row in db.execute(
                    "select id, source, node, position, participant, stance, second, words "
                    "from moment"
                )
            ),
            key=repr,
        )


def test_the_graph_holds_what_is_published(folder: Callable[[str], Path], run: Run) -> None:
    home = folder(CONTENT)
    project = ost.load(home)
    assert_as_published(home, project, run)
    (against,) = [
        data for *_, data in project.graph.edges(data=True) if data.get("stance") == "against"
    ]
    assert against["participant"] == "P1"
    assert against["second"] is None
    assert project.graph.edges["p1", "need", 0]["second"] == 5 * 60 + 7
    assert project.graph.nodes["need"]["people"] == 2
    assert project.graph.edges["p2", "need", 0]["participants"] == ("unknown",)


def test_each_of_several_people_in_an_interview_can_be_counted(
    folder: Callable[[str], Path],
) -> None:
    graph = ost.load(folder(CONTENT.replace("P1\nseg", "[P1, p-2]\nseg"))).graph
    heard = graph.edges["p1", "need", 0]
    assert (heard["participant"], heard["participants"]) == ("P1 & P2", ("P1", "P2"))
    assert graph.nodes["need"]["people"] == 3
    assert_people_can_be_counted(graph)


def test_the_graph_of_the_example_holds_what_is_published(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "content", tmp_path / "content")
    (tmp_path / "ost.toml").write_text("")
    project = ost.load(tmp_path, as_of=DAY)
    assert_as_published(tmp_path, project, run)
    assert_people_can_be_counted(project.graph)


@pytest.mark.parametrize("seed", range(12))
def test_the_graph_of_any_tree_holds_what_is_published(
    folder: Callable[[str], Path], run: Run, seed: int
) -> None:
    chance = random.Random(seed)
    home = folder("-- ost.toml --\n")
    for _ in range(3):
        for node_id in chance.sample(IDS, len(IDS) // 2):
            path = home / f"{chance.choice('ab')}/{node_id}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text(written(chance, node_id))
        project = ost.load(home)
        assert_as_published(home, project, run)
        assert loaded(project) == check_findings(run, ".")
        assert_people_can_be_counted(project.graph)
        assert_circles_are_said(project)


def assert_people_can_be_counted(graph: "networkx.MultiDiGraph[str]") -> None:
    """The way of `docs/how-to/python.md`, from the edges alone, equals the published values."""
    tree: networkx.DiGraph[str] = networkx.DiGraph()
    tree.add_nodes_from(graph)
    links = list(graph.edges(data=True))
    tree.add_edges_from((a, b) for a, b, data in links if data["relation"] == "parent")
    for node, published in graph.nodes(data=True):
        below = {node, *networkx.ancestors(tree, node)}
        people = {
            person
            for source, about, data in links
            if data["relation"] == "evidence"
            and about in below
            and data["stance"] == "for"
            and graph.nodes[source]["kind"] == "interview"
            for person in data["participants"]
        }
        assert len(people) == published["people"], node


def assert_circles_are_said(project: ost.LoadedProject) -> None:
    """Networkx finds the same circles as the rule: each has one report at least, and one begins at
    its first id; nothing else is reported.
    """
    hanging: networkx.DiGraph[str] = networkx.DiGraph(
        (source, target)
        for source, target, data in project.graph.edges(data=True)
        if data["relation"] == "parent"
    )
    groups = [
        set(group)
        for group in networkx.strongly_connected_components(hanging)
        if len(group) > 1 or any(hanging.has_edge(each, each) for each in group)
    ]
    reported = {each.node for each in project.diagnostics if each.code == "OST102"}
    assert {min(group) for group in groups} <= reported <= set().union(*groups)


def test_a_tree_and_its_nodes_are_short_to_look_at(folder: Callable[[str], Path]) -> None:
    project = ost.load(folder(CONTENT), as_of=DAY)
    assert repr(project.tree) == "<Tree of 4 nodes as of 2026-11-26>"
    assert repr(project.select("aim")) == (
        """(<Outcome 'aim': 'More evenings end with a film'>,)"""
    )


def test_invalid_date_is_a_usage_error(folder: Callable[[str], Path]) -> None:
    with pytest.raises(Misuse, match=r"as_of must be a datetime.date, not '2026-11-26'"):
        ost.load(folder(CONTENT), as_of="2026-11-26")  # type: ignore[arg-type] # the point


def test_the_graph_is_frozen_and_a_copy_is_not(folder: Callable[[str], Path]) -> None:
    graph = ost.load(folder(CONTENT)).graph
    with pytest.raises(networkx.NetworkXError, match=r"[Ff]rozen"):
        graph.remove_node("need")
    copy = graph.copy()
    copy.remove_node("need")
    assert "need" in graph


def test_loading_imports_networkx_for_the_graph_alone(folder: Callable[[str], Path]) -> None:
    home = folder(CONTENT)
    ost.load(home)
    program = (
        "import sys; before = set(sys.modules); import ost; ost.load\n"
        "cheap = {each.split('.')[0] for each in set(sys.modules) - before}\n"
        "assert not cheap & {'msgspec', 'sqlite3', 'networkx', 'click'}, cheap\n"
        "project = ost.load(sys.argv[1]); project.diagnostics; project.tree\n"
        "assert 'networkx' not in sys.modules\n"
        "project.graph\n"
        "assert 'networkx' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program, str(home)], check=True)


def test_project_loads_in_a_running_loop_and_with_threads(
    folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = folder(CONTENT)
    forked: list[int] = []
    monkeypatch.setattr("os.fork", lambda: forked.append(1))
    projects: list[ost.LoadedProject] = []

    async def cell() -> None:
        projects.append(ost.load(home))
        projects.append(await asyncio.to_thread(ost.load, home))

    end = threading.Event()
    beside = threading.Thread(target=end.wait)
    beside.start()
    try:
        asyncio.run(cell())
    finally:
        end.set()
        beside.join()
    first, second = projects
    assert first.diagnostics == second.diagnostics
    assert networkx.utils.graphs_equal(first.graph, second.graph)
    assert not forked


def test_several_threads_load_one_project(folder: Callable[[str], Path]) -> None:
    home = folder(CONTENT)
    found: list[tuple[int, int]] = []

    def work() -> None:
        project = ost.load(home)
        found.append((len(project.diagnostics), len(list(project.tree.nodes(Opportunity)))))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 4
    assert len(set(found)) == 1
