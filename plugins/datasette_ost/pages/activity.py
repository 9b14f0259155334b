"""Recent activity: the newest of all that has a day, and the same as an Atom feed (RFC 4287)."""

import re
import sqlite3
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from msgspec import Struct

from datasette_ost.file.nodes import (
    MENTION,
    Mention,
)
from datasette_ost.file.rows import About, about, rows
from datasette_ost.page import (
    Page,
    PageRequest,
    Shown,
)
from datasette_ost.view import words
from datasette_ost.view.links import Links


class Change(Struct):
    """Something that happened on a day. `words` say more: who spoke, why, how much."""

    date: str
    said: str
    words: str | None
    node: Mention


class ActivityPage(Struct):
    """`/-/ost/activity.json`: the newest 60 of all that has a day. Also a feed, `activity.atom`."""

    about: About
    changes: list[Change]


AT_MOST = 60


def _dated(said: str, words: str, which: str) -> str:
    """The newest nodes of a kind that have a day of their own, read by their index."""
    return f"""
select *
from (
    select node.date as day, {said} as said, {words} as words, {MENTION}
    from node
    where {which}
      and date < 'a'
    order by date desc
    limit :most
  )
union all"""


_CHANGES = f"""
{_dated("'heard'", "node.participant", "kind = 'interview'")}
{_dated("'decided'", "json_extract(fields, '$.because')", "kind = 'decision'")}
{_dated("node.status", "null", "kind = 'test' and status not in ('planned', 'running')")}
select
  json_extract(fields, '$.result.on'),
  'bet ' || coalesce(json_extract(fields, '$.result.verdict'), 'looked at'), null, {MENTION}
from node
where kind = 'solution'
union all
select
  measurement.date, 'measured',
  measurement.value || coalesce(' ' || json_extract(node.fields, '$.unit'), ''), {MENTION}
from measurement
join node on node.id = measurement.outcome
"""

_NEWEST = f"""
select *
from ({_CHANGES})
where day glob '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]*'
order by day desc, title, said
limit :most
"""


def read(connection: sqlite3.Connection, _: PageRequest) -> ActivityPage:
    """The newest of all that has a day: interviews, decisions, results, bets, measurements."""
    found = [
        Change(str(day)[:10], str(said), None if words is None else str(words), Mention(*node))
        for day, said, words, *node in rows(connection, _NEWEST, {"most": AT_MOST})
    ]
    return ActivityPage(about(connection), found)


def show(found: ActivityPage, _: Links) -> Shown:
    """What happened, by month."""
    months: dict[str, list[Change]] = {}
    for each in found.changes:
        months.setdefault(words.month(each.date[:7]), []).append(each)
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
    for each in found.changes:
        entry = SubElement(feed, "entry")
        _text(entry, "title", f"{headline(each)}: {each.node.title}")
        _text(entry, "id", _id(title, each.date, each.said, each.node.id))
        _text(entry, "updated", _instant(each.date))
        SubElement(entry, "link", href=links.to(each.node))
        if each.words:
            _text(entry, "summary", each.words)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def headline(change: Change) -> str:
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
