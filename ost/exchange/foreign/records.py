"""Records of another tool: what each says, in that tool's names.

`hierarchy.py` says what hangs under what, and `record_nodes.py` makes nodes of them.
"""

import re
from collections.abc import Iterable, Mapping
from hashlib import blake2b

from msgspec import Struct

from ost.exchange.foreign.imports import ForeignNode
from ost.read.letters import fold
from ost.read.scalar import line

LONGEST_TITLE = 200
"""Characters of a title. A longer text is a body, and its beginning the title."""

_LINK = re.compile(r"\[([^\[\]\n]+)\]\((https?://[^\s()]+)\)")


class ForeignRecord(Struct, kw_only=True):
    """One record, with names as the other tool writes them.

    `parents` are what it says that it hangs under, `children` what it says that hangs under it.
    `links` are others that it names; one becomes a parent where the kinds allow it and nothing else
    says what the record hangs under. `mentions` are what an interview or a signal is about, in the
    words of `quote`; `moments` are more of these pairs. `why` says why a record has no kind, if
    that is to be told, and `said` what is written there. A `part` is not a node: it is named in the
    text of what it hangs under.
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
    """The title in a text, and what is left for the body; the address of a link is left."""
    linked = _LINK.fullmatch(text.strip())
    if linked:
        return line(linked[1]), f"<{linked[2]}>"
    first, _, rest = text.strip().partition("\n")
    title = line(first)
    if len(title) <= LONGEST_TITLE:
        return title, rest.strip()
    return f"{title[:LONGEST_TITLE].rpartition(' ')[0] or title[:LONGEST_TITLE]}…", text.strip()


def assumed(test: ForeignNode, title: str = "", risk: str = "") -> ForeignNode:
    """The assumption that a test under a solution tries, of the test's own title or another."""
    return ForeignNode(
        key=f"{test.key} assumption",
        kind="assumption",
        title=title or test.title,
        under=test.under,
        fields={"risk": risk} if risk else {},
        path=test.path,
        line=test.line,
    )


def unnamed(kind: str, said: str) -> str:
    """The key of what people said, where it has none: by what is written, which may name a person
    who gets another pseudonym in the next import.
    """
    return f"{kind}-{blake2b(said.encode('utf-8', 'replace'), digest_size=6).hexdigest()}"


def merged(records: Iterable[ForeignRecord]) -> list[ForeignRecord]:
    """Records without keys that have one kind and title as one, under all that each is under."""
    found: dict[tuple[str, str], ForeignRecord] = {}
    for record in records:
        same = found.setdefault((record.kind, fold(record.title)), record)
        if same is not record:
            same.parents = tuple(dict.fromkeys((*same.parents, *record.parents)))
            same.fields = {**record.fields, **same.fields}
            bodies: Mapping[str, None] = dict.fromkeys(filter(None, (same.body, record.body)))
            same.body = "\n\n".join(bodies)
    return list(found.values())
