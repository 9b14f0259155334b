"""Selectors: what they choose, their messages for mistakes, and the same choice at every door."""

import json
import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ost
from ost.selection.evaluation import select
from ost.selection.grammar import LONGEST, Selector, SelectorError, parse
from ost.selection.tables import FileNodes
from tests.test_incremental import IDS, written

if TYPE_CHECKING:
    from click.testing import Result

    from tests.scratch import Scratch

Files = Callable[[str], Path]
Run = Callable[[str], "Result"]

TREE = """\
-- top.md --
---
kind: outcome
tags: [to do, '2027']
---
# Top
-- need.md --
---
kind: opportunity
parent: top
status: target
---
# Need
-- deep.md --
---
kind: opportunity
parent: need
tags: [to do]
---
# Deep
-- other.md --
---
kind: opportunity
parent: top
---
# Other
-- shared.md --
---
kind: solution
parent: [deep, other]
status: candidate
---
# Shared
-- idea.md --
---
kind: solution
parent: need
---
# Idea
-- belief.md --
---
kind: assumption
parent: idea
---
# Belief
-- talks/p1.md --
---
kind: interview
participant: P1
segment: Big Families
date: 2026-10-01
consent: research
---
# P1

## Opportunities
- [[deep]] takes an hour [1:00]
-- talks/p2.md --
---
kind: interview
participant: P2
segment: singles
date: 2026-10-08
consent: research
---
# P2

## Opportunities
- [[other]] never works [1:00]
- [[deep]] takes two hours [2:00]
"""

CHOSEN = {
    "": "top need deep shared idea belief other p1 p2",
    "need": "need",
    "target": "need",
    "id:target*": "",
    "target+": "need deep shared idea belief",
    "+shared": "top need deep shared other",
    "1+shared": "deep shared other",
    "need+1": "need deep idea",
    "1+deep+": "need deep shared",
    "top+ -kind:assumption": "top need deep shared idea other",
    "-kind:interview -top+": "",
    "kind:opportunity,-target": "deep other",
    "-kind:opportunity,target kind:opportunity": "deep other",
    "kind:outcome kind:assumption": "top belief",
    "target+,kind:solution": "shared idea",
    "status:CANDIDATE": "shared",
    "kind:interview+": "p1 p2",
    'tag:"to do"': "top deep",
    "tag:*do": "top deep",
    'tag:"2027" id:"other"': "top other",
    "segment:singles": "deep other p2",
    'segment:"big families"': "deep p1",
    "+segment:*,kind:outcome": "top",
    "people:0": "",
    "people:<2": "other",
    "people:>=2": "top need deep",
    "path:talks/*": "p1 p2",
    "path:*eep.md": "deep",
    "*e*": "need deep shared idea belief other",
    "target+,+shared need": "need deep shared",
}


@pytest.fixture
def project(folder: Files) -> Path:
    return folder(TREE)


def test_selector_chooses(project: Path) -> None:
    loaded = ost.load(project)
    for selector, expected in CHOSEN.items():
        found = " ".join(node.id for node in loaded.select(selector))
        assert found == expected, selector


MISTAKEN = {
    "ned+": ("no node 'ned'; did you mean 'need'?", "^^^"),
    "need kind:opportunty": ("did you mean 'opportunity'?", "          ^^^^^^^^^^"),
    "knd:solution": ("no field 'knd'; did you mean 'kind'?", "^^^"),
    "xyzzy:1": ("the fields are id, kind,", "^^^^^"),
    "status:candidat+": ("did you mean 'candidate'?", "       ^^^^^^^^"),
    "segment:single": (
        "no node has the segment 'single'; did you mean 'singles'?",
        "        ^^^^^^",
    ),
    "tag:nothing": ("no node has the tag 'nothing'", "    ^^^^^^^"),
    "rule:single-solutoin": ("did you mean 'single-solution'?", "     ^^^^^^^^^^^^^^^"),
    "people:few": ("people: needs a number", "       ^^^"),
    "need,": ("a node or a field is missing", "    ^"),
    ",need": ("a node or a field is missing", "^"),
    "need + deep": ("a node or a field is missing", "     ^"),
    "kind:": ("kind: needs a value", "^^^^^"),
    'tag:"to do': ("this quotation mark is not closed", "    ^"),
    'tag:to"do"': ("quotation marks surround a whole value", "^^^^^^^^^^"),
    "家族 ned": ("no node '家族'", "^^^^"),
}


@pytest.mark.parametrize("selector", MISTAKEN)
def test_mistake_is_pointed_at(project: Path, run: Run, selector: str) -> None:
    ended = run(f"ost tree --select '{selector}'")
    said, shown, carets = ended.stderr.removesuffix("\n").split("\n")
    message, below = MISTAKEN[selector]
    assert ended.exit_code == 2
    assert message in said
    assert (shown, carets) == (f"  {selector}", f"  {below}")


def test_long_selector_is_refused(project: Path) -> None:
    with pytest.raises(SelectorError, match="at most"):
        parse("need " * LONGEST)


def tried(text: str) -> tuple[Selector, SelectorError | None]:
    try:
        return parse(text), None
    except SelectorError as error:
        return Selector(text, ()), error


@given(st.text(st.sampled_from('ab1+-:,"\\* \t\nkind<é'), max_size=30) | st.text(max_size=30))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused_at_a_place_in_it(text: str) -> None:
    read, refused = tried(text)
    if refused is not None:
        assert 0 <= refused.start < refused.end <= len(text)
        assert len(refused.lines()) == 3
        return
    for item in read.items:
        for part in item.parts:
            assert text[part.start : part.end].strip()


def selectors(chance: random.Random) -> str:
    """A random selector, usually a valid one."""
    choices = [
        *IDS,
        *(f"kind:{each}" for each in ("opportunity", "solution", "interview", "solutoin")),
        *(f"status:{each}" for each in ("target", "candidate", "supported", "untested", "odd")),
        *("segment:a", "segment:b", "people:0", "people:>1", "people:<=2", "tag:x*", "path:a/*"),
        *("rule:orphan", "rule:OST3*", "rule:*", "target", "id:*0", "nothing"),
    ]

    def part() -> str:
        above, below = chance.choice(["", "", "+", "1+"]), chance.choice(["", "", "+", "+2"])
        return f"{chance.choice(['', '', '', '-'])}{above}{chance.choice(choices)}{below}"

    items = [",".join(part() for _ in range(chance.choice([1, 1, 2]))) for _ in range(3)]
    return " ".join(items[: chance.randrange(1, 4)])


def answer(choose: Callable[[str], tuple[str, ...]], selector: str) -> tuple[object, ...]:
    """The chosen nodes, or the mistake with its place."""
    try:
        return choose(selector)
    except SelectorError as error:
        return str(error), error.start, error.end


@pytest.mark.parametrize("seed", range(4))
def test_tables_and_tree_choose_the_same(folder: Files, seed: int) -> None:
    chance = random.Random(seed)
    home = folder("-- ost.toml --\ncontent = '.'\n")
    for node_id in IDS:
        if chance.random() < 0.85:
            file = home / chance.choice("ab") / f"{node_id}.md"
            file.parent.mkdir(exist_ok=True)
            text = written(chance, node_id)
            if chance.random() < 0.3:
                text = text.replace("---\n", f"---\ntags: [x{chance.randrange(3)}, y]\n", 1)
            file.write_text(text, "utf-8")
    loaded = ost.load(home)
    from ost.project.root import project_of

    matched = 0
    with closing(project_of(home, loaded.as_of).connect()) as connection:
        for _ in range(120):
            selector = selectors(chance)
            by_tables = answer(lambda text: select(text, FileNodes(connection)), selector)
            by_tree = answer(
                lambda text: tuple(str(node.id) for node in loaded.select(text)), selector
            )
            assert by_tables == by_tree, selector
            matched += bool(by_tables)
    assert matched > 40


def ids(said: str) -> list[str]:
    waiting, found = json.loads(said), []
    while waiting:
        node = waiting.pop(0)
        found.append(node["id"])
        waiting = [*node["children"], *waiting]
    return found


def test_tree_draws_what_is_selected(project: Path, run: Run) -> None:
    assert ids(run("ost tree target+ --format json").stdout) == CHOSEN["target+"].split()
    assert ids(run("ost tree need --format json").stdout) == CHOSEN["target+"].split()
    assert ids(run("ost tree --select 1+deep+ --format json").stdout) == ["need", "deep", "shared"]
    assert ids(run("ost tree need --select kind:solution --format json").stdout) == [
        "shared",
        "idea",
    ]
    assert ids(run("ost tree kind:interview --format json").stdout) == ["p1", "p2"]
    assert run("ost tree 'need,top'").stderr == "no node is selected\n"
    # A selected node is under the nearest selected one above it.
    (top,) = json.loads(run("ost tree 'top shared' --format json").stdout)
    assert [child["id"] for child in top["children"]] == ["shared"]


def test_check_shows_findings_about_selected_nodes(project: Path, run: Run) -> None:
    everything = json.loads(run("ost check --format json").stdout)
    there = {each["node"] for each in everything}
    assert "other" in there
    below = json.loads(run("ost check --only target+ --format json").stdout)
    assert below == [each for each in everything if each["node"] in CHOSEN["target+"].split()]
    assert below
    code = everything[0]["code"]
    by_rule = json.loads(run(f"ost tree --select rule:{code} --format json").stdout)
    assert {each["node"] for each in everything if each["code"] == code} - {""} == set(
        ids(json.dumps(by_rule))
    )
    assert run("ost check --only target+ --fix").exit_code == 2


def test_compare_shows_selected_solutions(project: Path, run: Run) -> None:
    (project / "rival.md").write_text(
        "---\nkind: solution\nparent: need\nstatus: testing\n---\n# R\n"
    )
    compared = json.loads(run("ost compare --select status:testing --format json").stdout)
    assert [each["id"] for each in compared["solutions"]] == ["rival"]


def test_changed_since_a_revision(scratch: "Scratch", run: Run) -> None:
    scratch.commit(TREE)
    scratch.git("switch", "-q", "-c", "work")
    scratch.write("-- idea.md --\n---\nkind: solution\nparent: need\n---\n# A better idea\n")
    assert ids(run("ost tree --select changed:main --format json").stdout) == ["idea"]
    assert ids(run("ost tree --select changed:main+ --format json").stdout) == ["idea", "belief"]
    scratch.commit(message="Better")
    assert ids(run("ost tree --select changed:HEAD~1 --format json").stdout) == ["idea"]
    scratch.git("switch", "-q", "main")
    scratch.commit("-- other.md --\n---\nkind: opportunity\nparent: top\n---\n# Others\n")
    scratch.git("switch", "-q", "work")
    assert ids(run("ost tree --select changed:main... --format json").stdout) == ["idea"]
    assert [each.id for each in ost.load(scratch.folder).select("changed:main...")] == ["idea"]
    ended = run("ost tree --select changed:nowhere")
    assert ended.exit_code == 2
    assert ended.stderr.endswith("  changed:nowhere\n          ^^^^^^^\n")
