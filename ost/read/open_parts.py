"""Sections, items and quotes of a body during parsing."""

from ost.read import decoration
from ost.read.blocks import BlockEvent
from ost.read.body_rows import BodyRows
from ost.read.document import Item, Link, Quote, Section, Stamp
from ost.read.place import Place


class OpenPart:
    """The contents collected for a section, an item or a quote."""

    __slots__ = ("links", "quotes", "stamps", "text")

    def __init__(self) -> None:
        """Starts empty."""
        self.text: list[str] = []
        self.links: list[Link] = []
        self.stamps: list[Stamp] = []
        self.quotes: list[Quote] = []


class OpenSection(OpenPart):
    """A section up to the next heading."""

    __slots__ = ("at", "items", "level", "title")

    def __init__(self, title: str, level: int, at: Place) -> None:
        """Starts with its heading."""
        super().__init__()
        self.title, self.level, self.at = title, level, at
        self.items: list[OpenItem | Item] = []

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

    __slots__ = ("at", "block", "depth", "ordered")

    def __init__(self, event: BlockEvent, at: Place | None = None) -> None:
        """Starts with its block, and its place if that is already known."""
        super().__init__()
        self.ordered, self.depth, self.block, self.at = event.ordered, event.level, event.line, at

    def item(self, body: BodyRows) -> Item:
        """The finished item."""
        return Item(
            decoration.plain("\n".join(self.text)),
            self.ordered,
            self.depth,
            tuple(self.links),
            tuple(self.stamps),
            tuple(self.quotes),
            self.at or body.line(self.block),
        )


class OpenQuote(OpenPart):
    """A block quote."""

    __slots__ = ("row",)

    def __init__(self, row: int) -> None:
        """Starts in a row."""
        super().__init__()
        self.row = row
