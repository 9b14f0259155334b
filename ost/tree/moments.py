"""The moments of an interview or signal: the places that mention a node."""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import accumulate, pairwise

from ost.expression import expression
from ost.read.decoration import JOINT, find_words, stance
from ost.read.document import Item, Link, Quote, Section
from ost.read.place import Place
from ost.tree.model import Moment, Node, NodeId, SpokenWords
from ost.tree.sections import OPPORTUNITIES, sections
from ost.tree.tree import Edge

ResolveLink = Callable[[Link], NodeId | None]
"""Returns the node that a link leads to, if there is one."""

_AGAINST = expression(
    r"(?:(?:speaks|evidence|what speaks|heard) )?against(?: it)?|counter-?evidence|contra"
    r"|contradict(?:s|ions?|ing)(?: evidence)?|disconfirming(?: evidence)?",
    re.IGNORECASE,
)
"""Words that, alone in a heading or an item, set the stance of everything below."""

_JOINED = expression(r"[\s,;&+/]*(?:\b(?:and|und|et|y)\b)?[\s,;&+/]*", re.IGNORECASE)


def moments(
    node: Node, resolve: ResolveLink, synonyms: Mapping[str, tuple[str, ...]]
) -> tuple[Moment, ...]:
    """The moments written in a node, in reading order: none unless it is an interview or a signal
    that counts.

    Each item under *Opportunities* that links a node is a moment of the first node it links, and of
    those that are listed with it. So is a heading below that part. Items nested in it that link
    none lend it their timestamps and quotes. A signal without that part is evidence for every node
    it links.
    """
    return () if node.draft else moments_written(node, resolve, synonyms)


def moments_written(
    node: Node, resolve: ResolveLink, synonyms: Mapping[str, tuple[str, ...]]
) -> tuple[Moment, ...]:
    """The same, but for a draft, too: what would count if a person signed it."""
    if not node.speaks:
        return ()
    parts = tuple(sections(node.entry, OPPORTUNITIES, synonyms))
    found = tuple(each for part in parts for each in _in_section(node, part, resolve))
    if found or parts or node.speaks == "story":
        return found
    return tuple(_mentioned(node, resolve))


def evidence_lost(
    node: Node, found: Collection[Place], synonyms: Mapping[str, tuple[str, ...]]
) -> frozenset[Place]:
    """The places of links without which a moment is missing; `found` are those that lead to
    nodes.
    """
    if not node.speaks:
        return frozenset()
    parts = tuple(sections(node.entry, OPPORTUNITIES, synonyms))
    groups = [links for part in parts for links in _groups(part)]
    if not parts and node.speaks == "signal":
        groups = [[each for each in node.entry.links if each.form != "field"]]
    return frozenset(
        each.at for links in groups if not any(each.at in found for each in links) for each in links
    )


def _groups(section: Section) -> Iterator[list[Link]]:
    """The links of each item, of the heading and of each line outside items."""
    lines: dict[int, list[Link]] = {}
    for link in section.links:
        lines.setdefault(link.at.line, []).append(link)
    yield from lines.values()
    for item in section.items:
        yield list(item.links)


def _in_section(node: Node, section: Section, resolve: ResolveLink) -> Iterator[Moment]:
    against = _says_against(section.title)
    inside = [each for each in section.links if each.at.line == section.at.line]
    headed = _first(tuple(inside), resolve)
    items = [(each, _first(each.links, resolve)) for each in section.items]
    if headed is not None:
        free = [each for each, first in items if first is None]
        lent = Item(
            section.title,
            ordered=False,
            depth=0,
            links=section.links,
            stamps=(*section.stamps, *(stamp for each in free for stamp in each.stamps)),
            quotes=(*section.quotes, *(quote for each in free for quote in each.quotes)),
            at=section.at,
        )
        listed = _linked_together(lent, headed, tuple(inside), resolve)
        yield from _of_item(node.id, lent, listed, (), section.text, against=False)
    above: list[Item] = []
    for index, (item, first) in enumerate(items):
        while above and above[-1].depth >= item.depth:
            above.pop()
        if _says_against(item.text):
            above.append(item)
        if first is None:
            continue
        nested = []
        for nested_item, leads in items[index + 1 :]:
            if nested_item.depth <= item.depth or leads is not None:
                break
            nested.append(nested_item)
        below = against or bool(above)
        listed = _linked_together(item, first, item.links, resolve)
        yield from _of_item(node.id, item, listed, tuple(nested), "", against=below)


def _says_against(text: str) -> bool:
    return bool(_AGAINST.fullmatch(text.strip(" :.*_()[]")))


def _of_item(
    source: NodeId,
    item: Item,
    listed: list[tuple[Link, NodeId]],
    nested: tuple[Item, ...],
    further: str,
    *,
    against: bool,
) -> Iterator[Moment]:
    """The moments of an item: one of the first node that it links, and of each listed with it."""
    found_stance = stance(item.text, _shown(listed[0][0]))
    words = found_stance.words
    for link, _ in listed[1:]:
        words = _JOINED.sub("", words, count=1) if _JOINED.match(words) else words
        words = words.removeprefix(_shown(link))
    words = " ".join(filter(None, (words.strip(JOINT), further.strip())))
    seconds = tuple([stamp.second for each in (item, *nested) for stamp in each.stamps])
    quotes = tuple([_spoken_words(quote) for each in (item, *nested) for quote in each.quotes])
    for target in dict.fromkeys(target for _, target in listed):
        yield Moment(
            source=source,
            node=target,
            words=words,
            against=found_stance.against or against,
            doubtful=not found_stance.certain and not against,
            seconds=seconds,
            quotes=quotes,
            at=item.at,
        )
        quotes = ()


def _linked_together(
    item: Item, first: tuple[Link, NodeId], links: tuple[Link, ...], resolve: ResolveLink
) -> list[tuple[Link, NodeId]]:
    """The first link that leads to a node, and those that follow it with nothing but `and` or a
    comma between.
    """
    found = [first]
    for one, other in pairwise(links[links.index(first[0]) :]):
        target = resolve(other)
        between = _between(item.text, _shown(one), _shown(other))
        if target is None or between is None or not _JOINED.fullmatch(between):
            break
        found.append((other, target))
    return found


def _between(text: str, one: str, other: str) -> str | None:
    start = find_words(text, one)
    begin = start + len(one)
    end = find_words(text, other, begin) if start >= 0 else -1
    return text[begin:end] if end >= 0 else None


def _shown(link: Link) -> str:
    return " ".join((link.words or link.target).split())


def _first(links: tuple[Link, ...], resolve: ResolveLink) -> tuple[Link, NodeId] | None:
    for link in links:
        target = resolve(link)
        if target is not None:
            return link, target
    return None


def _spoken_words(quote: Quote) -> SpokenWords:
    """A quote's words with their second."""
    return SpokenWords(quote.text, quote.stamps[0].second if quote.stamps else None, quote.at)


def _mentioned(node: Node, resolve: ResolveLink) -> Iterator[Moment]:
    seen: set[NodeId] = set()
    for link in node.entry.links:
        target = resolve(link) if link.form != "field" else None
        if target is None or target in seen:
            continue
        seen.add(target)
        yield Moment(
            source=node.id, node=target, words="", against=False, seconds=(), quotes=(), at=link.at
        )


FEW = 16
"""Up to this many moments about a node are compared one by one, which is faster than sorting them;
an interview may have thousands.
"""

_Spot = tuple[int, int]


def relations(edges: Collection[Edge], moments: Iterable[Moment]) -> list[str]:
    """The relation of each of a node's links. A mention inside a moment about its node is
    `evidence`.
    """
    spans: dict[NodeId, list[Place]] = {}
    for moment in moments:
        spans.setdefault(moment.node, []).append(moment.at)
    if not spans:
        return [edge.link.relation for edge in edges]
    reaching = {node: _reaching(found) for node, found in spans.items() if len(found) > FEW}
    return [
        "evidence"
        if edge.link.relation == "mentions"
        and (
            _reached(edge.link.at, *reaching[edge.target])
            if edge.target in reaching
            else _inside(edge.link.at, spans.get(edge.target, ()))
        )
        else edge.link.relation
        for edge in edges
    ]


def _inside(at: Place, spans: Iterable[Place]) -> bool:
    start = (at.line, at.column)
    for span in spans:  # a third of the time that `any` takes
        if (span.line, span.column) <= start <= (span.end_line, span.end_column):
            return True
    return False


def _reaching(spans: Iterable[Place]) -> tuple[list[_Spot], list[_Spot]]:
    """Where spans begin, in order, and how far those up to each of them reach."""
    found = sorted(((at.line, at.column), (at.end_line, at.end_column)) for at in spans)
    return [start for start, _ in found], [*accumulate((end for _, end in found), max)]


def _reached(at: Place, starts: list[_Spot], ends: list[_Spot]) -> bool:
    """Whether a link begins in one of many spans."""
    spot = (at.line, at.column)
    before = bisect_right(starts, spot)
    return before > 0 and spot <= ends[before - 1]
