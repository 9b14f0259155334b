"""Rows of the published file as values, and what the file says of itself."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct


class About(Struct, kw_only=True):
    """The published file itself. `history` says how far back it goes, "" when it has none."""

    build: str = ""
    title: str = ""
    as_of: str = ""
    edit_url: str = ""
    history: str = ""


class Second(Struct):
    """A second of a recording; `url` is empty when there is nothing to play."""

    second: int
    url: str | None


RowType = TypeVar("RowType", bound=Struct)
Parameters = Mapping[str, object]

_SECONDS = msgspec.json.Decoder(list[Second])


def columns(shape: type[Struct], table: str, without: tuple[str, ...] = ()) -> str:
    """A shape's fields as columns of a table."""
    names = (each for each in shape.__struct_fields__ if each not in without)
    return ", ".join(f'{table}."{each}"' for each in names)


def rows(connection: sqlite3.Connection, sql: str, parameters: Parameters) -> list[tuple[Any, ...]]:
    """What a statement gives."""
    return [tuple(each) for each in connection.execute(sql, parameters).fetchall()]


def number(connection: sqlite3.Connection, sql: str, parameters: Parameters | None = None) -> int:
    """The one number that a statement gives."""
    return int(connection.execute(sql, parameters or {}).fetchone()[0])


def records(
    connection: sqlite3.Connection, shape: type[RowType], sql: str, parameters: Parameters
) -> list[RowType]:
    """What a statement gives, as values; its columns are the shape's fields in order."""
    return [made(shape, each) for each in connection.execute(sql, parameters).fetchall()]


def made(shape: type[RowType], values: Iterable[Any]) -> RowType:
    """A row as a value; `further` timestamps are JSON in the file."""
    found = shape(*values)
    if "further" in shape.__struct_fields__:
        found.further = _SECONDS.decode(found.further or "[]")  # type: ignore[attr-defined] # it has
    return found


def about(connection: sqlite3.Connection) -> About:
    """The published file itself."""
    known = dict(rows(connection, "select key, value from meta", {}))
    given = {each: str(known[each] or "") for each in About.__struct_fields__ if each in known}
    return About(**given)


def build(connection: sqlite3.Connection) -> str:
    """Which build this is."""
    found = connection.execute("select value from meta where key = 'build'").fetchone()
    return str(found[0]) if found else ""
