"""Recruiting: words to paste into a tool, and its replies as empty interviews and signals."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ost.exchange.agenda.opening import Opening
from ost.exchange.agenda.recruitment import TOOLS, filled
from ost.exchange.foreign.drafts import drafts
from ost.exchange.foreign.imports import ForeignTree, Here, Material, Terms
from ost.exchange.importers.replies import read
from ost.read.parse import parse
from tests.foreign import left_out

if TYPE_CHECKING:
    from click.testing import Result

RunCommand = Callable[[str], "Result"]

TREE = """\
-- ost.toml --
-- content/more.md --
---
kind: outcome
---
# More evenings begin with a film
-- content/agree.md --
---
kind: opportunity
parent: more
status: target
moment: choosing a film together
---
# We cannot agree on what to watch
"""
INTERCOM = """\
Response ID,User ID,Email,Name,Submitted at,Plan,What happened the last time?,May we call you?
r1,77,anna@example.org,Anna Berg,2026-11-02 10:00,family,"We scrolled, then gave up
and went to bed. Mail anna@example.org",Yes
r2,78,tom@example.org,Tom,2026-11-03,solo,Nothing found in *time*,no
r3,77,anna@example.org,Anna Berg,2026-11-04,family,It happened again,no
r4,79,eve@example.org,Eve,2026-11-05,,,no
r5,80,x@example.org
"""
BOOKINGS = """\
Invitee Name;Invitee Email;Start Date & Time;Location\r
Anna Berg;anna@example.org;2026-11-09 15:00;Zoom\r
"""


def imported(text: str, here: Here | None = None) -> ForeignTree:
    material = Material("intercom.csv", {"intercom.csv": text.removeprefix("\ufeff")})
    return read(material, Terms(), here or Here(participants=("P07",)))


def test_replies_become_stubs_and_signals() -> None:
    found = imported(INTERCOM)
    texts = [each.whole for each in found.nodes]
    assert [each.kind for each in found.nodes] == ["interview", "signal", "signal"]
    assert [parse(each).diagnostics for each in texts] == [()] * 3
    assert "participant: P08" in texts[0]
    assert "recruited: in-product" in texts[0]
    assert "segment: family" in texts[0]
    assert "date:" not in texts[0]  # they agreed to a call; no day is known
    assert "date: 2026-11-03" in texts[1]
    assert "participant: P09" in texts[1]
    assert "participant: P08" in texts[2]  # the same person again
    assert "We scrolled, then gave up and went to bed" in texts[0]
    assert "\\*time\\*" in texts[1]


def test_import_writes_nothing_about_a_person() -> None:
    found = imported(INTERCOM)
    written = "".join(f"{each.key}{each.whole}" for each in found.nodes)
    for personal in ("Anna", "Tom", "example.org", "77"):
        assert personal not in written
    assert left_out(found) == (
        "User ID (about persons)",
        "Email (about persons)",
        "Name (about persons)",
    )


def test_lines_not_understood_are_listed() -> None:
    found = imported(INTERCOM)
    assert [(each.line, each.why) for each in found.unread] == [
        (6, "no answer in it"),
        (7, "3 cells below 8 headings"),
        (7, "no answer in it"),
    ]


def test_booked_call_is_an_interview_on_its_day() -> None:
    (reply,) = imported(BOOKINGS.replace("\r\n", "\n")).nodes
    assert reply.kind == "interview"
    assert "date: 2026-11-09" in reply.whole


def test_longer_export_adds_only_what_is_new() -> None:
    first = imported(INTERCOM)
    here = Here(ids={each.key: each.key for each in first.nodes}, participants=("P09",))
    more = INTERCOM + "r6,81,y@example.org,Y,2026-11-06,solo,A new one,no\n"
    second = drafts(imported(more, here), here)
    assert len(second.present) == 3
    assert [each.title for each in second.drafts] == ["P10: reply by intercom"]


def test_the_same_row_twice_is_one_reply() -> None:
    twice = imported(BOOKINGS.replace("\r\n", "\n") + BOOKINGS.split("\r\n")[1] + "\n")
    assert len(twice.nodes) == 1
    assert any("line 2 again" in each for each in left_out(twice))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "a",
        'a,b\n"open',
        "a\0b,c\n1,2",
        '"' * 99,
        "😀,ת\n1,2",
        "a,b\n" + "x" * 200_000,
        ",,,\n,,,",
    ],
)
def test_odd_export_never_raises(text: str) -> None:
    for reply in imported(text).nodes:
        assert parse(reply.whole).entries


@pytest.mark.parametrize("tool", TOOLS)
def test_every_tool_gets_words_without_a_gap(
    folder: Callable[[str], Path], run: RunCommand, tool: str
) -> None:
    folder(TREE)
    said = run(f"ost next --recruit {tool}").output
    assert "choosing a film together" in said
    assert "{" not in said


def test_team_changes_the_words(folder: Callable[[str], Path], run: RunCommand) -> None:
    folder(f"{TREE}-- templates/recruit/nps.txt --\nOurs: {{moment}} {{reward}}\n")
    result = run("ost next --recruit nps --about agree")
    assert "Ours: choosing a film together {reward}" in result.output
    assert "unknown placeholders: reward" in result.output


def test_missing_moment_is_a_gap_and_not_invented() -> None:
    text, unknown = filled("{moment} {segment} {question}", Opening(story="s", source="x"))
    assert text.startswith("… any segment Did this come up for you in the last week: …?")
    assert unknown == ()


def test_import_replies_shows_then_writes_then_finds_doubles(
    folder: Callable[[str], Path], run: RunCommand
) -> None:
    home = folder(TREE)
    (home / "intercom.csv").write_text(INTERCOM, "utf-8")
    shown = run("ost import replies intercom.csv --dry-run").output
    assert shown.count("would write") == 3
    assert not list(home.glob("content/*/*.md"))
    wrote = run("ost import replies intercom.csv").output
    assert wrote.replace("wrote", "would write").startswith(shown)
    assert len(list(home.glob("content/*/*.md"))) == 3
    assert "3 nodes are here already" in run("ost import replies intercom.csv").output
    assert run("ost check --select OST0").exit_code == 0
    assert "its nodes are here already" in run("ost import replies content/more.md").output
