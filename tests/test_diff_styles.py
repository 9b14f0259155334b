"""A change has one description, however the tree is written: in one file, in files, in both."""

from unicodedata import normalize

import pytest

from ost.history.change import Change
from ost.history.diff import diff
from tests.conftest import files
from tests.test_diff import change_pairs, tree

ONE = """\
-- tree.md --
---
kind: tree
---
# outcome: More evenings end with a film {target: 45}
- opportunity: We cannot agree what to watch {status: target}
  - solution: Everybody vetoes on their own phone {status: candidate}
    - assumption: Everybody has a phone at hand
      - test: Ask ten families {criterion: {at_least: 8, of: 10}, started: 2026-10-01}
  - solution: One person gets the wheel ^the-wheel
- opportunity: I forget what friends told me
  - solution: Shared watchlist {differs: it is for all}
-- p1.md --
---
kind: interview
participant: P01
---
# P01

## Opportunities
- [[we-cannot-agree-what-to-watch]] three vetoes [12:41]
- [[i-forget-what-friends-told-me]] it was in a chat [20:00]
"""
WHEEL = "  - solution: One person gets the wheel ^the-wheel\n"
LENT = "  - solution: We give someone the wheel {status: testing} ^the-wheel\n"
LIST = "  - solution: Shared watchlist {differs: it is for all}\n"
IN_A_FILE = (
    "---\nkind: solution\nparent: i-forget-what-friends-told-me\ndiffers: it is for all\n---\n"
    "# Shared watchlist\n"
)
NEED, OTHERWISE = "We cannot agree what to watch", "Choosing takes the whole evening"
Edits = list[tuple[str, str, str]]

CASES: dict[str, tuple[Edits, set[tuple[str, str]]]] = {
    "status": (
        [("tree.md", "candidate", "testing")],
        {("status", "everybody-vetoes-on-their-own-phone")},
    ),
    "moved, reworded and tested at once": (
        [("tree.md", WHEEL, ""), ("tree.md", LIST, LIST + LENT)],
        {("moved", "the-wheel"), ("reworded", "the-wheel"), ("status", "the-wheel"),
         ("rivals", "we-cannot-agree-what-to-watch"), ("rivals", "i-forget-what-friends-told-me")},
    ),
    "bar moved": (
        [("tree.md", "at_least: 8, of: 10}", "at_least: 6, of: 10}, result: {measure: 7, of: 10}")],
        {("bar-moved", "ask-ten-families"), ("result", "ask-ten-families")},
    ),
    "need in other words, and the interview follows": (
        [("tree.md", NEED, OTHERWISE),
         ("p1.md", "we-cannot-agree-what-to-watch", "choosing-takes-the-whole-evening")],
        {("renamed", "choosing-takes-the-whole-evening"),
         ("reworded", "choosing-takes-the-whole-evening")},
    ),
    "need in other words, and the interview does not follow": (
        [("tree.md", NEED, OTHERWISE)],
        {("renamed", "choosing-takes-the-whole-evening"), ("text", "p1"),
         ("reworded", "choosing-takes-the-whole-evening"),
         ("withdrawn", "choosing-takes-the-whole-evening"),
         ("lost-evidence", "choosing-takes-the-whole-evening")},
    ),
    "to a file of its own": (
        [("tree.md", LIST, ""), ("shared-watchlist.md", "", IN_A_FILE)],
        set(),
    ),
    "to a file of another name": (
        [("tree.md", LIST, ""), ("lists/watchlist.md", "", IN_A_FILE)],
        {("renamed", "watchlist")},
    ),
    "headings for items": (
        [("tree.md", "- opp", "### opp"), ("tree.md", "- opp", "### opp"),
         ("tree.md", "  - sol", "- sol"), ("tree.md", WHEEL, WHEEL[2:]),
         ("tree.md", LIST, LIST[2:]),
         ("tree.md", "    - ass", "  - ass"), ("tree.md", "      - test", "    - test")],
        set(),
    ),
    "siblings in another order": (
        [("tree.md", WHEEL, ""), ("tree.md", "  - solution: Every", WHEEL + "  - solution: Every")],
        set(),
    ),
}  # fmt: skip


def edited(edits: Edits, text: str = ONE) -> tuple[Change, ...]:
    before = dict(files(text))
    after = dict(before)
    for path, old, new in edits:
        assert old in after.get(path, ""), (path, old)
        after[path] = after.get(path, "").replace(old, new, 1) if old else new
    return diff(tree(before), tree(after))


@pytest.mark.parametrize("name", CASES)
def test_edit_of_a_one_file_tree_is_called_by_its_name(name: str) -> None:
    edits, expected = CASES[name]
    assert change_pairs(edited(edits)) == expected


def test_item_in_other_words_is_perhaps_the_same() -> None:
    """One item alone proves nothing; its place is a hint."""
    found = edited([("tree.md", "Shared watchlist", "Ask in the group chat")])
    told = {each.change.value: each for each in found}
    assert told["removed"].after == "perhaps the same as ask-in-the-group-chat"
    assert told["added"].before == "perhaps the same as shared-watchlist"


OWN = """\
-- top.md --
---
kind: outcome
---
# Top
-- need.md --
---
kind: opportunity
parent: top
---
# I wait too long
-- café.md --
---
kind: solution
parent: need
differs: café
---
# Café list

A list in the café.
-- p1.md --
---
kind: interview
participant: P01
---
# P01

## Opportunities
- [[need]] dans le café [1:00]
  > Le café est loin. [1:02]
"""


def test_unicode_form_of_an_accent_is_not_a_change() -> None:
    apart = {normalize("NFD", path): normalize("NFD", text) for path, text in files(OWN).items()}
    assert apart != files(OWN)
    assert diff(tree(dict(files(OWN))), tree(apart)) == ()


def test_body_that_moved_to_another_node_is_a_hint() -> None:
    texts = dict(files(OWN))
    body = texts.pop("café.md").replace("# Café list", "# Write it on the wall")
    found = diff(tree(dict(files(OWN))), tree(texts | {"wall.md": body}))
    assert [each.after for each in found if each.change == "removed"] == [
        "perhaps the same as wall"
    ]


def test_replaced_need_with_one_child_is_not_a_rename() -> None:
    """That its only child moved to what came is a hint, and no more."""
    texts = dict(files(OWN))
    del texts["need.md"]
    texts["other.md"] = "---\nkind: opportunity\nparent: top\n---\n# Nobody answers\n"
    texts["café.md"] = texts["café.md"].replace("parent: need", "parent: other")
    texts["p1.md"] = texts["p1.md"].replace("- [[need]] dans le café [1:00]\n", "")
    found = diff(tree(dict(files(OWN))), tree(texts))
    told = {(each.change.value, each.node): each for each in found}
    assert told["removed", "need"].after == "perhaps the same as other"
    assert ("moved", "café") in told


def test_expired_waiver_is_reported_as_a_field() -> None:
    texts = dict(files(OWN))
    allow = "allow: [{rule: OST301, because: simple, until: 2026-01-01}]\nparent: top"
    texts["need.md"] = texts["need.md"].replace("parent: top", allow)
    (found,) = diff(tree(dict(files(OWN))), tree(texts))
    assert (found.change, found.field) == ("field", "allow: OST301")
    assert found.after == {"because": "simple", "until": "2026-01-01"}


VAULT = """\
-- Top.md --
---
kind: outcome
---
-- Needs/I wait too long.md --
---
kind: opportunity
parent: "[[Top]]"
---
At the counter, mostly.
-- P07.md --
---
kind: interview
participant: P07
---
## Opportunities
- [[I wait too long]] at noon [1:00]
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [("Needs/I wait too long", "Needs/Queues eat my lunch"), ("P07", "7 October, at the counter")],
)
def test_renamed_note_that_is_called_as_its_file_is_the_same(old: str, new: str) -> None:
    """Obsidian's way to rename: the file stays the same, and links follow."""
    texts = dict(files(VAULT))
    names = [each.rpartition("/")[2] for each in (old, new)]
    after = {
        path.replace(old, new): text.replace(f"[[{names[0]}]]", f"[[{names[1]}]]")
        for path, text in texts.items()
    }
    assert change_pairs(diff(tree(texts), tree(after))) == {
        ("renamed", names[1]),
        ("reworded", names[1]),
    }
    assert change_pairs(diff(tree(after), tree(texts))) == {
        ("renamed", names[0]),
        ("reworded", names[0]),
    }


def test_notes_with_one_template_are_not_matched() -> None:
    texts = dict(files(VAULT)) | {"a.md": "---\nkind: solution\n---\n", "b.md": "x"}
    after = {**texts, "c.md": texts["a.md"]}
    del after["a.md"]
    assert {each for each, _ in change_pairs(diff(tree(texts), tree(after)))} == {
        "added",
        "removed",
    }
