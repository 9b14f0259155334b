"""Markdown into sections, items, quotes, links and timestamps, each with its place.

Each line of a block's text is a part of its source line, so that what is found in it has a place.
`ost.read.grammar` says what a block is and what its words say.
"""

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from msgspec import Struct

from ost.read import decoration, grammar, tables
from ost.read.blocks import BlockEvent, LinkDefinitions
from ost.read.document import Item, Link, Quote, Section, Stamp
from ost.read.inline import InlineText, Linked
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


class _Open:
    """What is being gathered for a section, an item or a quote."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.links: list[Link] = []
        self.stamps: list[Stamp] = []
        self.quotes: list[Quote] = []


class _OpenSection(_Open):
    def __init__(self, title: str, level: int, at: Place) -> None:
        super().__init__()
        self.title, self.level, self.at = title, level, at
        self.items: list[_OpenItem] = []

    def section(self) -> Section:
        return Section(
            self.title,
            self.level,
            self.at,
            "\n\n".join(self.text),
            tuple([each.item() for each in self.items]),
            tuple(self.quotes),
            tuple(self.links),
            tuple(self.stamps),
        )


class _OpenItem(_Open):
    def __init__(self, event: BlockEvent, at: Place) -> None:
        super().__init__()
        self.ordered, self.depth, self.at = event.ordered, event.level, at
        self.placed = False

    def item(self) -> Item:
        return Item(
            decoration.plain("\n".join(self.text)),
            self.ordered,
            self.depth,
            tuple(self.links),
            tuple(self.stamps),
            tuple(self.quotes),
            self.at,
        )


class _OpenQuote(_Open):
    def __init__(self, row: int) -> None:
        super().__init__()
        self.row = row


class _OneLine:
    """Where the text of a block of one line stands."""

    __slots__ = ("line", "right")

    def __init__(self, line: int, right: int) -> None:
        self.line, self.right = line, right

    def place(self, start: int, end: int) -> Place:
        """The place of a part of the text."""
        return Place(self.line, self.right + start, self.line, self.right + end)


class _Text:
    """Where the lines of a block's text stand."""

    __slots__ = ("lines", "walk")

    def __init__(self, walk: "_Walk", event: BlockEvent) -> None:
        self.walk = walk
        self.lines: list[tuple[int, int, int]] = []
        """Of each line: its offset in the block's text, its row, and the column of offset 0."""
        rows, row, offset = walk.rows, event.line, 0
        for piece in event.content.split("\n"):
            words = piece.strip()
            if words:
                # First lines that only Unicode takes for blank are missing in a block's text.
                while words not in rows[row]:
                    row += 1
                whole = rows[row].rstrip()
                column = len(whole) - len(words) if whole.endswith(words) else whole.find(words)
                indent = len(piece) - len(piece.lstrip())
                self.lines.append((offset, row, column - indent - offset))
            row += 1
            offset += len(piece) + 1

    def place(self, start: int, end: int) -> Place:
        """The place of a part of the text."""
        return Place(*self._point(start), *self._point(end))

    def _point(self, offset: int) -> tuple[int, int]:
        at = bisect_right(self.lines, offset, key=itemgetter(0))
        _, row, column = self.lines[max(at - 1, 0)]
        return self.walk.point(row, column + offset)


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
        self.text = decoration.shaped(body.replace("\x00", "\ufffd").replace("\r", " "))
        self.first, self.moved, self.speakers = first, moved, speakers
        self.asked: list[Quote] = []
        self.silent: list[Place] = []
        self.rows = self.text.split("\n")
        self.definitions: LinkDefinitions = {}
        self.title: Scalar | None = None
        self.title_links: tuple[Link, ...] = ()
        self.done: list[Section] = []
        self.section = _OpenSection("", 0, self._row(0))
        self.items: list[_OpenItem] = []
        self.quotes: list[_OpenQuote] = []
        self.wrong: list[tuple[str, Place]] = []

    def body(self) -> Body:
        events, self.definitions = grammar.blocks(self.text)
        for event in events:
            match event.type:
                case "text" | "heading":
                    self._words(event)
                case "item" if not self.quotes:
                    item = _OpenItem(event, self._row(event.line))
                    self.items.append(item)
                    self.section.items.append(item)
                case "/item" if not self.quotes:
                    self.items.pop()
                case "quote":
                    self.quotes.append(_OpenQuote(event.line))
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
        )

    def point(self, row: int, column: int) -> tuple[int, int]:
        """Where in the file that is."""
        if not self.moved:
            return self.first + row, column
        line, right = self.moved[row]
        return line, column + right

    def _row(self, row: int) -> Place:
        """A whole line, without its indentation."""
        text = self.rows[row]
        return self._place(row, len(text) - len(text.lstrip()), len(text))

    def _place(self, row: int, start: int, end: int) -> Place:
        line, column = self.point(row, start)
        return Place(line, column, line, column + end - start)

    def _close(self) -> None:
        section = self.section
        inside = section.text or section.items or section.quotes or section.links or section.stamps
        if section.level or inside:
            self.done.append(section.section())

    def _end_quote(self, quote: _OpenQuote, last: int) -> None:
        if self.quotes:
            outer = self.quotes[-1]
            outer.text += quote.text
            outer.stamps += quote.stamps
            outer.links += quote.links
            return
        begin = self.point(quote.row, max(self.rows[quote.row].find(">"), 0))
        at = Place(*begin, *self.point(last, len(self.rows[last])))
        into = self.items[-1] if self.items else self.section
        self._quote(into, "\n".join(quote.text), quote.stamps, quote.links, at)

    def _quote(
        self, into: _Open, text: str, stamps: list[Stamp], links: list[Link], at: Place
    ) -> None:
        said = decoration.quoted(text, self.speakers.ours, self.speakers.theirs)
        made = Quote(said.words, tuple(stamps), tuple(links), at)
        (self.asked if said.asked else into.quotes).append(made)

    def _words(self, event: BlockEvent) -> None:
        content = event.content
        if "^" in content or "==" in content:
            text = self._text(event)
            self.silent += [text.place(*each) for each in decoration.silent(content)]
        inside = self.items or self.quotes
        if not inside and not event.level and (table := tables.table(content)):
            self._table(event, table)
            return
        said = self._said(content)
        item = self.items[-1] if self.items and not self.quotes else None
        heading = event.level and not self.items and not self.quotes
        links: list[Link] = []
        stamps: list[Stamp] = []
        if said.links or said.stamps or heading or (item is not None and not item.placed):
            text = self._text(event)
            at = text.place(0, len(content)) if content.strip() else self._row(event.line)
            links = [self._link(each, text) for each in said.links]
            stamps = self._stamps(said, text) if said.stamps else []
            if heading:
                self._heading(event.level, said.text, at, links, stamps)
                return
            if item is not None and not item.placed:
                item.at, item.placed = at, True
        into = self.quotes[-1] if self.quotes else item or self.section
        named = inside or said.text[:1] in _MARKS
        words = self._unattributed(event.content, said.text) if named else said.text
        if said.text and (words or not self.quotes):
            into.text.append(words if self.quotes else said.text)
        into.links += links
        into.stamps += stamps
        if not self.quotes and (quotation := decoration.quotation(decoration.plain(words))):
            text = self._text(event)
            self._quote(into, quotation, stamps, links, text.place(0, len(content)))

    def _said(self, content: str) -> InlineText:
        said = grammar.said(content, self.definitions)
        if not self.pictures or "![" not in content:
            return said
        from ost.read import commonmark

        shown = commonmark.pictures(content, self.definitions)
        return said._replace(links=(*said.links, *shown))

    def _unattributed(self, content: str, said: str) -> str:
        """What a block says without the name behind it."""
        if not any(each in content for each in "—–―-~"):
            return said
        end = decoration.attribution(content, self.speakers.theirs)
        return said if end is None else grammar.said(content[:end], self.definitions).text

    def _table(self, event: BlockEvent, table: tables.Cells) -> None:
        """Each row of a table is an item, its cells one after the other."""
        text = _Text(self, event)
        if table.before:
            self._words(event._replace(content=table.before))
        for start, row in table.rows:
            said = self._said(row)
            words, quotes = tables.cells(said.text)
            item = _OpenItem(event, text.place(start, start + len(row)))
            if words:
                item.text.append(words)
            item.links = [self._link(each, text, start) for each in said.links]
            item.stamps = self._stamps(said, text, start)
            for quote in quotes:
                self._quote(item, quote, item.stamps, [], item.at)
            self.section.items.append(item)

    def _text(self, event: BlockEvent) -> _Text | _OneLine:
        content = event.content
        if "\n" not in content:
            row = self.rows[event.line].rstrip()
            if row.endswith(content):
                return _OneLine(*self.point(event.line, len(row) - len(content)))
        return _Text(self, event)

    def _heading(
        self, level: int, text: str, at: Place, links: list[Link], stamps: list[Stamp]
    ) -> None:
        if level == 1 and self.title is None and text:
            self.title = Scalar(text, "str", at)
            self.title_links = tuple(links)
            return
        self._close()
        self.section = _OpenSection(text, level, at)
        self.section.links += links
        self.section.stamps += stamps

    def _stamps(self, said: InlineText, text: _Text | _OneLine, shift: int = 0) -> list[Stamp]:
        stamps = []
        for stamp in said.stamps:
            at = text.place(shift + stamp.start, shift + stamp.end)
            second = seconds(stamp.written)
            if second is None:
                self.wrong.append((stamp.written, at))
            else:
                stamps.append(Stamp(second, stamp.written, at))
        return stamps

    def _link(self, each: Linked, text: _Text | _OneLine, shift: int = 0) -> Link:
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
            column = self.rows[row].find(each.target)
            if column >= 0:
                return self._place(row, column, column + len(each.target))
        return None
