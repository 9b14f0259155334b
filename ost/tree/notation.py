"""The places of title, sections, links and timestamps in a node's text, for renderers.

It converts places that the reading found in a file to offsets in the node's `body`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

import msgspec

from ost.read.document import Entry, Link, Stamp
from ost.read.inline import InlineLink, wikilinks
from ost.read.place import Lines, Place
from ost.tree.model import Moment, Node, NodeId
from ost.tree.sections import parts
from ost.tree.speech import spoken_links
from ost.tree.tree import Edge

_encode = msgspec.json.Encoder().encode
_BEGIN = itemgetter(0)


def columns(
    node: Node,
    edges: Collection[Edge],
    moments: Sequence[Moment],
    synonyms: Mapping[str, tuple[str, ...]],
    given: Mapping[str, object],
) -> tuple[str | None, str | None]:
    """The columns `sections` and `notation` as JSON; None if empty. `moments` are those in the
    node, `given` its published fields.
    """
    offsets = _Offsets(node.entry)
    leads = {each.link.at: each.target for each in edges if each.link.form != "field"}
    made = {
        **_in_text(node.entry, leads, offsets),
        "fields": _in_fields(node.entry, edges, given),
        "spoken": list(spoken_links(node, moments, synonyms, leads, offsets.span)),
    }
    found = {name: marks for name, marks in made.items() if marks}
    return _sections(node, synonyms, offsets), _encode(found).decode() if found else None


def _sections(
    node: Node, synonyms: Mapping[str, tuple[str, ...]], offsets: "_Offsets"
) -> str | None:
    found = [
        {
            "part": part if node.speaks else "",
            "title": section.title,
            "line": section.at.line + 1,
            "start": offsets.start(section.at),
        }
        for section, part in parts(node.entry, synonyms)
        if section.level or section.title
    ]
    return _encode(found).decode() if found else None


def _in_text(entry: Entry, leads: Mapping[Place, NodeId], offsets: "_Offsets") -> dict[str, object]:
    links, stamps = _written(entry)
    wiki: list[tuple[object, ...]] = []
    addresses: list[tuple[object, ...]] = []
    for link in links:
        target = leads.get(link.at)
        if link.form == "markdown":
            if span := offsets.span(link.target_at):
                addresses.append((*span, target))
        elif span := offsets.span(link.at):
            wiki.append(_link(span, link, target))
    return {
        "title": _title(entry, offsets),
        "links": _distinct(wiki),
        "addresses": _distinct(addresses),
        "stamps": _distinct(_stamps(stamps, offsets)),
        "unseen": unseen_spans(entry, offsets),
        "silent": _distinct(span for each in entry.silent if (span := offsets.span(each))),
    }


def unseen_spans(entry: Entry, offsets: "_Offsets | None" = None) -> list[tuple[int, int]]:
    """The places of addresses and other hidden parts of links."""
    if not entry.unseen:
        return []
    place = (offsets or _Offsets(entry)).span
    return _distinct(span for each in entry.unseen if (span := place(each)))


def link_spans(entry: Entry) -> list[tuple[int, int]]:
    """The places of links in our own notation."""
    place, (links, _) = _Offsets(entry).span, _written(entry)
    return [span for each in links if each.form == "wiki" and (span := place(each.at))]


def _in_fields(
    entry: Entry, edges: Collection[Edge], given: Mapping[str, object]
) -> list[tuple[object, ...]]:
    """The links in the texts of fields."""
    named = {each.relation for each in entry.links if each.form == "field"}
    leads = {
        (each.link.relation, each.link.target): each.target
        for each in edges
        if each.link.form == "field"
    }
    found: list[tuple[object, ...]] = []
    for name in named & given.keys():
        for path, text in _texts(name, given[name]):
            for link in wikilinks(text) if "[[" in text else ():
                target = leads.get((name, link.target))
                found.append(_link((path, link.start, link.end), link, target))
    return sorted(found, key=itemgetter(0, 1))


def _link(
    place: tuple[object, ...], link: Link | InlineLink, target: NodeId | None
) -> tuple[object, ...]:
    """A link: its place, the node it leads to, and its words if they are not that node's id."""
    words = link.words or ("" if target else link.target)
    return (*place, target, words) if words else (*place, target)


def _texts(path: str, value: object) -> Iterator[tuple[str, str]]:
    """A value's texts with their paths: `because`, `lenses.size`, `other_ways.0`."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(f"{path}.{key}", inner)


def _title(entry: Entry, offsets: "_Offsets") -> tuple[int, int] | None:
    """The place of the title in the text, if the title is a heading."""
    if entry.title is None:
        return None
    # An assembled body begins with its title.
    return (_COMPOSED, _COMPOSED) if entry.line_map else offsets.span(entry.title.at)


_COMPOSED = len("# ")


def _distinct(found: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The places in order without duplicates: a quotation's text also belongs to its paragraph."""
    return sorted(once, key=_BEGIN) if len(once := dict.fromkeys(found)) > 1 else [*once]


def _stamps(stamps: Iterable[Stamp], offsets: "_Offsets") -> Iterator[tuple[int, ...]]:
    """Each place with its second, or with two for a range."""
    seconds: dict[tuple[int, int], tuple[int, ...]] = {}
    for stamp in stamps:
        if span := offsets.span(stamp.at):
            seconds_there = seconds.get(span, ())
            if stamp.second not in seconds_there:
                seconds[span] = (*seconds_there, stamp.second)
    for span, seconds_there in seconds.items():
        yield (*span, *seconds_there[:2])


def _written(entry: Entry) -> tuple[list[Link], list[Stamp]]:
    """Every link and timestamp of the text, including those in an interviewer's words."""
    links: list[Link] = []
    stamps: list[Stamp] = []
    for holder in (*entry.interviewer_quotes, *entry.holders()):
        if holder.links:
            links += holder.links
        if holder.stamps:
            stamps += holder.stamps
    return links, stamps


class _Offsets:
    """Turns places in the file into offsets in the body."""

    def __init__(self, entry: Entry) -> None:
        self.first = entry.body_line
        self.starts = [*Lines(entry.body).starts, len(entry.body) + 1]
        self.rows = entry.rows()
        self.assembled = bool(entry.line_map)
        self.last = len(self.starts) - 1

    def span(self, at: Place) -> tuple[int, int] | None:
        """A place as two offsets; None if it is not in the body."""
        if at.line == at.end_line and not self.assembled:  # nearly all: four times as fast
            row = at.line - self.first
            if not 0 <= row < self.last or at.end_column <= at.column:
                return None
            start = self.starts[row] + at.column
            return start, start + at.end_column - at.column
        begin, end = self._offset(at.line, at.column), self._offset(at.end_line, at.end_column)
        return None if begin is None or end is None or end <= begin else (begin, end)

    def start(self, at: Place) -> int | None:
        """The offset in the body where a place begins."""
        return self._offset(at.line, at.column)

    def _offset(self, line: int, column: int) -> int | None:
        if self.assembled:
            row, right = self.rows.get(line, (-1, 0))
        else:
            row, right = line - self.first, 0
        if not 0 <= row < self.last:
            return None
        return min(self.starts[row] + max(column - right, 0), self.starts[row + 1] - 1)
