"""The metrics of outcomes over time."""

import json
import sqlite3
from collections.abc import Iterable

from msgspec import Struct

from datasette_ost.file.rows import records


class MeasuredDay(Struct):
    """A metric's value on a day."""

    outcome: str
    date: str
    value: float


_MEASUREMENTS = """
select outcome, date, value
from measurement
where outcome in (select value from json_each(:outcomes))
order by outcome, date
"""


def measurements(connection: sqlite3.Connection, outcomes: Iterable[str]) -> list[MeasuredDay]:
    """The metrics of outcomes over time."""
    return records(connection, MeasuredDay, _MEASUREMENTS, {"outcomes": json.dumps(list(outcomes))})
