"""Exports into files and folders, and the files that they leave alone."""

import csv
import io
import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
import yaml

import ost
from ost.exchange.forest import Forest, forest
from ost.exchange.formats import Format, formats
from tests.hostile_tree import (
    HOSTILE,
    PARENTS,
    SECRET,
    Files,
    Run,
    content,
    exported,
    shown,
    titles,
)

if TYPE_CHECKING:
    from ost.tree.tree import Tree
    from tests.scratch import Scratch


@pytest.fixture
def home(folder: Files) -> Path:
    return folder(content())


def test_csv_is_read_as_written(home: Path, run: Run) -> None:
    run("ost export csv tables")
    tables = {
        file.name: list(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")))
        for file in (home / "tables").iterdir()
    }
    assert sorted(tables) == ["edges.csv", "moments.csv", "nodes.csv", "quotes.csv"]
    nodes = {row["id"]: row for row in tables["nodes.csv"]}
    assert nodes["n7"]["title"] == "'=SUM(A1:A9)"
    assert nodes["n0"]["title"] == shown(HOSTILE[0])
    assert (nodes["n0"]["people"], nodes["n0"]["parent"]) == ("1", "top")
    cells = [cell for rows in tables.values() for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert [row["node"] for row in tables["moments.csv"]] == ["n0", "n2"]
    assert [row["text"] for row in tables["quotes.csv"]] == ["I, we, all."]
    assert {
        (row["source"], row["target"]) for row in tables["edges.csv"] if row["relation"] == "parent"
    } == PARENTS


_CARD = re.compile(r"\[(Outcome|Opportunity|Solution|Experiment)\]\s+", re.IGNORECASE)
_STATUS = re.compile(r"@(on-track|at-risk|next|done|none)$", re.IGNORECASE)


def cards(text: str) -> list[dict[str, Any]]:
    """What ost-builder reads, by its own rules: a heading with a kind is a card."""
    found: list[dict[str, Any]] = []
    above: list[tuple[int, str]] = []
    for line in text.split("\n"):
        heading = re.match(r"(#{1,6})\s+(.+)$", line)
        card = _CARD.match(heading[2]) if heading else None
        if heading and card:
            title = re.sub(r"\{#[^}]+\}", "", heading[2][card.end() :], count=1).strip()
            status = _STATUS.search(title)
            title = title[: status.start()].strip() if status else title
            while above and above[-1][0] >= len(heading[1]):
                above.pop()
            parent = above[-1][1] if above else ""
            found.append(
                {
                    "kind": card[1],
                    "title": title,
                    "status": status[1] if status else "none",
                    "above": parent,
                    "lines": [],
                }
            )
            above.append((len(heading[1]), title))
        elif found and not heading:
            found[-1]["lines"].append(line)
    return found


def test_ost_builder_reads_its_cards(home: Path, run: Run) -> None:
    found = cards(exported(run, "ost-builder"))
    plain = {each["title"].replace("\u2060", ""): each for each in found}
    assert set(plain) == {shown(each) for each in titles()}
    assert len(found) == len(titles())
    assert plain["Index"]["status"] == "next"
    assert plain["Ends in a status @done"]["status"] == "none"
    assert plain["Top"]["lines"][-4:] == ["- start: 3", "- current: 3", "- target: 9", ""]
    assert plain["Belief"]["above"] == "Idea"
    assert plain["=SUM(A1:A9)"]["above"] == shown(HOSTILE[3])
    assert "Words of 7, see n0 and [top](top.md)." in plain["=SUM(A1:A9)"]["lines"]
    assert "* start: 5" in plain["=SUM(A1:A9)"]["lines"]


def concepts(bundle: Path) -> dict[str, tuple[dict[str, Any], str]]:
    """A bundle by the rules of the format: front matter with a type in all but two names."""
    found = {}
    for file in sorted(bundle.rglob("*.md")):
        if file.name in {"index.md", "log.md"}:
            continue
        begin, front, body = re.split(
            r"^---\n", file.read_text("utf-8"), maxsplit=2, flags=re.MULTILINE
        )
        fields = yaml.safe_load(front)
        assert not begin
        assert fields["type"]
        found[f"/{file.relative_to(bundle).as_posix()}"] = (fields, body)
    return found


def test_okf_bundle_is_conformant(home: Path, run: Run) -> None:
    run("ost export okf ../bundle")
    found = concepts(home.parent / "bundle")
    by_id = {fields["ost_id"]: path for path, (fields, _) in found.items()}
    assert set(by_id) == set(ost.load(home).graph)
    assert by_id["index"] == "/opportunities/index-2.md"
    fields, body = found[by_id["n0"]]
    assert fields["title"] == shown(HOSTILE[0])
    assert fields["tags"] == ["0: x"]
    assert fields["sources"] == [
        {
            "id": "talk",
            "resource": "/interviews/talk.md",
            "title": "P1: a talk",
            "last_modified": "2026-10-01",
            "seconds": [65],
        }
    ]
    assert found[by_id["idea"]][0]["status"] == "deprecated"
    assert "[top](/outcomes/top.md)" in body
    links = re.findall(r"\]\((/[^)]*)\)", "".join(body for _, body in found.values()))
    assert len(links) > 60
    assert {unquote(each) for each in links} <= set(found)
    index = (home.parent / "bundle/index.md").read_text("utf-8")
    assert index.startswith(
        '---\nokf_version: "0.2"\n---\n\n# Outcomes\n\n* [Top](outcomes/top.md)'
    )
    listed = re.findall(r"^\* \[(?:[^\]\\]|\\.)*\]\(([^)]*)\)", index, re.MULTILINE)
    assert {f"/{unquote(each)}" for each in listed} == set(found)
    assert not (home.parent / "bundle/log.md").exists()


def test_okf_log_says_what_changed(scratch: "Scratch", run: Run) -> None:
    scratch.commit(content())
    scratch.commit(
        "-- idea.md --\n---\nkind: solution\nparent: [n0, n1]\nstatus: testing\n---\n# Idea\n"
        "-- belief.md --\n---\nkind: assumption\nparent: idea\n---\n# Belief again\n"
    )
    run("ost export okf ../bundle --select idea")
    log = (scratch.folder.parent / "bundle/log.md").read_text("utf-8")
    assert re.findall(r"^## (.*)$", log, re.MULTILINE) == ["2026-10-02", "2026-10-01"]
    assert "dropped → testing" in log
    assert "Belief" not in log
    assert all(
        line.startswith(("# Log", "## 2026-", "* **Update**: ")) for line in log.split("\n") if line
    )


def everything(run: Run, home: Path, *more: str) -> dict[str, str]:
    """What every format writes, by its name."""
    found = {}
    for name in formats():
        if Format(name).folder:
            run(" ".join((f"ost export {name} ../out-{name}", *more, "--overwrite")))
            files = sorted((home.parent / f"out-{name}").rglob("*.*"))
            found[name] = "\n".join(each.read_text("utf-8") for each in files)
        else:
            found[name] = exported(run, name, *more)
    return found


def test_no_format_has_comments_or_what_is_not_selected(home: Path, run: Run) -> None:
    whole = everything(run, home)
    for name, text in whole.items():
        assert SECRET not in text, name
        assert "Belief" in text, name
    assert everything(run, home) == whole
    for name in formats():
        shutil.rmtree(home.parent / f"out-{name}", ignore_errors=True)
    for name, text in everything(run, home, "--select", "idea+").items():
        assert "Belief" in text, name
        assert "=SUM" not in text, name
        assert "a talk" not in text, name


def test_same_tree_gives_the_same_export_even_when_empty(folder: Files, run: Run) -> None:
    home = folder("-- ost.toml --\n")
    assert everything(run, home) == everything(run, home)


def test_file_is_never_replaced_without_a_word(home: Path, run: Run) -> None:
    assert run("ost export svg deep/a.svg").stdout == "wrote deep/a.svg\n"
    assert run("ost export svg deep/a.svg").stdout == "unchanged: deep/a.svg\n"
    file = home / "deep/a.svg"
    file.write_text("mine", "utf-8")
    refused = run("ost export svg deep/a.svg")
    assert (refused.exit_code, file.read_text("utf-8")) == (2, "mine")
    assert "--overwrite" in refused.stderr
    assert run("ost export svg deep/a.svg --overwrite").stdout == "wrote deep/a.svg\n"
    run("ost export csv tables")
    (home / "tables/nodes.csv").write_text("mine", "utf-8")
    assert run("ost export csv tables").exit_code == 2
    assert (home / "tables/nodes.csv").read_text("utf-8") == "mine"
    assert run("ost export csv -").exit_code == 2
    assert "inside the content folder" in run("ost export okf bundle").stderr
    assert not (home / "bundle").exists()
    assert run("ost export svg deep").exit_code == 2


@pytest.mark.browser
def test_browser_draws_png_and_pdf(home: Path, run: Run) -> None:
    there = any(map(shutil.which, ("chromium", "google-chrome")))
    if not there and "CI" not in os.environ:
        pytest.skip("Chromium is not installed")
    svg = exported(run, "svg", "--select", "idea+")
    size = re.search(r'width="(\d+)" height="(\d+)"', svg)
    assert size
    drawn = run("ost export png a.png --select idea+")
    assert drawn.stdout == "wrote a.png\n", drawn.stderr
    data = (home / "a.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    sides = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    assert sides == (2 * int(size[1]), 2 * int(size[2]))
    run("ost export pdf a.pdf --select idea+")
    pages = re.findall(rb"/Type\s*/Page\b", (home / "a.pdf").read_bytes())
    assert len(pages) == 1
    assert run("ost export pdf a.pdf").exit_code == 2


def test_picture_without_a_browser_is_one_clear_line(
    home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(home / "nothing"))
    refused = run("ost export pdf a.pdf")
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert "ost export dot - | dot -Tpdf" in refused.stderr
    assert not (home / "a.pdf").exists()


def seconds(work: Callable[[], object]) -> float:
    """The processor time of the quicker of two runs."""
    found = []
    for _ in range(2):
        begin = time.process_time()
        work()
        found.append(time.process_time() - begin)
    return min(found)


def test_exports_take_time_in_proportion(tree: "Callable[[str], Tree]") -> None:
    def grown(many: int) -> Forest:
        nodes = (
            f"-- n{number}.md --\n---\nkind: opportunity\n"
            f"parent: [n{number // 3}, n{number // 2}]\n---\n# Title {number}\n"
            for number in range(1, many)
        )
        built = tree("-- n0.md --\n---\nkind: outcome\n---\n# Top\n" + "".join(nodes))
        return forest(built, list(built.by_id))

    small, large = grown(150), grown(600)
    for name in formats():
        export = Format(name).export
        export(small)
        short, long = seconds(lambda: export(small)), seconds(lambda: export(large))  # noqa: B023
        assert long < 0.05 or long < 10 * short, name
