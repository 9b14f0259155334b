"""The history of a node: what changed, when and by whom; where it was; who had mentioned it."""

import json
import sqlite3
from itertools import groupby

from msgspec import Struct

from datasette_ost.file.clocks import PeopleCount, mention_counts, revision_counts
from datasette_ost.file.log import Logged, of_nodes
from datasette_ost.file.nodes import Mention
from datasette_ost.file.past import ids, newest
from datasette_ost.file.rows import About, about, records
from datasette_ost.page import Page, PageRequest, Shown
from datasette_ost.page import of_nodes as saved_of_nodes
from datasette_ost.view import words
from datasette_ost.view.links import Links
from datasette_ost.view.steps import steps
from ost.days import monday_of


class Period(Struct):
    """A time during which a node's kind, title, status and place stayed the same. `until` is the
    day on which that ended, null for the current one. `above` is the title of its parent.
    """

    id: str
    kind: str
    title: str
    status: str | None
    parent: str | None
    above: str | None
    since: str
    until: str | None


class FormerId(Struct):
    """An id that the node had, with its first and last day."""

    id: str
    since: str
    until: str


class BiographyPage(Struct):
    """`/-/ost/biography/ID.json`: the history of a node, by any id that it has or had. `node` is
    null if the node is gone. `id` is its newest id; `periods` are its titles, statuses and places
    over time.

    `believed` counts the people on record, after each commit that changed their number; `said`
    counts the people who had mentioned the node or anything below it, by the date of each
    interview. Changes are newest first. Argument: `changes=all`.
    """

    about: About
    id: str
    node: Mention | None
    periods: list[Period]
    former: list[FormerId]
    believed: list[PeopleCount]
    said: list[PeopleCount]
    changes: list[Logged]
    more: int


FEW, MOST = 60, 4_000
"""How many changes the page shows at first, and at most."""

_NODE = "select id, kind, title, status, illustrative, parent from node where id = :id"

_PERIODS = """
select
  version.node, version.kind, version.title, version.status, version.parent,
  above.title, began.day, ended.day
from version
join revision as began on began.n = version.since
left join revision as ended on ended.n = version.until
left join version as above on above.node = version.parent
  and above.since <= version.since
  and (above.until is null or above.until > version.since)
where version.node in (select value from json_each(:ids))
order by version.since, version.node
"""

_FORMER = """
select former_id.id, began.day, ended.day
from former_id
join revision as began on began.n = former_id.since
join revision as ended on ended.n = former_id.until
where former_id.node = :id
order by former_id.since, former_id.id
"""


def read(connection: sqlite3.Connection, request: PageRequest) -> BiographyPage | None:
    """The history of a node."""
    latest = newest(connection, request.id)
    node = next(iter(records(connection, Mention, _NODE, {"id": latest})), None)
    known = ids(connection, latest)
    periods = _joined(records(connection, Period, _PERIODS, {"ids": json.dumps(known)}))
    if node is None and not periods:
        return None
    most = MOST if request.whole or request.text("changes") == "all" else FEW
    changes = of_nodes(connection, [latest], most + 1)
    return BiographyPage(
        about(connection),
        latest,
        node,
        periods,
        records(connection, FormerId, _FORMER, {"id": latest}),
        revision_counts(connection, known),
        mention_counts(connection, latest) if node and periods else [],
        changes[:most],
        max(0, len(changes) - most),
    )


def _joined(periods: list[Period]) -> list[Period]:
    """Merges periods that differ only in the text."""
    made: list[Period] = []
    for period in periods:
        last = made[-1] if made else None
        if last is not None and last.until == period.since and _same(last, period):
            last.until = period.until
        else:
            made.append(period)
    return made


def _same(one: Period, other: Period) -> bool:
    return (one.id, one.kind, one.title, one.status, one.parent) == (
        other.id,
        other.kind,
        other.title,
        other.status,
        other.parent,
    )


def show(found: BiographyPage, _: Links) -> Shown:
    """The history of a node, newest first."""
    last = found.periods[-1] if found.periods else None
    ended = last.until if last is not None and found.node is None else None
    return {
        "title": found.node.title if found.node else last.title if last else found.id,
        "kind": found.node.kind if found.node else last.kind if last else "",
        "begun": found.periods[0].since if found.periods else "",
        "left": ended,
        "stands": _stays(found.periods),
        "commits": [
            list(those) for _, those in groupby(found.changes, key=lambda each: each.revision)
        ],
        "plot": steps(found.believed, found.said, found.about.as_of),
        "table": _by_week(found.believed, found.said),
        "words": words,
    }


class Stay(Struct):
    """A time with one status."""

    status: str
    since: str
    until: str | None


def _stays(periods: list[Period]) -> list[Stay]:
    """A node's places, one after another."""
    made: list[Stay] = []
    for period in periods:
        if made and made[-1].status == period.status and made[-1].until == period.since:
            made[-1].until = period.until
        elif period.status:
            made.append(Stay(period.status, period.since, period.until))
    return made


def _by_week(
    believed: list[PeopleCount], by_date: list[PeopleCount]
) -> list[tuple[str, int, int, int, int]]:
    """The numbers of each week in which they changed: people on record and against, people by
    interview date and against.
    """
    made: dict[str, list[PeopleCount | None]] = {}
    for at, counted in enumerate((believed, by_date)):
        for counts in counted:
            made.setdefault(monday_of(counts.day), [None, None])[at] = counts
    found: list[tuple[str, int, int, int, int]] = []
    last = [PeopleCount("", 0, 0), PeopleCount("", 0, 0)]
    for week in sorted(made):
        last = [new or old for new, old in zip(made[week], last, strict=True)]
        known, spoken = last
        found.append((week, known.people, known.against, spoken.people, spoken.against))
    return found


PAGE = Page(
    styles=("past.css",),
    of_node=True,
    read=read,
    show=show,
    copies=saved_of_nodes("select id from node union select node from version order by 1"),
)
