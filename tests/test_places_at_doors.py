"""Every door gives one place for one thing, whatever ends lines and whatever stands before it."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from lsprotocol.types import Position, Range

from ost.history.record import records, text_digest
from ost.judge.check import all_rules, check
from ost.lsp import cursor, navigation
from ost.lsp.projects import File, OpenProjects
from ost.project import Project
from ost.project.root import project_of
from ost.tree.model import NodeId
from ost.tree.tree import Tree
from tests.conftest import DAY, files

FILES = """\
-- ost.toml --
content = "."
-- need.md --
---
kind: opportunity
---
# I cannot agree

See 😀 [[p07|the night]], **[[p07]]** and [it][x]; 😀😀 [[nowhere]].
שלום [99:99] ［［p07］］ \u2028 [[p07]] \x85 \u00a0 %%hidden [[p07]]%% [w](p07.md "t")

[x]: p07.md
-- p07.md --
---
kind: interview
participant: P07
recording: https://v.example/film
---
# P07: the film night

## Opportunities

- 😀 [[need]] no one agrees 😀 [5:12]
  > 😀 Four people. [5:13]
"""
NEED = NodeId("need")
REGION = ("startLine", "startColumn", "endLine", "endColumn")
ENDS = {"lines": ("", "\n"), "cr": ("", "\r"), "bom": ("\ufeff", "\r\n")}


@pytest.fixture(params=ENDS, scope="module")
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Project:
    tmp_path = tmp_path_factory.mktemp(request.param)
    before, end = ENDS[request.param]
    for path, text in files(FILES).items():
        (tmp_path / path).write_bytes((before + text.replace("\n", end)).encode())
    (tmp_path / "ost.toml").write_text('content = "."\n')
    made = project_of(tmp_path, DAY)
    made.refresh()
    return made


def lines(path: str) -> list[str]:
    return files(FILES)[path].split("\n")


def cut(path: str, found: Range) -> str:
    """What an editor, which counts UTF-16 units, takes for a range."""
    assert found.start.line == found.end.line
    units = lines(path)[found.start.line].encode("utf-16-le")
    return units[2 * found.start.character : 2 * found.end.character].decode("utf-16-le")


def opened(project: Project, path: str) -> File:
    folders = OpenProjects(lambda: DAY)
    file = folders.file((Path(project.root) / path).as_uri())
    assert file is not None
    return file


def within(found: Range) -> Iterator[Position]:
    for character in range(found.start.character, found.end.character + 1):
        yield Position(found.start.line, character)


def test_editor_and_tables_name_one_place_for_a_link(project: Project) -> None:
    file = opened(project, "need.md")
    with closing(project.connect()) as db:
        places = db.execute("select line, column from edge where source = 'need'").fetchall()
    edges = file.live.tree.outgoing[NEED]
    assert sorted(map(tuple, places)) == sorted(each.link.at.shown()[:2] for each in edges)
    ranges = [file.positions.range(each.link.at) for each in edges]
    assert sorted(cut("need.md", each) for each in ranges) == [
        "[[p07]]",
        "[[p07]]",
        "[[p07|the night]]",
        "[it][x]",
        '[w](p07.md "t")',
    ]
    targets = [file.positions.range(each.link.target_at) for each in edges]
    assert {cut("need.md", each) for each in targets} == {"p07", "p07.md"}
    for place in (*ranges, *targets):
        for position in within(place):
            named = cursor.named(file, position)
            assert named is not None
            assert named.id == "p07"
    listed = navigation.references(file, targets[0].start, declared=False)
    assert {repr(each.range) for each in listed or ()} >= {repr(each) for each in targets}


def test_editor_plays_what_the_tables_say(project: Project) -> None:
    file = opened(project, "p07.md")
    stamps = list(navigation.links(file))
    assert [cut("p07.md", each.range) for each in stamps] == ["[5:12]", "[5:13]"]
    with closing(project.connect()) as db:
        found = db.execute(
            "select line, second, url from moment union all select line, second, url from quote"
        )
        assert [(each[0], each[2]) for each in found] == [
            (each.range.start.line + 1, each.target) for each in stamps
        ]


def test_findings_stand_at_one_place_at_every_door(
    project: Project, run: Callable[[str], Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    with closing(project.connect()) as db:
        rows = db.execute("select path, line, column, end_line, end_column, code from diagnostic")
        places = sorted(map(tuple, rows))
    assert [each for each in places if each[5] in ("OST010", "OST016")]
    said = opened(project, "need.md").live.diagnostics(["need.md", "p07.md"])
    edited = [(path, *each.at.shown(), each.code) for path, found in said.items() for each in found]
    assert sorted(edited) == places
    names = ("path", "line", "column", "end_line", "end_column", "code")
    found = json.loads(run("ost check --format json").output)
    assert sorted(tuple(each[name] for name in names) for each in found) == places
    (sarif,) = json.loads(run("ost check --format sarif").output)["runs"]
    regions = []
    for each in sarif["results"]:
        place = each["locations"][0]["physicalLocation"]
        at = [place["region"][name] for name in REGION]
        regions.append((place["artifactLocation"]["uri"], *at, each["ruleId"]))
    assert sorted(regions) == places


TREE = """\
-- tree.md --
---
kind: tree
---
# Outcome: Grow ^grow

- Opportunity: Need ^need

  Its text [[way]] is here.

  - Solution: Way ^way

- Interview: P1 ^p1

  Some words.

  ### Opportunities

  - [[need]] said it [05:07]

- Guide: Warm up ^guide

  Some words.

  - Would you use a thing like that?
"""


def test_text_of_a_tree_in_one_file_changes_as_that_of_a_file(tree: Callable[[str], Tree]) -> None:
    before = tree(TREE)
    renamed = tree(TREE.replace("[[way]]", "[[path]]").replace("^way", "^path {aliases: [way]}"))
    new_moment = tree(TREE.replace("said it [05:07]", "mentioned it [05:09]"))
    retitled = tree(TREE.replace("Opportunity: Need", "Opportunity: Needs"))
    reworded = tree(TREE.replace("is here", "was here"))
    texts = records(before)
    assert records(renamed)["need"].text == texts["need"].text
    assert records(new_moment)["p1"].text == texts["p1"].text
    assert records(new_moment)["p1"].moments != texts["p1"].moments
    assert records(reworded)["need"].text != texts["need"].text
    need, again = before.by_id[NEED].entry, retitled.by_id[NEED].entry
    assert text_digest(need) == text_digest(again)
    assert text_digest(need) != text_digest(reworded.by_id[NEED].entry)


def test_question_of_a_guide_in_one_file_is_found_in_its_line(
    tree: Callable[[str], Tree],
) -> None:
    found = check(tree(TREE), tuple(rule() for rule in all_rules() if rule.code == "OST422"))
    (asked,) = found
    text = files(TREE)["tree.md"].split("\n")[asked.at.line]
    assert text[asked.at.column : asked.at.end_column] == "Would you"
