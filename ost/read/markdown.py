"""Markdown into sections, items, quotes, links and timestamps, each with its place.

`ost.read.grammar` says what a block is and what its words say, `ost.read.body_rows` where they are.
"""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from ost.read import decoration, grammar, plain_inline, tables
from ost.read.blocks import BlockEvent, LinkDefinitions
from ost.read.body_rows import BlockLines, BlockText, BodyRows
from ost.read.document import Item, Link, Quote, Section, Stamp
from ost.read.inline import InlineText, Linked
from ost.read.open_parts import OpenItem, OpenPart, OpenQuote, OpenSection
from ost.read.place import Place
from ost.read.timestamp import seconds
from ost.read.value import Scalar

_MARKS = ("“", '"', "„", "«", "‹", "「", "『", "‟")
"""With these a quotation begins."""


class Body(Struct, frozen=True):
    """What a body holds: the first `#` heading, its sections, and timestamps that cannot be."""

    title: Scalar | None
    sections: tuple[Section, ...]
    wrong: tuple[tuple[str, Place], ...]
    title_links: tuple[Link, ...]
    asked: tuple[Quote, ...] = ()
    """Quotes that are labelled as an interviewer's words, which are left out."""
    silent: tuple[Place, ...] = ()
    """Signs around words that are not words."""
    unseen: tuple[Place, ...] = ()
    """What of Markdown links is not shown: addresses and titles."""


class NamedPeople(Struct, frozen=True):
    """Who speaks in an interview, by the names in its front matter (as `decoration.person`)."""

    ours: frozenset[str] = frozenset()
    theirs: frozenset[str] = frozenset()


NOBODY = NamedPeople()


def read(
    body: str,
    first: int,
    moved: Sequence[tuple[int, int]] = (),
    speakers: NamedPeople = NOBODY,
    *,
    pictures: bool = False,
) -> Body:
    """Reads a body whose first line is line `first` (from 0) of its file.

    Where a body was put together from parts of a file, `moved` tells for each line its line in the
    file, and how many columns further to the right it is there. `pictures` are links,
    too, if asked.
    """
    return _Walk(body, first, moved, speakers, pictures=pictures).body()


class _Walk:
    def __init__(
        self,
        body: str,
        first: int,
        moved: Sequence[tuple[int, int]],
        speakers: NamedPeople,
        *,
        pictures: bool,
    ) -> None:
        self.pictures = pictures
        # The same changes that markdown-it-py makes, but each sign stays where it is.
        body = body.replace("\x00", "\ufffd").replace("\r", " ")
        self.text, self.heads = decoration.shaped(body), decoration.titled(body)
        self.source, self.speakers = BodyRows(self.text, first, moved), speakers
        # Most bodies have neither, so that it is asked once.
        self.has_signs = "^" in body or "==" in body or "[[#" in body
        self.has_bars = "|" in body
        self.asked: list[Quote] = []
        self.silent: list[Place] = []
        self.unseen: list[Place] = []
        self.definitions: LinkDefinitions = {}
        self.title: Scalar | None = None
        self.title_links: tuple[Link, ...] = ()
        self.done: list[Section] = []
        self.section = OpenSection("", 0, self.source.line(0))
        self.items: list[OpenItem] = []
        self.quotes: list[OpenQuote] = []
        self.wrong: list[tuple[str, Place]] = []

    def body(self) -> Body:
        events, self.definitions = grammar.blocks(self.text)
        for defined in self.definitions.values():
            lines = defined.get("map")
            rows = range(*lines) if isinstance(lines, list) else ()
            self.unseen += [self.source.line(row) for row in rows]
        for event in events:
            match event.type:
                case "text" | "heading":
                    self._words(event)
                case "item" if event.content:
                    self._item_line(event)
                case "item" if not self.quotes:
                    item = OpenItem(event)
                    self.items.append(item)
                    self.section.items.append(item)
                case "/item" if not self.quotes:
                    self.items.pop()
                case "quote" if event.content:
                    self._quote_line(event)
                case "quote":
                    self.quotes.append(OpenQuote(event.line))
                case "/quote":
                    self._end_quote(self.quotes.pop(), event.line)
        self._close()
        return Body(
            self.title,
            tuple(self.done),
            tuple(self.wrong),
            self.title_links,
            tuple(self.asked),
            tuple(self.silent),
            tuple(self.unseen),
        )

    def _item_line(self, event: BlockEvent) -> None:
        """An item that is a line of text and nothing else."""
        if self.quotes:
            self._words(event)
            return
        if said := plain_inline.undecorated(event.content):
            text = self.source.text(event)
            at = text.place(0, len(event.content))
            stamps = tuple(self._stamps(said, text)) if said.stamps else ()
            self.section.items.append(
                Item(said.text, event.ordered, event.level, (), stamps, (), at)
            )
            return
        item = OpenItem(event)
        self.section.items.append(item)
        self.items.append(item)
        self._words(event)
        self.items.pop()

    def _quote_line(self, event: BlockEvent) -> None:
        """A block quote that is a line of text and nothing else."""
        said = None if self.quotes else plain_inline.undecorated(event.content)
        if said is None or ":" in said.text:
            self.quotes.append(OpenQuote(event.line))
            self._words(event)
            self._end_quote(self.quotes.pop(), event.line)
            return
        stamps = tuple(self._stamps(said, self.source.text(event))) if said.stamps else ()
        into = self.items[-1] if self.items else self.section
        at = self._quote_at(event.line, event.line)
        into.quotes.append(Quote(said.text, stamps, (), at))

    def _close(self) -> None:
        section = self.section
        inside = section.text or section.items or section.quotes or section.links or section.stamps
        if section.level or inside:
            self.done.append(section.section(self.source))

    def _end_quote(self, quote: OpenQuote, last: int) -> None:
        if self.quotes:
            outer = self.quotes[-1]
            outer.text += quote.text
            outer.stamps += quote.stamps
            outer.links += quote.links
            return
        into = self.items[-1] if self.items else self.section
        at = self._quote_at(quote.row, last)
        self._quote(into, "\n".join(quote.text), quote.stamps, quote.links, at)

    def _quote_at(self, first: int, last: int) -> Place:
        """The place of a block quote from its first to its last line."""
        rows, point = self.source.rows, self.source.point
        return Place(*point(first, max(rows[first].find(">"), 0)), *point(last, len(rows[last])))

    def _quote(
        self, into: OpenPart, text: str, stamps: list[Stamp], links: list[Link], at: Place
    ) -> None:
        said = decoration.quoted(text, self.speakers.ours, self.speakers.theirs)
        made = Quote(said.words, tuple(stamps), tuple(links), at)
        (self.asked if said.asked else into.quotes).append(made)

    def _words(self, event: BlockEvent) -> None:
        content = self._silenced(event) if self.has_signs else event.content
        inside = self.items or self.quotes
        plain = not inside and not event.level
        if self.has_bars and plain and (table := tables.table(content)):
            self._table(event, table)
            return
        said = self._said(content)
        if said.unseen:
            self._unseen(said, self.source.text(event))
        if said.stamps and plain and self._timed(event, content, said):
            return
        item = self.items[-1] if self.items and not self.quotes else None
        heading = event.level and not self.items and not self.quotes
        links: list[Link] = []
        stamps: list[Stamp] = []
        if said.links or said.stamps or heading or (item is not None and item.at is None):
            text = self.source.text(event)
            at = text.place(0, len(content)) if content.strip() else self.source.line(event.line)
            links = [self._link(each, text) for each in said.links]
            stamps = self._stamps(said, text) if said.stamps else []
            if heading:
                self._heading(event.level, said.text, at, links, stamps)
                return
            if item is not None and item.at is None:
                item.at = at
        into = self.quotes[-1] if self.quotes else item or self.section
        named = inside or said.text[:1] in _MARKS
        end = decoration.attribution(content, self.speakers.theirs) if named else None
        titled = self.quotes and event.line in self.heads
        begin = (content.find("\n") + 1 or len(content)) if titled else 0
        whole = end is None and not begin
        words = said.text if whole else self._said(content[begin:end]).text
        if self.quotes and links and not whole:  # what is beside the words is the section's
            until = len(content) if end is None else end
            spoken = [begin <= each.start < until for each in said.links]
            self.section.links += [each for each, own in zip(links, spoken, strict=True) if not own]
            links = [each for each, own in zip(links, spoken, strict=True) if own]
        if said.text and (words or not self.quotes):
            into.text.append(words if self.quotes else said.text)
        into.links += links
        into.stamps += stamps
        if not self.quotes and (quotation := decoration.quotation(words)):
            text = self.source.text(event)
            self._quote(into, quotation, stamps, links, text.place(0, len(content)))

    def _silenced(self, event: BlockEvent) -> str:
        """The text of a block without signs that say nothing, whose places are kept."""
        found = decoration.silent(event.content)
        if not found:
            return event.content
        text = self.source.text(event)
        self.silent += [text.place(*each) for each in found]
        return decoration.silenced(event.content, found)

    def _said(self, content: str) -> InlineText:
        said = grammar.said(content, self.definitions)
        if self.pictures and "![" in content:
            from ost.read import commonmark

            shown = commonmark.pictures(content, self.definitions)
            said = replace(said, links=(*said.links, *shown))
        return decoration.unsigned(said) if self.has_signs else said

    def _timed(self, event: BlockEvent, content: str, said: InlineText) -> bool:
        """Whether a text begins with a time. Each line that does is an item, with those below it;
        not below a heading with a link, whose own words they are.
        """
        rows = [content.rfind("\n", 0, stamp.start) + 1 for stamp in said.stamps]
        ahead = zip(rows, said.stamps, strict=True)
        begins = [row for row, stamp in ahead if not content[row : stamp.start].strip("*_ ")]
        if not said.text or begins[:1] != [0] or self.section.links:
            return False
        text = self.source.text(event)
        for start, stop in pairwise([*dict.fromkeys(begins), len(content)]):
            self._row(event, text, start, content[start:stop].rstrip())
        return True

    def _row(
        self, event: BlockEvent, text: BlockText, start: int, row: str, *, cells: bool = False
    ) -> None:
        """An item that is a part of a text, or a row of a table."""
        said = self._said(row)
        at = text.place(start, start + len(row))
        if cells:
            self._unseen(said, text, start)
        words, quotes = tables.cells(said.text) if cells else (said.text, [])
        if not cells and (quotation := decoration.quotation(words)):
            quotes = [quotation]
        item = OpenItem(event, at)
        if words:
            item.text.append(words)
        item.links = [self._link(each, text, start) for each in said.links]
        item.stamps = self._stamps(said, text, start)
        for quote in quotes:
            self._quote(item, quote, item.stamps, [], at)
        self.section.items.append(item)

    def _table(self, event: BlockEvent, table: tables.Cells) -> None:
        """Each row of a table is an item, its cells one after the other."""
        text = BlockLines(self.source, event)
        if table.before:
            self._words(replace(event, content=event.content[: len(table.before)]))
        start, heads = table.heads
        said = self._said(heads)
        self._unseen(said, text, start)
        self.section.links += [self._link(each, text, start) for each in said.links]
        self.section.stamps += self._stamps(said, text, start)
        for start, row in table.rows:
            self._row(event, text, start, table.shown(row), cells=True)
        if rest := event.content[table.after :] if table.after else "":
            line = event.line + event.content.count("\n", 0, table.after)
            self._words(replace(event, line=line, content=rest))

    def _heading(
        self, level: int, text: str, at: Place, links: list[Link], stamps: list[Stamp]
    ) -> None:
        if level == 1 and self.title is None and text:
            self.title = Scalar(text, "str", at)
            self.title_links = tuple(links)
            return
        self._close()
        self.section = OpenSection(text, level, at)
        self.section.links += links
        self.section.stamps += stamps

    def _unseen(self, said: InlineText, text: BlockText, shift: int = 0) -> None:
        self.unseen += [text.place(shift + start, shift + end) for start, end in said.unseen]

    def _stamps(self, said: InlineText, text: BlockText, shift: int = 0) -> list[Stamp]:
        stamps = []
        for stamp in said.stamps:
            at = text.place(shift + stamp.start, shift + stamp.end)
            second = seconds(stamp.written)
            if second is None:
                self.wrong.append((stamp.written, at))
            else:
                stamps.append(Stamp(second, stamp.written, at))
        return stamps

    def _link(self, each: Linked, text: BlockText, shift: int = 0) -> Link:
        at = text.place(shift + each.start, shift + each.end)
        target_at = at
        if each.reference:
            target_at = self._defined(each) or at
        elif (each.target_start, each.target_end) != (each.start, each.end):
            target_at = text.place(shift + each.target_start, shift + each.target_end)
        return Link(each.target, each.form, "mentions", each.words, each.heading, at, target_at)

    def _defined(self, each: Linked) -> Place | None:
        """The place of the target in the link's definition."""
        lines = self.definitions[each.reference].get("map")
        for row in range(*lines) if isinstance(lines, list) else ():
            column = self.source.rows[row].find(each.target)
            if column >= 0:
                return self.source.place(row, column, column + len(each.target))
        return None
