"""Queries on a project's tables, for commands and servers."""

from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from ost.answers.link_titles import LinkTitles
from ost.answers.records import Branch, Card, MomentCard, NodeLink, WaiverCard, Words
from ost.errors import Misuse
from ost.read.letters import fold
from ost.words import LOOSELY, nearest, suggestion

if TYPE_CHECKING:
    from sqlite3 import Connection

    from ost.project.past import NodeFile

ALIASES = "select id, fields from node where fields like '%\"aliases\"%'"
FORMER = "select node, former_id.id from former_id join node on node.id = former_id.node"
"""Former ids from the history, which only a file built with history has."""

BRANCH = """
  node.id, node.kind, node.title, node.status, node.parent, node.participants, node.moments,
  node.against, node.signals, node.errors, node.warnings, node.illustrative, node.path, node.line
"""

EVERYWHERE = f"""
select {BRANCH}
from node
where node.lft is not null
order by node.lft
"""

ALL = f"""
select {BRANCH}
from node
order by node.lft is null, node.lft, node.id
"""

WITHIN = f"""
select {BRANCH}
from node as top
join node on node.lft between top.lft and top.rgt
where top.id = ?
order by node.lft
"""

ABOVE = """
select above.id, above.kind, above.title, above.status
from node as own
join node as above on own.lft between above.lft and above.rgt and above.id != own.id
where own.id = ?
order by above.lft
"""

BELOW = """
select node.id, node.kind, node.title, node.status
from edge
join node on node.id = edge.source
where edge.target = ? and edge.relation = 'parent'
order by node.lft is null, node.lft, node.id
"""

MENTIONED = """
select distinct node.id, node.kind, node.title, node.status, edge.relation
from edge
join node on node.id = edge.source
where edge.target = ?1
  and edge.relation not in ('parent', 'evidence')
  and edge.source not in (select moment.source from moment where moment.node = ?1)
order by node.kind, node.id
"""

MOMENTS = """
select moment.id as moment, moment.source, moment.node, coalesce(node.title, moment.node) as title,
       moment.participant, moment.stance, moment.kind, moment.words, moment.second, moment.url,
       moment.date, moment.position
from moment
left join node on node.id = moment.node
where moment.{column} = ?
order by moment.date, moment.source, moment.position
"""

QUOTES = """
select quote.text, quote.second, quote.url, quote.moment, quote.position
from quote
where quote.source = ?
order by quote.position
"""

STORY = """
select story_step.text, story_step.second, story_step.url, story_step.position
from story_step
where story_step.source = ?
order by story_step.position
"""

WAIVERS = """
select waiver.rule, waiver.because, waiver.until, waiver.state
from waiver
where waiver.node = ?
order by waiver.line, waiver.id
"""


# The relation is a column here: with a constant, SQLite would build a filter from all edges.
CONCERNED = """
with recursive below(id, relation, choice) as (
  select node.id, 'parent', 'chose' from node
  where node.kind = 'opportunity' and node.status = 'target'
  union
  select edge.source, below.relation, below.choice
  from edge join below on edge.target = below.id and edge.relation = below.relation
)
select below.id from below
union
select edge.source from edge join below
  on edge.target = below.id and edge.relation = below.choice
"""


def names(connection: "Connection") -> dict[str, str]:
    """The rules' names by code."""
    return {row[0]: row[1] for row in connection.execute("select code, name from rule")}


def target_nodes(connection: "Connection") -> frozenset[str]:
    """The targets, everything below them, and the decisions that chose them."""
    return frozenset(row[0] for row in connection.execute(CONCERNED))


def ids(connection: "Connection") -> tuple[str, ...]:
    """Every id, sorted."""
    return tuple(row[0] for row in connection.execute("select id from node order by id"))


def titles(connection: "Connection", kinds: Iterable[str] = ()) -> dict[str, str]:
    """The titles of all nodes, or those of some kinds, by id, in the order of the tree."""
    wanted = frozenset(kinds)
    rows = connection.execute("select id, title, kind from node order by lft is null, lft, id")
    return {row[0]: row[1] for row in rows if not wanted or row[2] in wanted}


def parents(connection: "Connection") -> dict[str, str | None]:
    """The primary parent of each node, by id."""
    return dict(connection.execute("select id, parent from node"))


def kind(connection: "Connection", node_id: str) -> str:
    """The kind of a node that exists."""
    row = connection.execute("select kind from node where id = ?", (node_id,)).fetchone()
    return str(row[0])


def path(connection: "Connection", node_id: str) -> str:
    """The file of a node that exists."""
    row = connection.execute("select path from node where id = ?", (node_id,)).fetchone()
    return str(row[0])


def node_file(connection: "Connection", node_id: str) -> "NodeFile":
    """A node's file and former ids."""
    from ost.project.past import NodeFile

    row = connection.execute("select path, fields from node where id = ?", (node_id,)).fetchone()
    return NodeFile(str(row[0]), former_ids(row[1]))


def former_ids(fields: str | None) -> tuple[str, ...]:
    """The former ids in a node's fields, which are JSON."""
    aliases = msgspec.json.decode(fields or "{}").get("aliases")
    ids = aliases if isinstance(aliases, list) else [aliases]
    return tuple(str(each) for each in ids if each is not None)


def aliases(connection: "Connection") -> Iterator[tuple[str, str]]:
    """The nodes whose files name former ids, with each of these."""
    for row in connection.execute(ALIASES):
        yield from ((row[0], each) for each in former_ids(row[1]))


def files(connection: "Connection", kind: str) -> tuple[str, ...]:
    """The files of the nodes of one kind."""
    rows = connection.execute("select path from node where kind = ? order by path", (kind,))
    return tuple(row[0] for row in rows)


def similar_ids(connection: "Connection", written: str) -> tuple[str, str]:
    """The id that is certainly meant, and the one that is probably meant; "" for none."""
    known = ids(connection)
    if written in known:
        return written, ""
    folded = fold(written.strip("[] ").rsplit("/", 1)[-1].removesuffix(".md"))
    same = {each for each in known if fold(each) == folded}
    same |= {node_id for node_id, former in aliases(connection) if fold(former) == folded}
    same = same or {node_id for node_id, former in connection.execute(FORMER) if former == written}
    if len(same) == 1:
        return same.pop(), ""
    begins = [each for each in known if folded and fold(each).startswith(folded)]
    inside = [each for each in known if len(folded) > 2 and folded in fold(each)]
    return "", next(filter(None, (*begins, nearest(folded, known, LOOSELY), *inside)), "")


def find_id(connection: "Connection", written: str) -> str:
    """The id of the named node. Raises Misuse with a suggestion if the name is not certain."""
    found, like = similar_ids(connection, written)
    if found:
        return found
    raise Misuse(f"no node {written!r}{suggestion(like)}")


def branches(
    connection: "Connection", top: str = "", chosen: Container[str] | None = None
) -> tuple[Branch, ...]:
    """The trees, or the one below a node, nested by primary place. With `chosen`, only these nodes,
    each below its nearest chosen ancestor.
    """
    if top:
        rows = connection.execute(WITHIN, (top,))
    else:
        rows = connection.execute(EVERYWHERE if chosen is None else ALL)
    nearest: dict[str, Branch | None] = {}
    roots: list[Branch] = []
    for row in map(_by_column(rows), rows):
        parent, node_id = row.pop("parent"), row["id"]
        above = nearest.get(parent) if node_id != top else None
        nearest[node_id] = above
        if chosen is None or node_id in chosen:
            branch = nearest[node_id] = Branch(
                **{**row, "illustrative": bool(row["illustrative"]), "children": []}
            )
            (above.children if above else roots).append(branch)
    return tuple(roots)


def card(connection: "Connection", node_id: str, *, titles: bool = False) -> Card:
    """Everything about an existing node. With `titles`, links without text show the title of their
    node, for people.
    """
    (row,) = _rows(connection, "select * from node where id = ?", node_id)
    own = {name: row[name] for name in Card.__struct_fields__ if name in row}
    own["illustrative"] = bool(row["illustrative"])
    own["fields"] = msgspec.json.decode(row["fields"] or "{}")
    say = LinkTitles(connection) if titles else None
    if say:
        say.in_fields(node_id, own["fields"])
    quotes = [each for each, moment in _quotes(connection, node_id, say) if not moment]
    return Card(
        **own,
        above=tuple(NodeLink(**each) for each in _rows(connection, ABOVE, node_id)),
        below=tuple(NodeLink(**each) for each in _rows(connection, BELOW, node_id)),
        evidence=tuple(_moments_by(connection, "node", node_id, say)),
        heard=tuple(_moments_by(connection, "source", node_id, say)),
        quotes=tuple(quotes),
        story=tuple(_story(connection, node_id, say)),
        mentioned=tuple(NodeLink(**each) for each in _rows(connection, MENTIONED, node_id)),
        waivers=tuple(WaiverCard(**each) for each in _rows(connection, WAIVERS, node_id)),
    )


def _moments_by(
    connection: "Connection", column: str, node_id: str, say: LinkTitles | None
) -> Iterator[MomentCard]:
    moments = list(_rows(connection, MOMENTS.format(column=column), node_id))
    by_node: dict[str, list[Words]] = {}
    for source in dict.fromkeys(each["source"] for each in moments):
        for quote, moment_id in _quotes(connection, source, say):
            by_node.setdefault(moment_id, []).append(quote)
    for moment in moments:
        position = moment.pop("position")
        if say:
            moment["words"] = say.in_words(moment["source"], "moment", position, moment["words"])
        yield MomentCard(quotes=tuple(by_node.get(moment.pop("moment"), ())), **moment)


def _quotes(
    connection: "Connection", source: str, say: LinkTitles | None
) -> Iterator[tuple[Words, str]]:
    """The quotes of an interview, each with the id of its moment or ""."""
    for quote in _rows(connection, QUOTES, source):
        position, moment = quote.pop("position"), quote.pop("moment") or ""
        if say:
            quote["text"] = say.in_words(source, "quote", position, quote["text"])
        yield Words(**quote), moment


def _story(connection: "Connection", source: str, say: LinkTitles | None) -> Iterator[Words]:
    for step in _rows(connection, STORY, source):
        position = step.pop("position")
        if say:
            step["text"] = say.in_words(source, "step", position, step["text"])
        yield Words(**step)


def _rows(connection: "Connection", question: str, node_id: str) -> Iterator[dict[str, Any]]:
    rows = connection.execute(question, (node_id,))
    return map(_by_column(rows), rows)


def _by_column(rows: Any) -> Any:
    """Turns a row into a dictionary by the columns' names."""
    columns = [each[0] for each in rows.description]
    return lambda row: dict(zip(columns, row, strict=True))
