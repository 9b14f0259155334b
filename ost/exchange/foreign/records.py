"""Records of another tool, with its own names. `hierarchy.py` finds their parents;
`record_nodes.py` turns them into nodes.
"""

import re
from collections.abc import Iterable, Mapping
from hashlib import blake2b

from msgspec import Struct

from ost.exchange.foreign.imports import ForeignNode
from ost.read.letters import fold
from ost.read.scalar import line

LONGEST_TITLE = 200
"""The maximum of characters in a title. A longer text becomes the body, and its beginning the
title.
"""

_LINK = re.compile(r"\[([^\[\]\n]+)\]\((https?://[^\s()]+)\)")


class ForeignRecord(Struct, kw_only=True):
    """One record, with names as the other tool writes them.

    `parents` and `children` are those that it names as such. `links` are other records that it
    names; one of them becomes the parent if the kinds allow it and the record has no other parent.
    `mentions` are the subjects of an interview or a signal, with the words of `quote`; `moments`
    are more such pairs. `why` says why a record without a kind is reported, and `said` is the text
    to report. A `part` is not a node: its parent's text names it.
    """

    kind: str
    title: str
    path: str = ""
    line: int = 0
    key: str = ""
    names: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    quote: str = ""
    moments: list[tuple[tuple[str, ...], str]] = []
    fields: dict[str, str | tuple[str, ...]] = {}
    body: str = ""
    why: str = ""
    said: str = ""
    part: bool = False


def headline(text: str) -> tuple[str, str]:
    """A title for a text, and the rest for the body, including the address of a link."""
    linked = _LINK.fullmatch(text.strip())
    if linked:
        return line(linked[1]), f"<{linked[2]}>"
    first, _, rest = text.strip().partition("\n")
    title = line(first)
    if len(title) <= LONGEST_TITLE:
        return title, rest.strip()
    return f"{title[:LONGEST_TITLE].rpartition(' ')[0] or title[:LONGEST_TITLE]}…", text.strip()


def assumption_for_test(test: ForeignNode, title: str = "", risk: str = "") -> ForeignNode:
    """The assumption behind a test under a solution, with the test's own title or another one."""
    return ForeignNode(
        key=f"{test.key} assumption",
        kind="assumption",
        title=title or test.title,
        under=test.under,
        fields={"risk": risk} if risk else {},
        path=test.path,
        line=test.line,
    )


def generated_key(kind: str, text: str) -> str:
    """A key for an interview or signal without one. It is made from the original text, because a
    person in it may get another pseudonym in the next import.
    """
    return f"{kind}-{blake2b(text.encode('utf-8', 'replace'), digest_size=6).hexdigest()}"


def merged(records: Iterable[ForeignRecord]) -> list[ForeignRecord]:
    """The records. Those without keys that have the same kind and title become one, with the
    parents of all.
    """
    found: dict[tuple[str, str], ForeignRecord] = {}
    for record in records:
        same = found.setdefault((record.kind, fold(record.title)), record)
        if same is not record:
            same.parents = tuple(dict.fromkeys((*same.parents, *record.parents)))
            same.fields = {**record.fields, **same.fields}
            bodies: Mapping[str, None] = dict.fromkeys(filter(None, (same.body, record.body)))
            same.body = "\n\n".join(bodies)
    return list(found.values())
