"""Turns rows of the published file into values, and reads the file's description of itself."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from ost import notation


class About(Struct, kw_only=True):
    """The published file's description of itself. `history` says how far back it goes, "" without
    history; `profile` is `public` if people's words and names are left out.
    """

    build: str = ""
    title: str = ""
    as_of: str = ""
    edit_url: str = ""
    history: str = ""
    profile: str = ""


class Second(Struct):
    """A second of a recording. `url` is empty if there is nothing to play."""

    second: int
    url: str | None


RowType = TypeVar("RowType", bound=Struct)
Parameters = Mapping[str, object]

_SECONDS = msgspec.json.Decoder(list[Second])


def columns(shape: type[Struct], table: str, without: tuple[str, ...] = ()) -> str:
    """The columns of a table that a shape's fields name, for a query."""
    names = (each for each in shape.__struct_fields__ if each not in without)
    return ", ".join(f'{table}."{each}"' for each in names)


def rows(connection: sqlite3.Connection, sql: str, parameters: Parameters) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    return [tuple(each) for each in connection.execute(sql, parameters).fetchall()]


def number(connection: sqlite3.Connection, sql: str, parameters: Parameters | None = None) -> int:
    """The one number that a query returns."""
    return int(connection.execute(sql, parameters or {}).fetchone()[0])


def records(
    connection: sqlite3.Connection, shape: type[RowType], sql: str, parameters: Parameters
) -> list[RowType]:
    """The rows of a query as values; the columns are the shape's fields in order."""
    return [record(shape, each) for each in connection.execute(sql, parameters).fetchall()]


def record(shape: type[RowType], values: Iterable[Any]) -> RowType:
    """A row as a value."""
    row = list(values)
    for index, read in _json(shape):
        row[index] = read(row[index])
    return shape(*row)


@cache
def _json(shape: type[Struct]) -> tuple[tuple[int, Callable[[Any], object]], ...]:
    """The fields of a shape whose columns hold JSON, with their decoders."""
    fields = enumerate(shape.__struct_fields__)
    return tuple((index, _JSON[name]) for index, name in fields if name in _JSON)


def fields_of(text: str | None) -> dict[str, Any]:
    """A node's fields from their JSON. A foreign file may hold anything."""
    try:
        found = json.loads(text or "{}")
    except (TypeError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


_JSON: Mapping[str, Callable[[Any], object]] = {
    "fields": fields_of,
    "further": lambda text: _SECONDS.decode(text or "[]"),
    "notation": notation.notation,
    "sections": notation.sections,
}
"""The columns that hold JSON, by name, with their decoders."""


def about(connection: sqlite3.Connection) -> About:
    """The published file's description of itself."""
    known = dict(rows(connection, "select key, value from meta", {}))
    given = {each: str(known[each] or "") for each in About.__struct_fields__ if each in known}
    return About(**given)


def build(connection: sqlite3.Connection) -> str:
    """The name of the build."""
    found = connection.execute("select value from meta where key = 'build'").fetchone()
    return str(found[0]) if found else ""
