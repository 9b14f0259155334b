"""Bets: what solutions were expected to do, and what they did."""

import sqlite3

from msgspec import Struct

from datasette_ost.file.nodes import (
    BOX,
    Box,
    boxes,
)
from datasette_ost.file.rows import About, about, rows
from datasette_ost.page import (
    Navigation,
    Page,
    PageRequest,
    Shown,
)
from datasette_ost.view import bars, words
from datasette_ost.view.links import Links


class BetsPage(Struct):
    """`/-/ost/bets.json`: solutions with a bet. `calibration` counts the verdicts for each
    confidence: a bet without a result is `due` from its day on, and `open` before.
    """

    about: About
    bets: list[Box]
    more: int
    calibration: dict[str, dict[str, int]]
    today: str = ""


AT_MOST = 100

_BET = """
from node
where kind = 'solution'
  and json_extract(fields, '$.bet') is not null
"""

_BETS = f"""
select {BOX}
{_BET}
order by json_extract(fields, '$.bet.by') desc, title, id
limit :most
"""

_CALIBRATION = f"""
select
  coalesce(json_extract(fields, '$.bet.confidence'), ''),
  case
    when json_extract(fields, '$.result') is null and json_extract(fields, '$.bet.by') <= :today
      then 'due'
    else coalesce(json_extract(fields, '$.result.verdict'), 'open')
  end,
  count(*)
{_BET}
group by 1, 2
order by 1, 2
limit 200
"""


def read(connection: sqlite3.Connection, request: PageRequest) -> BetsPage:
    """All solutions with a bet, with their results."""
    own = about(connection)
    today = own.as_of or request.today
    calibration: dict[str, dict[str, int]] = {}
    for confidence, verdict, many in rows(connection, _CALIBRATION, {"today": today}):
        calibration.setdefault(str(confidence), {})[str(verdict)] = many
    shown = boxes(connection, _BETS, {"most": AT_MOST})
    total = sum(sum(each.values()) for each in calibration.values())
    return BetsPage(own, shown, max(0, total - len(shown)), calibration, today)


def show(found: BetsPage, _: Links) -> Shown:
    """The bets and their results."""
    verdicts = {
        verdict: sum(counts.get(verdict, 0) for counts in found.calibration.values())
        for verdict in _VERDICTS
    }
    return {
        "totals": {verdict: many for verdict, many in verdicts.items() if many},
        "verdicts": [each for each in _SETTLED if verdicts[each]],
        "settled": sum(verdicts[each] for each in _SETTLED),
        "bars": bars,
        "words": words,
    }


_SETTLED = ("met", "missed", "unclear")
_VERDICTS = (*_SETTLED, "due", "open")


PAGE = Page(read=read, show=show, navigation=Navigation("Bets", 40))
