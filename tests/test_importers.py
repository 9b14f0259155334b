"""Properties of every importer: no file stops it, no line is lost, and a second import finds
everything.
"""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ost.exchange.foreign.drafts import Drafts, drafts
from ost.exchange.foreign.imports import (
    ForeignNode,
    ForeignTree,
    Here,
    Importer,
    Material,
    Terms,
    formats,
    guess,
)
from ost.exchange.foreign.pseudonyms import Pseudonyms, impersonal
from ost.exchange.foreign.text import demote_headings, link_known_nodes, plain, replace_names, value
from ost.read import grammar
from ost.read.letters import fold, slug
from ost.read.parse import parse
from ost.read.value import Scalar, scalars
from tests.foreign import left_out

PIECES = st.sampled_from((
    "---\n", "kind: ", "title: x\n", "# ", "## ", "- ", "  ", "\n", "\n\n", "> ", "P07: ", "Anna: ",
    "Date: 3 Nov 2026\n", "## Participant 3\n", "[[words]]", "[words](../a.md)", "| ",
    "|---|---|\n",
    ",", ";", "\t", '"', "'", "{", "}", "[", "]", "<li>", "```", "graph TD\n", "-->", "words",
    "\u202e",
    "outcome", "Solution: ", "[12:41]", "<!--", "%%", "\u2028", "🎬", "\x85", ": ", "&", "*", "\\",
))  # fmt: skip
TEXTS = st.lists(PIECES, max_size=20).map("".join)
SUFFIXES = (".md", ".txt", ".csv", ".json", ".yaml", ".opml", ".mmd", "")


def imported(name: str, material: Material, here: Here) -> tuple[ForeignTree, Drafts]:
    tree = Importer(name).read(material, Terms(), here)
    return tree, drafts(tree, here)


def after(found: Drafts, here: Here) -> Here:
    """What a project has after the drafts are written. A title of signs alone gives no id, so its
    key identifies it; ids identify the others.
    """
    ids = dict(here.ids)
    titles = {
        (each.kind, fold(plain(each.title))): "" for each in found.drafts if not slug(each.title)
    }
    for draft in found.drafts:
        node_id = draft.source.path.rpartition("/")[2].removesuffix(".md")
        ids[fold(node_id)] = node_id
        if (draft.kind, fold(plain(draft.title))) in titles:
            titles[draft.kind, fold(plain(draft.title))] = node_id
        for entry in parse(draft.source.text).entries:
            ids[fold(entry.id or node_id)] = entry.id or node_id
            aliases = entry.field("aliases")
            for each in scalars(aliases.value) if aliases else ():
                ids[fold(each.text)] = node_id
    return Here(ids=ids, titles=titles)


@pytest.mark.parametrize("name", sorted(formats()))
@settings(max_examples=25, deadline=None)
@given(TEXTS, st.sampled_from(SUFFIXES))
@example("", ".md")
@example("words " * 3000, ".txt")
@example("|---|---|\n---\n", ".md")
@example("## # ", ".md")
def test_importers_survive_any_file(name: str, text: str, suffix: str) -> None:
    single = Material(f"a{suffix}", {f"a{suffix}": text})
    several = Material("vault", {"a.md": text, f"b/c{suffix}": text}, folder=True)
    for material in (single, several):
        assert Importer(name).recognise(material) in range(4)
        _, found = imported(name, material, Here())
        paths = [fold(draft.source.path) for draft in found.drafts]
        assert len(set(paths)) == len(paths)
        for draft in found.drafts:
            (entry, *_) = parse(draft.source.text).entries or (None,)
            assert entry is not None or draft.kind == "tree"
        _, again = imported(name, material, after(found, Here()))
        assert again.drafts == ()
    guess(single)


@pytest.mark.parametrize("name", ["notes", "podcast", "tree"])
@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_importers_lose_no_word(name: str, text: str) -> None:
    tree, found = imported(name, Material("a.md", {"a.md": text}), Here())
    said = "".join(draft.source.text for draft in found.drafts)
    said += "".join(f"{line.text}\n" for line in found.unread)
    said += "".join((*left_out(found), *found.notes, *(node.title for node in tree.nodes)))
    if text.strip() and (found.drafts or found.unread):
        assert min(text.count("words"), 1) <= said.count("words")


@pytest.mark.parametrize("name", sorted(formats()))
def test_every_importer_says_what_it_is(name: str) -> None:
    importer = Importer(name)
    assert re.match(r"[A-Z][^\n]+\.$", importer.help.partition("\n")[0])
    assert importer.example


NODES = (
    ForeignNode(key="1", kind="outcome", title="**More** evenings"),
    ForeignNode(
        key="2", kind="opportunity", title="We can't [[agree|choose]]", under=("1", "gone"),
        names=("agree",), fields={"status": "target", "moment": "[x] at {y}"}, line=7,
        body="# Heading\n\nTitle\n=====\n\n`[[1]]` [[1]] [more](../x/1.md) [[no one|words]]\n",
    ),
    ForeignNode(key="3", kind="decision", title="We chose", fields={"chose": ("2", "other")}),
    ForeignNode(key="A b", kind="solution", title="Door", whole=(
        "---\nkind: solution\nparent: We can't [[agree|choose]]\n---\n# Door\n\n"
        "[[agree]] [[none]]\n"
    )),
)  # fmt: skip


def test_nodes_become_files_that_link_each_other() -> None:
    found = drafts(ForeignTree(nodes=NODES), Here(folders={"outcome": "top"}))
    texts = {draft.source.path: draft.source.text for draft in found.drafts}
    assert texts["top/more-evenings.md"].endswith("aliases: [1]\n---\n# **More** evenings\n")
    assert texts["we-cant-choose.md"] == (
        '---\nkind: opportunity\nparent: more-evenings\nstatus: target\nmoment: "[x] at {y}"\n'
        "aliases: [2]\n---\n# We can't [[we-cant-choose|choose]]\n\n## Heading\n\nTitle\n-----\n\n"
        "`[[1]]` [[more-evenings|1]] [[more-evenings|more]] words\n"
    )
    assert "chose: [we-cant-choose, other]" in texts["we-chose.md"]
    assert texts["a-b.md"].endswith("# Door\n\n[[we-cant-choose]] [[none]]\n")
    (unread,) = found.unread
    assert (unread.line, unread.why) == (
        7, "belongs under 'gone', which is not here or in this material"
    )  # fmt: skip
    assert found.notes == ("1 link leads to no node here and became text: no one",)


def test_nodes_that_are_here_are_known_by_key_or_title() -> None:
    here = Here(
        ids={"2": "somewhere"},
        titles={("outcome", "more-evenings"): "top", ("decision", "we-chose"): "chosen"},
        files=frozenset(("a-b",)),
    )
    found = drafts(ForeignTree(nodes=NODES), here)
    assert found.present == ("top", "somewhere", "chosen")
    assert [draft.source.path for draft in found.drafts] == ["a-b-2.md"]


def test_signal_with_a_known_title_is_new_without_its_key() -> None:
    said = ForeignNode(key="k", kind="signal", title="Reply")
    here = Here(titles={("signal", "reply"): "reply"}, ids={"reply": "reply"})
    assert [each.source.path for each in drafts(ForeignTree(nodes=(said,)), here).drafts] == [
        "reply-2.md"
    ]


@settings(deadline=None)
@given(TEXTS)
@example("Words\n===\n")
@example("- > # x\n")
@example("{{}}")
@example("ask {{name}} <% at %> ${HOME}")
def test_text_is_reworded_and_values_are_read_back(text: str) -> None:
    link_known_nodes(text, lambda name: "id" if name == "words" else "")
    made = grammar.blocks(demote_headings(text))[0]
    assert not [event for event in made if event.type == "heading" and event.level == 1]
    replace_names(text, lambda name: name)
    front = f"---\nkind: outcome\nmetric: {value(text)}\n---\n# x\n"
    (entry,) = parse(front).entries
    read = entry.field("metric")
    if read is not None and isinstance(read.value, Scalar) and read.value.type == "str":
        assert read.value.text.split() == re.sub(
            r"[\x00-\x1f\x7f-\x9f]", " ", text
        ).split()  # fmt: skip


def test_the_same_name_has_the_same_pseudonym() -> None:
    people = Pseudonyms(("P07",), {"Zoya": "P40"})
    people.reserve("P41")
    assert [people.of(name) for name in ("Zoya", "Ben", "ben ", "Cy")] == [
        "P40", "P42", "P42", "P43",
    ]  # fmt: skip
    assert people.numbered("a", "7") == "P44"
    assert people.numbered("a", "3") == "P03"
    assert people.numbered("b", "3") == "P45"


def test_addresses_and_numbers_are_removed() -> None:
    text = "Phone: +49 151 23456789, mail a.b@example.org, at 12:41"
    assert impersonal(text) == "Phone: …, mail …, at 12:41"
