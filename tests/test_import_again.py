"""A file imported again with other titles: the same nodes, or a reported doubt."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ost.exchange.foreign.imports import Here, NodePlace
from tests.foreign import grown, guessed, here

Run = Callable[[str], Result]
Written = Callable[[str], Path]

TREE = """\
Outcome: More evenings end with a film
  Opportunity: We cannot agree on what to watch
    Solution: Everybody vetoes on their phone
    Solution: One person chooses
    Solution: A list for everyone
  Opportunity: There is nothing for mixed ages
    Solution: Filter by the youngest
"""
CSV = """\
Type,Title,Parent
Outcome,More films,
Opportunity,We cannot agree,More films
Solution,Everybody vetoes on their phone,We cannot agree
Solution,One person chooses,We cannot agree
"""
OPML = """\
<opml version="2.0"><body><outline text="Outcome: More films">
<outline text="Opportunity: We cannot agree"><outline text="Solution: Everybody vetoes"/>
<outline text="Solution: One person chooses"/></outline></outline></body></opml>
"""


def again(name: str, form: str, text: str, *changes: tuple[str, str]) -> tuple[list[str], ...]:
    """The nodes that a second import finds under another title, its doubts, and the files that it
    writes.
    """
    known = here(grown(guessed({name: text}, form)))
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    made = guessed({name: text}, form, here=known)
    return (
        [f"{each.title} = {each.id}" for each in made.retitled],
        [f"{each.title} ? {each.id}" for each in made.doubts],
        [each.title for each in made.drafts],
    )


def plan(*changes: tuple[str, str]) -> tuple[list[str], ...]:
    return again("plan.txt", "tree", TREE, *changes)


@pytest.mark.parametrize(
    ("before", "after", "node_id"),
    [
        ("One person chooses", "One person chooses, in turn", "one-person-chooses"),
        ("We cannot agree on what to watch", "Choosing takes an hour",
         "we-cannot-agree-on-what-to-watch"),
        ("More evenings end with a film", "Families watch more",
         "more-evenings-end-with-a-film"),
        ("Filter by the youngest", "Filter by the age of the youngest", "filter-by-the-youngest"),
        ("There is nothing for mixed ages", "🎬 None fits us all | *ever*",
         "there-is-nothing-for-mixed-ages"),
    ],
)  # fmt: skip
def test_edited_title_is_the_same_node(before: str, after: str, node_id: str) -> None:
    retitled, doubts, drafts = plan((before, after))
    assert [each.rpartition(" = ")[2] for each in retitled] == [node_id]
    assert (doubts, drafts) == ([], [])


def test_several_edited_titles_are_each_found() -> None:
    retitled, doubts, drafts = plan(
        ("More evenings", "Most evenings"),
        ("We cannot agree on what to watch", "We can not agree what to watch"),
        ("One person chooses", "One of us chooses"),
        ("Filter by the youngest", "Filter by youngest child"),
    )
    assert len(retitled) == 4
    assert (doubts, drafts) == ([], [])


def test_other_node_in_its_place_is_new_and_a_doubt() -> None:
    assert plan(("One person chooses", "Buy a ticket to the cinema")) == (
        [],
        ["Buy a ticket to the cinema ? one-person-chooses"],
        ["Buy a ticket to the cinema"],
    )


def test_ambiguous_titles_are_not_guessed() -> None:
    retitled, doubts, drafts = again(
        "plan.txt", "tree",
        TREE.replace("Everybody vetoes on their phone", "Veto by phone")
        .replace("One person chooses", "Veto by post"),
        ("Veto by phone", "Veto by mail"), ("Veto by post", "Veto by dove"),
    )  # fmt: skip
    assert (retitled, drafts) == ([], ["Veto by mail", "Veto by dove"])
    assert "Veto by mail ? veto-by-phone" in doubts
    assert "Veto by dove ? veto-by-post" in doubts


def test_split_need_is_not_guessed() -> None:
    retitled, doubts, drafts = plan(
        ("We cannot agree on what to watch", "Everybody says no"),
        ("    Solution: A list", "  Opportunity: Nobody decides\n    Solution: A list"),
    )
    assert (retitled, drafts) == ([], ["Everybody says no", "Nobody decides"])
    assert doubts == [
        "Everybody says no ? we-cannot-agree-on-what-to-watch",
        "Nobody decides ? we-cannot-agree-on-what-to-watch",
    ]


def test_other_number_is_another_node() -> None:
    text = TREE.replace("One person chooses", "Trial with 5 families")
    found = again("plan.txt", "tree", text, ("with 5", "with 8"))
    assert found == ([], ["Trial with 8 families ? trial-with-5-families"], [
        "Trial with 8 families"])  # fmt: skip


def test_same_words_are_distinguished_by_their_place() -> None:
    text = TREE.replace("Filter by the youngest", "One person chooses")
    first = "Solution: One person chooses\n    Solution: A"
    retitled, doubts, drafts = again(
        "plan.txt", "tree", text, (first, first.replace("chooses", "decides"))
    )
    assert retitled == ["One person decides = one-person-chooses"]
    assert (doubts, drafts) == ([], [])


def test_same_title_below_another_node_is_new() -> None:
    more = f"{TREE}    Solution: One person chooses\n"
    assert again("plan.txt", "tree", TREE, (TREE, more)) == ([], [], ["One person chooses"])


@pytest.mark.parametrize(
    ("name", "form", "text"),
    [("a.csv", "csv", CSV), ("a.opml", "opml", OPML)],
)
def test_titles_of_other_formats_are_found_as_well(name: str, form: str, text: str) -> None:
    found = again(
        name, form, text,
        ("One person chooses", "One person decides"), ("We cannot agree", "We never agree"),
    )  # fmt: skip
    assert found == (
        ["We never agree = we-cannot-agree", "One person decides = one-person-chooses"], [], [],
    )  # fmt: skip


def test_handwritten_node_is_only_suggested_as_the_same() -> None:
    places = {
        "more": NodePlace("outcome", "More evenings end with a film", path="more.md"),
        "remind": NodePlace("opportunity", "Remind us by mail", "more", "remind.md"),
    }
    known = Here(ids={"more": "more", "remind": "remind"}, places=places)
    text = "Outcome: More evenings end with a film\n  Opportunity: Remind us by phone\n"
    made = guessed({"a.txt": f"{text}    Solution: A bell\n"}, "tree", here=known)
    assert [each.title for each in made.drafts] == ["Remind us by phone", "A bell"]
    assert [each.id for each in made.doubts] == ["remind"]


def test_other_tree_with_a_common_node_is_not_matched() -> None:
    text = (
        "Outcome: Fewer calls\n  Opportunity: I am put on hold\n    Solution: One person chooses\n"
    )
    retitled, _, drafts = again("plan.txt", "tree", TREE, (TREE, text))
    assert (retitled, drafts) == ([], ["Fewer calls", "I am put on hold"])


def test_preview_says_which_titles_differ(folder: Written, run: Run) -> None:
    home = folder("-- ost.toml --\n-- content/.keep --\n")
    (home / "plan.txt").write_text(TREE)
    run("ost import plan.txt --yes")
    changed = TREE.replace("One person chooses", "One person decides")
    (home / "plan.txt").write_text(changed.replace("A list for everyone", "Popcorn"))
    said = run("ost import plan.txt").stdout
    assert (
        "other title plan.txt:4: 'One person decides' is one-person-chooses,"
        " here 'One person chooses'\n"
        "here already? plan.txt:5: 'Popcorn' may be a-list-for-everyone ('A list for everyone');"
        " if so, give both the same title\n"
    ) in said
    assert "would write content/popcorn.md" in said
