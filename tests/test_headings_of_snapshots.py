"""The parts of a snapshot are recognised, however their headings are decorated."""

from collections.abc import Callable

import pytest

from ost.judge.check import judge
from ost.judge.rules.incomplete_snapshot import IncompleteSnapshot
from ost.read.diagnostic import Severity
from ost.tree.sections import part, similar_part
from ost.tree.tree import Tree


@pytest.mark.parametrize(
    ("heading", "named"),
    [
        ("Story", "story"),
        ("STORY:", "story"),
        ("3) Story", "story"),
        ("3. Story", "story"),
        ("3 Story", "story"),
        ("3.1 Story", "story"),
        ("a) Story", "story"),
        ("II. Story", "story"),
        ("Part 2: Story", "story"),
        ("📖 Story", "story"),
        ("Story 📖", "story"),
        ("🎯  Opportunities", "opportunities"),
        ("Opportunities {#opps}", "opportunities"),
        ("Opportunities {.class}", "opportunities"),
        ("Opportunities (3)", "opportunities"),
        ("Opportunities [3]", "opportunities"),
        ("Opportunities: 3", "opportunities"),
        ("Opportunities — 3", "opportunities"),
        ("Opportunities ^ref", "opportunities"),
        ("Opportunities #todo", "opportunities"),
        ("Opportunities (heard)", "opportunities"),
        ("4. 🎯 Opportunities (3) {#opps}", "opportunities"),
        ("Pain points", "opportunities"),
        ("Key quote", "memorable quote"),
        ("Key insights", "insights"),
        ("Needs / pain points", "opportunities"),
        ("Pains and needs", "opportunities"),
        ("Needs and quotes", ""),
        ("📖 Ablauf", "story"),
        ("Schmerzpunkte und Bedürfnisse", "opportunities"),
        ("Lo que pasó", "story"),
        ("**Citas**", "memorable quote"),
        ("The story of a night", ""),
        ("Summary", ""),
        ("3", ""),
        ("", ""),
        ("🎯", ""),
    ],
)
def test_a_heading_names_a_part(heading: str, named: str) -> None:
    assert part(heading) == named


@pytest.mark.parametrize(
    ("heading", "named"),
    [
        ("Our opportunities", "opportunities"),
        ("Oportunities", "opportunities"),
        ("Needs we heard", "opportunities"),
        ("The story", "story"),
        ("Best quotes of the day", "memorable quote"),
        ("Weather", ""),
    ],
)
def test_the_nearest_part(heading: str, named: str) -> None:
    assert similar_part(heading) == named


def test_notes_with_other_headings_are_a_warning_that_names_them(
    tree: Callable[[str], Tree],
) -> None:
    text = "# P07\n\n## Summary\nwords\n\n## The needs\n- a\n\n## What was said\n> b\n"
    built = tree(f"-- p07.md --\n---\nkind: interview\nparticipant: P07\n---\n{text}")
    found = judge(built, (IncompleteSnapshot(),), ()).diagnostics
    (remark,) = [each for each in found if each.code == "OST205"]
    assert remark.severity is Severity.WARNING
    for words in ("'Summary' (line 7)", "'The needs' (line 10, opportunities?)", "line 13"):
        assert words in remark.message


@pytest.mark.parametrize(
    "line", ["##Opportunities", "###opportunities", "**Opportunities**", "__Needs__:", "Pains:"]
)
def test_line_that_looks_like_a_heading_is_named(tree: Callable[[str], Tree], line: str) -> None:
    text = f"-- p07.md --\n---\nkind: interview\n---\n# P07\n\n## Story\n1. a\n\n{line}\n- b\n"
    (remark,) = judge(tree(text), (IncompleteSnapshot(),), ()).diagnostics
    assert f"Line 9 is not a heading: {line!r}; write '## Opportunities'" in remark.message


def test_no_break_space_after_a_heading_marker_is_a_space(
    tree: Callable[[str], Tree],
) -> None:
    text = "-- p07.md --\n---\nkind: interview\n---\n# P07\n\n##\u00a0Story\n1. a\n"
    (remark,) = judge(tree(text), (IncompleteSnapshot(),), ()).diagnostics
    assert "story" not in remark.message
