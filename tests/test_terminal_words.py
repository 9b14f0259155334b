"""Terminal output: links that no content can forge, and titles before columns."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ost.answers.records import Branch
from ost.cli.terminal.kinds import KindRow, Kinds
from ost.cli.terminal.screen import Screen
from ost.cli.terminal.tree import draw
from ost.exchange import escape
from ost.exchange.reports import text
from ost.exchange.reports.finding import Finding
from ost.exchange.reports.paint import coloured, plain, width, wrapped, wrapped_lines
from ost.exchange.reports.text import excerpt
from ost.read.diagnostic import Severity

Run = Callable[[str], Result]


def test_a_link_of_ours_goes_out_and_no_other_does() -> None:
    ours = escape.link("file:///tmp/a%20b.md", "a b.md", "5ac")
    assert escape.log(ours, "5ac") == ours
    for forged in (
        escape.link("file:///tmp/a.md", "a.md", "another"),
        "\033]8;;https://evil.example\033\\click\033]8;;\033\\",
        "\033]8;id=5ac;file:///a\033]0;title\033\\x",
        "\033]0;title\a",
    ):
        shown = escape.log(forged, "5ac").replace("\033]8;;\033\\", "")
        assert "\033" not in shown
        assert "\033" not in escape.log(escape.terminal(forged), "5ac")
    assert "\033" not in escape.log(ours)


@pytest.mark.parametrize("address", ["file:///a b", "file:///a\033\\", "file:///a;b", "é"])
def test_an_address_of_other_signs_makes_no_link(address: str) -> None:
    assert escape.link(address, "words", "5ac") == "words"


def test_a_wrapped_line_does_not_count_links_and_colours() -> None:
    linked = escape.link("file:///tmp/a.md", "a.md", "5ac")
    assert wrapped(f"{linked} b", 6) == [f"{linked} b"]


def test_folded_lines_are_indented_below_their_beginning() -> None:
    text = f"short\n\n  why: {coloured('bold', 'no one')} has mentioned 週末に家族 yet\n"
    lines = wrapped_lines(text, 20).split("\n")
    assert lines[:2] == ["short", ""]
    assert lines[2:-1] == [
        f"  why: {coloured('bold', 'no one')} has",
        "    mentioned",
        "    週末に家族 yet",
    ]
    assert lines[-1] == ""
    assert wrapped_lines(text, 60) == text


def branch(title: str, **more: object) -> Branch:
    own = {"id": "x", "kind": "opportunity", "title": title, "status": "target", "path": "x.md"}
    numbers = dict.fromkeys(
        ("participants", "moments", "against", "signals", "errors", "warnings", "line"), 1
    )
    return Branch(**{**own, **numbers, "illustrative": True, "children": [], **more})  # type: ignore[arg-type]


@pytest.mark.parametrize("columns", [60, 80, 100, 140])
def test_columns_give_way_to_titles(columns: int) -> None:
    title = "We cannot agree on what to watch when all are tired"[: columns - 20]
    drawn = draw(
        [branch(title), branch("Short")],
        Screen(Kinds([KindRow("opportunity", needs_evidence=True)], []), plain, columns),
        None,
    )
    assert title in drawn
    assert all(width(line) <= columns for line in drawn.split("\n"))
    short = next(line for line in drawn.split("\n") if "Short" in line)
    assert "1 person" in short
    assert "1 against" in short


@pytest.mark.parametrize("columns", [40, 80, 100])
@pytest.mark.parametrize("level", [0, 4])
@pytest.mark.parametrize("people", [1, 12])
def test_a_long_title_leaves_room_for_its_people(columns: int, level: int, people: int) -> None:
    top = branch("We cannot agree on what to watch " * 5, participants=people)
    for _ in range(level):
        top = branch("Above", children=[top])
    kinds = Kinds([KindRow("opportunity", needs_evidence=True)], [])
    drawn = draw([top], Screen(kinds, plain, columns), None).split("\n")
    said = next(line for line in drawn if "…" in line)
    assert ("1 person" if people == 1 else "12 people") in said
    assert ("target" in said) is (columns > 40)
    assert all(width(line) <= columns for line in drawn)


@pytest.mark.parametrize("columns", [40, 80])
def test_messages_break_between_words_where_a_person_reads(columns: int) -> None:
    words = "the customer says that nobody agrees on what to watch " * 3
    found = Finding(
        code="OST101",
        name="some-rule",
        severity=Severity.WARNING,
        message=words.strip(),
        path="opportunities/we-cannot-agree.md",
        line=7,
        column=1,
        end_line=7,
        end_column=2,
        node="",
    )
    drawn, as_is = (
        text.render([found], lambda *_: "", str, plain, columns, wraps=wraps)
        for wraps in (True, False)
    )
    assert all(width(line) <= columns for line in drawn.split("\n"))
    assert drawn.split() == as_is.split()
    assert f"\n  {words.strip()}\n" in as_is


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_an_excerpt_takes_all_of_the_width(columns: int) -> None:
    line = "# " + "words and more " * 20
    shown, before, under = excerpt(line, 3, len(line) + 1, columns)
    assert columns - 2 <= width(shown) <= columns
    assert before + under <= columns
    short = "# " + "x" * (columns - 2)
    assert excerpt(short, 3, len(short) + 1, columns)[0] == short


def test_show_parts_words_and_says_where_the_rest_is(
    folder: Callable[[str], Path], run: Run
) -> None:
    folder(
        "-- o.md --\n---\nkind: outcome\n---\n# More evenings\n"
        "-- up.md --\n---\nkind: opportunity\nparent: o\n---\n# Up\n"
        "-- down.md --\n---\nkind: opportunity\nparent: up\nstatus: target\n---\n# Down\n"
        "-- p07.md --\n---\nkind: interview\nparticipant: P07\n---\n# P07\n\n## Opportunities\n\n"
        "- [[down]] words one\n- [[down]] words two\n- [[up]] words three\n"
    )
    said = run("ost show up").output
    assert "words three" in said
    assert "there are 2 more about what is below: `ost tree up`" in said
    assert "● Down · target · down" in said
    assert "more about" not in run("ost show down").output


def test_links_in_fields_show_titles_and_ids(folder: Callable[[str], Path], run: Run) -> None:
    folder(
        "-- o.md --\n---\nkind: outcome\n---\n# More evenings\n"
        "-- up.md --\n---\nkind: opportunity\nparent: o\n---\n# Nobody agrees\n"
        "-- cut.md --\n---\nkind: solution\nparent: up\nstatus: dropped\n"
        "because: '[[up]] is not [[o|the goal]], nor [[nowhere]]'\n---\n# A cut\n"
    )
    said = run("ost show cut").output
    assert "“Nobody agrees” (up) is not the goal, nor nowhere" in said
    assert "[[up]]" in run("ost show cut --format json").output


SEVERAL_LINES = """\
-- ost.toml --
-- need.md --
---
kind: opportunity
status: parked
because: |
  Nobody asks
  before spring
---
# We cannot agree
-- p07.md --
---
kind: interview
participant: P07
---
# P07

## Memorable quote
> We gave up
> before it began

## Story
1. They sat

   and talked

## Opportunities
- [[need]] on Fridays

  and Sundays
  > Four people,
  >
  > three vetoes
"""


@pytest.mark.parametrize("node", ["need", "p07"])
def test_words_of_several_lines_are_shown_with_spaces_between(
    folder: Callable[[str], Path], run: Run, node: str
) -> None:
    folder(SEVERAL_LINES)
    shown = run(f"ost show {node}").output
    assert "\ufffd" not in shown
    assert "on Fridays and Sundays" in shown
    assert "“Four people, three vetoes”" in shown
    if node == "need":
        assert "Nobody asks before spring" in shown
    else:
        assert "“We gave up before it began”" in shown
        assert "They sat and talked" in shown
