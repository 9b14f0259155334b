"""The log of the tree: what each commit changed in meaning, week by week. Also a feed."""

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

from datasette_ost.file.log import ALL, Logged, of_revisions
from datasette_ost.file.nodes import MENTION, Mention
from datasette_ost.file.past import PastRevision, last
from datasette_ost.file.rows import About, about, number, records, rows
from datasette_ost.file.weeks import PastWeek, weeks
from datasette_ost.page import Copy, Navigation, Page, PageError, PageRequest, Shown
from datasette_ost.view import words
from datasette_ost.view.feed import FeedEntry, feed
from datasette_ost.view.links import Links
from ost.days import monday_of


class LoggedRevision(Struct):
    """A commit and its changes. `more` counts those that are left out."""

    revision: PastRevision
    changes: list[Logged]
    more: int


class HistoryPage(Struct):
    """`/-/ost/history.json`: the newest commits that changed the tree, with their changes in
    meaning. Also a feed, `history.atom`. `trees` are today's outcomes; `last_day` is the newest day
    of the history. Arguments: `from`, the number of commits to skip; or `revision`, the number of
    the one commit to show in full.
    """

    about: About
    trees: list[Mention]
    weeks: list[PastWeek]
    revisions: list[LoggedRevision]
    first: int
    more: int
    revision: int | None
    last_day: str = ""


AT_MOST = 30
"""The number of commits on one page."""

SHOWN = 8
"""How many changes of a commit the list shows; the commit's own page shows all."""

_REVISIONS = """
select n, day, at, author, subject, pull, commit_id
from revision
where changes > 0
  and (:n is null or n = :n)
order by n desc
limit :most offset :first
"""

_CHANGES = "select n, changes from revision where n in (select value from json_each(:revisions))"

_COUNT = "select count(*) from revision where changes > 0"

_TREES = f"""
select {MENTION}
from node
where depth = 0
  and kind in (select name from kind where top)
order by lft
limit 60
"""


def read(connection: sqlite3.Connection, request: PageRequest) -> HistoryPage | PageError:
    """The newest commits, or one."""
    first = request.number("from", 0, 1_000_000) or 0
    wanted = request.number("revision", 0, 10_000_000)
    if request.text("revision") and wanted is None:
        return PageError(400, "A revision is named by its number.")
    asked = {"n": wanted, "most": AT_MOST, "first": first}
    found = records(connection, PastRevision, _REVISIONS, asked)
    if wanted is not None and not found:
        return PageError(404, f"Revision {wanted} is not there, or changed nothing of meaning.")
    shown = ALL if wanted is not None or request.whole else SHOWN
    weight = 1 if wanted is not None else 2
    ns = [each.n for each in found]
    changes = of_revisions(connection, ns, weight, shown)
    by_revision: dict[int, list[Logged]] = {}
    for change in changes:
        by_revision.setdefault(change.revision, []).append(change)
    many = {"revisions": json.dumps(ns if shown == SHOWN else [])}
    of = dict(rows(connection, _CHANGES, many))
    newest = last(connection)
    return HistoryPage(
        about(connection),
        records(connection, Mention, _TREES, {}),
        weeks(connection, monday_of(found[-1].day), found[0].day)[::-1] if found else [],
        [
            LoggedRevision(
                each, listed := by_revision.get(each.n, []), max(0, of.get(each.n, 0) - len(listed))
            )
            for each in found
        ],
        first,
        0 if wanted is not None else max(0, number(connection, _COUNT) - first - len(found)),
        wanted,
        newest.day if newest else "",
    )


def show(found: HistoryPage, _: Links) -> Shown:
    """The commits, grouped by week."""
    weeks = {each.day: each for each in found.weeks}
    by_week = groupby(found.revisions, key=lambda each: monday_of(each.revision.day))
    return {
        "weeks": [(weeks.get(day), list(those)) for day, those in by_week],
        "words": words,
    }


def atom(found: HistoryPage, links: Links) -> bytes:
    """The feed, with an entry for each change of the tree."""
    title = f"History: {found.about.title or 'Opportunity solution trees'}"
    entries = [each for commit in found.revisions for each in commit.changes]
    updated = entries[0].at if entries else "1970-01-01T00:00:00Z"
    return feed(
        title,
        (title,),
        updated,
        (links.feed("history"), links.page("history")),
        (
            FeedEntry(
                _capital(each.sentence),
                (title, each.id),
                each.at,
                links.page("biography", each.now),
                f"{each.subject} ({each.author})" if each.author else each.subject,
                each.author,
            )
            for each in entries
        ),
    )


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


SAVED = 1_000
"""The maximum of commits in saved pages."""


def copies(connection: sqlite3.Connection) -> Iterator[Copy]:
    """The page, split into pieces; no copy without history."""
    if not about(connection).history:
        return
    yield Copy()
    for first in range(AT_MOST, min(number(connection, _COUNT), SAVED), AT_MOST):
        yield Copy(args={"from": str(first)}, file=f"from-{first}")


PAGE = Page(
    styles=("past.css",),
    read=read,
    show=show,
    feed=atom,
    copies=copies,
    navigation=Navigation("History", 45),
)
