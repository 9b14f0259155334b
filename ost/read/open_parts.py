"""Sections, items and quotes of a body while they are being read."""

from ost.read import decoration
from ost.read.blocks import BlockEvent
from ost.read.body_rows import BodyRows
from ost.read.document import Item, Link, Quote, Section, Stamp
from ost.read.place import Place


class OpenPart:
    """What is being gathered for a section, an item or a quote."""

    __slots__ = ("links", "quotes", "stamps", "text")

    def __init__(self) -> None:
        """Holds nothing yet."""
        self.text: list[str] = []
        self.links: list[Link] = []
        self.stamps: list[Stamp] = []
        self.quotes: list[Quote] = []


class OpenSection(OpenPart):
    """A section, until the next heading."""

    __slots__ = ("at", "items", "level", "title")

    def __init__(self, title: str, level: int, at: Place) -> None:
        """Begins with its heading."""
        super().__init__()
        self.title, self.level, self.at = title, level, at
        self.items: list[OpenItem | Item] = []

    def section(self, body: BodyRows) -> Section:
        """The section with all that it holds."""
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
    """An item of a list or a row of a table. Its place is that of its first words; without any,
    its first line.
    """

    __slots__ = ("at", "block", "depth", "ordered")

    def __init__(self, event: BlockEvent, at: Place | None = None) -> None:
        """Begins with its block, at a place that may be known already."""
        super().__init__()
        self.ordered, self.depth, self.block, self.at = event.ordered, event.level, event.line, at

    def item(self, body: BodyRows) -> Item:
        """The item with all that it holds."""
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
    """A block quote that begins in a row."""

    __slots__ = ("row",)

    def __init__(self, row: int) -> None:
        """Begins in a row."""
        super().__init__()
        self.row = row
