"""Collects another tool's nodes as found, in the tool's words, and what to report about them: lines
in no node, fields without a meaning here.
"""

from collections.abc import Mapping

from msgspec import Struct, field

from ost.exchange.foreign.fields import (
    ASSUMPTION,
    BODY,
    CHILDREN,
    OWN,
    PARENT,
    STATUS,
    TITLE,
    fitting,
    is_ours,
    risk,
    trouble,
    written,
)
from ost.exchange.foreign.imports import Terms, UnreadLine, term
from ost.exchange.foreign.page import ForeignPage, targets, texts
from ost.read.letters import fold
from ost.read.place import START
from ost.read.value import Scalar, Value
from ost.read.vocabulary import vocabulary
from ost.tree.model import KINDS


class ToolWords(Struct, frozen=True, kw_only=True):
    """What a tool's words mean here, unless the terms say otherwise. `kinds` and `fields` are by
    folded word; "" means left out, as users of the tool expect. `statuses` are by kind and folded
    word; "" adds nothing.
    """

    kinds: Mapping[str, str] = {}
    fields: Mapping[str, str] = {}
    statuses: Mapping[tuple[str, str], str] = {}


class UnplacedNode(Struct, kw_only=True):
    """A node as its tool writes it, without parents yet. `kind` is ours, "" if there is none;
    `title` is plain text. `above` holds its links to parents, `below` those to children.
    `paragraphs` go above the body. `assumed` is the text of a test's assumption, and `risk` its
    kind, if the test has them.
    """

    key: str
    kind: str = ""
    title: str
    path: str
    line: int
    names: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    fields: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    body: str = ""
    assumed: str = ""
    risk: str = ""


class ForeignNodes:
    """The nodes of an import by key, and what to report."""

    def __init__(self, terms: Terms, words: ToolWords) -> None:
        """The terms take precedence over the tool's words."""
        self.terms, self.words = terms, words
        self.by_key: dict[str, UnplacedNode] = {}
        self.unread: list[UnreadLine] = []
        self.notes: list[str] = []
        self.left: list[UnreadLine] = []
        self.texts: dict[str, str] = {}

    def page(self, page: ForeignPage) -> ForeignPage:
        """Adds a page that nodes come from; lists the unreadable lines of its front matter."""
        self.unread += page.unread
        self.texts[page.path] = page.lines.text
        return page

    def kind(self, word: str) -> str | None:
        """Our kind for a word: "" leaves the node out, None means that the word is unknown."""
        ours = term(self.terms.kinds, word)
        if ours is None:
            ours = self.words.kinds.get(fold(word))
        if ours is None:
            ours = vocabulary().kind(word) or None
        return ours if not ours or ours in KINDS else None

    def add(
        self, node: UnplacedNode, word: str, text: str = "", *, kept: bool = False
    ) -> UnplacedNode:
        """Adds a node whose type the tool calls `word`.

        If we have no such kind, the node is listed, unless its text is `kept` in another node, and
        its children move to its parents.
        """
        kind = self.kind(word)
        node.kind = kind or ""
        if not kept and kind is None:
            why = f"no kind here means {word!r}; name one under [kinds] in the mapping"
            self.tell(node.path, node.line, text or node.title, why)
        elif not kept and not kind:
            self.leave(node.path, node.line, f"nodes of the type {word!r}")
        while node.key in self.by_key:
            node.key += " again"
        self.by_key[node.key] = node
        return node

    def tell(self, path: str, line: int, text: str, why: str = "") -> None:
        """Reports a line that is in no draft. Lines count from one."""
        self.unread.append(UnreadLine(path, line, text.strip(), why))

    def leave(self, path: str, line: int, what: str) -> None:
        """Reports a part that has no meaning here. Lines count from one."""
        self.left.append(UnreadLine(path, line, what))

    def take(self, node: UnplacedNode, name: str, value: Value, line: int, text: str = "") -> None:
        """Gives a node a value from a field of its tool."""
        ours = self._ours(node, name)
        if ours in (PARENT, CHILDREN):
            (node.above if ours == PARENT else node.below).extend(targets(value))
        elif not node.kind or not texts(value):
            return
        elif ours == "":
            self.leave(node.path, line, name)
        elif ours is None or not self._put(node, name, ours, value):
            why = trouble(node.kind, ours if ours is not None else name, value)
            self.tell(node.path, line, text or f"{name}: {' '.join(texts(value))}", why)

    def _ours(self, node: UnplacedNode, name: str) -> str | None:
        """Our field for a name: "" leaves it out, None means that the name is unknown."""
        ours = term(self.terms.fields, name)
        if ours is None:
            ours = self.words.fields.get(fold(name))
        own = fold(name).replace("-", "_")
        known = own in OWN or (node.kind != "" and is_ours(node.kind, own))
        return own if ours is None and known else ours

    def _put(self, node: UnplacedNode, name: str, ours: str, value: Value) -> bool:
        """Puts a value into one of our fields, and returns whether it fits."""
        words = texts(value)
        match ours:
            case "body":
                label = f"{name[:1].upper()}{name[1:].replace('_', ' ')}"
                node.paragraphs.append(f"{label}: {', '.join(words)}")
            case "title":
                node.title = words[0]
            case "key":
                node.names += words
            case "kind":
                pass  # the format has read it
            case "status":
                return self._status(node, words[0])
            case "assumption" if node.kind == "test":
                node.assumed = words[0]
            case "risk" if node.kind == "test":
                node.risk = risk(words[0])
                return bool(node.risk)
            case _:
                made = written(node.kind, ours, value)
                if made is None:
                    return False
                node.fields[ours] = made
        return True

    def _status(self, node: UnplacedNode, word: str) -> bool:
        ours = term(self.terms.status, word)
        if ours is None:
            ours = self.words.statuses.get((node.kind, fold(word)))
        if ours is None or (ours and not fitting(node.kind, STATUS, ours)):
            ours = fitting(node.kind, STATUS, word) or None
        if ours:
            node.fields[STATUS] = ours
        return ours is not None


def plain_value(words: str) -> Value:
    """A value that does not come from front matter."""
    return Scalar(words, "str", START)


__all__ = [
    "ASSUMPTION",
    "BODY",
    "CHILDREN",
    "PARENT",
    "STATUS",
    "TITLE",
    "ForeignNodes",
    "ToolWords",
    "UnplacedNode",
    "plain_value",
]
