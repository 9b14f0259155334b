"""The chain from a node to people's words, read from the published tables: those of a project's
cache or of a published file.
"""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ost.answers.link_titles import LinkTitles
from ost.exchange.why.chain import Chain, ChainLink, ChainVoice, Choice, Trial, weakest

if TYPE_CHECKING:
    from sqlite3 import Connection, Row

NODE = "select id, kind, title, status, parent, fields, participants from node where id = ?"

LINKED = """
select node.id, node.kind, node.title, node.status, node.date, node.fields
from edge
join node on node.id = edge.{other}
where edge.{own} = ? and edge.relation = ?
order by node.id
"""

VOICES = """
select moment.source, moment.participant, moment.stance, moment.words, moment.second, moment.url,
       moment.date, moment.node, moment.position, quote.text, quote.second as quote_second,
       quote.url as quote_url, quote.position as quote_position
from moment
left join quote on quote.id = (
  select min(said.id) from quote as said where said.moment = moment.id
)
where moment.node in (select value from json_each(?)) and moment.kind = 'story'
order by moment.participant, moment.date, moment.source, moment.position
"""

# The relation is a column here: with a constant, SQLite would build a filter from all edges.
BELOW = """
with recursive below(id, relation) as (
  select ?, 'parent'
  union
  select edge.source, (
    select 'parent' from node
    where node.id = edge.source and node.kind in ('opportunity', 'solution', 'assumption')
  )
  from edge join below on edge.target = below.id and edge.relation = below.relation
)
select id from below where relation is not null
"""

LINKS = "select id, fields from node where fields like '%\"links\"%' order by id"


def chain_of(
    connection: "Connection", node_id: str, asked: str = "", *, titles: bool = False
) -> Chain:
    """The chain of an existing node; for an assumption or a test, the chain of its solution. With
    `titles`, links without text show the title of their node.
    """
    say = LinkTitles(connection) if titles else None
    way = tuple(_path_to_top(connection, _solution(connection, node_id)))
    need = next((each for each in way if each.kind == "opportunity"), way[0])
    top = way[0]
    voices = list(_voices(connection, need.id, say))
    solution = top.kind == "solution"
    rivals = _rivals(connection, need.id, top.id) if solution else ()
    made = Chain(
        node=node_id,
        asked=asked,
        way=way,
        rivals=rivals,
        decisions=tuple(_choices(connection, way, say)),
        voices=tuple(voice for stance, voice in voices if stance == "for"),
        against=tuple(voice for stance, voice in voices if stance == "against"),
        tests=tuple(_trials(connection, top.id)) if solution else (),
    )
    return replace(made, weakest=weakest(made))


def nodes_of_ticket(connection: "Connection", ticket: str) -> list[str]:
    """The nodes whose `links:` name a ticket: the whole address, or its end (`PROJ-12`, `#12`)."""
    wanted = ticket.strip().rstrip("/").casefold()
    found = []
    for row in connection.execute(LINKS):
        links = _fields(row).get("links")
        names = links if isinstance(links, list) else [links]
        ends = [str(each).rstrip("/").casefold() for each in names if each]
        if any(each == wanted or _ends(each, wanted) for each in ends):
            found.append(str(row["id"]))
    return found


def _ends(link: str, wanted: str) -> bool:
    name = wanted.lstrip("#!")
    return bool(name) and any(link.endswith(f"{sign}{name}") for sign in "/#!-=")


def _fields(row: "Row") -> dict[str, Any]:
    found = json.loads(row["fields"] or "{}")
    return found if isinstance(found, dict) else {}


def _solution(connection: "Connection", node_id: str) -> str:
    """The solution that an assumption or test is about; anything else is itself."""
    seen: set[str] = set()
    here = node_id
    while here not in seen:
        seen.add(here)
        row = connection.execute(NODE, (here,)).fetchone()
        if row is None or row["kind"] not in {"assumption", "test"} or not row["parent"]:
            return here
        here = str(row["parent"])
    return node_id


def _path_to_top(connection: "Connection", node_id: str) -> Iterator[ChainLink]:
    """The node and everything above it by primary place."""
    seen: set[str] = set()
    here: str | None = node_id
    while here and here not in seen:
        seen.add(here)
        row = connection.execute(NODE, (here,)).fetchone()
        if row is None:
            return
        yield ChainLink(
            id=row["id"],
            kind=row["kind"],
            title=row["title"],
            status=row["status"],
            people=row["participants"],
        )
        here = row["parent"]


def _rivals(connection: "Connection", need: str, own: str) -> tuple[str, ...]:
    query = LINKED.format(other="source", own="target")
    return tuple(
        row["title"]
        for row in connection.execute(query, (need, "parent"))
        if row["kind"] == "solution" and row["id"] != own and row["status"] != "dropped"
    )


def _choices(
    connection: "Connection", way: Iterable[ChainLink], say: LinkTitles | None
) -> Iterator[Choice]:
    """The decisions that chose something on the way, nearest first."""
    seen: set[str] = set()
    query = LINKED.format(other="source", own="target")
    for link in way:
        for row in connection.execute(query, (link.id, "chose")).fetchall():
            if row["id"] in seen:
                continue
            seen.add(row["id"])
            fields = _fields(row)
            if say:
                say.in_fields(row["id"], fields)
            yield Choice(
                id=row["id"],
                title=row["title"],
                on=_text(row["date"]),
                because=_text(fields.get("because")),
                chose=_titles(connection, row["id"], "chose"),
                over=_titles(connection, row["id"], "over"),
            )


def _titles(connection: "Connection", decision: str, relation: str) -> tuple[str, ...]:
    query = LINKED.format(other="target", own="source")
    return tuple(row["title"] for row in connection.execute(query, (decision, relation)))


def _voices(
    connection: "Connection", need: str, say: LinkTitles | None
) -> Iterator[tuple[str, ChainVoice]]:
    """What people said about a need and anything below it, first one statement per person."""
    ids = [row[0] for row in connection.execute(BELOW, (need,))]
    later: list[tuple[str, ChainVoice]] = []
    seen: set[tuple[str, str]] = set()
    for row in connection.execute(VOICES, (json.dumps(ids),)):
        quoted = row["text"] is not None
        second, url, words = row["second"], row["url"], row["text"] if quoted else row["words"]
        if say:
            table, position = ("quote", "quote_position") if quoted else ("moment", "position")
            words = say.in_words(row["source"], table, row[position], words)
        voice = ChainVoice(
            participant=row["participant"],
            interview=row["source"],
            words=words,
            quoted=quoted,
            second=row["quote_second"] if quoted and row["quote_second"] else second,
            url=row["quote_url"] if quoted and row["quote_url"] else url,
            date=row["date"],
            about=row["node"],
        )
        key = (row["stance"], row["participant"] or row["source"])
        if key in seen:
            later.append((row["stance"], voice))
        else:
            seen.add(key)
            yield row["stance"], voice
    yield from later


def _trials(connection: "Connection", solution: str) -> Iterator[Trial]:
    """A solution's assumptions and their tests."""
    query = LINKED.format(other="source", own="target")
    for row in connection.execute(query, (solution, "parent")).fetchall():
        if row["kind"] != "assumption":
            continue
        importance = _text(_fields(row).get("importance"))
        tests = [
            each
            for each in connection.execute(query, (row["id"], "parent")).fetchall()
            if each["kind"] == "test"
        ]
        for test in tests or [None]:
            fields = _fields(test) if test is not None else {}
            yield Trial(
                assumption=row["title"],
                status=row["status"],
                importance=importance,
                test=test["title"] if test is not None else None,
                criterion=fields.get("criterion"),
                result=fields.get("result"),
                verdict=_text(fields.get("verdict")),
            )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
