"""What a newcomer's folder contains, and which command to run next."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ost.expression import expression

if TYPE_CHECKING:
    from collections.abc import Callable
    from sqlite3 import Connection

_FOREIGN = "select path, message from diagnostic where code = 'OST005' order by path"
_MOST = 3


def unread_material(connection: "Connection", shown: "Callable[[str], str]") -> Iterator[str]:
    """A line for each kind of material that is not read yet."""
    files, nodes = connection.execute(
        "select (select count(*) from file), (select count(*) from node)"
    ).fetchone()
    yield from _people(connection, shown)
    if not files:
        yield "no Markdown here yet; start a tree with `ost init`"
        return
    rows = [(row[0], row[1]) for row in connection.execute(_FOREIGN)]
    lines = list(_unread(rows, shown)) if rows else []
    yield from lines
    yield from _agent(connection)
    if not nodes and not lines:
        yield "no nodes here yet; start with `ost new outcome` or `ost init`"


def _unread(rows: list[tuple[str, str]], shown: "Callable[[str], str]") -> Iterator[str]:
    """A line for each sort of file without a kind, from the files' paths and messages."""
    from ost.read.likeness import BUILDER, NOTES, TREE, TYPE

    built = [shown(path) for path, message in rows if message.endswith(BUILDER)]
    trees = [
        shown(path)
        for path, message in rows
        if message.endswith(TREE) and not message.endswith(BUILDER)
    ]
    notes = [shown(path) for path, message in rows if message.endswith(NOTES)]
    types = Counter(
        message.partition(TYPE)[2].strip("'\"") for _, message in rows if TYPE in message
    )
    if built:
        yield f"{_path_list(built, 'an ost-builder file')}: `ost import {_quoted(built[0])}`"
    if trees:
        yield f"{_path_list(trees, 'a tree in one file')}: `ost import {_quoted(trees[0])}`"
    if notes:
        yield f"{_path_list(notes, 'interview notes')}: `ost import {_quoted(notes[0])}`"
    if types:
        common = ", ".join(f"{word} {count:,}" for word, count in types.most_common(_MOST))
        total = sum(types.values())
        say = "file says" if total == 1 else "files say"
        yield (
            f"{total:,} {say} `type:` with other words ({common}); map them to kinds in ost.toml,"
            ' such as `[kinds]` `solution = ["feature"]`'
        )


_PEOPLE = "select participant, path from node where participant is not null order by date, id"


def _people(connection: "Connection", shown: "Callable[[str], str]") -> Iterator[str]:
    """A question for each pair of names that may be one person, with the later file.

    Reads the few rows of `participant` first: nodes hold all texts, and every build runs this.
    """
    from ost.tree.participants import confusable, people

    if not confusable(row[0] for row in connection.execute("select id from participant")):
        return
    places = {}
    for participant, path in connection.execute(_PEOPLE):
        places.update(dict.fromkeys(people(participant), path))
    order = list(places)
    for names in confusable(places):
        first, *_, last = sorted(names, key=order.index)
        yield (
            f"is {last!r} ({shown(places[last])}) the same person as {first!r}? they count as two;"
            " write one name"
        )


_STRANGE = """
select message, count(*)
from diagnostic
where code = 'OST007' and message like '%has no field%'
group by message
order by count(*) desc, message
"""
_FIELD = expression(r"has no field '([^']+)'")
_FIELDS = 8


def _agent(connection: "Connection") -> Iterator[str]:
    """A line about an OST-Agent vault, whose nodes have fields of their own."""
    found = (_FIELD.search(row[0]) for row in connection.execute(_STRANGE))
    fields = list(dict.fromkeys(each[1] for each in found if each))
    if {"evidence", "source"} <= set(fields):
        named = ", ".join(f'"{each}"' for each in fields[:_FIELDS])
        yield (
            "this looks like an OST-Agent vault; to ignore its own fields, write `[fields]`"
            f" `ignore = [{named}]` in ost.toml"
        )


def _path_list(paths: list[str], what: str) -> str:
    first = ", ".join(paths[:_MOST])
    more = f" and {len(paths) - _MOST:,} more" if len(paths) > _MOST else ""
    looks = "looks" if len(paths) == 1 else "look"
    return f"{first}{more} {looks} like {what}"


def _quoted(path: str) -> str:
    from shlex import quote

    return quote(path)
