"""Changes in meaning between two trees: one table of edits and their descriptions."""

from collections.abc import Callable
from datetime import date

import pytest

from ost.history.change import Change, Verb
from ost.history.diff import compare, diff
from ost.history.record import records
from ost.read.document import Document
from ost.read.parse import parse
from ost.tree.build import build
from ost.tree.tree import Tree
from tests.conftest import files

TREE = """\
-- more-evenings.md --
---
kind: outcome
target: 45
by: 2026-12-01
measurements: {2026-10-01: 31}
---
# More evenings start with a film
-- cant-agree.md --
---
kind: opportunity
parent: more-evenings
---
# We cannot agree what to watch

Somebody always says no.
-- forgot.md --
---
kind: opportunity
parent: more-evenings
status: target
---
# I forget what friends told me to watch
-- veto.md --
---
kind: solution
parent: cant-agree
status: candidate
---
# Everybody vetoes on their own phone
-- lots.md --
---
kind: solution
parent: cant-agree
---
# Draw lots from three
-- phones.md --
---
kind: assumption
parent: veto
---
# Everybody has a phone at hand
-- ask-ten.md --
---
kind: test
parent: phones
criterion: {measure: families, at_least: 8, of: 10}
started: 2026-10-01
---
# Ask ten families
-- agreeing.md --
---
kind: decision
parent: more-evenings
chose: [cant-agree]
over: [forgot]
---
# Agreeing comes first
-- p01.md --
---
kind: interview
date: 2026-09-01
participant: P01
consent: research
---
# P01

## Opportunities
- [[cant-agree]] three vetoes [12:41]
  > By the time we agree somebody has gone to bed. [13:05]
- [[forgot]] it was in a chat [20:00]

## Insights
- the phone is the remote
-- p02.md --
---
kind: interview
participant: P02
---
# P02

## Opportunities
- [[cant-agree]] four people on a sofa [02:00]
"""


def tree(texts: dict[str, str], as_of: date = date(2026, 11, 1)) -> Tree:
    return build((Document(path, parse(text)) for path, text in texts.items()), as_of=as_of)


def edited(*edits: tuple[str, str, str]) -> tuple[Change, ...]:
    """The changes when a text in a file replaces another; "" for the whole file."""
    texts = dict(files(TREE))
    before = tree(texts)
    for path, old, new in edits:
        if not old:
            texts[path] = new
        elif not new and old == "*":
            del texts[path]
        else:
            assert old in texts[path], (path, old)
            texts[path] = texts[path].replace(old, new, 1)
    return diff(before, tree(texts))


def change_pairs(changes: tuple[Change, ...]) -> set[tuple[str, str]]:
    return {(each.change.value, each.node) for each in changes}


NEW = "---\nkind: opportunity\nparent: more-evenings\n---\n# Trailers give the story away\n"
SPLIT = "---\nkind: opportunity\nparent: more-evenings\n---\n# {}\n"

CASES: dict[str, tuple[list[tuple[str, str, str]], set[tuple[str, str]]]] = {
    "added": ([("trailers.md", "", NEW)], {("added", "trailers")}),
    "removed": (
        [("lots.md", "*", "")],
        {("removed", "lots"), ("rivals", "cant-agree")},
    ),
    "renamed by alias": (
        [("veto.md", "*", ""), ("phones.md", "parent: veto", "parent: no-for-all"),
         ("no-for-all.md", "", ("---\nkind: solution\nparent: cant-agree\nstatus: candidate\n"
          "aliases: [veto]\n---\n# Everybody vetoes on their own phone\n"))],
        {("renamed", "no-for-all")},
    ),
    "renamed with the same content": (
        [("lots.md", "*", ""), ("draw.md", "", files(TREE)["lots.md"])],
        {("renamed", "draw")},
    ),
    "reworded": ([("lots.md", "Draw lots from three", "Draw lots")], {("reworded", "lots")}),
    "moved": (
        [("lots.md", "parent: cant-agree", "parent: forgot")],
        {("moved", "lots"), ("rivals", "cant-agree"), ("rivals", "forgot")},
    ),
    "moved and reworded": (
        [("lots.md", "parent: cant-agree", "parent: forgot"), ("lots.md", "lots from", "one of")],
        {("moved", "lots"), ("reworded", "lots"), ("rivals", "cant-agree"), ("rivals", "forgot")},
    ),
    "also under": (
        [("lots.md", "parent: cant-agree", "parent: [cant-agree, forgot]")],
        {("field", "lots"), ("rivals", "forgot")},
    ),
    "rekinded": (
        [("lots.md", "kind: solution", "kind: opportunity")],
        {("rekinded", "lots"), ("rivals", "cant-agree")},
    ),
    "status": ([("veto.md", "candidate", "testing")], {("status", "veto")}),
    "dropped": (
        [("lots.md", "parent:", "status: dropped\nbecause: unfair\nparent:")],
        {("status", "lots"), ("field", "lots"), ("rivals", "cant-agree")},
    ),
    "target": (
        [("cant-agree.md", "parent:", "status: target\nparent:"),
         ("forgot.md", "status: target\n", "")],
        {("target-chosen", "cant-agree"), ("target-left", "forgot")},
    ),
    "heard": (
        [("p03.md", "", ("---\nkind: interview\nparticipant: P03\n---\n# P03\n\n"
          "## Opportunities\n- [[cant-agree]] we never do [01:00]\n"))],
        {("added", "p03"), ("heard", "cant-agree"), ("evidence", "cant-agree"),
         ("evidence", "more-evenings")},
    ),
    "heard again from the same person": (
        [("p02.md", "[02:00]", "[02:00]\n- [[cant-agree]] and on Sunday again [05:00]")],
        {("heard", "cant-agree")},
    ),
    "against": (
        [("p02.md", "[02:00]", "[02:00]\n- against [[forgot]] I write it all down [05:00]")],
        {("against", "forgot")},
    ),
    "withdrawn": (
        [("p01.md", "- [[forgot]] it was in a chat [20:00]\n", "")],
        {("withdrawn", "forgot"), ("lost-evidence", "forgot")},
    ),
    "interview taken out": (
        [("p02.md", "*", "")],
        {("removed", "p02"), ("withdrawn", "cant-agree"), ("evidence", "cant-agree"),
         ("evidence", "more-evenings"), ("suspect", "agreeing")},
    ),
    "moment of another": (
        [("p01.md", "[[forgot]]", "[[cant-agree]]")],
        {("heard", "cant-agree"), ("withdrawn", "forgot"), ("lost-evidence", "forgot")},
    ),
    "moment corrected": ([("p02.md", "four people", "five people")], {("text", "p02")}),
    "moment and the rest of the page": (
        [("p01.md", "the phone is the remote", "the phone is the remote for all")],
        {("text", "p01")},
    ),
    "bar changed": ([("ask-ten.md", "at_least: 8", "at_least: 6")], {("bar-changed", "ask-ten")}),
    "bar moved": (
        [("ask-ten.md", "at_least: 8", "at_least: 6"),
         ("ask-ten.md", "started:", "result: {measure: 7, of: 10}\nverdict: supported\nstarted:")],
        {("bar-moved", "ask-ten"), ("result", "ask-ten"), ("verdict", "ask-ten"),
         ("status", "phones")},
    ),
    "result": (
        [("ask-ten.md", "started:", "result: {measure: 7, of: 10}\nstarted:")],
        {("result", "ask-ten")},
    ),
    "refuted": (
        [("ask-ten.md", "started:", "verdict: refuted\nstarted:")],
        {("verdict", "ask-ten"), ("status", "phones")},
    ),
    "bet": ([("veto.md", "parent:", "bet: {expect: 40}\nparent:")], {("bet", "veto")}),
    "settled": ([("veto.md", "parent:", "result: {actual: 4}\nparent:")], {("settled", "veto")}),
    "measured": (
        [("more-evenings.md", "2026-10-01: 31", "2026-10-01: 31, 2026-11-01: 37")],
        {("measured", "more-evenings")},
    ),
    "goal": ([("more-evenings.md", "target: 45", "target: 40")], {("goal", "more-evenings")}),
    "decided": (
        [("lots-first.md", "", ("---\nkind: decision\nparent: cant-agree\nchose: [lots]\n"
          "over: [veto]\n---\n# Lots first\n"))],
        {("added", "lots-first"), ("decided", "lots-first")},
    ),
    "decided otherwise": (
        [("agreeing.md", "chose: [cant-agree]\nover: [forgot]", "chose: [forgot]")],
        {("decided", "agreeing")},
    ),
    "suspect": (
        [("cant-agree.md", "We cannot agree what to watch", "We want to go to bed")],
        {("reworded", "cant-agree"), ("suspect", "agreeing")},
    ),
    "waived": (
        [("lots.md", "parent:", "allow: [{rule: OST301, because: simple}]\nparent:")],
        {("waived", "lots")},
    ),
    "consent": (
        [("p01.md", "consent: research", "consent: withdrawn")],
        {("consent", "p01"), ("suspect", "agreeing")},
    ),
    "field": ([("lots.md", "parent:", "differs: by chance\nparent:")], {("field", "lots")}),
    "unknown field": ([("lots.md", "parent:", "colour: red\nparent:")], {("field", "lots")}),
    "text": ([("cant-agree.md", "always", "often")], {("text", "cant-agree")}),
    "lines broken elsewhere": ([("cant-agree.md", "always says", "always\nsays")], set()),
    "keys in another order": (
        [("lots.md", "kind: solution\nparent: cant-agree", "parent: cant-agree\nkind: solution")],
        set(),
    ),
    "split": (
        [("cant-agree.md", "*", ""),
         ("kids.md", "", SPLIT.format("Kids mode is for small children")),
         ("one-no.md", "", SPLIT.format("One no and we start again")),
         ("veto.md", "parent: cant-agree", "parent: one-no"),
         ("lots.md", "parent: cant-agree", "parent: one-no"),
         ("p01.md", "[[cant-agree]]", "[[one-no]]"), ("p02.md", "[[cant-agree]]", "[[kids]]"),
         ("agreeing.md", "[cant-agree]", "[one-no]")],
        {("split", "cant-agree"), ("added", "kids"), ("added", "one-no"), ("moved", "veto"),
         ("moved", "lots"), ("decided", "agreeing")},
    ),
    "merged": (
        [("forgot.md", "*", ""), ("p01.md", "[[forgot]]", "[[cant-agree]]"),
         ("agreeing.md", "over: [forgot]\n", "")],
        {("merged", "forgot"), ("decided", "agreeing")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_edit_is_called_by_its_name(name: str) -> None:
    edits, expected = CASES[name]
    assert change_pairs(edited(*edits)) == expected


def test_diff_uses_every_word_of_the_vocabulary() -> None:
    told = {word for _, expected in CASES.values() for word, _ in expected}
    assert told | {"bar-set", "waiver-ended"} == {each.value for each in Verb}


def one(verb: str, *edits: tuple[str, str, str]) -> Change:
    (found,) = [each for each in edited(*edits) if each.change == verb]
    return found


def test_moved_bar_shows_the_verdict_by_both_bars() -> None:
    found = one("bar-moved", *CASES["bar moved"][0])
    assert isinstance(found.before, dict)
    assert isinstance(found.after, dict)
    assert (found.before["at_least"], found.before["verdict"]) == (8, "refuted")
    assert (found.after["at_least"], found.after["verdict"]) == (6, "supported")
    assert found.weight == 3


def test_evidence_counts_people_and_names_them() -> None:
    edits = CASES["heard"][0]
    found = next(each for each in edited(*edits) if each.change == "evidence")
    assert (found.before, found.after, found.people) == (2, 3, ("P03",))


def test_split_names_what_it_became() -> None:
    assert one("split", *CASES["split"][0]).after == ["kids", "one-no"]
    assert one("merged", *CASES["merged"][0]).after == "cant-agree"


def test_places_are_of_the_field() -> None:
    found = one("status", *CASES["status"][0])
    assert (found.path, found.line) == ("veto.md", 4)
    assert one("removed", *CASES["removed"][0]).path == "lots.md"


def test_similar_node_is_only_a_hint() -> None:
    found = edited(
        ("lots.md", "*", ""),
        ("chance.md", "", "---\nkind: solution\nparent: forgot\n---\n# Draw lots from some\n\nNew"),
    )
    by_word = {each.change.value: each for each in found}
    assert by_word["removed"].after == "perhaps the same as chance"
    assert by_word["added"].before == "perhaps the same as lots"


def test_two_that_say_the_same_are_not_guessed_at() -> None:
    text = files(TREE)["lots.md"]
    found = change_pairs(edited(("lots.md", "*", ""), ("one.md", "", text), ("two.md", "", text)))
    assert {("removed", "lots"), ("added", "one"), ("added", "two")} <= found
    assert not {each for each in found if each[0] == "renamed"}


def test_waiver_ends_with_its_day() -> None:
    texts = dict(files(TREE))
    texts["lots.md"] = texts["lots.md"].replace(
        "parent:", "allow: [{rule: OST301, because: simple, until: 2026-11-01}]\nparent:"
    )
    found = diff(tree(texts), tree(texts, date(2026, 11, 2)))
    assert change_pairs(found) == {("waiver-ended", "lots")}


def test_bar_is_set_once() -> None:
    texts = dict(files(TREE))
    texts["ask-ten.md"] = texts["ask-ten.md"].replace(
        "criterion: {measure: families, at_least: 8, of: 10}\n", ""
    )
    assert change_pairs(diff(tree(texts), tree(dict(files(TREE))))) == {("bar-set", "ask-ten")}


def test_fingerprint_survives_changes_around_it() -> None:
    alone = one("status", *CASES["status"][0])
    beside = one(
        "status", *CASES["status"][0], *CASES["goal"][0], ("veto.md", "---\n# ", "---\n\n# ")
    )
    assert alone.fingerprint == beside.fingerprint
    assert alone.fingerprint != one("status", *CASES["dropped"][0]).fingerprint


def test_diff_ends_in_cycles(tree: Callable[[str], Tree]) -> None:
    text = "-- a.md --\n---\nkind: opportunity\nparent: b\n---\n# A\n"
    text += "-- b.md --\n---\nkind: opportunity\nparent: a\n---\n# B\n"
    text += "-- p.md --\n---\nkind: interview\n---\n# P\n\n## Opportunities\n- [[a]] x\n"
    assert diff(tree(text), tree(text)) == ()
    assert change_pairs(diff(tree(text), tree(text.replace("# B", "# Better")))) == {
        ("reworded", "b")
    }


def test_diff_never_reads_unchanged_nodes() -> None:
    """The work follows the change: with ten times the nodes, as few records are decoded."""
    decoded = []
    for many in (30, 300):
        texts = dict(files(TREE))
        for number in range(many):
            texts[f"n{number}.md"] = f"---\nkind: opportunity\n---\n# Need {number}\n"
        before = records(tree(texts))
        texts["n1.md"] += "\nMore.\n"
        after = records(tree(texts))
        assert change_pairs(compare(before, after)) == {("text", "n1")}
        decoded.append(len(before._decoded) + len(after._decoded))
    assert decoded == [2, 2]
