"""Recent activity: the newest events with a date, as a page and as an Atom feed."""

import sqlite3

from msgspec import Struct

from datasette_ost.file.changes import Activity, newest_changes
from datasette_ost.file.rows import About, about
from datasette_ost.page import (
    Page,
    PageRequest,
    Shown,
)
from datasette_ost.view import words
from datasette_ost.view.feed import FeedEntry, feed, instant
from datasette_ost.view.links import Links


class ActivityPage(Struct):
    """`/-/ost/activity.json`: the newest 60 events with a date. Also a feed, `activity.atom`."""

    about: About
    changes: list[Activity]


AT_MOST = 60


def read(connection: sqlite3.Connection, _: PageRequest) -> ActivityPage:
    """The newest interviews, decisions, results, bets and measurements."""
    return ActivityPage(about(connection), newest_changes(connection, AT_MOST))


def show(found: ActivityPage, _: Links) -> Shown:
    """The events, grouped by month."""
    months: dict[str, list[Activity]] = {}
    for change in found.changes:
        months.setdefault(words.month(change.date[:7]), []).append(change)
    return {"months": months, "words": words}


def atom(found: ActivityPage, links: Links) -> bytes:
    """The feed."""
    title = found.about.title or "Opportunity solution trees"
    newest = found.changes[0].date if found.changes else found.about.as_of or "1970-01-01"
    return feed(
        title,
        (title,),
        instant(newest),
        (links.feed(), links.page("activity")),
        (
            FeedEntry(
                f"{headline(each)}: {each.node.title}",
                (title, each.date, each.said, each.node.id),
                instant(each.date),
                links.to(each.node),
                each.words or "",
            )
            for each in found.changes
        ),
    )


def headline(change: Activity) -> str:
    """The first words of an event's title in the feed."""
    return change.said[:1].upper() + change.said[1:]


PAGE = Page(read=read, show=show, former=("changes",), feed=atom)
