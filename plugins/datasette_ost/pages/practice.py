"""How often the team interviews, and who was there."""

import sqlite3
from collections import Counter
from datetime import date
from functools import lru_cache

from msgspec import Struct

from datasette_ost.file.rows import About, about, records, rows
from datasette_ost.page import (
    Navigation,
    Page,
    PageRequest,
)
from datasette_ost.view import plots, words
from datasette_ost.view.links import Links
from ost.days import away


class Week(Struct):
    """A week's interviews, by its Monday; how many had each of the trio, and all three."""

    monday: str
    interviews: int
    pm: int = 0
    designer: int = 0
    engineer: int = 0
    trio: int = 0


class Team(Struct):
    """What interviews told a team's outcomes of: how many in each of the page's weeks; weeks in a
    row as on the page. The name is "" for interviews that serve no team's outcome.
    """

    name: str
    weeks: list[int]
    streak: int
    longest: int


class CoachRemark(Struct):
    """A coach's rule, and how often it was remarked."""

    code: str
    name: str
    many: int


class PracticePage(Struct):
    """`/-/ost/practice.json`: the newest 26 weeks. `streak` weeks in a row reach the newest."""

    about: About
    weeks: list[Week]
    streak: int
    longest: int
    missed: list[str]
    teams: list[Team]
    recruited: dict[str, int]
    questions: list[CoachRemark]


WEEKS = 26


_TALKS = """
select
  date,
  json_extract(fields, '$.interviewers.pm') is not null as pm,
  json_extract(fields, '$.interviewers.designer') is not null as designer,
  json_extract(fields, '$.interviewers.engineer') is not null as engineer,
  coalesce(json_extract(fields, '$.recruited'), '') as recruited,
  count(*)
from node
where kind = 'interview'
  and date between :first and :last
group by date, pm, designer, engineer, recruited
"""


WAYS = 12
"""Ways of recruiting people that are listed; more are hardly ways."""


_QUESTIONS = """
select code, name, count(*)
from diagnostic
where code between 'OST420' and 'OST429'
group by code
order by 3 desc, code
"""


_TEAMS = """
select json_extract(fields, '$.team'), lft, rgt
from node
where kind = 'outcome'
  and json_extract(fields, '$.team') is not null
order by +lft
"""


_TOLD_OF = """
select moment.source, moment.date, about.lft
from moment
join node as about on about.id = moment.node
where moment.kind = 'story'
  and moment.date between :first and :last
  and about.lft is not null
"""


TEAMS = 20
"""So many teams are told of, those with the most interviews."""


def _teams(connection: sqlite3.Connection, asked: dict[str, str], weeks: list[Week]) -> list[Team]:
    """Each team's weeks: an interview counts for the teams of what it told of."""
    outcomes = rows(connection, _TEAMS, {})
    if not outcomes:
        return []
    team_at: dict[int, str] = {}
    told: dict[str, dict[str, set[str]]] = {str(team): {} for team, _, _ in outcomes}
    for talk, day, place in rows(connection, _TOLD_OF, asked):
        if place not in team_at:
            # The nearest outcome above is the last of them to begin.
            above = [str(team) for team, lft, rgt in outcomes if lft <= place < rgt]
            team_at[place] = above[-1] if above else ""
        if team := team_at[place]:
            told[team].setdefault(day, set()).add(talk)
    counted = {team: _by_week(days) for team, days in told.items()}
    some: dict[str, set[str]] = {}
    for days in told.values():
        for day, talks in days.items():
            some.setdefault(day, set()).update(talks)
    served = _by_week(some)
    order = sorted(counted, key=lambda each: (-counted[each].total(), each))
    found = []
    for team in order[:TEAMS]:
        many = [counted[team][each.monday] for each in weeks]
        found.append(Team(team, many, *_streaks(many)))
    left = [each.interviews - served[each.monday] for each in weeks]
    return [*found, Team("", left, 0, 0)] if any(left) else found


def _by_week(days: dict[str, set[str]]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for day, talks in days.items():
        counted[_week_of(day)] += len(talks)
    return counted


def _streaks(many: list[int]) -> tuple[int, int]:
    """How many weeks in a row up to the newest had an interview, and how many at most."""
    made = [0]
    for each in many:
        made.append(made[-1] + 1 if each else 0)
    # The week that has only begun breaks no streak.
    return made[-1] or (made[-2] if len(made) > 1 else 0), max(made)


def _newest(connection: sqlite3.Connection, as_of: str) -> date:
    """The day of the build; without one, of the newest interview."""
    newest = rows(connection, "select max(date) from node where kind = 'interview'", {})[0][0]
    for each in (as_of, newest):
        try:
            return date.fromisoformat(each or "")
        except ValueError:
            continue
    return date(2000, 1, 3)


@lru_cache(maxsize=1024)
def _week_of(day: str) -> str:
    """The Monday of a day's week; "" for what is no day."""
    try:
        return _monday(date.fromisoformat(day)).isoformat()
    except ValueError:
        return ""


def _monday(day: date) -> date:
    return away(day, -day.weekday())


def read(connection: sqlite3.Connection, _: PageRequest) -> PracticePage:
    """The newest weeks, with those in which nobody was interviewed."""
    own = about(connection)
    last = _monday(_newest(connection, own.as_of))
    mondays = [away(last, -7 * each).isoformat() for each in range(WEEKS)][::-1]
    asked = {"first": mondays[0], "last": away(last, 6).isoformat()}
    known = {each: Week(each, 0) for each in mondays}
    recruited: Counter[str] = Counter()
    for day, pm, designer, engineer, source, many in rows(connection, _TALKS, asked):
        week = known.get(_week_of(str(day)))
        if week is not None:
            week.interviews += many
            week.pm += many * pm
            week.designer += many * designer
            week.engineer += many * engineer
            week.trio += many * (pm and designer and engineer)
        recruited[str(source)] += many
    weeks = list(known.values())
    begun = next((i for i, each in enumerate(weeks) if each.interviews), len(weeks))
    weeks = weeks[begun:]
    streak, longest = _streaks([each.interviews for each in weeks])
    return PracticePage(
        own,
        weeks,
        streak,
        longest,
        [each.monday for each in weeks[:-1] if not each.interviews],
        _teams(connection, asked, weeks),
        dict(sorted(recruited.items(), key=lambda each: (-each[1], each[0]))[:WAYS]),
        records(connection, CoachRemark, _QUESTIONS, {}),
    )


def show(found: PracticePage, _: Links) -> dict[str, object]:
    """Interviews a week, and who was there."""
    total = sum(each.interviews for each in found.weeks)
    return {
        "bars": plots.bars([(_day_month(each.monday), each.interviews) for each in found.weeks]),
        "total": total,
        "trio": {
            "product manager": sum(each.pm for each in found.weeks),
            "designer": sum(each.designer for each in found.weeks),
            "engineer": sum(each.engineer for each in found.weeks),
            "all three": sum(each.trio for each in found.weeks),
        },
        "day_month": _day_month,
        "words": words,
    }


def _day_month(text: str) -> str:
    return words.day(text).rsplit(" ", 1)[0]


PAGE = Page(read=read, show=show, navigation=Navigation("Practice", 30))
