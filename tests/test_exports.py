"""Exports: readers of each format get the same tree, whatever titles say."""

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
from typing import Any

import jsonschema
import networkx
import pytest

import ost
from ost.exchange.forest import forest
from ost.exchange.layout import BOX, layout
from tests.hostile_tree import PARENTS, Files, Run, content, exported, shown, titles


@pytest.fixture
def home(folder: Files) -> Path:
    return folder(content())


def parsed_xml(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own output


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
    written = str.maketrans({"\\": "\N{FULLWIDTH REVERSE SOLIDUS}"})
    assert said == {shown(each).replace("1.", "1\u2024").translate(written) for each in titles()}
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
"""The part of the specification of JSON Canvas 1.0 about text cards."""


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
