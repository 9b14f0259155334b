"""The public profile: a file that shows the tree, and neither words nor names of people.

What people said is gone, and so is all that tells who spoke, who asked and who wrote. Interviews
and people have numbers. Titles and fields that the team wrote stay, and so does every count.
`KEPT` says of each column what becomes of it; one that it does not name is emptied.
"""

import sqlite3
from collections.abc import Mapping

from ost.excerpt.public_names import SPEAKING, PublicNames
from ost.publish.schema import TABLES
from ost.publish.search_text import rebuild_index

PUBLIC = "public"
"""The profile's name, in the settings and in `meta`."""


def _columns(same: str, **made: str) -> Mapping[str, str]:
    return {**{name: f'"{name}"' for name in same.split()}, **made}


_COUNTS = "participants interviews moments against signals first_heard last_heard"

KEPT: Mapping[str, Mapping[str, str]] = {
    "node": _columns(
        f"kind status parent outcome lft rgt depth children descendants {_COUNTS} "
        "errors warnings waived illustrative date fields",
        id="public_id(id)",
        title="public_title(id, title)",
        participant="public_people(participant)",
        body="''",
        path="''",
        line="0",
    ),
    "edge": _columns(
        "relation position",
        id="public_id(source) || ':' || position",
        source="public_id(source)",
        target="public_id(target)",
    ),
    "moment": _columns(
        "node stance kind date position",
        id="public_id(source) || ':' || position",
        source="public_id(source)",
        participant="public_people(participant)",
        words="''",
        line="0",
    ),
    "evidence": _columns("node moments", participant="public_people(participant)"),
    "measurement": _columns("outcome date value"),
    "participant": _columns("interviews first last illustrative", id="public_people(id)"),
    "diagnostic": _columns(
        "id code name severity node",
        path="''",
        message="(select summary from rule where rule.code = diagnostic.code)",
    ),
    "waiver": _columns("id node rule until state", because="public_text(because)"),
    "meta": _columns("key value"),
    "revision": _columns("n commit_id at day changes nodes", author="''", subject="'Commit ' || n"),
    "change": _columns(
        "id revision position node kind change field weight fingerprint",
        title="public_text(title)",
        before="public_text(before)",
        after="public_text(after)",
        sentence="public_text(sentence)",
        path="''",
    ),
    "version": _columns(
        "since until kind status parent",
        node="public_id(node)",
        title="public_title(node, title)",
        path="''",
    ),
    "evidence_history": _columns(f"node since until {_COUNTS}"),
    "former_id": _columns("since until", node="public_id(node)", id="public_id(id)"),
    "week": _columns(
        "day revision changes nodes opportunities solutions interviews participants targets "
        "metrics",
        headline="public_text(headline)",
    ),
    **{
        table.name: _columns(" ".join(column.name for column in table.columns))
        for table in TABLES
        if table.name in {"kind", "status", "rule", "description"}
    },
}
"""By table and column, the value that the public may read. Tables that are not here are emptied."""

_FIRST = (
    """
update diagnostic
set id = 'finding-' || ordered.number
from (
  select id, row_number() over (
    order by path, line, "column", end_line, end_column, code, message, id
  ) as number
  from diagnostic
) as ordered
where ordered.id = diagnostic.id
""",
    f"""
delete from diagnostic
where node is null
  or node in (select id from node where kind in {SPEAKING})
  or code in (select code from rule where family = 'privacy')
""",
    f"delete from waiver where node in (select id from node where kind in {SPEAKING})",
    "delete from meta where key = 'edit_url'",
    f"""
delete from change
where kind in {SPEAKING}
  or change in ('heard', 'against', 'withdrawn', 'consent', 'suspect', 'text')
  or field in ('generated', 'verified')
""",
    """
update revision
set changes = (select count(*) from change where change.revision = revision.n)
""",
    """
update node
set
  errors = (select count(*) from diagnostic where node = id and severity = 'error'),
  warnings = (select count(*) from diagnostic where node = id and severity = 'warning'),
  waived = (select count(*) from waiver where node = id and state = 'active')
""",
)
"""What becomes of rows, before columns. Findings have numbers in reading order."""


def make_public(db: sqlite3.Connection, build: str) -> None:
    """Makes a file public, which is then this build. What was in it may still be in free space."""
    names = PublicNames(db)
    db.create_function("public_id", 1, names.id, deterministic=True)
    db.create_function("public_title", 2, names.title, deterministic=True)
    db.create_function("public_people", 1, names.people, deterministic=True)
    db.create_function("public_text", 1, names.text, deterministic=True)
    fields = [
        (names.fields(kind, given, marks), node_id)
        for node_id, kind, given, marks in db.execute("select id, kind, fields, notation from node")
    ]
    db.executemany("update node set fields = ? where id = ?", fields)
    for statement in _FIRST:
        db.execute(statement)
    for table in TABLES:
        db.execute(_update(table.name, [column.name for column in table.columns]))
    for table in TABLES:
        if table.search:
            rebuild_index(db, table)
    meta = {"profile": PUBLIC, "build": build}
    db.executemany("insert or replace into meta values (?, ?)", meta.items())


def _update(table: str, columns: list[str]) -> str:
    kept = KEPT.get(table)
    if kept is None:
        return f'delete from "{table}"'
    changed = {name: kept.get(name, "null") for name in columns}
    made = ", ".join(
        f'"{name}" = {value}' for name, value in changed.items() if value != f'"{name}"'
    )
    return f'update "{table}" set {made}' if made else "select 1"
