"""Where links are in the words of moments, quotes and steps, which are published as plain text.

These words are an excerpt of a part of the file, without markup and timestamps. A link is found in
them by counting how often its shown text occurs before it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ost.read.document import Entry, Item, Link, Quote, Section
from ost.read.place import Place
from ost.tree.model import Moment, Node, NodeId
from ost.tree.sections import STORY, sections

Offsets = Callable[[Place], tuple[int, int] | None]
"""Turns a place in the file into offsets in the body."""

Holder = Item | Section | Quote


def spoken_links(
    node: Node,
    moments: Sequence[Moment],
    synonyms: Mapping[str, tuple[str, ...]],
    leads: Mapping[Place, NodeId],
    offsets: Offsets,
) -> Iterator[tuple[object, ...]]:
    """The links to nodes in the words that an interview or signal publishes, each as an
    `ost.notation.SpokenMark`.
    """
    if not node.speaks or not leads:
        return
    for table, position, holder, words in _published(node, moments, synonyms):
        for start, end, link in _inside(words, holder, node.entry.body, offsets):
            if target := leads.get(link.at):
                mark = (table, position, start, end, target)
                yield (*mark, link.words) if link.words else mark


def ordered_quotes(entry: Entry) -> list[tuple[Quote, str]]:
    """The quotes of an entry in the order written, each with the heading above it."""
    written: list[tuple[Quote, str]] = []
    for section in entry.sections:
        written += [(each, section.title) for each in section.quotes]
        written += [(each, section.title) for item in section.items for each in item.quotes]
    return sorted(written, key=lambda each: each[0].at)


def story_steps(node: Node, synonyms: Mapping[str, tuple[str, ...]]) -> list[Item]:
    """The steps of an interview's story in the order written."""
    if node.speaks != "story":
        return []
    return [item for part in sections(node.entry, STORY, synonyms) for item in part.items]


def _published(
    node: Node, moments: Sequence[Moment], synonyms: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, int, Holder, str]]:
    """The table, the position in it, the part of the file with the words, and the words themselves,
    wherever that part has links.
    """
    linking = [each for each in node.entry.holders() if each.links]
    holders = {each.at: each for each in linking if not isinstance(each, Quote)}
    for position, moment in enumerate(moments, 1):
        if moment.words and moment.at in holders:
            yield "moment", position, holders[moment.at], moment.words
    if len(holders) < len(linking):
        for position, (quote, _) in enumerate(ordered_quotes(node.entry), 1):
            if quote.links:
                yield "quote", position, quote, quote.text
    for position, item in enumerate(story_steps(node, synonyms), 1):
        if item.links:
            yield "step", position, item, item.text


def _inside(
    words: str, holder: Holder, body: str, offsets: Offsets
) -> Iterator[tuple[int, int, Link]]:
    """The links in words, and their places. Words are the end of a text."""
    if not any(_shown(each) in words for each in holder.links):
        return
    text = f"{holder.title} {holder.text}" if isinstance(holder, Section) else holder.text
    first = text.rfind(words)
    last = first + len(words)
    for start, end, link in _placed(text, holder, body, offsets) if first >= 0 else ():
        if first <= start and end <= last:
            yield start - first, end - first, link


def _placed(
    text: str, holder: Holder, body: str, offsets: Offsets
) -> Iterator[tuple[int, int, Link]]:
    """The place of each link of a part of the file in its text: behind the one before and as many
    occurrences of its shown text as in the file. If the text lacks some of them, or the file has
    other blocks between, the next occurrence counts.
    """
    begin = offsets(holder.at)
    links: list[tuple[Link, int]] = []
    at = begin[0] if begin else 0
    for link in sorted(holder.links, key=lambda each: each.at) if begin else ():
        span = offsets(link.at)
        if span is None or span[0] < at:  # a link in a link: its words are the other's
            continue
        links.append((link, body.count(_shown(link), at, span[0])))
        at = span[1]
    exact = [*_one_by_one(text, links)]
    nearest = ((link, 0) for link, _ in links)
    yield from exact if len(exact) == len(links) else _one_by_one(text, nearest)


def _one_by_one(text: str, links: Iterable[tuple[Link, int]]) -> Iterator[tuple[int, int, Link]]:
    """Each link behind the one before and a number of occurrences of its words, if it is there."""
    at = 0
    for link, skipped in links:
        shown = _shown(link)
        start = text.find(shown, at)
        for _ in range(skipped):
            start = text.find(shown, start + len(shown)) if start >= 0 else -1
        if start >= 0:
            at = start + len(shown)
            yield start, at, link


def _shown(link: Link) -> str:
    """The text that a link shows."""
    return " ".join((link.words or link.target).split())
