"""One participant: their segment and interviews, and what they said, for and against."""

import json
import sqlite3

from msgspec import Struct

from datasette_ost.file.interviews import INTERVIEW, InterviewRow
from datasette_ost.file.kinds import SPEAKING
from datasette_ost.file.moments import QUOTE, MomentRow, QuoteRow, moments, quotes
from datasette_ost.file.rows import About, about, records, rows
from datasette_ost.page import Page, PageRequest, Shown, of_nodes
from datasette_ost.view import words
from datasette_ost.view.links import Links
from ost.recording import clock


class Participant(Struct):
    """A participant, by pseudonym; `first` and `last` are the days of their interviews."""

    id: str
    segment: str | None
    interviews: int
    first: str | None
    last: str | None
    illustrative: int


class PersonPage(Struct):
    """`/-/ost/person/PSEUDONYM.json`: a participant, their interviews, and what they said, for and
    against. `quotes` holds what they said outside moments.
    """

    about: About
    person: Participant
    interviews: list[InterviewRow]
    moments: list[MomentRow]
    more: int
    quotes: list[QuoteRow]


AT_MOST = 200

_PERSON = """
select id, segment, interviews, first, last, illustrative
from participant
where id = :id
"""

# " & " separates several participants of one interview.
_TOGETHER = """
select distinct participant
from node
where participant like '% & %'
order by participant
"""

_OF = "{column} in (select value from json_each(:named))"

_INTERVIEWS = f"""{INTERVIEW}
where kind in {SPEAKING}
  and {_OF.format(column="node.participant")}
order by date desc, title, id
limit :most
"""

_SAID = f"""
where {_OF.format(column="moment.participant")}
order by moment.stance = 'against', moment.date desc, moment.source, moment.position
limit :most
"""

_MANY = f"""
select count(*)
from moment
where {_OF.format(column="moment.participant")}
"""

_QUOTES = f"""
select {QUOTE}
from quote
where moment is null
  and {_OF.format(column="quote.participant")}
order by source, position
limit 6
"""


def read(connection: sqlite3.Connection, request: PageRequest) -> PersonPage | None:
    """A participant; None if no interview names them."""
    asked: dict[str, object] = {"id": request.id, "most": AT_MOST}
    found = records(connection, Participant, _PERSON, asked)
    if not found:
        return None
    asked["named"] = json.dumps(_named(connection, request.id))
    mentions = moments(connection, _SAID, asked)
    many = rows(connection, _MANY, asked)[0][0]
    return PersonPage(
        about(connection),
        found[0],
        records(connection, InterviewRow, _INTERVIEWS, asked),
        mentions,
        max(0, many - len(mentions)),
        quotes(connection, _QUOTES, asked),
    )


def _named(connection: sqlite3.Connection, person: str) -> list[str]:
    """The participants of interviews that include this person, alone or with others."""
    together = (each[0] for each in rows(connection, _TOGETHER, {}))
    return [person, *(each for each in together if person in each.split(" & "))]


def show(found: PersonPage, _: Links) -> Shown:
    """What a participant said, by opportunity, and what they spoke against."""
    by_node: dict[str, list[MomentRow]] = {}
    for moment in found.moments:
        if moment.stance != "against":
            by_node.setdefault(moment.about.id, []).append(moment)
    return {
        "own": found.person,
        "said": by_node,
        "against": [each for each in found.moments if each.stance == "against"],
        "words": words,
        "clock": clock,
    }


PAGE = Page(
    of_node=True, read=read, show=show, copies=of_nodes("select id from participant order by id")
)
