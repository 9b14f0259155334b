"""The practice page: 26 weeks up to today, with interviewers."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from datasette_ost.page import PageRequest
from datasette_ost.pages import practice
from tests.plugin.conftest import Serve
from tests.plugin.sample import publish, write
from tests.plugin.test_overviews import ONE_TREE, saved
from tests.plugin.test_pages import page, words


@pytest.mark.parametrize(
    ("today", "streak", "missed", "ago"),
    [
        ("2026-11-11", 2, 0, "yesterday"),
        ("2026-11-16", 2, 0, "6 days ago"),
        ("2026-11-23", 0, 1, "13 days ago"),
        ("2027-10-12", 0, 25, "11 months ago"),
        ("2026-10-01", 0, 0, ""),
    ],
)
def test_practice_page_reaches_up_to_today(
    tmp_path: Path, today: str, streak: int, missed: int, ago: str
) -> None:
    write(tmp_path, ONE_TREE)
    file = publish(tmp_path, tmp_path / "ost.db").path
    with closing(sqlite3.connect(file)) as connection:
        found = practice.read(connection, PageRequest(today=today))
        shown = practice.show(found, cast(Any, None))
    assert (found.streak, len(found.missed), shown["ago"]) == (streak, missed, ago)
    assert len(found.weeks) == practice.WEEKS
    monday = date.fromisoformat(found.weeks[-1].monday)
    assert monday <= date.fromisoformat(today) <= monday + timedelta(days=6)


@pytest.mark.parametrize(
    ("today", "axis"),
    [
        ("2026-11-26", ["Jun 2026", "Jul", "Aug", "Sep", "Oct", "Nov 2026"]),
        ("2027-03-02", ["Sep 2026", "Oct", "Nov", "Dec", "Jan 2027", "Feb 2027", "Mar"]),
    ],
)
def test_years_are_on_both_ends_of_the_axis(tmp_path: Path, today: str, axis: list[str]) -> None:
    write(tmp_path, ONE_TREE)
    with closing(sqlite3.connect(publish(tmp_path, tmp_path / "ost.db").path)) as connection:
        found = practice.read(connection, PageRequest(today=today))
    months = practice.show(found, cast(Any, None))["months"]
    assert [said for said, _ in cast("list[tuple[str, int]]", months)] == axis


TEAMS = {
    "all.md": "---\nkind: outcome\nteam: whole house\n---\n# All use it\n",
    "kitchen.md": "---\nkind: outcome\nparent: all\nteam: <b>kitchen</b>\n---\n# Cooks use it\n",
    "need.md": "---\nkind: opportunity\nparent: kitchen\n---\n# I burn rice\n",
    "door.md": "---\nkind: opportunity\nparent: all\n---\n# I lose my key\n",
    "loose.md": "---\nkind: opportunity\n---\n# Nobody's\n",
}


def talk(day: str, *about: str) -> str:
    heard = "".join(f"- [[{each}]] Heard.\n" for each in about)
    return f"---\nkind: interview\ndate: {day}\n---\n# A talk\n\n## Opportunities\n\n{heard}"


async def test_interviews_count_for_the_teams_they_mention(serve: Serve, tmp_path: Path) -> None:
    talks = {
        "a.md": talk("2026-11-02", "need", "need"),
        "b.md": talk("2026-11-03", "need", "door"),
        "c.md": talk("2026-11-12", "loose"),
        "d.md": talk("2026-11-19", "door"),
        "e.md": talk("2026-11-20"),
    }
    file = saved(tmp_path, TEAMS | talks)
    with closing(sqlite3.connect(file)) as connection:
        found = practice.read(connection, PageRequest(today="2026-11-22"))
    assert [each.interviews for each in found.weeks[-4:]] == [0, 2, 1, 2]
    assert {each.name: (each.weeks[-3:], each.streak) for each in found.teams} == {
        "<b>kitchen</b>": ([2, 0, 0], 0),
        "whole house": ([1, 0, 1], 1),
        "": ([0, 1, 1], 0),
    }
    html = await page(await serve(file), "/-/ost/practice")
    assert "No team" in words(html)
    assert "<b>kitchen" not in html
