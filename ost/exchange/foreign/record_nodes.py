"""Turns records of another tool into nodes: their texts, mentions and parts."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from ost.exchange.foreign.hierarchy import Hierarchy
from ost.exchange.foreign.imports import ForeignNode, Here, UnreadLine
from ost.exchange.foreign.records import ForeignRecord, assumption_for_test
from ost.exchange.foreign.text import literal
from ost.read.letters import slug
from ost.read.scalar import line
from ost.tree.model import KINDS


def nodes(
    records: Sequence[ForeignRecord], here: Here
) -> tuple[tuple[ForeignNode, ...], tuple[UnreadLine, ...]]:
    """The records that have a kind as nodes, and what is wrong with the others."""
    hierarchy = Hierarchy(records, here)
    return tuple(_tried(_made(hierarchy), hierarchy)), tuple(hierarchy.unread)


def _made(hierarchy: Hierarchy) -> list[ForeignNode]:
    """The records that have a kind, as nodes."""
    parts = _parts(hierarchy)
    return [
        ForeignNode(
            key=key,
            kind=record.kind,
            title=literal(line(record.title)),
            under=hierarchy.under(key) if KINDS[record.kind].under else (),
            fields=record.fields,
            body=_body(record, parts.get(key, ()), hierarchy),
            names=(*record.names, slug(key)),
            path=record.path,
            line=record.line,
        )
        for key, record in hierarchy.records.items()
        if record.kind in KINDS
    ]


def _tried(made: Iterable[ForeignNode], hierarchy: Hierarchy) -> Iterator[ForeignNode]:
    """The nodes, then the assumptions that only tests under solutions mention."""
    tests: list[ForeignNode] = []
    for node in made:
        kinds = {hierarchy.records[each].kind for each in node.under if each in hierarchy.records}
        if node.kind != "test" or "solution" not in kinds:
            yield node
            continue
        tried = [each for each in node.under if each in hierarchy.records]
        tried = [each for each in tried if hierarchy.records[each].kind == "assumption"]
        if not tried:
            tests.append(assumption_for_test(node))
            tried = [tests[-1].key]
        yield replace(node, under=tuple(tried))
    yield from tests


def _body(record: ForeignRecord, parts: Sequence[str], hierarchy: Hierarchy) -> str:
    """The text, followed by its parts, quotes and mentions."""
    made = [record.body, "\n".join(f"- {each}" for each in parts)]
    moments = [(record.mentions, record.quote), *record.moments]
    mentioned = [_moment(record, names, quote, hierarchy) for names, quote in moments if names]
    alone = [_quoted(quote) for names, quote in moments if quote and not names]
    if alone:
        made += ["## Memorable quote" if KINDS[record.kind].speaks else "", *alone]
    if mentioned:
        made += ["## Opportunities", *mentioned]
    return "\n\n".join(filter(None, made)).replace("<!--", "&lt;!--")


def _moment(record: ForeignRecord, names: Iterable[str], quote: str, hierarchy: Hierarchy) -> str:
    keys = dict.fromkeys(hierarchy.meant(each, record) for each in names)
    items = []
    for key in keys:
        known = hierarchy.records.get(key)
        words = re.sub(r"[\[\]|]", " ", line(known.title if known else key)).strip()
        items.append(f"- [[{slug(key) if known else key}|{words}]]")
        items += [f"  {each}" for each in _quoted(quote).split("\n") if each]
    return "\n".join(items)


def _parts(hierarchy: Hierarchy) -> Mapping[str, Sequence[str]]:
    """The titles of the parts of each record."""
    found: dict[str, list[str]] = {}
    for key, record in hierarchy.records.items():
        if record.part:
            for above in hierarchy.above.get(key, ()):
                found.setdefault(above, []).append(line(record.title))
    return found


def _quoted(text: str) -> str:
    return "\n".join(f"> {each.strip()}" for each in text.split("\n") if each.strip())
