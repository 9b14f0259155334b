"""Import a board of JSON Canvas, as Obsidian makes it.

Cards are nodes, and an arrow leads from a card to its children; if only one of two kinds can be
above the other, it may point either way. A card's kind is in its last line, as `ost export canvas`
writes it (`*solution · testing*`), or in the word that its first line begins with (`Opportunity:
…`), or its colour, one of ours or one that the mapping names (`[kinds]` `"4" = "solution"`), or the
label of the group around it.
"""

import re

from ost.exchange.colours import COLOURS
from ost.exchange.foreign.imports import ForeignTree, Here, Material, Sureness, Terms
from ost.exchange.foreign.nodes import STATUS, ForeignNodes, ToolWords, UnplacedNode, plain_value
from ost.exchange.foreign.places import tree
from ost.exchange.importers._json import BrokenJson, entries, parsed
from ost.exchange.importers._json import text as text_of
from ost.read import markdown
from ost.read.place import Lines
from ost.read.vocabulary import vocabulary
from ost.tree.model import KINDS

EXAMPLE = "board.canvas"
SIGNS = "cards with places and arrows"

_ID = re.compile(r'"id"\s*:\s*"([^"\\]*)"')
_FACTS = re.compile(r"\*([^*\n]+)\*")
_PARTING = "\u200b"
_WORDS = ToolWords(
    kinds={COLOURS[kind.colour]: name for name, kind in KINDS.items() if kind.placed},
    statuses={
        **{("assumption", each.name): "" for each in KINDS["assumption"].statuses},
        **{("test", each.name): "" for each in KINDS["test"].statuses},
    },
)

Board = dict[str, object]
"""A card, an arrow or a whole board, as decoded from JSON."""


def recognise(material: Material) -> Sureness:
    """Certainly or probably by the file's name or by cards with places; not at all for a board
    among notes.
    """
    named = [path for path in material.files if path.casefold().endswith(".canvas")]
    if named:
        return 3 if len(named) == len(material.files) else 1
    boards = (parsed(text) for path, text in material.files.items() if path.endswith(".json"))
    cards = [card for board in boards for card in entries(board, "nodes")]
    return 2 if cards and all("x" in each and "type" in each for each in cards) else 0


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The cards of each board."""
    del here
    nodes = ForeignNodes(terms, _WORDS)
    for path, text in material.files.items():
        if path.casefold().endswith((".canvas", ".json")):
            board = parsed(text)
            if isinstance(board, BrokenJson):
                nodes.tell(path, board.line, Lines(text).line(board.line - 1), board.why)
            elif not isinstance(board, dict):
                nodes.tell(path, 1, Lines(text).line(0), "JSON, but not a board")
            else:
                _Cards(nodes, path, text, board).read()
    return tree(nodes)


class _Cards:
    """The cards of a board."""

    def __init__(self, nodes: ForeignNodes, path: str, text: str, board: Board) -> None:
        self.nodes, self.path, self.board = nodes, path, board
        lines = Lines(text)
        self.lines: dict[str, int] = {}
        for found in _ID.finditer(text):
            self.lines.setdefault(found[1], lines.place(*found.span()).line + 1)
        self.cards: dict[str, UnplacedNode] = {}
        self.groups = [each for each in entries(board, "nodes") if text_of(each, "type") == "group"]

    def read(self) -> None:
        """Reads the cards, then the arrows."""
        for card in entries(self.board, "nodes"):
            kind = text_of(card, "type")
            if kind == "text":
                self._card(card, text_of(card, "text"))
            elif kind == "file":
                name = text_of(card, "file").rpartition("/")[2]
                self._card(card, name.removesuffix(".md"))
            elif kind != "group":
                self._tell(card, "a card of this type is not a node")
        for arrow in entries(self.board, "edges"):
            self._arrow(arrow)

    def _tell(self, card: Board, why: str) -> None:
        own = text_of(card, "id")
        saying = (text_of(card, each) for each in ("text", "file", "url", "type"))
        first = next(filter(None, saying), own)
        self.nodes.tell(self.path, self.lines.get(own, 1), first.partition("\n")[0], why)

    def _card(self, card: Board, text: str) -> None:
        rows = text.strip().split("\n")
        facts = _FACTS.fullmatch(rows[-1].strip())
        said_there = [each.strip() for each in facts[1].split("·")] if facts else [""]
        word = said_there[0] if said_there[0] in KINDS else ""
        title = rows[0].strip()
        label = vocabulary().label(title.lstrip("# "))
        if word:
            rows = rows[:-1]
        elif label is not None and label.kind and label.read and not label.alone:
            word, title = label.word, title.lstrip("# ")[label.title :]
        else:
            word = self._coloured(card)
        read = markdown.read(f"# {title.lstrip('# ')}", 0).title
        own = text_of(card, "id")
        node = UnplacedNode(
            key=own or title,
            title=(read.text if read else title).replace(_PARTING, "") or own,
            path=self.path,
            line=self.lines.get(own, 1),
            body="\n".join(rows[1:]).strip("\n"),
        )
        if not word:
            self._tell(card, "its words and colour name no kind")
        self.nodes.add(node, word or "card", kept=not word)
        if own:
            self.cards.setdefault(own, node)
        if node.kind and len(said_there) > 1 and word == said_there[0]:
            status = said_there[1]
            if status in {each.name for each in KINDS[node.kind].statuses}:
                self.nodes.take(node, STATUS, plain_value(status), node.line)

    def _coloured(self, card: Board) -> str:
        """The kind that a card's colour, or the label of its group, means."""
        colour = text_of(card, "color").casefold()
        if colour and self.nodes.kind(colour):
            return colour
        for group in self.groups:
            label = text_of(group, "label")
            if _inside(card, group) and self.nodes.kind(label):
                return label
        return ""

    def _arrow(self, arrow: Board) -> None:
        ends = [text_of(arrow, each) for each in ("fromNode", "toNode")]
        above, below = (self.cards.get(each) for each in ends)
        if above is None or below is None:
            missing = ends[0] if above is None else ends[1]
            why = f"the arrow leads from or to {missing!r}, which is not a node"
            own = text_of(arrow, "id")
            self.nodes.tell(self.path, self.lines.get(own, 1), own, why)
            return
        if above.kind and below.kind:
            down = above.kind in KINDS[below.kind].under
            if not down and below.kind in KINDS[above.kind].under:
                above, below = below, above
        below.above.append(above.key)


def _inside(card: Board, group: Board) -> bool:
    """Whether the middle of a card is in a group."""
    for start, length in (("x", "width"), ("y", "height")):
        values = [each.get(name, 0) for each in (card, group) for name in (start, length)]
        numbers = [each for each in values if isinstance(each, int | float)]
        if len(numbers) < len(values):
            return False
        at, size, begin, room = numbers
        if not begin <= at + size / 2 <= begin + room:
            return False
    return True
