"""How often the team interviews customers, and who took part."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from msgspec import Struct

from datasette_ost.file.kinds import TELLING, TOPS
from datasette_ost.file.rows import About, about, records, rows
from datasette_ost.page import (
    Navigation,
    Page,
    PageRequest,
    Shown,
)
from datasette_ost.view import words
from datasette_ost.view.links import Links
from ost.days import away, monday, monday_of


class Week(Struct):
    """The interviews of a week, which its Monday names: how many each member of the trio attended,
    and how many all three did.
    """

    monday: str
    interviews: int
    pm: int = 0
    designer: int = 0
    engineer: int = 0
    trio: int = 0


class Team(Struct):
    """A team's interviews in each week of the page, and its current streak. The name is "" for
    interviews that belong to no team's outcome.
    """

    name: str
    weeks: list[int]
    streak: int
    longest: int


class CoachRemark(Struct):
    """A rule about questions, and how often it found something."""

    code: str
    name: str
    many: int


class PracticePage(Struct):
    """`/-/ost/practice.json`: the 26 weeks up to today, or up to the day of the build. `streak` is
    the number of weeks in a row up to this week or the last one. `missed` lists the weeks without
    an interview since the `first` one; the current week is not missed yet. `last` is the date of
    the newest interview.
    """

    about: About
    today: str
    weeks: list[Week]
    streak: int
    longest: int
    missed: list[str]
    first: str | None
    last: str | None
    teams: list[Team]
    interviewers: dict[str, int]
    recruited: dict[str, int]
    questions: list[CoachRemark]


WEEKS = 26

_INTERVIEWS = f"""
select
  date,
  json_extract(fields, '$.interviewers.pm') is not null as pm,
  json_extract(fields, '$.interviewers.designer') is not null as designer,
  json_extract(fields, '$.interviewers.engineer') is not null as engineer,
  coalesce(json_extract(fields, '$.recruited'), '') as recruited,
  count(*)
from node
where kind in {TELLING}
  and date between :first and :last
group by date, pm, designer, engineer, recruited
"""

_ENDS = f"""
select min(date), max(date)
from node
where kind in {TELLING}
  and date <= :last
"""

_INTERVIEWERS = f"""
select interviewer.value, count(*)
from node
join json_each(node.fields, '$.interviewers') as interviewer
where kind in {TELLING}
  and date between :first and :last
group by 1
order by 2 desc, 1
limit 20
"""

WAYS = 12
"""How many ways of recruiting the list shows."""

_QUESTIONS = """
select code, name, count(*)
from diagnostic
where code between 'OST420' and 'OST429'
group by code
order by 3 desc, code
"""

_TEAMS = f"""
select json_extract(fields, '$.team'), lft, rgt
from node
where kind in {TOPS}
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
"""How many teams the list shows: those with the most interviews."""


def _teams(connection: sqlite3.Connection, asked: dict[str, str], weeks: list[Week]) -> list[Team]:
    """Each team's weeks. An interview counts for every team whose outcomes it mentions."""
    outcomes = rows(connection, _TEAMS, {})
    if not outcomes:
        return []
    team_at: dict[int, str] = {}
    by_team: dict[str, dict[str, set[str]]] = {str(team): {} for team, _, _ in outcomes}
    for talk, day, place in rows(connection, _TOLD_OF, asked):
        if place not in team_at:
            # The nearest outcome above is the one that begins last.
            above = [str(team) for team, lft, rgt in outcomes if lft <= place < rgt]
            team_at[place] = above[-1] if above else ""
        if team := team_at[place]:
            by_team[team].setdefault(day, set()).add(talk)
    counted = {team: _by_week(days) for team, days in by_team.items()}
    some: dict[str, set[str]] = {}
    for days in by_team.values():
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
        counted[_monday_of(day)] += len(talks)
    return counted


def _streaks(many: list[int]) -> tuple[int, int]:
    """The number of weeks in a row up to the newest, and the longest streak."""
    made = [0]
    for interviews in many:
        made.append(made[-1] + 1 if interviews else 0)
    # This week, which is not over, does not break a streak.
    return made[-1] or (made[-2] if len(made) > 1 else 0), max(made)


_monday_of = lru_cache(maxsize=1024)(monday_of)


def read(connection: sqlite3.Connection, request: PageRequest) -> PracticePage:
    """The weeks up to today, and the weeks without an interview."""
    own = about(connection)
    today = request.day(own.as_of)
    this_week = monday(today)
    mondays = [away(this_week, -7 * each).isoformat() for each in range(WEEKS)][::-1]
    parameters = {"first": mondays[0], "last": today.isoformat()}
    weeks = {each: Week(each, 0) for each in mondays}
    recruited: Counter[str] = Counter()
    for day, pm, designer, engineer, source, many in rows(connection, _INTERVIEWS, parameters):
        week = weeks.get(_monday_of(str(day)))
        if week is not None:
            week.interviews += many
            week.pm += many * pm
            week.designer += many * designer
            week.engineer += many * engineer
            week.trio += many * (pm and designer and engineer)
        recruited[str(source)] += many
    shown = list(weeks.values())
    streak, longest = _streaks([each.interviews for each in shown])
    first, last = rows(connection, _ENDS, parameters)[0]
    begun = _monday_of(first or "") or "9999"
    return PracticePage(
        own,
        today.isoformat(),
        shown,
        streak,
        longest,
        [each.monday for each in shown[:-1] if not each.interviews and each.monday > begun],
        first,
        last,
        _teams(connection, parameters, shown),
        dict(rows(connection, _INTERVIEWERS, parameters)),
        dict(sorted(recruited.items(), key=lambda each: (-each[1], each[0]))[:WAYS]),
        records(connection, CoachRemark, _QUESTIONS, {}),
    )


ROLES = {"pm": "Product manager", "designer": "Designer", "engineer": "Engineer"}


def show(found: PracticePage, _: Links) -> Shown:
    """Interviews per week, and who took part."""
    total = sum(each.interviews for each in found.weeks)
    missed = set(found.missed)
    begun = _monday_of(found.first or "")
    roles = {
        label: [getattr(week, role) for week in found.weeks]
        for role, label in (*ROLES.items(), ("trio", "All three"))
    }
    return {
        "total": total,
        "ago": words.ago(found.last, found.today),
        "months": _months(found.weeks),
        "missed": missed,
        "begun": begun,
        "roles": roles,
        "words": words,
    }


def _months(weeks: Sequence[Week]) -> list[tuple[str, int]]:
    """The months in which the weeks begin, each with the number of its weeks. The first and the
    last one show the year, if it fits, and so does every January.
    """
    months = [
        (month, len(list(those))) for month, those in groupby(each.monday[:7] for each in weeks)
    ]
    roomy = [month for month, several in months if several > 2]
    dated = {*roomy[:1], *roomy[-1:]}
    made = []
    for month, several in months:
        label = words.month(month)
        whole = month in dated or month.endswith("-01")
        made.append((label if whole else label.split()[0], several))
    return made


PAGE = Page(read=read, show=show, navigation=Navigation("Practice", 30))
