"""One tree, or a branch of it, as a picture and as a list: today or on an earlier day."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

from msgspec import Struct

from datasette_ost.file import past
from datasette_ost.file.filter import AT_MOST as NAMED
from datasette_ost.file.filter import Choices, TreeFilter, choices, hits, normalized
from datasette_ost.file.measurements import MeasuredDay, measurements
from datasette_ost.file.nodes import BOX, Box, Mention, above, box, boxes
from datasette_ost.file.past_tree import Life, PastTree, life, past_tree, weeks_of
from datasette_ost.file.rows import About, about, rows
from datasette_ost.page import Copy, Page, PageError, PageRequest, Shown, file_name
from datasette_ost.view import words
from datasette_ost.view.filter_data import filter_data
from datasette_ost.view.filter_parts import filter_parts
from datasette_ost.view.links import Links
from datasette_ost.view.past import LABELS, MOST_WEEKS, bars, changed_below, marked, sentence, tally
from datasette_ost.view.picture import SHELF, SHOWN_AT_ONCE, placed
from datasette_ost.view.plots import line
from ost.days import read_day
from ost.selection.grammar import SelectorError


class TreePage(Struct):
    """`/-/ost/tree/ID.json`: the tree below a node, in reading order, as deep as fits. `above`
    leads from the outcome to the node; `levels` is how many levels this page shows; `hits` are the
    nodes that match the filter, and `hit_count` counts them in the whole tree.

    Arguments: `levels`, or `all` for as many levels as a browser can show; `at`, a node to include
    however deep it is; and the filter: `q`, `kind`, `status`, `segment`, `since`, `until`, `rule`,
    `only`, and `select`, a selector such as `target+`. `mistake` says what is wrong with the
    selector, line by line.

    `last_day` is the newest day of the history, "" without history. With `on`, a day, or `week`, a
    number in `past.weeks`, `past` is the tree on that day; `above`, `levels` and `counts` are then
    the only other values.
    """

    about: About
    above: list[Mention]
    boxes: list[Box]
    levels: int
    at: str
    counts: dict[str, int]
    measurements: list[MeasuredDay]
    sought: TreeFilter
    choices: Choices
    hits: list[str]
    hit_count: int
    mistake: list[str] = []
    last_day: str = ""
    past: PastTree | None = None


AT_MOST = 800
"""The maximum of boxes on one page. Deeper boxes are loaded when someone opens them."""

AT_MOST_PAST = 400
"""The maximum of boxes on the page of an earlier day. Deeper boxes are loaded, too."""

AT_MOST_UNFOLDED = 20_000
"""The maximum of boxes on a page that asks for all. More would take a browser too long."""

EVERY_BOX = 1_000_000
"""The maximum of boxes on a page that cannot load more."""

_SIZES = """
select depth, kind, status, count(*)
from node
where lft between :lft and :rgt
group by depth, kind, status
order by depth, kind, status
"""

_TREE = f"""
select {BOX}
from node
where lft between :lft and :rgt
  and depth <= :depth
order by lft
limit :most
"""

_ALONG = f"""
select {BOX}
from node
where parent in (select value from json_each(:open))
  and lft between :lft and :rgt
order by lft
limit 4000
"""

_ABOVE = """
with recursive up(id) as (
  select parent
  from node
  where id in (select value from json_each(:ids))
  union
  select node.parent
  from up
  join node on node.id = up.id
)
select id
from up
where id is not null
"""

_NAMED = f"""
select {BOX}
from node
where id in (select value from json_each(:open))
  and lft between :lft and :rgt
order by lft
limit 4000
"""


def read(connection: sqlite3.Connection, request: PageRequest) -> TreePage | PageError | None:
    """The tree below a node, deep enough to include the node `at` and the matches. The page has
    about `AT_MOST` boxes, or all of them if it cannot load more.
    """
    if request.text("on") or request.text("week"):
        return _on_a_day(connection, request)
    root = box(connection, request.id)
    if root is None:
        return None
    most, levels = _extent(request, AT_MOST)
    at = request.text("at")
    given = TreeFilter(**{each: request.text(each) for each in TreeFilter.__struct_fields__})
    return _tree(connection, root, levels, most, at, normalized(given))


def _extent(request: PageRequest, usual: int) -> tuple[int, int | None]:
    """About how many boxes the page shows, and how many levels if they are limited."""
    if request.whole or request.text("all"):
        return EVERY_BOX if request.whole else AT_MOST_UNFOLDED, None
    return usual, request.number("levels", 1, 60)


def _tree(
    connection: sqlite3.Connection,
    root: Box,
    levels: int | None,
    most: int,
    at: str,
    wanted: TreeFilter,
) -> TreePage:
    found, below = [root], 0
    counts: dict[str, int] = {}
    matches: list[str] = []
    mistake: list[str] = []
    offered = Choices([], [], {})
    if root.lft is not None and root.rgt is not None and root.depth is not None:
        inside = {"lft": root.lft, "rgt": root.rgt}
        sizes = rows(connection, _SIZES, inside)
        by_depth: dict[int, int] = {}
        for depth, kind, _, size in sizes:
            by_depth[depth] = by_depth.get(depth, 0) + size
            counts[kind] = counts.get(kind, 0) + size
        below = _levels(list(by_depth.items()), levels, most)
        offered = choices(connection, inside, sorted({each[2] for each in sizes if each[2]}))
        try:
            matches = hits(connection, wanted, inside)
        except SelectorError as error:
            mistake = error.lines()
        if wanted.only:
            found = _pruned(connection, matches[:AT_MOST], inside) or found
        else:
            deepest = {**inside, "depth": root.depth + below, "most": 5 * most}
            found = boxes(connection, _TREE, deepest)
            found = _along(connection, [at, *matches[:SHOWN_AT_ONCE]], inside, found)
    return TreePage(
        about(connection),
        above(connection, root.id),
        found,
        below,
        at if at and any(each.id == at for each in found) else "",
        counts,
        measurements(connection, (root.id,)),
        wanted,
        offered,
        matches[:NAMED],
        len(matches),
        mistake,
        newest.day if (newest := past.last(connection)) else "",
    )


def _on_a_day(connection: sqlite3.Connection, request: PageRequest) -> TreePage | PageError | None:
    """The tree as it was on a day."""
    newest = past.last(connection)
    if newest is None:
        return PageError(404, "This file has no history. Build it again with ost build --history.")
    node = life(connection, request.id)
    if node is None:
        return _never(connection, request.id)
    on = _day(request, connection, node)
    if isinstance(on, PageError):
        return on
    if on > max(newest.day, about(connection).as_of, request.today):
        return PageError(404, f"{words.day(on)} is still to come.")
    revision = past.last(connection, on)
    if revision is None:
        day = words.day(past.revision(connection, 1).day)
        return PageError(404, f"The history begins on {day}, after {words.day(on)}.")
    top = past.past_box(connection, node.ids, revision.n)
    if top is None:
        there = f"from {words.day(node.begun)} to {words.day(node.ended)}"
        return PageError(404, f"This was not in the tree on {words.day(on)}; it was there {there}.")
    most, levels = _extent(request, AT_MOST_PAST)
    found = past_tree(connection, top, node, (on, revision), most, levels)
    return TreePage(
        about(connection),
        [
            Mention(each.id, each.kind, each.title, each.status, 0, each.parent)
            for each in past.above(connection, top, revision.n)
        ],
        [],
        max(each.depth for each in found.boxes),
        "",
        dict(Counter(each.kind for each in found.boxes)),
        [],
        TreeFilter(),
        Choices([], [], {}),
        [],
        0,
        last_day=newest.day,
        past=found,
    )


def _never(connection: sqlite3.Connection, node_id: str) -> PageError | None:
    """The error for a node that no commit holds."""
    if box(connection, node_id) is None:
        return None
    return PageError(404, "This is in no commit yet, so it was not in the tree on any day.")


def _day(request: PageRequest, connection: sqlite3.Connection, node: Life) -> str | PageError:
    """The day that the arguments ask for."""
    given = request.text("on")
    if given:
        day = read_day(given)
        message = f"{given[:40]!r} is not a day. Write it as 2026-10-27."
        return day.isoformat() if day is not None else PageError(400, message)
    known = weeks_of(connection, node)
    week = request.number("week", 0, 1_000_000)
    if week is None or week >= len(known):
        return PageError(404, f"There is no such week. They are 0 to {len(known) - 1}.")
    return known[week].on


def _pruned(connection: sqlite3.Connection, hits: list[str], inside: dict[str, int]) -> list[Box]:
    """The nodes that match, and those above them."""
    wanted = [*hits, *_ids_above(connection, hits)]
    return boxes(connection, _NAMED, {**inside, "open": json.dumps(wanted)})


def _ids_above(connection: sqlite3.Connection, ids: list[str]) -> list[str]:
    return [each[0] for each in rows(connection, _ABOVE, {"ids": json.dumps(ids)})]


def _along(
    connection: sqlite3.Connection, ids: list[str], inside: dict[str, int], found: list[Box]
) -> list[Box]:
    """The boxes, plus the paths to some nodes with the siblings along the way."""
    known = {each.id for each in found}
    missing = [each for each in ids if each and each not in known]
    if not missing:
        return found
    wanted = {**inside, "open": json.dumps(_ids_above(connection, missing))}
    more = [each for each in boxes(connection, _ALONG, wanted) if each.id not in known]
    return sorted([*found, *more], key=lambda each: each.lft or 0)


def _levels(sizes: list[tuple[int, int]], wanted: int | None, most: int) -> int:
    """The number of levels below the root that fit on one page: at least two, if there are two."""
    total, fitting = 0, 0
    for level, (_, size) in enumerate(sizes):
        total += size
        if wanted is not None and level > wanted:
            break
        if level > 2 and total > most:
            break
        fitting = level
    return fitting


def show(found: TreePage, links: Links) -> Shown:
    """The tree below one node."""
    if found.past is not None:
        return _show_past(found, found.past, links)
    root = found.boxes[0]
    sought = {each: getattr(found.sought, each) for each in TreeFilter.__struct_fields__}
    given = {name: value for name, value in sought.items() if value}
    return {
        "root": root,
        "placed": placed(found.boxes, links, found.at, found.hits, pruned=bool(found.sought.only)),
        "given": given,
        "chosen": filter_parts(given),
        "query": f"?{urlencode(given)}" if given else "",
        "metric": line(found.measurements, root.fields),
        "words": words,
        "shelf": SHELF,
    }


def _show_past(found: TreePage, then: PastTree, links: Links) -> Shown:
    """The tree on a day, with what that week changed."""
    root, last = then.boxes[0], len(then.weeks) - 1
    return {
        "root": root,
        "then": then,
        "placed": placed(then.boxes, links, on=then.on, changed=marked(then)),
        "changed_below": changed_below(then),
        "query": f"?{urlencode({'on': then.on})}",
        "given": {},
        "sentence": sentence(then),
        "tally": tally(then),
        "bars": bars(then.weeks),
        "earlier": then.weeks[then.week - 1] if then.week else None,
        "later": then.weeks[then.week + 1] if then.week < last else None,
        "listed": [each for each in then.weeks[-MOST_WEEKS:][::-1] if each.changes],
        "labels": LABELS,
        "words": words,
        "shelf": SHELF,
    }


_PLACED = "select id, depth from node where lft is not null order by lft"


_TOPS = """
select distinct node
from version
where kind in (select name from kind where top)
   or node in (select id from node where depth = 0)
order by node
"""

SAVED_WEEKS = 60
"""How many of a tree's newest weeks are saved, each as a page."""


def copies(connection: sqlite3.Connection) -> Iterator[Copy]:
    """One page for each tree with all its nodes, and one for each week."""
    top = ""
    for node_id, depth in rows(connection, _PLACED, {}):
        top = node_id if not depth else top
        yield Copy(node_id, file=file_name(top), anchor="" if node_id == top else node_id)
    for (node_id,) in rows(connection, _TOPS, {}):
        if past.newest(connection, node_id) == node_id:
            yield from _saved_weeks(connection, node_id)


def _saved_weeks(connection: sqlite3.Connection, node_id: str) -> Iterator[Copy]:
    node = life(connection, node_id)
    if node is None:
        return
    for week in weeks_of(connection, node)[-SAVED_WEEKS:]:
        if past.past_box(connection, node.ids, week.revision) is not None:
            yield Copy(node_id, {"on": week.on}, f"{file_name(node_id)}.{week.on}")


_PICTURE = ("branches.js", "picture.js", "pointer.js", "image.js")
_SCRIPTS = (*_PICTURE, "walk.js", "filter.js", "tree.js", "weeks.js")

PAGE = Page(
    styles=("past.css",),
    former=("past",),
    of_node=True,
    read=read,
    show=show,
    scripts=_SCRIPTS,
    copies=copies,
    saved_scripts=("sift.js", *_SCRIPTS),
    data=filter_data,
)
