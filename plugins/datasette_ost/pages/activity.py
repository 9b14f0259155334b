"""Recent activity: the newest of all that has a day, and the same as an Atom feed (RFC 4287)."""

import re
import sqlite3
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from msgspec import Struct

from datasette_ost.file.changes import Activity, newest_changes
from datasette_ost.file.rows import About, about
from datasette_ost.page import (
    Page,
    PageRequest,
    Shown,
)
from datasette_ost.view import words
from datasette_ost.view.links import Links


class ActivityPage(Struct):
    """`/-/ost/activity.json`: the newest 60 events with a date. Also a feed, `activity.atom`."""

    about: About
    changes: list[Activity]


AT_MOST = 60


def read(connection: sqlite3.Connection, _: PageRequest) -> ActivityPage:
    """The newest of all that has a day: interviews, decisions, results, bets, measurements."""
    return ActivityPage(about(connection), newest_changes(connection, AT_MOST))


def show(found: ActivityPage, _: Links) -> Shown:
    """What happened, by month."""
    months: dict[str, list[Activity]] = {}
    for change in found.changes:
        months.setdefault(words.month(change.date[:7]), []).append(change)
    return {"months": months, "words": words}


NAMESPACE = "http://www.w3.org/2005/Atom"

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def atom(found: ActivityPage, links: Links) -> bytes:
    """The feed."""
    title = found.about.title or "Opportunity solution trees"
    newest = found.changes[0].date if found.changes else found.about.as_of or "1970-01-01"
    feed = Element("feed", xmlns=NAMESPACE)
    _text(feed, "title", title)
    _text(feed, "id", _id(title))
    _text(feed, "updated", _instant(newest))
    SubElement(feed, "link", rel="self", href=links.feed())
    SubElement(feed, "link", rel="alternate", href=links.page("activity"))
    _text(SubElement(feed, "author"), "name", title)
    for change in found.changes:
        entry = SubElement(feed, "entry")
        _text(entry, "title", f"{headline(change)}: {change.node.title}")
        _text(entry, "id", _id(title, change.date, change.said, change.node.id))
        _text(entry, "updated", _instant(change.date))
        SubElement(entry, "link", href=links.to(change.node))
        if change.words:
            _text(entry, "summary", change.words)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def headline(change: Activity) -> str:
    """What happened, as a title begins."""
    return change.said[:1].upper() + change.said[1:]


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _ILLEGAL.sub("", text)


def _id(*parts: str) -> str:
    """The same for the same change, wherever it is served."""
    return uuid5(NAMESPACE_URL, "\n".join(("ost", *(_ILLEGAL.sub("", each) for each in parts)))).urn


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"


PAGE = Page(read=read, show=show, former=("changes",), feed=atom)
