"""Parses Markdown into sections, items, quotes, links and timestamps, each with its place.

`ost.read.grammar` finds blocks and their words, `ost.read.body_rows` finds their places.
"""

from collections.abc import Mapping, Sequence
from itertools import chain, pairwise

from msgspec.structs import replace

from ost.read import decoration, grammar, plain_inline, tables
from ost.read.blocks import BlockEvent, LinkDefinitions
from ost.read.body import NO_NAMES, Body, SpeakerNames
from ost.read.body_rows import BlockLines, BlockText, BodyRows
from ost.read.document import Item, Link, Quote, Section, Stamp
from ost.read.inline import InlineLink, InlineText
from ost.read.open_parts import OpenItem, OpenPart, OpenQuote, OpenSection
from ost.read.place import Place
from ost.read.timestamp import seconds
from ost.read.value import Scalar
from ost.tables import cells


def read(
    body: str,
    first: int,
    line_map: Sequence[tuple[int, int]] = (),
    speakers: SpeakerNames = NO_NAMES,
    *,
    pictures: bool = False,
) -> Body:
    """Parses a body that starts at line `first` (from 0) of its file.

    If a body was assembled from parts of a file, `line_map` has for each line its line in the file
    and the columns to add. With `pictures`, images count as links.
    """
    return _BodyReader(body, first, line_map, speakers, pictures=pictures).body()


class _BodyReader:
    def __init__(
        self,
        body: str,
        first: int,
        line_map: Sequence[tuple[int, int]],
        speakers: SpeakerNames,
        *,
        pictures: bool,
    ) -> None:
        self.pictures = pictures
        # The same changes as markdown-it-py, but no character moves.
        body = body.replace("\x00", "\ufffd").replace("\r", " ")
        self.text, self.heads = decoration.normalize(body), decoration.callout_title_rows(body)
        self.source, self.speakers = BodyRows(self.text, first, line_map), speakers
        # Checked once, because most bodies have neither.
        self.has_hidden_markup = "^" in body or ("=" in body and "==" in body) or "[[#" in body
        self.has_bars = "|" in body
        self.interviewer_quotes: list[Quote] = []
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
        events, self.definitions = grammar.blocks(self.text, self.source.rows)
        defined = chain.from_iterable(map(_rows, self.definitions.values()))
        self.unseen += map(self.source.line, defined)
        for event in events:
            match event.type:
                case "item" if event.content:
                    self._item_line(event)
                case "item" if not self.quotes:
                    item = OpenItem(event.ordered, event.level, event.line)
                    self.items.append(item)
                    self.section.items.append(item)
                case "/item" if not self.quotes:
                    self.items.pop()
                case "quote" if event.content:
                    self._quote_line(event)
                case "heading" if not self.items and not self.quotes:
                    self._heading(event)
                case "heading" | "text":
                    self._words(event)
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
            tuple(self.interviewer_quotes),
            tuple(self.silent),
            tuple(self.unseen),
        )

    def _item_line(self, event: BlockEvent) -> None:
        """A list item of exactly one line of text."""
        if self.quotes:
            self._words(event)
            return
        if inline := plain_inline.plain_line(event.content):
            text = self.source.text(event)
            at = text.place(0, len(event.content))
            links, stamps = self._marks(inline, text)
            self.section.items.append(
                Item(inline.text, event.ordered, event.level, tuple(links), tuple(stamps), (), at)
            )
            return
        item = OpenItem(event.ordered, event.level, event.line)
        self.section.items.append(item)
        self.items.append(item)
        self._words(event)
        self.items.pop()

    def _quote_line(self, event: BlockEvent) -> None:
        """A block quote of exactly one line of text."""
        inline = None if self.quotes else plain_inline.plain_line(event.content)
        names = self.speakers.participants
        attributed = inline and decoration.attribution(event.content, names) is not None
        if inline is None or ":" in inline.text or attributed:
            self.quotes.append(OpenQuote(event.line))
            self._words(event)
            self._end_quote(self.quotes.pop(), event.line)
            return
        links, stamps = self._marks(inline, self.source.text(event))
        into = self.items[-1] if self.items else self.section
        at = self._quote_at(event.line, event.line)
        into.quotes.append(Quote(inline.text, tuple(stamps), tuple(links), at))

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
        if not self._quote(into, "\n".join(quote.text), quote.stamps, quote.links, at):
            into.stamps += quote.stamps
            into.links += quote.links

    def _quote_at(self, first: int, last: int) -> Place:
        """The place of a block quote from its first to its last line."""
        rows, point = self.source.rows, self.source.point
        return Place(*point(first, max(rows[first].find(">"), 0)), *point(last, len(rows[last])))

    def _quote(
        self, into: OpenPart, text: str, stamps: list[Stamp], links: list[Link], at: Place
    ) -> bool:
        """Adds a quote, and returns whether it has words."""
        found = decoration.quote_words(text, self.speakers.interviewers, self.speakers.participants)
        if found.words:
            made = Quote(found.words, tuple(stamps), tuple(links), at)
            (self.interviewer_quotes if found.by_interviewer else into.quotes).append(made)
        return bool(found.words)

    def _words(self, event: BlockEvent) -> None:
        """The words, links and timestamps of a block, for the quote, item or section it is in."""
        content = self._mask(event) if self.has_hidden_markup else event.content
        several = self.has_bars and "\n" in content and not event.level
        if several and (table := tables.table(content)):
            self._table(event, table)
            return
        inline = self._inline(content)
        if inline.unseen:
            self._unseen(inline, self.source.text(event))
        if self.quotes:
            self._quoted_words(event, content, inline)
        elif self.items or not inline.stamps or not self._timed_lines(event, content, inline):
            self._own_words(event, content, inline)

    def _own_words(self, event: BlockEvent, content: str, inline: InlineText) -> None:
        """Adds the words of a block in no quote, which may themselves be a quotation."""
        item = self.items[-1] if self.items else None
        into = item or self.section
        links: list[Link] = []
        stamps: list[Stamp] = []
        if inline.links or inline.stamps or (item is not None and item.at is None):
            text = self.source.text(event)
            if item is not None and item.at is None:
                item.at = self._place(content, event, text)
            links, stamps = self._marks(inline, text)
            into.links += links
            into.stamps += stamps
        if inline.text:
            into.text.append(inline.text)
        named = item is not None or inline.text[:1] in decoration.OPENING_MARKS
        end = decoration.attribution(content, self.speakers.participants) if named else None
        words = inline.text if end is None else self._inline(content[:end]).text
        if quotation := decoration.quotation(words):
            at = self.source.text(event).place(0, len(content))
            self._quote(into, quotation, stamps, links, at)

    def _quoted_words(self, event: BlockEvent, content: str, inline: InlineText) -> None:
        """Adds the words of a block in a quote, without a callout's title and who said them. Links
        in these two become the section's.
        """
        quote = self.quotes[-1]
        links: list[Link] = []
        if inline.links or inline.stamps:
            links, stamps = self._marks(inline, self.source.text(event))
            quote.stamps += stamps
        begin = (content.find("\n") + 1 or len(content)) if event.line in self.heads else 0
        end = decoration.attribution(content, self.speakers.participants)
        words = inline.text
        if begin or end is not None:
            end = len(content) if end is None else end
            words = self._inline(content[begin:end]).text
            spoken = [begin <= each.start < end for each in inline.links]
            self.section.links += [each for each, own in zip(links, spoken, strict=True) if not own]
            links = [each for each, own in zip(links, spoken, strict=True) if own]
        quote.links += links
        if inline.text and words:
            quote.text.append(words)

    def _mask(self, event: BlockEvent) -> str:
        """The text of a block with hidden markup masked and its places recorded."""
        found = decoration.silent_places(event.content)
        if not found:
            return event.content
        text = self.source.text(event)
        self.silent += [text.place(*each) for each in found]
        return decoration.mask(event.content, found)

    def _inline(self, content: str) -> InlineText:
        inline = grammar.inline(content, self.definitions)
        if self.pictures and "![" in content:
            from ost.read import commonmark

            shown = commonmark.pictures(content, self.definitions)
            inline = replace(inline, links=(*inline.links, *shown))
        return decoration.unmask(inline) if self.has_hidden_markup else inline

    def _timed_lines(self, event: BlockEvent, content: str, inline: InlineText) -> bool:
        """Whether a paragraph starts with a time. Each line that does becomes an item, including
        the lines below it. Below a heading with a link, the paragraph belongs to that link instead.
        """
        rows = [content.rfind("\n", 0, stamp.start) + 1 for stamp in inline.stamps]
        ahead = zip(rows, inline.stamps, strict=True)
        begins = [row for row, stamp in ahead if not content[row : stamp.start].strip("*_ ")]
        if not inline.text or begins[:1] != [0] or self.section.links:
            return False
        text = self.source.text(event)
        for start, stop in pairwise([*dict.fromkeys(begins), len(content)]):
            self._row(event, text, start, content[start:stop].rstrip())
        return True

    def _row(self, event: BlockEvent, text: BlockText, start: int, row: str) -> None:
        """An item made from part of a paragraph."""
        inline = self._inline(row)
        at = text.place(start, start + len(row))
        item = OpenItem(event.ordered, event.level, event.line, at)
        if inline.text:
            item.text.append(inline.text)
        item.links, item.stamps = self._marks(inline, text, start)
        if quotation := decoration.quotation(inline.text):
            self._quote(item, quotation, item.stamps, [], at)
        self.section.items.append(item)

    def _table(self, event: BlockEvent, table: tables.MarkdownTable) -> None:
        """Makes an item of each row of a table, with its cells joined. In a quote, each row becomes
        words of the quote.
        """
        text = BlockLines(self.source, event)
        if table.before:
            self._words(replace(event, content=event.content[: len(table.before)]))
        item = self.items[-1] if self.items and not self.quotes else None
        into = self.quotes[-1] if self.quotes else item or self.section
        start, heads = table.heads
        if item is not None and item.at is None:
            item.at = text.place(start, start + len(heads))
        self._cells(into, text, start, heads)
        for start, row in table.rows:
            if self.quotes:
                into.text.append(" ".join(self._cells(into, text, start, row)))
                continue
            at = text.place(start, start + len(row))
            made = OpenItem(event.ordered, len(self.items), event.line, at)
            words, quotes = tables.words(self._cells(made, text, start, row))
            if words:
                made.text.append(words)
            for quote in quotes:
                self._quote(made, quote, made.stamps, [], at)
            self.section.items.append(made)

    def _cells(self, into: OpenPart, text: BlockText, start: int, row: str) -> list[str]:
        """Adds the links and timestamps in a row's cells, and returns the words of each."""
        words = []
        for offset, cell in cells(row):
            inline, shift = self._inline(cell), start + offset
            self._unseen(inline, text, shift)
            links, stamps = self._marks(inline, text, shift)
            into.links += links
            into.stamps += stamps
            words.append(inline.text)
        return words

    def _heading(self, event: BlockEvent) -> None:
        content = self._mask(event) if self.has_hidden_markup else event.content
        inline, text = self._inline(content), self.source.text(event)
        if inline.unseen:
            self._unseen(inline, text)
        at = self._place(content, event, text)
        links, stamps = self._marks(inline, text)
        if event.level == 1 and self.title is None and inline.text:
            self.title = Scalar(inline.text, "str", at)
            self.title_links = tuple(links)
            return
        self._close()
        self.section = OpenSection(inline.text, event.level, at)
        self.section.links += links
        self.section.stamps += stamps

    def _place(self, content: str, event: BlockEvent, text: BlockText) -> Place:
        """The place of a block's whole text; without any, of its line."""
        return text.place(0, len(content)) if content.strip() else self.source.line(event.line)

    def _unseen(self, inline: InlineText, text: BlockText, shift: int = 0) -> None:
        self.unseen += [text.place(shift + start, shift + end) for start, end in inline.unseen]

    def _marks(
        self, inline: InlineText, text: BlockText, shift: int = 0
    ) -> tuple[list[Link], list[Stamp]]:
        """The links and timestamps of words that start `shift` after their block."""
        links: list[Link] = []
        stamps: list[Stamp] = []
        for link in inline.links:
            target_at = at = text.place(shift + link.start, shift + link.end)
            if link.reference:
                target_at = self._definition(link) or at
            elif (link.target_start, link.target_end) != (link.start, link.end):
                target_at = text.place(shift + link.target_start, shift + link.target_end)
            links.append(
                Link(link.target, link.form, "mentions", link.words, link.heading, at, target_at)
            )
        for stamp in inline.stamps:
            at = text.place(shift + stamp.start, shift + stamp.end)
            second = seconds(stamp.written)
            if second is None:
                self.wrong.append((stamp.written, at))
            else:
                stamps.append(Stamp(second, stamp.written, at))
        return links, stamps

    def _definition(self, link: InlineLink) -> Place | None:
        """The place of the target in the link's definition."""
        for row in _rows(self.definitions[link.reference]):
            column = self.source.rows[row].find(link.target)
            if column >= 0:
                return self.source.place(row, column, column + len(link.target))
        return None


def _rows(definition: Mapping[str, object]) -> range:
    """The rows of a link's definition."""
    lines = definition.get("map")
    return range(*lines) if isinstance(lines, list) else range(0)
