"""What the practice page and the bets page show."""

import sqlite3
from collections import Counter
from datetime import date, timedelta

from datasette_ost.overviews import BetsPage, PracticePage, Remarked, Week
from datasette_ost.queries.reading import BOX, about, boxes, read, rows

WEEKS = 26
AT_MOST = 100

_TALKS = """
select
  date,
  json_extract(fields, '$.interviewers.pm') is not null,
  json_extract(fields, '$.interviewers.designer') is not null,
  json_extract(fields, '$.interviewers.engineer') is not null,
  coalesce(json_extract(fields, '$.recruited'), '')
from node
where kind = 'interview'
  and date between :first and :last
"""

SOURCES = 12
"""So many ways of finding people are told; more are hardly ways."""

_QUESTIONS = """
select code, name, count(*)
from diagnostic
where code between 'OST420' and 'OST429'
group by code
order by 3 desc, code
"""


def practice(connection: sqlite3.Connection) -> PracticePage:
    """The newest weeks, with those in which nobody was interviewed."""
    own = about(connection)
    last = _monday(_newest(connection, own.as_of))
    mondays = [(last - timedelta(weeks=each)).isoformat() for each in range(WEEKS)][::-1]
    asked = {"first": mondays[0], "last": (last + timedelta(days=6)).isoformat()}
    known = {each: Week(each, 0) for each in mondays}
    recruited: Counter[str] = Counter()
    for day, pm, designer, engineer, source in rows(connection, _TALKS, asked):
        week = known.get(_week_of(str(day)))
        if week is not None:
            week.interviews += 1
            week.pm += pm
            week.designer += designer
            week.engineer += engineer
            week.trio += pm and designer and engineer
        recruited[str(source)] += 1
    weeks = list(known.values())
    begun = next((i for i, each in enumerate(weeks) if each.interviews), len(weeks))
    weeks = weeks[begun:]
    runs = _runs(weeks)
    return PracticePage(
        own,
        weeks,
        # The week that has only begun breaks no streak.
        runs[-1] or (runs[-2] if len(runs) > 1 else 0),
        max(runs, default=0),
        [each.monday for each in weeks[:-1] if not each.interviews],
        dict(sorted(recruited.items(), key=lambda each: (-each[1], each[0]))[:SOURCES]),
        read(connection, Remarked, _QUESTIONS, {}),
    )


def _runs(weeks: list[Week]) -> list[int]:
    """For each week, how many in a row up to it had an interview."""
    made = [0]
    for each in weeks:
        made.append(made[-1] + 1 if each.interviews else 0)
    return made


def _newest(connection: sqlite3.Connection, as_of: str) -> date:
    """The day of the build; without one, of the newest interview."""
    newest = rows(connection, "select max(date) from node where kind = 'interview'", {})[0][0]
    for each in (as_of, newest):
        try:
            return date.fromisoformat(each or "")
        except ValueError:
            continue
    return date(2000, 1, 3)


def _week_of(day: str) -> str:
    """The Monday of a day's week; "" for what is no day."""
    try:
        return _monday(date.fromisoformat(day)).isoformat()
    except ValueError:
        return ""


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


_BET = """
from node
where kind = 'solution'
  and json_extract(fields, '$.bet') is not null
"""

_BETS = f"""
select {BOX}
{_BET}
order by json_extract(fields, '$.bet.by') desc, title
limit :most
"""

_CALIBRATION = f"""
select
  coalesce(json_extract(fields, '$.bet.confidence'), ''),
  coalesce(json_extract(fields, '$.result.verdict'), 'open'), count(*)
{_BET}
group by 1, 2
order by 1, 2
limit 200
"""


def bets(connection: sqlite3.Connection) -> BetsPage:
    """Solutions with what they were expected to do and what became of it."""
    calibration: dict[str, dict[str, int]] = {}
    for said, verdict, many in rows(connection, _CALIBRATION, {}):
        calibration.setdefault(str(said), {})[str(verdict)] = many
    shown = boxes(connection, _BETS, {"most": AT_MOST})
    total = sum(sum(each.values()) for each in calibration.values())
    return BetsPage(about(connection), shown, max(0, total - len(shown)), calibration)
