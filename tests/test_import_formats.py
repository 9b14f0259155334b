"""Properties of every format that reads nodes: our exports come back, a second import finds
everything, hostile files are listed, and time grows with the file.
"""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ost.exchange.foreign.drafts import drafts
from ost.exchange.foreign.imports import Here, Importer, Material, Terms, guess
from ost.read.letters import fold
from tests.foreign import again, errors, grown, here, imported, material, outline, unread
from tests.hostile_tree import Files, Run, content, shown
from tests.test_import_ost_tools import LADDER, PAGES, SCHEMA, SHORT
from tests.test_import_tools import BUILDER, DISCOVEREASY
from tests.test_import_tools import VAULT as AGENT
from tests.test_import_vaults import BUNDLE
from tests.test_import_vaults import VAULT as NOTES

if TYPE_CHECKING:
    from ost.tree.tree import Tree

CANVAS = """\
-- a.canvas --
{"nodes": [
{"id": "a", "type": "text", "text": "Outcome: One", "x": 0, "y": 0, "width": 9, "height": 9},
{"id": "b", "type": "text", "text": "Opportunity: Two", "x": 0, "y": 0, "width": 9, "height": 9}
], "edges": [{"id": "c", "fromNode": "b", "toNode": "a"}]}
"""
MATERIALS = [
    ("ost-tools", PAGES),
    ("ost-tools", LADDER),
    ("ost-tools", SHORT),
    ("ost-tools", SCHEMA),
    ("ost-agent", AGENT),
    ("ost-builder", f"-- tree.md --\n{BUILDER}"),
    ("discovereasy", DISCOVEREASY),
    ("okf", BUNDLE),
    ("obsidian", NOTES),
    ("canvas", CANVAS),
]


@pytest.mark.parametrize(("name", "text"), MATERIALS)
def test_importing_again_finds_all_here_already(name: str, text: str) -> None:
    made = again(name, text)
    assert not made.drafts
    assert len(made.present) == len(imported(name, text).nodes) > 1


@pytest.mark.parametrize(("name", "text"), [each for each in MATERIALS if each[1] != SCHEMA])
def test_material_is_guessed(name: str, text: str) -> None:
    chosen = guess(material(text))
    assert chosen is not None
    assert chosen[0].name == name


@pytest.mark.parametrize(("name", "text"), MATERIALS)
def test_drafts_have_only_errors_of_the_material(name: str, text: str) -> None:
    deserved = {
        "OST101": "a node under nothing",
        "OST102": "a circle",
        "OST103": "a parent of the wrong kind",
        "OST202": "a target that no one mentioned",
        "OST301": "a single solution",
    }
    tree = grown(drafts(imported(name, text), Here()))
    assert {each.partition(" ")[0] for each in errors(tree)} <= set(deserved)
    assert not [each for each in tree.diagnostics if each.severity == "error"]


def test_command_imports_a_folder_once(folder: Files, run: Run) -> None:
    home = folder(
        "".join(
            f"-- space/{line[3:]}" if line.startswith("-- ") else line
            for line in re.split(r"(?m)^(?=-- )", PAGES)
        )
        + "-- content/a.txt --\n"
    )
    (home / "ost.toml").write_text("", "utf-8")
    ended = run("ost import space --yes")
    assert ended.exit_code == 0, ended.output
    assert "space: certainly ost-tools" in ended.stdout
    assert "not understood space/deep/Choosing.md:6: mood: 5" in ended.stdout
    assert "wrote 10 files" in ended.stdout
    written = sorted(home.joinpath("content").rglob("*.md"))
    assert len(written) == 10
    ended = run("ost import space --yes")
    assert "10 nodes are here already" in ended.stdout
    assert "nothing to write" in ended.stdout
    assert sorted(home.joinpath("content").rglob("*.md")) == written


@pytest.mark.parametrize("text", [PAGES, NOTES, AGENT, BUNDLE])
def test_files_of_other_tools_do_not_say_what_a_folder_is(text: str) -> None:
    wanted = guess(material(text))
    beside = f"{CANVAS}{DISCOVEREASY}-- tree.md --\n{BUILDER}"
    assert wanted is not None
    chosen = guess(material(text + beside))
    assert chosen is not None
    assert chosen[0].name == wanted[0].name


def test_other_material_is_not_guessed() -> None:
    for name in ("ost-tools", "ost-agent", "ost-builder", "okf", "obsidian", "canvas"):
        assert (
            Importer(name).recognise(Material("x.md", {"x.md": "# Notes\n\n- one\n- two\n"})) == 0
        )
    assert (
        Importer("discovereasy").recognise(Material("x.yml", {"x.yml": "a: 1\nb: {c: d}\n"})) == 0
    )
    assert Importer("canvas").recognise(Material("x.json", {"x.json": '{"nodes": []}'})) == 0
    assert (
        Importer("canvas").recognise(Material("x.json", {"x.json": CANVAS.partition("\n")[2]})) == 2
    )


EXPORTED = {
    "ost-builder": ("outcome", "opportunity", "solution", "assumption", "test"),
    "okf": (),
    "canvas": ("outcome", "opportunity", "solution", "assumption", "test", "decision"),
}
"""Formats that we write, and the kinds that they hold; nothing for all."""

DEEP = """\
-- top.md --
---
kind: outcome
baseline: 3
target: 9.5
---
# Top
-- need.md --
---
kind: opportunity
parent: top
status: target
---
# A need

Words, and [[top]].
-- idea.md --
---
kind: solution
parent: need
status: shipped
---
# Idea
-- belief.md --
---
kind: assumption
parent: idea
---
# Belief
-- try.md --
---
kind: test
parent: belief
verdict: supported
---
# Try
-- other.md --
---
kind: opportunity
parent: top
generated: {by: a program, at: 2026-11-01}
---
# Other
-- signed.md --
---
kind: opportunity
parent: top
generated: {by: a program, at: 2026-11-01}
verified: [{by: Ada, at: 2026-11-02}]
---
# Signed
"""


def exported_material(name: str, run: Run, home: Path) -> Material:
    target = home.parent / ("out" if name == "okf" else f"out.{_SUFFIX[name]}")
    ended = run(f"ost export {name} {target}")
    assert ended.exit_code == 0, ended.output
    if target.is_file():
        return Material(target.name, {target.name: target.read_text("utf-8")})
    found = sorted(target.rglob("*.md"))
    texts = {each.relative_to(target).as_posix(): each.read_text("utf-8") for each in found}
    return Material(target.name, texts, folder=True)


_SUFFIX = {"ost-builder": "md", "canvas": "canvas"}


@pytest.mark.parametrize("name", EXPORTED)
def test_export_comes_back_as_the_same_tree(
    name: str, folder: Files, run: Run, tree: "Callable[[str], Tree]"
) -> None:
    home = folder(DEEP)
    found = exported_material(name, run, home)
    made = drafts(imported(name, found), Here())
    back = grown(made)
    assert outline(back) == outline(tree(DEEP))
    assert not unread(made)
    statuses = {each.title: each.own_status() for each in back.by_id.values()}
    assert (statuses["A need"], statuses["Idea"]) == ("target", "shipped")
    assert not drafts(imported(name, found), here(tree(DEEP))).drafts
    if name == "okf":
        assert (statuses["Other"], statuses["Signed"], statuses["Try"]) == (
            "draft",
            "open",
            "supported",
        )
        need = next(each for each in made.drafts if each.title == "A need")
        assert need.source.text.endswith("# A need\n\nWords, and [[top|Top]].\n")
    if name == "ost-builder":
        assert "baseline: 3\ntarget: 9.5\n" in made.drafts[0].source.text


@pytest.mark.parametrize("name", EXPORTED)
def test_hostile_titles_come_back(
    name: str, folder: Files, run: Run, tree: "Callable[[str], Tree]"
) -> None:
    home = folder(content())
    made = drafts(imported(name, exported_material(name, run, home)), Here())
    wanted = {
        (kind, shown(title), frozenset(map(shown, parents)))
        for kind, title, parents in outline(tree(content()), EXPORTED[name])
    }
    found = outline(grown(made))
    if name == "ost-builder":  # a card has one place
        wanted = {each for each in wanted if each[1] != "Idea"}
        found = {each for each in found if each[1] != "Idea"}
    assert found == wanted
    assert not unread(made)


def chain(name: str, many: int) -> Material:
    """A file in which each node is below the one before it."""
    rows = range(many)
    match name:
        case "discovereasy":
            text = "".join(f"n{at}: {{desc: Node {at}, parent: n{at - 1}}}\n" for at in rows)
            return Material("t.yaml", {"t.yaml": text})
        case "canvas":
            cards = ", ".join(
                f'{{"id": "n{at}", "type": "text", "text": "Opportunity: Node {at}"}}'
                for at in rows
            )
            arrows = ", ".join(
                f'{{"id": "e{at}", "fromNode": "n{at - 1}", "toNode": "n{at}"}}' for at in rows[1:]
            )
            return Material(
                "a.canvas", {"a.canvas": f'{{"nodes": [{cards}], "edges": [{arrows}]}}'}
            )
        case "ost-builder":
            text = "".join(f"### [Opportunity] Node {at}\nWords\n" for at in rows)
            return Material("t.md", {"t.md": f"## [Outcome] Top\n{text}"})
    up = {
        "ost-tools": "type: opportunity\nstatus: active\nparent: '[[Node {}]]'\n---\n",
        "ost-agent": "type: Opportunity\n---\n#Opportunity\n[[Node {}]]\n",
        "okf": "type: Opportunity\nost_id: node-{1}\nparent: '/Node {0}.md'\n---\n",
        "obsidian": "type: opportunity\n---\nup:: [[Node {}]]\n",
    }[name]
    texts = {f"Node {at}.md": f"---\n{up.format(at - 1, at)}Some words\n" for at in rows}
    return Material("space", texts, folder=True)


FORMATS = tuple(dict.fromkeys(name for name, _ in MATERIALS))


@pytest.mark.parametrize("name", FORMATS)
def test_chain_of_300_levels(name: str) -> None:
    found = imported(name, chain(name, 300))
    assert len(found.nodes) == 300 + (name == "ost-builder")
    tree = grown(drafts(found, Here()))
    levels = {node_id: len(node.parents) for node_id, node in tree.by_id.items()}
    assert sum(levels.values()) >= 299


@pytest.mark.parametrize("name", FORMATS)
def test_time_grows_with_the_material(name: str) -> None:
    def seconds(many: int) -> float:
        found = chain(name, many)
        begin = time.process_time()
        drafts(imported(name, found), Here())
        return time.process_time() - begin

    seconds(10)
    small = min(seconds(100) for _ in range(2))
    assert seconds(400) < 12 * small + 0.2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "ost-tools",
            (
                "-- a/Same.md --\n---\ntype: opportunity\nparent: '[[Two]]'\n---\n"
                "-- b/Same.md --\n---\ntype: opportunity\nparent: '[[Same]]'\n---\n"
                "-- Two.md --\n---\ntype: opportunity\nparent: '[[b/Same]]'\n---\n"
            ),
        ),
        (
            "obsidian",
            (
                "-- a/Same.md --\nkind:: opportunity\nup:: [[Two]]\n"
                "-- b/Same.md --\nkind:: opportunity\nup:: [[Same]]\n"
                "-- Two.md --\nkind:: opportunity\nup:: [[b/Same]]\n"
            ),
        ),
    ],
)
def test_two_with_one_title_and_a_circle(name: str, text: str) -> None:
    found = imported(name, text)
    assert [each.under for each in found.nodes] == [("Two",), ("a/Same",), ("b/Same",)]
    assert ["names several nodes" in each.why for each in found.unread] == [True]
    made = drafts(found, Here())
    assert len({fold(each.source.path) for each in made.drafts}) == 3
    assert "OST102" in errors(grown(made))[0]
    assert not again(name, text).drafts


def test_circle_of_nodes_without_a_kind_ends() -> None:
    text = (
        "-- a.md --\n---\ntype: vision\nparent: '[[b]]'\n---\n"
        "-- b.md --\n---\ntype: mission\nparent: '[[a]]'\n---\n"
        "-- c.md --\n---\ntype: goal\nparent: '[[a]]'\n---\n"
    )
    assert [each.under for each in imported("ost-tools", text).nodes] == [()]
    terms = Terms(kinds={"vision": "outcome"})
    assert [each.under for each in imported("ost-tools", text, terms).nodes] == [("a",), ("a",)]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "---",
        "---\ntype: opportunity",
        "---\ntype: [opportunity, {a: b}]\nparent: {a: [b]}\nstatus: [x]\n---\n# A\n",
        "---\ntype: solution\ntype: outcome\nparent: '[[[[x]]]]'\ntitle: [a, b]\n---\n# # #\n",
        "---\ntype: &a [*a]\n---\n",
        "---\ntype: solution\nverified: 3\ngenerated: []\nsources: x\nost_id: {}\n---\n",
        "#Solution #unvalidated\n[[a|b]]\n[[ ]]\n",
        "## [Outcome]\n### [Solution] \n###### [Experiment] {#} @done\n",
        "# A ^goal\n\n- [type:: solution]\n  - [type:: ] x\n- [ ] [[y]]\n\n| a\n|--\n| b |\n",
        "---\ntype: space_on_a_page\n---\n"
        + "# a\n" * 3
        + "- [type:: goal] x\n" * 3
        + "---\n## b\n",
        "> " * 300 + "deep\n" + "".join(f"{' ' * at}- [type:: goal] x{at}\n" for at in range(99)),
        "up:: [[x]]\n" * 50 + "%% never closed\n```\nup:: [[y]]\n",
        "\x00\x1f\u202e\ud83d\n---\ntype: \x07\n---\n",
    ],
)
def test_no_text_makes_a_reader_raise(name: str, text: str) -> None:
    importer = Importer(name)
    for path in ("a.md", "b/c.yaml", "d.json", "e.canvas"):
        found = Material("x", {path: text}, folder=True)
        assert importer.recognise(found) in (0, 1, 2, 3)
        tree = importer.read(found, Terms(), Here())
        drafts(tree, Here())
        rows = text.count("\n") + 1
        assert all(1 <= each.line <= rows for each in tree.unread), tree.unread
