"""Nodes inside a page of ost-tools: headings, list items and table rows that name their type. On a
page with a type, only these are nodes; on a page that is a whole space, each heading is a node, and
its depth decides the type.
"""

import re
from itertools import pairwise

from msgspec import Struct

from ost.exchange.foreign.nodes import ForeignNodes, UnplacedNode, plain_value
from ost.exchange.foreign.page import ForeignPage, link_targets
from ost.exchange.foreign.text import plain
from ost.exchange.importers._inline_fields import of_line, without
from ost.exchange.importers._levels import DEEPEST, Levels
from ost.exchange.importers._page_rows import PageRows
from ost.read import commonmark, frontmatter, tables
from ost.read.blocks import Part
from ost.read.letters import fold
from ost.tables import cell_words
from ost.tree.model import KINDS

_BOX = re.compile(r"^\[[ xX/-]\]\s+")
_ANCHOR = re.compile(r"\s+\^([A-Za-z0-9][\w-]*)\s*$")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*")


class _Open(Struct):
    """An open heading: its node, or None if it is not one."""

    depth: int
    node: UnplacedNode | None
    word: str


class _Group(Struct):
    """A heading over nodes of a type; `used` once it has one."""

    word: str
    part: Part
    title: str
    used: bool = False


class PageNodes:
    """Reads the nodes of a page's body."""

    def __init__(self, nodes: ForeignNodes, page: ForeignPage, levels: Levels) -> None:
        self.nodes, self.page, self.levels = nodes, page, levels
        self.rows = PageRows(nodes, page)
        self.open: list[_Open] = []
        self.items: list[tuple[int, UnplacedNode]] = []
        self.group: _Group | None = None
        self.next: dict[int, int] = {}
        """The end of the text below each heading."""
        self.whole = False

    def read(self, node: UnplacedNode | None, word: str) -> None:
        """Reads the page's nodes; `node` is the page's own, None on a page that is a space."""
        self.whole = node is None
        self.open = [_Open(0, node, word)]
        parts = commonmark.outline(self.page.body)
        parts = self._until_rule(parts) if self.whole else parts
        headings = [
            each.first for each in parts if each.type == "heading" and each.depth <= DEEPEST
        ]
        self.next = dict(pairwise([*headings, len(self.rows)]))
        self.rows.give(0, len(self.rows), node)
        for part in parts:
            match part.type:
                case "heading":
                    self._heading(part)
                case "item":
                    self._item(part)
                case "text":
                    self._text(part)
                case "code":
                    self._code(part)
        self.rows.fill_bodies("above the first heading, so in no node" if self.whole else "")

    def _until_rule(self, parts: list[Part]) -> list[Part]:
        """The parts above the rule that ends a space; the lines below it are listed."""
        inside = {row for each in parts for row in range(each.first, each.last)}
        first = next((each.first for each in parts if each.type == "heading"), len(self.rows))
        for row in range(first, len(self.rows)):
            if row not in inside and _RULE.fullmatch(self.rows.texts[row]):
                self.rows.drop(row, "below the rule, where ost-tools stops reading")
                return [each for each in parts if each.first < row]
        return parts

    # Parts.

    def _heading(self, part: Part) -> None:
        self.group = None
        self.items = []
        if part.depth > DEEPEST:
            return
        while self.open[-1].depth >= part.depth:
            self.open.pop()
        words, fields = without(part.content)
        title, anchor = _anchored(words)
        above = self._above()
        word = fields.get("type", "") or self.levels.anchored(anchor)
        if not word and above is not None and (held := self.levels.holds(title, above.word)):
            self.group = _Group(held, part, title)
            self.open.append(_Open(part.depth, None, ""))
            return
        if not word and self.whole:
            word = self.levels.below(above.word) if above else self.levels.types[0]
            if not word and above is not None:
                self.rows.tell(part.first, f"the type {above.word!r} has no level below it")
        if not word:
            self.open.append(_Open(part.depth, None, ""))
            self.rows.give(part.first, self.next[part.first], above.node if above else None)
            return
        self._node_of(part, word, title, fields, anchor)

    def _node_of(
        self, part: Part, word: str, title: str, fields: dict[str, str], anchor: str = ""
    ) -> UnplacedNode:
        """The node of a heading."""
        above = self._above()
        node = self._add(word, title, part.first, above.node if above else None)
        if anchor:
            node.names.append(f"{self.page.stem}#^{anchor}")
        self._take(node, fields, part.first)
        self.open.append(_Open(part.depth, node, word))
        if node.kind:
            self.rows.take(part.first, part.end)
        self.rows.give(part.first, self.next[part.first], node)
        return node

    def _item(self, part: Part) -> None:
        while self.items and self.items[-1][0] >= part.depth:
            self.items.pop()
        words, fields = without(part.content.replace("\n", " "))
        held = self.group.word if self.group else ""
        above = self._above()
        links = link_targets(words)
        upward = above is not None and bool(held) and self.levels.above(above.word) == held
        if held and above and len(links) == 1 and re.fullmatch(r"\[\[[^\[\]]*\]\]", words.strip()):
            if above.node is not None:
                (above.node.above if upward else above.node.below).append(links[0])
            self._consume(part.first, part.last)
            return
        word = fields.get("type", "") or ("" if upward else held)
        inner = self.items[-1][1] if self.items else above.node if above else None
        if self.items and not fields.get("type") and inner and not _nests(inner.kind):
            word = ""
        if not word:
            return
        title, _, summary = words.partition(" - ")
        title, anchor = _anchored(title)
        node = self._add(word, title, part.first, inner)
        if anchor:
            node.names.append(f"{self.page.stem}#^{anchor}")
        if summary.strip():
            node.paragraphs.append(summary.strip())
        self._take(node, fields, part.first)
        self.items.append((part.depth, node))
        if node.kind:
            self._consume(part.first, part.last)
        self.rows.give(part.first, part.end, node)

    def _text(self, part: Part) -> None:
        table = tables.table(part.content)
        if table is not None and self._table(part, table):
            return
        self._flush()
        for row in range(part.first, part.last):
            node, text = self.rows.owner[row], self.rows.texts[row]
            found = of_line(text)
            words, fields = without(text)
            if found:
                fields = dict([found])
            if not fields or node is None or not node.kind:
                continue
            if "type" in fields:
                self.rows.tell(row, "a type belongs in the heading")
                del fields["type"]
            self._take(node, fields, row)
            self.rows.texts[row] = "" if found else words
            if not self.rows.texts[row].strip():
                self.rows.take(row, row + 1)

    def _code(self, part: Part) -> None:
        self._flush()
        mark = self.rows.texts[part.first - 1].strip(" \t>`~").casefold() if part.first else ""
        node = self.rows.owner[min(part.first, len(self.rows) - 1)]
        if mark not in ("yaml", "yml") or node is None:
            return
        lines = self.page.lines
        begin = lines.offset(self.page.first + part.first, 0)
        fields, wrong = frontmatter.inline(lines, begin, begin + len(part.content))
        for remark in wrong:
            self.rows.tell(remark.at.line - self.page.first, remark.message)
        for field in fields:
            self.nodes.take(node, field.name, field.value, field.key_at.line + 1)
        self.rows.take(part.first - 1, part.last)

    def _table(self, part: Part, table: tables.MarkdownTable) -> bool:
        """Takes the rows of a table whose heading or first column says their type."""
        heads = cell_words(table.heads[1])
        first = heads[0].casefold() if heads else ""
        above = self._above()
        word = self.group.word if self.group else first if first in self.levels.types else ""
        word = word or (self.levels.holds(first, above.word) if above and first else "")
        if not word:
            return False
        for offset, row in table.rows:
            number = part.first + part.content.count("\n", 0, offset)
            cells = cell_words(row)
            words, fields = without(cells[0]) if cells else ("", {})
            if not words:
                self.rows.tell(number, "its first cell names no node")
                continue
            node = self._add(word, words, number, above.node if above else None)
            self._take(node, fields | dict(zip(heads[1:], cells[1:], strict=False)), number)
        self._consume(part.first + table.before.count("\n"), part.last)
        return True

    # Nodes.

    def _above(self) -> _Open | None:
        """The innermost open heading that is a node, or the page."""
        return next((each for each in reversed(self.open) if each.word), None)

    def _add(self, word: str, title: str, row: int, above: UnplacedNode | None) -> UnplacedNode:
        title = plain(_BOX.sub("", title)) or word
        node = UnplacedNode(
            key=f"{self.page.key}#{title}",
            title=title,
            path=self.page.path,
            line=self.rows.number(row),
            names=[f"{self.page.stem}#{title}"],
        )
        around = above if self.nodes.kind(word) != "" else None
        kept = around is not None and self.rows.holder(around) is not None
        self.nodes.add(node, word, self.rows.texts[row], kept=kept)
        if above is not None:
            node.above.append(above.key)
        if around is not None:
            self.rows.inside[node.key] = around
        return node

    def _take(self, node: UnplacedNode, fields: dict[str, str], row: int) -> None:
        for name, value in fields.items():
            if name != "type" and value:
                number = self.rows.number(row)
                self.nodes.take(node, name, plain_value(value), number, f"{name}:: {value}")

    def _flush(self) -> None:
        """Makes a node of a heading such as `Problem statement` with words right below it."""
        group = self.group
        if group is None or group.used:
            return
        self.group = None
        if fold(group.title) in (fold(group.word), *self.levels.headings):
            self.open.pop()
            self._node_of(group.part, group.word, group.title, {})

    def _consume(self, first: int, end: int) -> None:
        """Uses up the rows of a node's title, and the heading that names its type."""
        self.rows.take(first, end)
        if self.group is not None:
            self.group.used = True
            self.rows.take(self.group.part.first, self.group.part.end)


def _nests(kind: str) -> bool:
    """Whether nodes of a kind may be under one another."""
    return kind in KINDS and kind in KINDS[kind].under


def _anchored(words: str) -> tuple[str, str]:
    """Words without the `^anchor` after them, and the anchor."""
    found = _ANCHOR.search(words)
    return (words[: found.start()].strip(), found[1]) if found else (words.strip(), "")
