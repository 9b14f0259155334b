"""The tree on a day: what was believed then, what had been said by then, and week by week."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from math import sqrt

import msgspec
from msgspec import Struct

from datasette_ost.file import past
from datasette_ost.file.clocks import LateInterview, unwritten
from datasette_ost.file.marks import GoneNode, mark
from datasette_ost.file.nodes import box
from datasette_ost.file.past import PastBox, PastRevision
from datasette_ost.file.replay import PLAYED, PLAYED_AT_ONCE, Replay, replay, size
from datasette_ost.file.rows import About, about, rows
from datasette_ost.file.weeks import PastWeek, weeks
from datasette_ost.page import Copy, Page, PageRequest, Refused, Shown, file_name
from datasette_ost.view import words
from datasette_ost.view.links import Links
from datasette_ost.view.small import smalls


class PastPage(Struct):
    """`/-/ost/past/ID.json`: the tree from a node downwards as it was on a day.

    `on` is the day, `revision` the newest commit by then. `known` people had mentioned the node or
    anything below it as far as was written down by then; `said` had done so. `late` are the
    interviews that make the difference. `weeks` are those in which the node was there; marks and
    `gone` say what changed since the end of the week before. `nodes` is how many were ever in
    it; `replay` the tree through all weeks: of one with more than 300 nodes only when asked for, of
    one with more than 1,500 never. Arguments: `on`, a day; or
    `week`, a number in `weeks`; and `play=1`.
    """

    about: About
    on: str
    revision: PastRevision | None
    boxes: list[PastBox]
    gone: list[GoneNode]
    known: int
    said: int
    late: list[LateInterview]
    week: int
    weeks: list[PastWeek]
    nodes: int
    replay: Replay | None


AT_MOST = 400
"""Boxes on one page; what is deeper is on the page of its branch."""

EVERY_BOX = 1_000_000
"""On a page that cannot ask for more."""


def read(connection: sqlite3.Connection, request: PageRequest) -> PastPage | Refused | None:
    """The tree on a day; without a day, the newest that history knows."""
    newest = past.last(connection)
    if newest is None:
        return _without(connection, request.id)
    ids = past.ids(connection, request.id)
    begun, ended = _life(connection, ids)
    if not begun:
        return None
    known = weeks(connection, begun, ended)
    on = _day(request, known, ended)
    if isinstance(on, Refused):
        return on
    if on > max(newest.day, about(connection).as_of, request.today):
        return Refused(404, f"{words.day(on)} is still to come.")
    revision = past.last(connection, on)
    if revision is None:
        day = words.day(past.revision(connection, 1).day)
        return Refused(404, f"The history begins on {day}, after {words.day(on)}.")
    top = past.past_box(connection, ids, revision.n)
    if top is None:
        life = f"from {words.day(begun)} to {words.day(ended)}"
        return Refused(404, f"This was not in the tree on {words.day(on)}; it was there {life}.")
    return _page(connection, request, top, ids, on, revision, known)


def _without(connection: sqlite3.Connection, node_id: str) -> PastPage | None:
    """The page of a file that has no history."""
    if box(connection, node_id) is None:
        return None
    return PastPage(about(connection), "", None, [], [], 0, 0, [], 0, [], 0, None)


_LIFE = """
select min(began.day), max(newest.day)
from version
join revision as began on began.n = version.since
join revision as newest on newest.n = coalesce(
    version.until - 1,
    (select max(n) from revision)
  )
where version.node in (select value from json_each(:ids))
"""


def _life(connection: sqlite3.Connection, ids: list[str]) -> tuple[str, str]:
    """The first and the last day on which history knows a node; "" when it never does."""
    begun, newest = rows(connection, _LIFE, {"ids": json.dumps(ids)})[0]
    return begun or "", newest or ""


def _day(request: PageRequest, known: list[PastWeek], newest: str) -> str | Refused:
    """The day that is asked for."""
    given = request.text("on")
    if given:
        try:
            return date.fromisoformat(given).isoformat()
        except ValueError:
            return Refused(400, f"{given[:40]!r} is not a day. Write it as 2026-10-27.")
    if request.text("week"):
        week = request.number("week", 0, 1_000_000)
        if week is None or week >= len(known):
            return Refused(404, f"There is no such week. They are 0 to {len(known) - 1}.")
        return known[week].on
    return newest


def _page(
    connection: sqlite3.Connection,
    request: PageRequest,
    top: PastBox,
    ids: list[str],
    on: str,
    revision: PastRevision,
    known: list[PastWeek],
) -> PastPage:
    most = EVERY_BOX if request.whole else AT_MOST
    boxes = past.below(connection, top, revision.n, most)
    gone = mark(connection, boxes, ids, on, revision.n, most)
    late = unwritten(connection, boxes[0].now, on, revision.n)
    for node in boxes:
        node.said = node.participants + len(late.people.get(node.now, ()))
    nodes = size(connection, ids)
    asked = PLAYED if request.whole or request.text("play") else PLAYED_AT_ONCE
    return PastPage(
        about(connection),
        on,
        revision,
        boxes,
        gone,
        top.participants,
        boxes[0].said,
        late.interviews,
        _week(known, on),
        known,
        nodes,
        replay(connection, ids, known) if nodes <= asked else None,
    )


def _week(known: list[PastWeek], on: str) -> int:
    """The week that a day is in; of a day after all of them, the last."""
    return max(sum(each.day <= on for each in known) - 1, 0)


def show(found: PastPage, links: Links) -> Shown:
    """The tree on a day."""
    top = found.boxes[0] if found.boxes else None
    below: dict[str, list[PastBox]] = {}
    for node in found.boxes[1:]:
        below.setdefault(node.parent or "", []).append(node)
    last = len(found.weeks) - 1
    tall = max((each.changes for each in found.weeks), default=0) or 1
    return {
        "top": top,
        "below": below,
        "sentence": sentence(found),
        "earlier": found.weeks[found.week - 1] if found.week else None,
        "later": found.weeks[found.week + 1] if found.week < last else None,
        "tall": {each.day: _height(each.changes, tall) for each in found.weeks},
        "across": [round(100 * at / (last or 1), 2) for at in range(last + 1)],
        "labels": LABELS,
        "tally": tally((node.marks for node in found.boxes), len(found.gone)),
        "replayed": _replayed(found, links),
        "playable": last > 0 and found.nodes <= PLAYED,
        "smalls": smalls(found.replay) if found.replay else [],
        "classes": {box.now: [f"was-{mark}" for mark in box.marks] for box in found.boxes},
        "words": words,
    }


def sentence(found: PastPage) -> str:
    """What happened in the week by the day that is shown."""
    if not found.weeks or found.revision is None:
        return ""
    week = found.weeks[found.week]
    if week.revision == found.revision.n:
        return week.said
    changed = found.gone or any(each.marks for each in found.boxes)
    return f"The week of {words.day(week.day)}, {'so far' if changed else 'quiet so far'}."


def _height(changes: int, most: int) -> int:
    """A week's bar, of 40 at most; a quiet week has a dot."""
    return max(2, round(40 * sqrt(changes / most)))


LABELS = {
    "new": "new",
    "moved": "moved",
    "chosen": "target chosen",
    "changed": "reworded",
    "status": "status",
    "heard": "evidence",
    "warn": "look",
    "gone": "gone",
}
"""What a mark says on a node."""

_MARKS = {
    "new": "new",
    "moved": "moved",
    "chosen": "chosen as target",
    "changed": "reworded",
    "status": "with another status",
    "heard": "with new evidence",
    "warn": "to look at",
}


def tally(marks: Iterable[Iterable[str]], gone: int) -> list[tuple[str, str]]:
    """How many nodes carry each mark, in words."""
    counted = Counter(chain.from_iterable(marks))
    said = [(mark, f"{counted[mark]} {label}") for mark, label in _MARKS.items() if counted[mark]]
    return [*said, *([("gone", f"{gone} gone")] if gone else [])]


def _replayed(found: PastPage, links: Links) -> str:
    """The replay for its script, with where the nodes lead and what marks and days are in words."""
    if found.replay is None or len(found.weeks) < 2:
        return ""
    weeks = found.replay.weeks
    frames = list(chain(found.replay.tree, *(each.nodes for each in weeks)))
    told = {
        "replay": found.replay,
        "days": [words.day(each.on) for each in found.weeks],
        "labels": LABELS,
        "tallies": [
            [],
            *(tally(each.marks.values(), len(each.gone)) for each in found.replay.weeks),
        ],
        "kinds": {kind: _kind(links, kind) for kind in {each.kind for each in frames}},
        "addresses": {each.id: links.page("biography", each.id) for each in frames},
    }
    return msgspec.json.encode(told).decode()


def _kind(links: Links, name: str) -> dict[str, object]:
    """How a kind and its statuses look, for the script."""
    kind = links.kinds[name]
    names = (f"k-{name}", f"c-{kind.colour}", f"i-{kind.icon}" if kind.icon else "")
    return {
        "names": " ".join(filter(None, names)),
        "glyph": "" if kind.icon else kind.glyph,
        "voiced": kind.voiced,
        "statuses": {
            status.name: {"tone": status.tone, "title": status.meaning, "usual": status.usual}
            for status in links.kinds.statuses(name)
        },
    }


_TOPS = """
select distinct node
from version
where kind in (select name from kind where top)
   or node in (select id from node where depth = 0)
order by node
"""

SAVED_WEEKS = 60
"""Weeks of a tree that are saved, each as a page, up to the newest."""


def copies(connection: sqlite3.Connection) -> Iterator[Copy]:
    """Each tree as it is now, and at the end of every week; none of a file without history."""
    for (node_id,) in rows(connection, _TOPS, {}):
        yield from _saved(connection, node_id)


def _saved(connection: sqlite3.Connection, node_id: str) -> Iterator[Copy]:
    ids = past.ids(connection, node_id)
    if past.newest(connection, node_id) != node_id:
        return
    known = weeks(connection, *_life(connection, ids))
    for week in known[-SAVED_WEEKS:]:
        day = past.last(connection, week.on)
        if day is not None and past.past_box(connection, ids, day.n) is not None:
            yield Copy(node_id, {"on": week.on}, f"{file_name(node_id)}-{week.on}")
    yield Copy(node_id)


PAGE = Page(
    styles=("past.css",),
    of_node=True,
    read=read,
    show=show,
    scripts=("replay.js",),
    copies=copies,
    saved_scripts=("replay.js",),
)
