"""Days in other tools' exports and in notes: one reader for all importers."""

from datetime import date

import pytest

from ost.exchange.foreign.dates import written_day
from ost.exchange.foreign.imports import Here, Material, Terms
from ost.exchange.importers import replies

WRITTEN = [
    ("2026-11-03", "2026-11-03"),
    ("2026/11/3", "2026-11-03"),
    ("2026-11-03T10:02:00Z", "2026-11-03"),
    ("Tuesday, 3rd of November 2026, 10:00", "2026-11-03"),
    ("Nov 3, 2026", "2026-11-03"),
    ("November 3rd 2026", "2026-11-03"),
    ("3-Nov-2026", "2026-11-03"),
    ("3-Nov-26", "2026-11-03"),
    ("3 Nov 26 10:02", "2026-11-03"),
    ("25/Feb/26 10:17 PM", "2026-02-25"),
    ("3. November 2026", "2026-11-03"),
    ("3.11.2026", "2026-11-03"),
    ("3. 11. 2026", "2026-11-03"),
    ("le 3 novembre 2026", "2026-11-03"),
    ("3 de noviembre de 2026", "2026-11-03"),
    ("31/12/2026", "2026-12-31"),
    ("12/31/2026 9:15 PM", "2026-12-31"),
    ("11/11/2026", "2026-11-11"),
    ("03/11/2026", ""),
    ("31.2.2026", ""),
    ("31/02/2026", ""),
    ("0026-11-03", ""),
    ("1/1/0001", ""),
    ("3 Nov", ""),
    ("on 3 Nov 12 people came", ""),
    ("3 Nov 10:30", ""),
    ("3 Foo 2026", ""),
    ("yesterday", ""),
]


@pytest.mark.parametrize(("text", "day"), WRITTEN)
def test_days_are_read_where_they_are_certain(text: str, day: str) -> None:
    assert written_day(text) == day


@pytest.mark.parametrize("format", ["%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y", "%d-%b-%y"])
@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_read_in_every_format(format: str, month: int) -> None:
    day = date(2026, month, 4)
    assert written_day(f"{day:{format}}") == day.isoformat()


@pytest.mark.parametrize(("text", "day"), WRITTEN)
def test_reply_has_the_day_that_every_other_importer_reads(text: str, day: str) -> None:
    table = f'Email,Submitted at,What keeps you?\na@example.com,"{text}",The price\n'
    (made,) = replies.read(Material("survey.csv", {"survey.csv": table}), Terms(), Here()).nodes
    assert (f"\ndate: {day}\n" in made.whole) == bool(day)
