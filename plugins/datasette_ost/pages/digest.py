"""The digest: what we heard, what we decided and what moved since a day."""

import sqlite3
from collections.abc import Mapping
from datetime import timedelta

from msgspec import Struct, json

from datasette_ost.file.kinds import kinds
from datasette_ost.file.log import LOGGED, Logged
from datasette_ost.file.rows import About, about, records, rows
from datasette_ost.page import Copy, Navigation, Page, PageError, PageRequest, Shown
from datasette_ost.view import words
from datasette_ost.view.links import Links
from ost.days import read_day
from ost.digest_parts import TITLES, WEEK, part


class DigestPage(Struct):
    """`/-/ost/digest.json`: the changes since a day, in the parts of `ost digest`; empty without
    history. Argument: `since`, the day after which it begins; by default a week before the day of
    the build, or before today.

    Each change of a node appears once, in its latest form; nodes that came and went in between are
    left out. `details` counts further changes of fields and texts.
    """

    about: About
    since: str
    until: str
    heard: list[Logged]
    decided: list[Logged]
    moved: list[Logged]
    details: int


AT_MOST = 4_000
"""The maximum of changes that the page reads, newest first."""

_SINCE = f"""{LOGGED}
where revision.day > :since
order by change.revision desc, change.position
limit :most
"""

_FIELDS = """
select change.id, change.field, change.after
from change
join revision on revision.n = change.revision
where revision.day > :since
order by change.revision desc, change.position
limit :most
"""


def read(connection: sqlite3.Connection, request: PageRequest) -> DigestPage | PageError:
    """The changes of the commits since a day."""
    file = about(connection)
    given = request.text("since")
    until = request.day(file.as_of)
    begin = read_day(given) if given else until - timedelta(days=WEEK)
    if begin is None:
        return PageError(400, f"{given!r} is not a day; write it as 2026-11-03.")
    since = begin.isoformat()
    asked = {"since": since, "most": AT_MOST}
    fields = {key: (field, after) for key, field, after in rows(connection, _FIELDS, asked)}
    found: dict[str, list[Logged]] = {name: [] for name in TITLES}
    details, known = 0, kinds(connection)
    for change in _newest(records(connection, Logged, _SINCE, asked), fields):
        after = json.decode(fields[change.id][1] or "null")
        kind = known[change.kind]
        speaks, decides = bool(kind.speaks), kind.decides
        name = part(change.change, change.weight, after, speaks=speaks, decides=decides)
        if name:
            found[name].append(change)
        else:
            details += 1
    return DigestPage(about=file, since=since, until=until.isoformat(), details=details, **found)


def _newest(
    changes: list[Logged], fields: Mapping[str, tuple[str | None, str | None]]
) -> list[Logged]:
    """The latest change of each kind per field of a node, ignoring nodes that came and went."""
    came = {each.now for each in changes if each.change == "added"}
    passing = came & {each.now for each in changes if each.change == "removed"}
    last = {
        (each.now, each.change, fields[each.id][0]): each
        for each in reversed(changes)
        if each.now not in passing
    }
    return sorted(last.values(), key=lambda each: (-each.weight, -each.revision))


def show(found: DigestPage, _: Links) -> Shown:
    """The parts that have changes, by title."""
    parts = {title: getattr(found, name) for name, title in TITLES.items()}
    return {
        "parts": {title: sentences for title, sentences in parts.items() if sentences},
        "words": words,
    }


def copies(connection: sqlite3.Connection) -> list[Copy]:
    """The digest of the last week; no copy without history."""
    return [Copy()] if about(connection).history else []


PAGE = Page(
    styles=("past.css",),
    read=read,
    show=show,
    copies=copies,
    navigation=Navigation("Digest", 44),
)
