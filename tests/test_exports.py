"""Exports: what the readers of each format make of them, whatever titles say."""

import csv
import io
import json
import os
import random
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import jsonschema
import networkx
import pytest
import yaml

import ost
from ost.exchange import escape
from ost.exchange.forest import forest
from ost.exchange.formats import Format, formats
from ost.exchange.layout import BOX, layout

if TYPE_CHECKING:
    from click.testing import Result

    from tests.scratch import Scratch

Files = Callable[[str], Path]
Run = Callable[[str], "Result"]


def parsed_xml(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own output


HOSTILE = [
    'He said "no" and \\ left',
    "a] b[ c{ d} e( f) |g|",
    "</outline><script>alert(1)</script>",
    "&lt; &amp; &#35; #quot; #9829;",
    "emoji 👩‍👩‍👧 🎬 done",
    "עברית ועוד عربي \u202e flipped",
    "1. a list & a *star* _under_ `code`",
    "=SUM(A1:A9)",
    "-- > %% %%{init: {}}%% end",
    "Ends in a status @done",
    "{#id} [Solution] [[need]] @next",
    "\\N \\G \\l \\",
    "'; drop table node; --",
    "style fill:red click n1 href",
    "x" * 90,
    "家族で何を観るか決められない",
]

SECRET = "whispered"


def _literal(title: str) -> str:
    """The title in Markdown, in which all these signs mean something."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", title)


def content() -> str:
    """A tree whose titles are hostile, with a further parent, interviews, and comments."""
    parts = ["-- top.md --\n---\nkind: outcome\nbaseline: 3\ntarget: 9\n---\n# Top\n"]
    for number, title in enumerate(HOSTILE):
        parent = "top" if number < 4 else f"n{number - 4}"
        parts.append(
            f"-- n{number}.md --\n---\nkind: opportunity\nparent: {parent}\n"
            f"tags: ['{number}: x']\n---\n# {_literal(title)}\n\n"
            f"Words of {number}, see [[n0]] and [top](top.md). %% {SECRET} %%\n"
            f"<!-- {SECRET} -->\n## [Outcome] Not a card\n- start: 5\n"
        )
    parts.append(
        "-- idea.md --\n---\nkind: solution\nparent: [n0, n1]\nstatus: dropped\n---\n# Idea\n"
        "-- belief.md --\n---\nkind: assumption\nparent: idea\n---\n# Belief\n"
        "-- index.md --\n---\nkind: opportunity\nparent: top\nstatus: target\n---\n# Index\n"
        "-- talk.md --\n---\nkind: interview\nparticipant: P1\ndate: 2026-10-01\n"
        "consent: research\n---\n# P1: a talk\n\n## Opportunities\n"
        f'- [[n0]] =cmd() "quoted" [1:05] <!-- {SECRET} -->\n  > I, we, all. [1:07]\n'
        "- [[n2]] takes an hour\n"
    )
    return "".join(parts)


@pytest.fixture
def home(folder: Files) -> Path:
    return folder(content())


def exported(run: Run, name: str, *more: str) -> str:
    ended = run(" ".join(("ost export", name, "-", *more)))
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def titles() -> list[str]:
    return [*HOSTILE, "Top", "Idea", "Belief", "Index"]


def shown(title: str) -> str:
    """A title as other programs are given it."""
    return escape.terminal(title)


PARENTS = {(f"n{number}", "top" if number < 4 else f"n{number - 4}") for number in range(16)} | {
    ("idea", "n0"),
    ("idea", "n1"),
    ("belief", "idea"),
    ("index", "top"),
}


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("graphml", lambda text: networkx.parse_graphml(text, force_multigraph=True)),
        ("gexf", lambda text: networkx.read_gexf(io.BytesIO(text.encode()))),
        ("node-link", lambda text: networkx.node_link_graph(json.loads(text), edges="edges")),
    ],
)
def test_networkx_reads_the_graph(
    home: Path, run: Run, name: str, read: Callable[[str], "networkx.MultiDiGraph[str]"]
) -> None:
    ours, theirs = ost.load(home).graph, read(exported(run, name))
    assert set(theirs) == set(ours)
    for node_id, data in ours.nodes(data=True):
        there = theirs.nodes[node_id]
        assert shown(there["title"]) == shown(data["title"])
        assert (there["kind"], there["people"]) == (data["kind"], data["people"])
    assert sorted((a, b, data["relation"]) for a, b, data in theirs.edges(data=True)) == sorted(
        (a, b, data["relation"]) for a, b, data in ours.edges(data=True)
    )


def test_graphviz_draws_the_tree(home: Path, run: Run) -> None:
    program = shutil.which("dot")
    if program is None and "CI" not in os.environ:
        pytest.skip("Graphviz is not installed")
    assert program, "CI needs the package graphviz"
    ended = subprocess.run(
        [program, "-Tjson"], input=exported(run, "dot"), capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    drawn = json.loads(ended.stdout)
    names = {each["_gvid"]: each["name"] for each in drawn["objects"]}
    assert {(names[each["head"]], names[each["tail"]]) for each in drawn["edges"]} == PARENTS
    plain = subprocess.run(
        [program, "-Tsvg"], input=exported(run, "dot"), capture_output=True, text=True, check=False
    )
    said = {
        "".join(each.itertext())
        for each in parsed_xml(plain.stdout).iter("{http://www.w3.org/2000/svg}text")
    }
    assert shown("&lt; &amp; &#35; #quot;") in said
    assert {shown("\\N \\G \\l \\"), "=SUM(A1:A9)", "Belief"} <= said


_MERMAID = re.compile(
    r"""flowchart\ TD\n
    (?:\ \ n\d+(?:\(\[|\(|\[|\[/|\{\{|\[\[)"[^"<>`{}\[\]()|\\*\n]*(?:<br/>)[^"<>\n]*"
       (?:\]\)|\)|\]|/\]|\}\}|\]\]):::[a-z]+\n)*
    (?:\ \ n\d+\ (?:-->|-\.->)\ n\d+\n)*
    (?:\ \ classDef\ [a-z]+\ stroke:\#[0-9a-f]{6},stroke-width:2px\n)*""",
    re.VERBOSE,
)


def test_mermaid_is_a_flowchart(home: Path, run: Run) -> None:
    """The grammar here is narrower than Mermaid's: labels hold no mark that it reads."""
    text = exported(run, "mermaid")
    assert _MERMAID.fullmatch(text)
    drawn = re.findall(r'^  (n\d+)\W+"(.*)<br/>', text, re.MULTILINE)
    said = {re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label) for _, label in drawn}
    assert said == {shown(each).replace("1.", "1\u2024") for each in titles()}
    assert len(re.findall(r"-->|-\.->", text)) == len(PARENTS)


def boxes(text: str) -> Iterator[tuple[str, ET.Element]]:
    svg = "{http://www.w3.org/2000/svg}"
    for group in parsed_xml(text).iter(f"{svg}g"):
        yield group.findtext(f"{svg}title") or "", group


def test_svg_shows_every_title(home: Path, run: Run) -> None:
    text = exported(run, "svg")
    found = dict(boxes(text))
    assert set(found) == {shown(each) for each in titles()}
    assert {each.tag.partition("}")[2] for each in parsed_xml(text).iter()} == {
        *("svg", "title", "style", "rect", "path", "g", "text"),
    }
    assert text.count("<path") == len(PARENTS)
    lines = ["".join(each.itertext()) for each in found["=SUM(A1:A9)"]]
    assert "opportunity · open · 0 people" in lines


@pytest.mark.parametrize("seed", range(6))
def test_boxes_do_not_overlap(tree: "Callable[[str], Any]", seed: int) -> None:
    chance = random.Random(seed)
    parts = []
    for number in range(40):
        parent = (
            f"parent: n{chance.randrange(number)}\n" if number and chance.random() < 0.9 else ""
        )
        title = " ".join("word" * chance.randrange(1, 9) for _ in range(chance.randrange(1, 20)))
        kind = "opportunity" if parent else "outcome"
        parts.append(f"-- n{number}.md --\n---\nkind: {kind}\n{parent}---\n# {title}\n")
    built = tree("".join(parts))
    placed = list(layout(forest(built, list(built.by_id))).values())
    assert len(placed) == 40
    for number, one in enumerate(placed):
        for other in placed[number + 1 :]:
            assert (
                abs(one.x - other.x) > BOX
                or one.y + one.height < other.y
                or other.y + other.height < one.y
            )


def keys(required: dict[str, Any], optional: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": required | optional,
        "required": list(required),
        "additionalProperties": False,
    }


_TEXT, _NUMBER = {"type": "string"}, {"type": "integer"}
_COLOUR = {"type": "string", "pattern": "^([1-6]|#[0-9a-fA-F]{6})$"}
_SIDE = {"enum": ["top", "right", "bottom", "left"]}
_END = {"enum": ["none", "arrow"]}
_PLACE = dict.fromkeys(("x", "y", "width", "height"), _NUMBER)
CANVAS = keys(
    {},
    {
        "nodes": {
            "type": "array",
            "items": keys(
                {"id": _TEXT, "type": {"const": "text"}, "text": _TEXT, **_PLACE},
                {"color": _COLOUR},
            ),
        },
        "edges": {
            "type": "array",
            "items": keys(
                {"id": _TEXT, "fromNode": _TEXT, "toNode": _TEXT},
                {
                    "fromSide": _SIDE,
                    "fromEnd": _END,
                    "toSide": _SIDE,
                    "toEnd": _END,
                    "color": _COLOUR,
                    "label": _TEXT,
                },
            ),
        },
    },
)
"""The specification of JSON Canvas 1.0, as far as it is about cards of text."""


def test_canvas_follows_its_schema(home: Path, run: Run) -> None:
    board = json.loads(exported(run, "canvas"))
    jsonschema.Draft202012Validator(CANVAS).validate(board)
    names = {each["id"]: each["text"] for each in board["nodes"]}
    assert len(names) == len(board["nodes"]) == len(titles())
    ends = {(each["fromNode"], each["toNode"]) for each in board["edges"]}
    assert len(ends) == len(board["edges"]) == len(PARENTS)
    assert {end for pair in ends for end in pair} <= set(names)


def test_opml_is_an_outline(home: Path, run: Run) -> None:
    root = parsed_xml(exported(run, "opml"))
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert [each.tag for each in root] == ["head", "body"]
    found: dict[str, tuple[str, str]] = {}

    def read(outline: ET.Element, above: str) -> None:
        found[outline.attrib["id"]] = (outline.attrib["text"], above)
        for child in outline:
            read(child, outline.attrib["id"])

    for each in root[1]:
        read(each, "")
    assert {text for text, _ in found.values()} == {shown(each) for each in titles()}
    assert {(node, above) for node, (_, above) in found.items() if above} == PARENTS - {
        ("idea", "n1")
    }


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
