"""A decision is suspect if something that it rests on has changed."""

import pytest

from ost.history.diff import diff
from tests.conftest import files
from tests.test_diff import CASES, TREE, tree

LINKED = ("agreeing.md", "comes first", "comes first\n\nSee [[ask-ten]], [[p01]]; not [[forgot]].")
"""The decision links to what it rests on."""


@pytest.mark.parametrize(
    ("decision", "edits", "reasons"),
    [
        ((), [("cant-agree.md", "agree what", "ever agree what")], ["cant-agree reworded"]),
        (
            (),
            [("cant-agree.md", "*", "")],
            ["cant-agree has less evidence", "cant-agree removed"],
        ),
        ((), CASES["interview taken out"][0], ["cant-agree has less evidence"]),
        (
            (),
            CASES["consent"][0],
            ["cant-agree rests on p01, which was withdrawn",
             "more-evenings rests on p01, which was withdrawn"],
        ),
        ((), [("p01.md", "consent: research", "consent: research, no names")], []),
        (
            ("chose: [cant-agree]", "chose: [forgot]"),
            CASES["withdrawn"][0],
            ["forgot has less evidence", "forgot lost its evidence"],
        ),
        (
            ("chose: [cant-agree]", "chose: [veto]"),
            CASES["refuted"][0],
            ["veto rests on phones, which was refuted"],
        ),
        (("chose: [cant-agree]", "chose: [lots]"), CASES["dropped"][0], ["lots dropped"]),
        (("chose: [cant-agree]", "chose: [ask-ten]"), CASES["refuted"][0], ["ask-ten refuted"]),
        (LINKED[1:], CASES["refuted"][0], ["ask-ten refuted"]),
        (LINKED[1:], CASES["text"][0], []),
        (LINKED[1:], [("forgot.md", "what friends told me", "everything")], []),
    ],
)  # fmt: skip
def test_decision_is_suspect_on_every_ground(
    decision: tuple[str, str], edits: list[tuple[str, str, str]], reasons: list[str]
) -> None:
    """A change of a node that it chose, is about or links to counts; a change of a rejected one
    does not.
    """
    texts = dict(files(TREE))
    if decision:
        texts["agreeing.md"] = texts["agreeing.md"].replace(*decision)
    before = tree(texts)
    for path, old, new in edits:
        texts[path] = texts[path].replace(old, new, 1)
        if old == "*":
            del texts[path]
    found = [each for each in diff(before, tree(texts)) if each.change == "suspect"]
    assert [each.after for each in found] == ([reasons] if reasons else [])
    assert diff(tree(texts), tree(texts)) == ()
