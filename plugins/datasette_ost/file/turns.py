"""The transcript of an interview."""

import sqlite3

from msgspec import Struct

from datasette_ost.file.rows import records


class TurnRow(Struct):
    """What one speaker said; `second` is where it begins in the recording."""

    position: int
    second: int | None
    speaker: str | None
    text: str


_TURNS = """
select position, second, speaker, text
from turn
where interview = :id
order by position
limit 5000
"""


def turns(connection: sqlite3.Connection, interview: str) -> list[TurnRow]:
    """The transcript of an interview in order; empty without one."""
    return records(connection, TurnRow, _TURNS, {"id": interview})
