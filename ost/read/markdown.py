"""Markdown blocks into sections, items, quotes, links and timestamps, each with its place.

Each line of a block's text is a part of its source line, so everything found in it has a place.
The words
are scanned here for the few things we look for.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from ost.read.blocks import Event
from ost.read.blocks import read as blocks
from ost.read.document import Item, Link, Quote, Section, Stamp
from ost.read.place import Lines, Place
from ost.read.timestamp import seconds
from ost.read.value import Scalar

_STAMP = r"(?:\d{1,3}:)?\d{1,3}:\d{2}"
_UNTIL = rf"(?:\s?[-–—]\s?{_STAMP})?"
_INLINE = re.compile(
    # The first character decides quickly that nothing begins here. Lengths are bounded, or a line
    # of
    # a million opening brackets would take a day.
    r"(?=[\\`!\[<(])(?:(?P<escape>\\.)"
    r"|(?P<code>(?<!`)(?P<ticks>`{1,9})(?!`).{1,2000}?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<wiki>!?\[\[(?P<target>[^\[\]|#\n]{0,300})(?P<heading>#[^\[\]|\n]{0,300})?"
    r"(?P<words>\|[^\[\]\n]{0,300})?\]\])"
    r"""|(?P<anchor><a\b[^<>\n]{0,300}\bdata-t="(?P<data>[\d:]{1,12})"[^<>\n]{0,300}>.{0,300}?</a>)"""
    rf"|(?P<stamp>\[(?P<mark>{_STAMP}){_UNTIL}\](?:\([^)\s]{{0,1000}}\))?"
    rf"|\((?P<round>{_STAMP}){_UNTIL}\))"
    r"|(?P<image>!\[[^\[\]\n]{0,1000}\]\([^()\n]{0,1000}\))"
    r"|(?P<link>\[(?P<label>[^\[\]\n]{0,1000})\]\((?P<url><[^<>\n]{0,1000}>|[^()\s]{0,1000})"
    r"""(?:\s["'(][^\n)]{0,300})?\))"""
    r"|(?P<comment><!--.{0,1000}?-->)"
    r"|(?P<tag></?[a-zA-Z][^<>\n]{0,1000}>))"
)
_LIKELY = re.compile(r"[\[(`<\\]")
_MARKS = re.compile(r"(\*\*|__|\*|~~|(?<!\w)_|_(?!\w))")


class Found(Struct, frozen=True):
    """What a stretch of text holds."""

    text: str
    links: tuple[Link, ...]
    stamps: tuple[Stamp, ...]


class Body(Struct, frozen=True):
    """What a body holds: the first `#` heading, its sections, and timestamps that cannot be."""

    title: Scalar | None
    sections: tuple[Section, ...]
    wrong: tuple[tuple[str, Place], ...]
    title_links: tuple[Link, ...]


def read(lines: Lines, start_line: int) -> Body:
    """The body that begins at a line (zero-based) of a text."""
    return _Walk(lines, start_line).body()


class _Open:
    """What is being gathered for one section."""

    def __init__(self, title: str, level: int, at: Place) -> None:
        self.title, self.level, self.at = title, level, at
        self.text: list[str] = []
        self.items: list[_OpenItem] = []
        self.quotes: list[Quote] = []
        self.links: list[Link] = []
        self.stamps: list[Stamp] = []

    def section(self) -> Section:
        return Section(
            self.title,
            self.level,
            self.at,
            "\n\n".join(self.text),
            tuple(each.item() for each in self.items),
            tuple(self.quotes),
            tuple(self.links),
            tuple(self.stamps),
        )


class _OpenItem:
    def __init__(self, *, ordered: bool, depth: int, at: Place) -> None:
        self.ordered, self.depth, self.at = ordered, depth, at
        self.placed = False
        self.text: list[str] = []
        self.links: list[Link] = []
        self.stamps: list[Stamp] = []
        self.quotes: list[Quote] = []

    def item(self) -> Item:
        return Item(
            "\n".join(self.text),
            self.ordered,
            self.depth,
            tuple(self.links),
            tuple(self.stamps),
            tuple(self.quotes),
            self.at,
        )


class _OpenQuote:
    def __init__(self, first: int) -> None:
        self.first = first
        self.text: list[str] = []
        self.links: list[Link] = []
        self.stamps: list[Stamp] = []


class _Walk:
    def __init__(self, lines: Lines, start_line: int) -> None:
        self.lines, self.start_line = lines, start_line
        self.text = lines.text[lines.starts[start_line] :] if start_line < len(lines.starts) else ""
        self.texts = self.text.split("\n")
        self.section = _Open("", 0, Place(start_line, 0, start_line, 0))
        self.done: list[Section] = []
        self.title: Scalar | None = None
        self.title_links: tuple[Link, ...] = ()
        self.lists: list[bool] = []
        self.items: list[_OpenItem] = []
        self.quotes: list[_OpenQuote] = []
        self.wrong: list[tuple[str, Place]] = []

    def body(self) -> Body:
        for event in blocks(self.text) if self.text.strip() else ():
            self._take(event)
        self._close()
        return Body(self.title, tuple(self.done), tuple(self.wrong), self.title_links)

    def _close(self) -> None:
        section = self.section.section()
        if section.level or section.text or section.items or section.quotes or section.links:
            self.done.append(section)

    def _take(self, event: Event) -> None:
        match event.type:
            case "item" if not self.quotes:
                item = _OpenItem(
                    ordered=event.ordered, depth=event.level, at=self._line(event.line)
                )
                self.items.append(item)
                self.section.items.append(item)
            case "/item" if not self.quotes:
                self.items.pop()
            case "quote":
                self.quotes.append(_OpenQuote(self.start_line + event.line))
            case "/quote":
                self._end_quote(self.quotes.pop(), self.start_line + event.line)
            case "text" | "heading":
                self._words(event)

    def _end_quote(self, quote: _OpenQuote, last: int) -> None:
        begin = max(self.lines.line(quote.first).find(">"), 0)
        at = Place(quote.first, begin, last, len(self.lines.line(last)))
        made = Quote("\n".join(quote.text), tuple(quote.stamps), tuple(quote.links), at)
        if self.quotes:
            self.quotes[-1].text += quote.text
            self.quotes[-1].stamps += quote.stamps
            self.quotes[-1].links += quote.links
        else:
            (self.items[-1] if self.items else self.section).quotes.append(made)

    def _line(self, number: int) -> Place:
        """A whole line of the body, without its indentation."""
        line = self.start_line + number
        text = self.lines.line(line)
        return Place(line, len(text) - len(text.lstrip()), line, len(text))

    def _words(self, event: Event) -> None:
        pieces = list(self._pieces(event))
        if not pieces:
            return
        found = [self._scan(text, offset) for text, offset in pieces]
        first, last = pieces[0], pieces[-1]
        at = self.lines.place(first[1], last[1] + len(last[0]))
        text = " ".join(each.text for each in found).strip()
        links = [link for each in found for link in each.links]
        stamps = [stamp for each in found for stamp in each.stamps]
        if event.level and not self.items and not self.quotes:
            self._heading(event.level, text, at, links, stamps)
            return
        if self.quotes:
            into: _Open | _OpenItem | _OpenQuote = self.quotes[-1]
        elif self.items:
            into = self.items[-1]
            if not self.items[-1].placed:
                self.items[-1].at, self.items[-1].placed = at, True
        else:
            into = self.section
        if text:
            into.text.append(text)
        into.links += links
        into.stamps += stamps

    def _heading(
        self, level: int, text: str, at: Place, links: list[Link], stamps: list[Stamp]
    ) -> None:
        if level == 1 and self.title is None:
            self.title = Scalar(text, "str", at)
            self.title_links = tuple(links)
            return
        self._close()
        self.section = _Open(text, level, at)
        self.section.links += links
        self.section.stamps += stamps

    def _pieces(self, event: Event) -> Iterator[tuple[str, int]]:
        """The lines of a block's text, each with its offset."""
        number = event.line
        starts = self.lines.starts
        for piece in event.content.split("\n"):
            column = -1
            while column < 0 and number < len(self.texts):
                # The content goes on to the end of its line, but for closing marks of a heading.
                text = self.texts[number]
                column = text.rfind(piece)
                if column < 0:
                    piece = piece.strip()  # noqa: PLW2901 - tabs in front became spaces
                    column = text.rfind(piece)
                # Of a first line that only Unicode takes for blank, nothing is left in the content.
                number += 1
            if column < 0:
                return
            yield piece, starts[self.start_line + number - 1] + column

    def _scan(self, text: str, offset: int) -> Found:
        if not _LIKELY.search(text):
            return Found(" ".join(_bare(text).split()), (), ())
        words: list[str] = []
        links: list[Link] = []
        stamps: list[Stamp] = []
        position = 0
        for found in _INLINE.finditer(text):
            words.append(_bare(text[position : found.start()]))
            position = found.end()
            at = self.lines.place(offset + found.start(), offset + found.end())
            match found.lastgroup:
                case "escape":
                    words.append(found["escape"][1])
                case "code":
                    words.append(found["code"].strip("`").strip())
                case "wiki":
                    links.append(self._wiki(found, offset, at))
                    words.append((found["words"] or "")[1:].strip() or found["target"].strip())
                case "anchor":
                    self._stamp(found["data"], at, stamps)
                case "stamp":
                    self._stamp(found["mark"] or found["round"], at, stamps)
                case "link":
                    words.append(_bare(found["label"]))
                    link = self._markdown(found, offset, at)
                    if link is not None:
                        links.append(link)
        words.append(_bare(text[position:]))
        return Found(" ".join("".join(words).split()), tuple(links), tuple(stamps))

    def _stamp(self, written: str, at: Place, stamps: list[Stamp]) -> None:
        second = seconds(written)
        if second is None:
            self.wrong.append((written, at))
        else:
            stamps.append(Stamp(second, written, at))

    def _wiki(self, found: re.Match[str], offset: int, at: Place) -> Link:
        start = found.start("target")
        target = found["target"].strip()
        start += len(found["target"]) - len(found["target"].lstrip())
        place = self.lines.place(offset + start, offset + start + len(target))
        words = (found["words"] or "")[1:].strip()
        heading = (found["heading"] or "")[1:].strip()
        return Link(target, "wiki", "mentions", words, heading, at, place)

    def _markdown(self, found: re.Match[str], offset: int, at: Place) -> Link | None:
        url = found["url"].strip("<>")
        target, _, heading = url.partition("#")
        if not target or ":" in target.split("/")[0]:
            return None
        start = found.start("url") + (1 if found["url"].startswith("<") else 0)
        place = self.lines.place(offset + start, offset + start + len(target))
        return Link(target, "markdown", "mentions", found["label"], heading, at, place)


def _bare(text: str) -> str:
    """Text without the marks of emphasis."""
    return _MARKS.sub("", text) if "*" in text or "_" in text or "~" in text else text
