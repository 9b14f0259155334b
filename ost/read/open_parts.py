"""Sections, items and quotes of a body during parsing."""

from msgspec import Struct

from ost.read import decoration
from ost.read.body_rows import BodyRows
from ost.read.document import Item, Link, Quote, Section, Stamp
from ost.read.place import Place


class OpenPart(Struct, kw_only=True):
    """The contents collected for a section, an item or a quote."""

    text: list[str] = []
    links: list[Link] = []
    stamps: list[Stamp] = []
    quotes: list[Quote] = []


class OpenSection(OpenPart):
    """A section up to the next heading, whose words are the title."""

    title: str
    level: int
    at: Place
    items: "list[OpenItem | Item]" = []

    def section(self, body: BodyRows) -> Section:
        """The finished section."""
        return Section(
            self.title,
            self.level,
            self.at,
            "\n\n".join(self.text),
            tuple([each if isinstance(each, Item) else each.item(body) for each in self.items]),
            tuple(self.quotes),
            tuple(self.links),
            tuple(self.stamps),
        )


class OpenItem(OpenPart):
    """A list item or a table row. Its place is that of its first words, or its first line without
    any.
    """

    ordered: bool
    depth: int
    row: int
    at: Place | None = None

    def item(self, body: BodyRows) -> Item:
        """The finished item."""
        return Item(
            decoration.plain("\n".join(self.text)),
            self.ordered,
            self.depth,
            tuple(self.links),
            tuple(self.stamps),
            tuple(self.quotes),
            self.at or body.line(self.row),
        )


class OpenQuote(OpenPart):
    """A block quote that starts in a row."""

    row: int
