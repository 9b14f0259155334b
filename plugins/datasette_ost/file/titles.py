"""Adds titles to links without text: such a link shows the title of its node."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from datasette_ost.file.rows import rows
from ost.notation import (
    PLAIN,
    FieldMark,
    LinkMark,
    Notation,
    SpokenMark,
    notation,
    replace_links,
    worded,
)

LinkLike = TypeVar("LinkLike", LinkMark, FieldMark, SpokenMark)

_TITLES = """
select id, title
from node
where id in (select value from json_each(:ids))
  and title <> ''
"""

_WITH_LINKS = """
select id, notation
from node
where id in (select value from json_each(:ids))
  and instr(notation, :part)
"""


def titled(connection: sqlite3.Connection, found: Iterable[Notation]) -> list[Notation]:
    """Notations in which a link has words. In fields, which are plain text, private marks enclose
    the title.
    """
    found = list(found)
    marks: Iterable[LinkMark | FieldMark | SpokenMark]
    bare: set[str] = set()
    for one in found:
        marks = (*one.links, *one.fields, *one.spoken)
        bare |= {each.node for each in marks if each.node and not each.words}
    if not bare:
        return found
    asked = {"ids": json.dumps(sorted(bare))}
    titles: dict[str, str] = dict(rows(connection, _TITLES, asked))
    quoted = {node_id: f"“{title}”" for node_id, title in titles.items()}
    return [
        msgspec.structs.replace(
            one,
            links=_worded(one.links, titles),
            fields=_worded(one.fields, quoted),
            spoken=_worded(one.spoken, quoted),
        )
        for one in found
    ]


def _worded(marks: tuple[LinkLike, ...], titles: Mapping[str, str]) -> tuple[LinkLike, ...]:
    return tuple(
        each if each.words else msgspec.structs.replace(each, words=titles.get(each.node or "", ""))
        for each in marks
    )


class NodeFields(Struct):
    """Only a node's fields."""

    id: str
    fields: dict[str, Any]


def title_fields(connection: sqlite3.Connection, found: Iterable[Any]) -> None:
    """Replaces links with titles in the fields of nodes. Each row has its `id`."""
    nodes = list(found)
    marks = _marks(connection, [each.id for each in nodes], "fields")
    for node in nodes:
        replace_links(node.fields, marks.get(node.id, PLAIN).fields)


def title_words(
    connection: sqlite3.Connection, table: str, column: str, found: Iterable[tuple[str, Any]]
) -> None:
    """Replaces links with titles in rows of `moment`, `quote` or `step`. Each row has the id of its
    interview and its `position` there.
    """
    notations = list(found)
    marks = _marks(connection, [source for source, _ in notations], "spoken")
    for source, row in notations:
        inside = [
            each
            for each in marks.get(source, PLAIN).spoken
            if (each.table, each.position) == (table, row.position)
        ]
        if inside:
            setattr(row, column, worded(getattr(row, column), inside))


def _marks(connection: sqlite3.Connection, ids: Iterable[str], part: str) -> dict[str, Notation]:
    """The notations of the nodes that have such links, with text for each link."""
    asked = {"ids": json.dumps(list(dict.fromkeys(ids))), "part": f'"{part}":'}
    read = [(each[0], notation(each[1])) for each in rows(connection, _WITH_LINKS, asked)]
    return dict(
        zip((each for each, _ in read), titled(connection, (each for _, each in read)), strict=True)
    )
