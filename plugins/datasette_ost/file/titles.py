"""Links without words of their own say the title of the node that they lead to."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from datasette_ost.file.rows import rows
from ost.notation import PLAIN, FieldMark, LinkMark, Notation, notation, replace_links

LinkLike = TypeVar("LinkLike", LinkMark, FieldMark)

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
  and instr(notation, '"fields":')
"""


def titled(connection: sqlite3.Connection, found: Iterable[Notation]) -> list[Notation]:
    """Notations whose links have words; in fields, which are plain text, titles have marks."""
    found = list(found)
    marks: Iterable[LinkMark | FieldMark]
    bare: set[str] = set()
    for one in found:
        marks = (*one.links, *one.fields)
        bare |= {each.node for each in marks if each.node and not each.words}
    if not bare:
        return found
    asked = {"ids": json.dumps(sorted(bare))}
    titles: dict[str, str] = dict(rows(connection, _TITLES, asked))
    quoted = {node_id: f"“{title}”" for node_id, title in titles.items()}
    return [
        msgspec.structs.replace(
            one, links=_worded(one.links, titles), fields=_worded(one.fields, quoted)
        )
        for one in found
    ]


def _worded(marks: tuple[LinkLike, ...], titles: Mapping[str, str]) -> tuple[LinkLike, ...]:
    return tuple(
        each if each.words else msgspec.structs.replace(each, words=titles.get(each.node or "", ""))
        for each in marks
    )


class NodeFields(Struct):
    """A node's fields, whatever else is known of it."""

    id: str
    fields: dict[str, Any]


def title_fields(connection: sqlite3.Connection, found: Iterable[Any]) -> None:
    """Puts titles in the place of links in the fields of nodes, each with its `id`."""
    nodes = list(found)
    if not nodes:
        return
    asked = {"ids": json.dumps([each.id for each in nodes])}
    read = [(each[0], notation(each[1])) for each in rows(connection, _WITH_LINKS, asked)]
    worded = titled(connection, [each for _, each in read])
    marks = dict(zip((each for each, _ in read), worded, strict=True))
    for node in nodes:
        replace_links(node.fields, marks.get(node.id, PLAIN).fields)
