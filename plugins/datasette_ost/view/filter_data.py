"""The data by which a saved tree filters its nodes, as a script: each node's text, findings and
people.
"""

import json
import sqlite3
from collections.abc import Iterator

from datasette_ost.file.rows import rows
from datasette_ost.view.links import Links
from ost.notation import notation
from ost.render import plain

FILE = "nodes.js"

_LONGEST = 2000
"""The maximum of characters of a node's text."""

_NODES = """
select id, kind, status, title, body, notation, waived
from node
where lft is not null
order by lft
"""

_FINDINGS = """
select distinct node, code
from diagnostic
where node is not null
order by 1, 2
"""

_MENTIONS = """
select distinct moment.node, coalesce(source.segment, ''), coalesce(moment.date, '')
from moment
join node as source on source.id = moment.source
order by 1, 2, 3
"""


def filter_data(connection: sqlite3.Connection, _: Links) -> Iterator[tuple[str, bytes]]:
    """Everything about nodes that a tree's filter looks at."""
    findings: dict[str, list[str]] = {}
    for node_id, code in rows(connection, _FINDINGS, {}):
        findings.setdefault(node_id, []).append(code)
    mentions: dict[str, list[tuple[str, str]]] = {}
    for node_id, segment, day in rows(connection, _MENTIONS, {}):
        mentions.setdefault(node_id, []).append((segment, day))
    found = {
        key: [
            kind,
            status or "",
            title,
            plain(body, notation(marks))[:_LONGEST],
            findings.get(key, []),
            waived,
            mentions.get(key, []),
        ]
        for key, kind, status, title, body, marks, waived in rows(connection, _NODES, {})
    }
    yield FILE, f"ost.nodes={json.dumps(found, separators=(',', ':'))};\n".encode()
