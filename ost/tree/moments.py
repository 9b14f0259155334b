"""The moments of an interview or signal: where something about a node was heard."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from ost.read.document import Item, Link, Quote, Section, Stamp
from ost.read.place import Place
from ost.tree.model import Interview, Moment, Node, NodeId, Said, Signal
from ost.tree.sections import OPPORTUNITIES, SECTIONS, sections
from ost.tree.tree import Edge

Resolve = Callable[[Link], NodeId | None]
"""The node a link leads to, if it leads to one."""

_AGAINST = re.compile(r"against\b[\s:,]*", re.IGNORECASE)
_JOINT = " \t\n:;,.-–—"


def moments(
    node: Node, resolve: Resolve, synonyms: Mapping[str, tuple[str, ...]] = SECTIONS
) -> tuple[Moment, ...]:
    """The moments written in a node, in reading order: none unless it is an interview or a signal.

    Each item under *Opportunities* that links a node is a moment of the first node it links.
    Items nested in it that link
    none lend it their timestamps and quotes. A signal without that part speaks for every node it
    links.
    """
    if not isinstance(node, (Interview, Signal)):
        return ()
    parts = tuple(sections(node.entry, OPPORTUNITIES, synonyms))
    found = tuple(each for part in parts for each in _in_items(node, part, resolve))
    if found or parts or isinstance(node, Interview):
        return found
    return tuple(_mentioned(node, resolve))


def _in_items(node: Node, section: Section, resolve: Resolve) -> Iterator[Moment]:
    items = section.items
    for index, item in enumerate(items):
        linked = _first(item.links, resolve)
        if linked is None:
            continue
        link, target = linked
        stamps, quotes = list(item.stamps), list(item.quotes)
        for nested in items[index + 1 :]:
            if nested.depth <= item.depth or _first(nested.links, resolve) is not None:
                break
            stamps.extend(nested.stamps)
            quotes.extend(nested.quotes)
        yield _moment(node.id, target, link, item, stamps, quotes)


def _first(links: tuple[Link, ...], resolve: Resolve) -> tuple[Link, NodeId] | None:
    for link in links:
        target = resolve(link)
        if target is not None:
            return link, target
    return None


def _moment(
    source: NodeId, target: NodeId, link: Link, item: Item, stamps: list[Stamp], quotes: list[Quote]
) -> Moment:
    against = _AGAINST.match(item.text)
    words = item.text[against.end() :] if against else item.text
    called = link.words or link.target
    words = words.removeprefix(called)
    return Moment(
        source=source,
        node=target,
        words=words.strip(_JOINT),
        against=against is not None,
        seconds=tuple(each.second for each in stamps),
        quotes=tuple(said(each) for each in quotes),
        at=item.at,
    )


def said(quote: Quote) -> Said:
    """A quote's words with the second they were said at."""
    return Said(quote.text, quote.stamps[0].second if quote.stamps else None, quote.at)


def _mentioned(node: Node, resolve: Resolve) -> Iterator[Moment]:
    seen: set[NodeId] = set()
    for link in node.entry.links:
        target = resolve(link) if link.form != "field" else None
        if target is None or target in seen:
            continue
        seen.add(target)
        yield Moment(
            source=node.id, node=target, words="", against=False, seconds=(), quotes=(), at=link.at
        )


def relations(edges: Collection[Edge], heard: Iterable[Moment]) -> list[str]:
    """What each of a node's links is for. A mention inside of a moment about the node it leads to
    is `evidence`.
    """
    spans: dict[NodeId, list[Place]] = {}
    for moment in heard:
        spans.setdefault(moment.node, []).append(moment.at)
    return [
        "evidence"
        if edge.link.relation == "mentions" and _inside(edge.link.at, spans.get(edge.target, ()))
        else edge.link.relation
        for edge in edges
    ]


def _inside(at: Place, spans: Iterable[Place]) -> bool:
    start = (at.line, at.column)
    return any(
        (span.line, span.column) <= start <= (span.end_line, span.end_column) for span in spans
    )
