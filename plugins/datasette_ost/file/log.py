"""What changed in meaning, revision by revision: the log of the tree or of one node."""

import json
import sqlite3
from collections.abc import Iterable

from msgspec import Struct

from datasette_ost.file.past import ids
from datasette_ost.file.rows import records


class Logged(Struct):
    """A change in meaning, with the commit that made it. `node` is the id at that time and `now`
    the newest one; `change` is one of the words of `ost diff`. `weight` is 3 if a reviewer must
    look at it, 2 for a change of the tree, 1 for a detail.
    """

    id: str
    revision: int
    day: str
    at: str
    author: str
    subject: str
    pull: str | None
    commit_id: str
    node: str
    now: str
    kind: str
    title: str
    change: str
    sentence: str
    weight: int


LOGGED = """
select
  change.id, change.revision, revision.day, revision.at, revision.author, revision.subject,
  revision.pull, revision.commit_id, change.node, coalesce(former_id.node, change.node),
  change.kind, change.title, change.change, change.sentence, change.weight
from change
join revision on revision.n = change.revision
left join former_id on former_id.id = change.node
  and former_id.since <= change.revision
  and former_id.until > change.revision
"""

_OF_REVISIONS = f"""{LOGGED}
where change.revision in (select value from json_each(:revisions))
  and change.weight >= :weight
  and change.position <= :most
order by change.revision desc, change.position
"""

_OF_NODES = f"""{LOGGED}
where change.node in (select value from json_each(:ids))
  and change.revision > :after
  and (:words = '[]' or change.change in (select value from json_each(:words)))
order by change.revision desc, change.position
limit :most
"""


ALL = 1 << 60
"""No revision has more changes than this."""


def of_revisions(
    connection: sqlite3.Connection, revisions: Iterable[int], weight: int = 1, most: int = ALL
) -> list[Logged]:
    """The changes of some revisions, newest first, from a minimum weight on. A revision gives at
    most `most` of them, the weightiest.
    """
    asked = {"revisions": json.dumps(list(revisions)), "weight": weight, "most": most}
    return records(connection, Logged, _OF_REVISIONS, asked)


def of_nodes(
    connection: sqlite3.Connection,
    newest: Iterable[str],
    most: int,
    after: int = 0,
    words: Iterable[str] = (),
) -> list[Logged]:
    """The newest changes of some nodes after a revision, under every id that they have had. With
    `words`, only these kinds of change.
    """
    known = set(newest)
    every = sorted({one for each in known for one in ids(connection, each)})
    asked: dict[str, object] = {"ids": json.dumps(every), "most": most, "after": after}
    asked["words"] = json.dumps(list(words))
    # Another node may have an id that a node gave up.
    found = records(connection, Logged, _OF_NODES, asked)
    return [each for each in found if each.now in known]
