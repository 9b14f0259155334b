"""Fixes change only their own characters in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ost.edit.fix import fixed_text
from ost.read.diagnostic import Diagnostic, Edit, Fix
from ost.read.name_match import certain_match
from ost.read.place import Place, Span


def found(*edits: tuple[int, int, int, int, str]) -> Diagnostic:
    fix = Fix("x", tuple(Edit(Span("", Place(*at)), text) for *at, text in edits))
    return Diagnostic(path="a.md", at=Place(*edits[0][:4]), code="X1", message="x", fix=fix)


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("one\ntwo\n", (1, 0, 1, 3, "2"), "one\n2\n"),
        ("one\r\ntwo\r\n", (1, 0, 1, 3, "2"), "one\r\n2\r\n"),
        ("one\rtwo", (1, 0, 1, 3, "2"), "one\r2"),
        ("one\r\ntwo\r\nthree", (1, 0, 2, 0, ""), "one\r\nthree"),
        ("one\r\ntwo", (1, 3, 1, 3, "\nx"), "one\r\ntwo\r\nx"),
        ("one\ntwo # why\nthree", (1, 0, 2, 0, ""), None),
        ("a: [\n b,\n c]\n", (2, 0, 3, 0, ""), None),
        ("- \n  a: b\n", (1, 0, 2, 0, ""), None),
        ("one\n", (7, 0, 7, 1, "x"), None),
        ("one\n", (0, 0, 0, 9, "x"), None),
    ],
)
def test_edits_are_applied_or_refused(
    text: str, edits: tuple[int, int, int, int, str], expected: str | None
) -> None:
    fixed = fixed_text(text, [found(edits)])
    assert fixed.text == (text if expected is None else expected)
    assert bool(fixed.fixed) == (expected is not None)


def test_first_of_overlapping_fixes_wins_and_stays_whole() -> None:
    first, second = found((0, 0, 0, 2, "x")), found((0, 1, 0, 3, "y"), (0, 6, 0, 7, "z"))
    assert fixed_text("abcdefg", [second, first]).text == "xcdefg"


@given(st.text("ab\r\n#-é", max_size=40), st.lists(st.integers(0, 6), min_size=4, max_size=4))
def test_text_outside_edits_stays(text: str, at: list[int]) -> None:
    fixed = fixed_text(text, [found((*at, "X"))])  # type: ignore[arg-type] # four of them
    before, _, after = fixed.text.partition("X")
    assert fixed.text == text if not fixed.fixed else text.startswith(before)
    assert not fixed.fixed or text.endswith(after)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Status", "status"),
        ("staus", "status"),
        ("lens", ""),
        ("moments", "moment"),
        ("learning-goal", "learning_goal"),
        ("colour", ""),
        ("", ""),
    ],
)
def test_name_with_one_meaning_is_fixed(written: str, expected: str) -> None:
    assert certain_match(written, ["status", "moment", "learning_goal", "lenses", "by"]) == expected
