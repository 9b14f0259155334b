"""Moves: every mention follows, and no other byte changes."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ost.edit import move
from ost.edit.content_folder import ContentFolder
from ost.edit.rewrite import Rewrite, after
from ost.errors import Misuse
from ost.read.document import Document
from ost.read.parse import parse
from ost.tree.model import NodeId
from tests.conftest import files

DAY = date(2026, 11, 26)


def content(texts: Mapping[str, str], *others: str) -> ContentFolder:
    documents = [Document(path, parse(text)) for path, text in texts.items()]
    return ContentFolder(documents, texts.__getitem__, as_of=DAY, exists=others.__contains__)


def made(texts: Mapping[str, str], rewrite: Rewrite) -> dict[str, str]:
    """The files afterwards."""
    left = {path: text for path, text in texts.items() if path not in rewrite.removed}
    found = {rewrite.moved.get(path, path): rewrite.text(path, text) for path, text in left.items()}
    return {**found, **rewrite.created}


AIM = "-- aim.md --\n---\nkind: outcome\n---\n# More teams stay\n"
OLD = "-- old.md --\n---\nkind: opportunity\nparent: aim\n---\n# Slow\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("parent: old", "parent: new"),
        ("parent: 'old'  # why", "parent: 'new'  # why"),
        ('parent: "old"', 'parent: "new"'),
        ("parent: [old]", "parent: [new]"),
        ("parent: [aim,   old ]", "parent: [aim,   new ]"),
        ("parent: [[old]]", "parent: [[new]]"),
        ('parent: "[[old|Slow, very]]"', 'parent: "[[new|Slow, very]]"'),
        ("parent: [[old|Slow, very]]", "parent: [[new|Slow, very]]"),
        ('parent: ["[[aim]]", "[[old#Why]]"]', 'parent: ["[[aim]]", "[[new#Why]]"]'),
        ("parent:\n- aim\n-   old   # yes", "parent:\n- aim\n-   new   # yes"),
        ("parent:\n  - [[old]]", "parent:\n  - [[new]]"),
        ("parent: &p old\nguide: *p", "parent: &p new\nguide: *p"),
        ("parent: >-\n  old", "parent: >-\n  new"),
        ('parent: "o\\x6cd"', 'parent: "o\\x6cd"'),
        ("parent: old.md", "parent: new.md"),
        ("parent: OLD", "parent: new"),
        ("parent: aim\norder: [old, other]", "parent: aim\norder: [new, other]"),
        (
            "parent: old\ndiffers: as [[old]] is, not oldest",
            "parent: old\ndiffers: as [[new]] is, not oldest",
        ),
        (
            "parent: old\nallow:\n  - rule: x\n    because: see [[old|that]]",
            "parent: old\nallow:\n  - rule: x\n    because: see [[new|that]]",
        ),
    ],
)
def test_fields_follow_a_rename(written: str, expected: str) -> None:
    """Any form of link follows; a value that cannot be parsed still works through the alias."""
    kind = "interview" if "guide" in written else "solution"
    other = f"---\nkind: {kind}\n{written}\n---\n# Other\n"
    texts = {**files(AIM + OLD), "other.md": other}
    now = made(texts, move.rename(content(texts), "old", "new"))
    asked = other.replace(written, expected)
    if "differs" in written or "allow" in written:
        asked = asked.replace("parent: old", "parent: new")
    assert now["other.md"] == asked
    assert now["new.md"] == texts["old.md"].replace(
        "parent: aim\n", "parent: aim\naliases: [old]\n"
    )
    assert now["aim.md"] == texts["aim.md"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "[[old]] and ![[old]], [[old|words]], [[old#part|words]]",
            "[[new]] and ![[new]], [[new|words]], [[new#part|words]]",
        ),
        ("[[needs/old]] [[old.md]] [[ old ]]", "[[needs/new]] [[new.md]] [[ new ]]"),
        (
            "[x](needs/old.md) [x](needs/old) [x](./needs/old.md#a)",
            "[x](needs/new.md) [x](needs/new) [x](./needs/new.md#a)",
        ),
        (
            "[x](/needs/old.md) [x](<needs/old.md>) [x](content/needs/old.md)",
            "[x](/needs/new.md) [x](<needs/new.md>) [x](content/needs/new.md)",
        ),
        ("[x][r]\n\n[r]: needs/old.md 'Old'", "[x][r]\n\n[r]: needs/new.md 'Old'"),
        ("`[[old]]` \\[[old]] old <!-- [[old]] --> %% [[old]] %%", None),
        ("| a |\n|---|\n| [[old\\|x]] |", "| a |\n|---|\n| [[new\\|x]] |"),
        ("> - [[old]]\n>   [[OLD]]", "> - [[new]]\n>   [[new]]"),
        ("[x](https://a/old.md) [x](old.png) [[older]] [[former]]", None),
    ],
)
@pytest.mark.parametrize("kind", ["kind: interview\n", ""])
def test_links_in_text_follow_a_rename(written: str, expected: str | None, kind: str) -> None:
    """Links in nodes, and in pages that are not nodes."""
    old = OLD.replace("-- old.md", "-- needs/old.md").replace("parent", "aliases: former\nparent")
    note = f"---\n{kind}date: 2026-11-03\n---\n# Note\n\n## Opportunities\n\n{written}\n"
    texts = {**files(AIM + old), "note.md": note, "old.md.txt": ""}
    texts.pop("old.md.txt")
    now = made(texts, move.rename(content(texts), "old", "new"))
    assert now["note.md"] == note.replace(written, expected or written)
    assert "aliases: [former, old]\n" in now["needs/new.md"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", "aliases: [old]\n"),
        ("aliases:\n", "aliases: [old]\n"),
        ("aliases: # none yet\n", "aliases: [old] # none yet\n"),
        ("aliases: []\n", "aliases: [old]\n"),
        ("aliases: a\n", "aliases: [a, old]\n"),
        ('aliases: "a b" # x\n', 'aliases: ["a b", old] # x\n'),
        ("aliases: [a, 'b']  # x\n", "aliases: [a, 'b', old]  # x\n"),
        ("aliases: [a,]\n", "aliases: [a, old,]\n"),
        ("aliases: [\n  a,\n  b\n]\n", "aliases: [\n  a,\n  b, old\n]\n"),
        ("aliases:\n- a\n- b # x\n# y\n", "aliases:\n- a\n- b # x\n- old\n# y\n"),
        ("aliases:\n    -   a\n", "aliases:\n    -   a\n    -   old\n"),
        ("aliases: &n [a]\ntags: [b]\n", "aliases: &n [a, old]\ntags: [b]\n"),
        ("aliases: [[a]]\n", "aliases: [[a], old]\n"),
        ("x: |+\n  a\n\n", "x: |+\n  a\n\naliases: [old]\n"),
        ("# the end\n", "# the end\naliases: [old]\n"),
    ],
)
def test_old_id_becomes_an_alias(written: str, expected: str) -> None:
    texts = {"old.md": f"---\nkind: outcome\n{written}---\n# Old\n"}
    now = made(texts, move.rename(content(texts), "old", "new"))
    assert now == {"new.md": f"---\nkind: outcome\n{expected}---\n# Old\n"}


def test_alias_in_flow_front_matter() -> None:
    texts = {"old.md": "---\n{kind: outcome, team: a}\n---\n# Old\n"}
    now = made(texts, move.rename(content(texts), "old", "new"))
    assert now == {"new.md": "---\n{kind: outcome, team: a, aliases: [old]}\n---\n# Old\n"}


TREE = """\
-- tree.md --
---
kind: tree
---
# Outcome: More teams stay ^aim

## Opportunity: I can't find it {need: pain}

- solution: Search ^search
- solution: Folders {status: candidate, parent: search-words} ^folders
"""


@pytest.mark.parametrize(
    ("old", "new", "before", "expected"),
    [
        ("aim", "stay", "stay ^aim", "stay ^stay {aliases: [aim]}"),
        (
            "i-cant-find-it",
            "lost",
            "it {need: pain}",
            "it {need: pain, aliases: [i-cant-find-it]} ^lost",
        ),
        ("search", "look", "Search ^search", "Search ^look {aliases: [search]}"),
    ],
)
def test_node_of_a_tree_in_one_file(old: str, new: str, before: str, expected: str) -> None:
    more = f"-- a.md --\n---\nkind: decision\nparent: {old}\nchose: [{old}]\n---\n# [[{old}]]\n"
    texts = files(TREE.replace(", parent: search-words", "") + more)
    now = made(texts, move.rename(content(texts), old, new))
    assert now["tree.md"] == texts["tree.md"].replace(before, expected)
    assert now["a.md"] == texts["a.md"].replace(old, new)


def test_file_in_another_folder_keeps_its_links() -> None:
    texts = files(
        AIM
        + """\
-- talks/p07.md --
---
kind: interview
transcript: p07.vtt
recording: https://a.b/c.mp3
guide: ../guides/g.md
---
# P07
![room](img/room%201.png) ![gone](img/gone.png) [g](../guides/g.md#a) [[aim]] [t](../aim.md)
[me](p07.md) [out](../../plan/a%20b.pdf) [web](https://a.b/c.md) <img src="img/room%201.png">
-- guides/g.md --
---
kind: guide
---
# G
[p](../talks/p07.md) ![x](../talks/img/room%201.png) [[talks/p07]] [[p07]]
-- README.md --
[p](talks/p07.md)
"""
    )
    folder = content(texts, "talks/p07.vtt", "talks/img/room 1.png", "talks/img/room%201.png")
    now = made(texts, move.relocate(folder, {"talks/p07.md": "2026/november/p07.md"}))
    assert now["2026/november/p07.md"] == (
        texts["talks/p07.md"]
        .replace("transcript: p07.vtt", "transcript: ../../talks/p07.vtt")
        .replace("guide: ../guides", "guide: ../../guides")
        .replace("(img/", "(../../talks/img/")
        .replace("(../../plan", "(../../../plan")
        .replace("(../guides", "(../../guides")
        .replace("(../aim", "(../../aim")
    )
    assert now["guides/g.md"] == texts["guides/g.md"].replace(
        "(../talks/p07", "(../2026/november/p07"
    ).replace("[[talks/p07]]", "[[2026/november/p07]]")
    assert now["README.md"] == "[p](2026/november/p07.md)\n"


def test_move_puts_a_node_under_another() -> None:
    texts = files(
        AIM
        + OLD
        + "-- b.md --\n---\nkind: opportunity\nparent: aim\norder: [c, d]\n---\n# B\n"
        + "-- c.md --\n---\nkind: opportunity\nparent: ['[[b|B]]', aim] # here\n---\n# C\n"
        + "-- d.md --\n---\nkind: opportunity\nparent: b\n---\n# D\n"
    )
    rewrite = move.change_parent(content(texts), "c", "old")
    now = made(texts, rewrite)
    assert now["c.md"] == texts["c.md"].replace("[[b|B]]", "[[old]]")
    assert now["b.md"] == texts["b.md"].replace("[c, d]", "[d]")
    tree = after(content(texts), rewrite).tree
    node = tree.get("c")
    assert node is not None
    assert [each.id for each in tree.parents(node)] == ["old", "aim"]
    now = made(texts, move.change_parent(content(texts), "c", "aim"))
    assert now["c.md"] == texts["c.md"].replace("'[[b|B]]', aim", "'[[aim]]'")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda it: move.rename(it, "ol", "new"), "no node 'ol'"),
        (lambda it: move.rename(it, "old", "aim"), "'aim' is taken"),
        (lambda it: move.rename(it, "old", "AIM"), "'AIM' is taken"),
        (lambda it: move.rename(it, "old", "a|b"), "is not an id"),
        (lambda it: move.rename(it, "old", "../b"), "is not an id"),
        (lambda it: move.rename(it, "old", ".b"), "is not an id"),
        (lambda it: move.rename(it, "old", ""), "is not an id"),
        (lambda it: move.rename(it, "old", "b.md"), "is not an id"),
        (lambda it: move.rename(it, "old", "b" * 300), "at most"),
        (lambda it: move.rename(it, "old", "old"), "already"),
        (lambda it: move.rename(it, "old", "page"), "page"),
        (lambda it: move.rename(it, "old", "was-aim"), "former id of 'aim'"),
        (lambda it: move.rename(it, "dirty", "new"), "fix this first"),
        (lambda it: move.rename(it, "conflict", "new"), "conflict"),
        (lambda it: move.rename(it, "twice", "new"), "both write 'twice'"),
        (lambda it: move.change_parent(it, "old", "old"), "cannot be its own parent"),
        (lambda it: move.change_parent(it, "old", "below"), "is below 'old'"),
        (lambda it: move.change_parent(it, "old", "talk"), "is of kind interview"),
        (lambda it: move.change_parent(it, "talk", "aim"), "has no parent"),
        (lambda it: move.change_parent(it, "old", "aim"), "is already under"),
        (lambda it: move.relocate(it, {"old.md": "aim.md"}), "already exists"),
        (lambda it: move.relocate(it, {"old.md": "a/aim.md"}), "'aim' is taken"),
        (lambda it: move.relocate(it, {"no.md": "a.md"}), "no file 'no.md'"),
        (lambda it: move.relocate(it, {"old.md": "old.txt"}), "does not end with .md"),
    ],
)
def test_move_refuses_impossible_places(
    call: Callable[[ContentFolder], object], words: str
) -> None:
    texts = files(
        AIM.replace("kind: outcome", "kind: outcome\naliases: [was-aim]")
        + OLD
        + "-- below.md --\n---\nkind: opportunity\nparent: old\n---\n# Below\n"
        + "-- talk.md --\n---\nkind: interview\n---\n# Talk\n"
        + "-- page.md --\nA page\n"
        + "-- dirty.md --\n---\nkind: outcome\nteam: [a\n---\n# Dirty\n"
        + "-- conflict.md --\n---\nkind: outcome\n---\n# C\n<<<<<<< a\nb\n=======\nc\n>>>>>>> d\n"
        + "-- twice.md --\n---\nkind: outcome\n---\n# T\n"
        + "-- x/twice.md --\n---\nkind: outcome\n---\n# T\n"
    )
    with pytest.raises(Misuse, match=words) as raised:
        call(content(texts))
    assert "\n" not in str(raised.value)


NAMES = st.sampled_from(["old", "aim", "[[old]]", '"[[old|x]]"', "'old'", '"old"', "old.md", "Old"])
LISTS = st.one_of(
    NAMES,
    st.lists(NAMES, min_size=1, max_size=3).map(lambda each: f"[{', '.join(each)}]"),
    st.lists(NAMES, min_size=1, max_size=3).map(
        lambda each: "".join(f"\n  - {one}  # c" for one in each)
    ),
)
LINES = st.lists(
    st.one_of(
        LISTS.map(lambda each: f"chose: {each}"),
        LISTS.map(lambda each: f"over: {each}"),
        st.just("# old, and [[old]]"),
        st.just("because: |\n  as [[old]] says\n  and old"),
        st.just("tags: [old, 'old']"),
        st.just("  "),
    ),
    max_size=4,
    unique_by=lambda each: each[:4],
)
TEXTS = st.lists(
    st.sampled_from(
        ["[[old]]", "[a](old.md)", "old", "`[[old]]`", "# Old", "- [[old#x|y]]", "é\u2028🎬[[old]]"]
    ),
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(LISTS, LINES, TEXTS, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_rename_changes_only_names(
    parent: str, lines: list[str], texts: list[str], end: str, mark: str
) -> None:
    """For any front matter and text: with the names put back, all bytes are the same."""
    front = "\n".join(["kind: decision", f"parent: {parent}", *lines])
    raw = mark + f"---\n{front}\n---\n# D\n{chr(10).join(texts)}\n".replace("\n", end)
    read = raw.removeprefix("\ufeff").replace("\r\n", "\n")
    there = {**files(AIM + OLD), "d.md": read}
    rewrite = move.rename(content(there), "old", "fresh-and-new")
    now = rewrite.text("d.md", raw)
    assert (
        now.replace("fresh-and-new", "old")
        == raw.replace("[[Old", "[[old").replace("Old", "old").replace("# old", "# Old")
        or now.replace("fresh-and-new", "old").casefold() == raw.casefold()
    )
    made_tree = after(content(there), rewrite).tree
    assert made_tree.get("old") is None
    fresh = made_tree.incoming.get(NodeId("fresh-and-new"), ())
    assert all(each.link.target.casefold() != "old" for each in fresh)
