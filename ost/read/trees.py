"""One-file trees: a document of `kind: tree` writes many nodes, as people write them.

`ost.read.outline` says which lines are nodes, `ost.read.node_words` what such a line says. Each
node's part of the text is put together as the file that it would be, and read as such a file is. So
it means what the same node in a file of its own would mean, by construction.
"""

import re

from msgspec import Struct
from msgspec.structs import replace

from ost.read import commonmark, markdown, node_words, pictures
from ost.read.blocks import Part
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.document import UNTITLED, Entry, Field, Section
from ost.read.grids import grids
from ost.read.kinds import KINDS, unknown
from ost.read.letters import slug
from ost.read.links import links
from ost.read.node_lines import NodeLine, is_alone
from ost.read.node_words import TreeText, joined
from ost.read.outline import Outline
from ost.read.place import Lines, Place
from ost.read.scopes import Unread
from ost.read.speakers import asked, speakers
from ost.read.timestamp import impossible
from ost.read.value import Scalar
from ost.read.vocabulary import Vocabulary
from ost.read.written import written
from ost.words import nearest

UNKNOWN_KIND = "OST006"
UNREAD = "OST042"
DEPTH = "OST043"

_LIST = re.compile(r"(?:[-*+]|\d+[.)]) ")
"""How a list begins."""


class _Node(Struct):
    """A node, and the lines of the text that are its own."""

    kind: Scalar
    id: str
    fields: tuple[Field, ...]
    above: int | None
    title: list[tuple[int, int, str]]
    """The lines of its words: row, column, text."""
    width: int
    """So many columns its text is indented."""
    below: int
    """The first row below its title."""
    rows: list[int]
    shared: bool = False


def read(
    lines: Lines, start: int, first: int, words: Vocabulary
) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    """The nodes of the body that begins at offset `start`, in line `first`, and what is wrong."""
    tree = _Tree(TreeText(lines, start, first), words)
    tree.divide()
    entries: list[Entry] = []
    for node in tree.nodes:
        above = entries[node.above].id if node.above is not None else ""
        entry = tree.entry(node, above)
        entries.append(
            entry if entry.id != above else replace(entry, id=f"{above}-{node.kind.text}")
        )
    return tuple(entries), tuple(tree.remarks)


class _Tree:
    """The text of a tree, divided among its nodes."""

    def __init__(self, text: TreeText, words: Vocabulary) -> None:
        self.text, self.words = text, words
        self.nodes: list[_Node] = []
        self.remarks: list[Diagnostic] = []

    def divide(self) -> None:
        """Finds the nodes; each line belongs to the innermost that holds it."""
        outline = self._outline(commonmark.outline(self.text.body))
        self.nodes = [self._node(line) for line in outline.found]
        for unread in outline.unread:
            self._unread(unread)
        for row, holder in enumerate(outline.owner):
            if holder is not None and row >= self.nodes[holder].below:
                self.nodes[holder].rows.append(row)
        self._take_fields()

    def _outline(self, parts: list[Part]) -> Outline:
        """The nodes by their words; else those of a drawing; else by the depth alone."""
        named = self._new()
        named.read(grids(parts, self.words))
        if named.found:
            return named
        rows = self.text.rows
        code = [(part.first, rows[part.first : part.last]) for part in parts if part.type == "code"]
        drawn = [(first, lines) for first, lines in code if not pictures.is_language(lines)]
        drawings = [pictures.parts(lines, first) for first, lines in drawn]
        if not parts or all(part.type in ("text", "code") for part in parts):
            drawings.append(pictures.parts(rows, 0))
        for drawing in drawings:
            inside = self._new()
            inside.read(drawing)
            inside.disown()
            if inside.found:
                return inside
        for candidate in (parts, *drawings):
            deep = self._new()
            deep.read_by_depth(candidate)
            if candidate is not parts:
                deep.disown()
            if any(node.above is not None for node in deep.found):
                message = (
                    "no line names a kind, so depth decides: outcome, opportunity, solution,"
                    " experiment"
                )
                self._remark(DEPTH, self.text.at(deep.found[0].row), message, Severity.NOTE)
                return deep
        return named

    def _new(self) -> Outline:
        return Outline(len(self.text.rows), self.words, _meant)

    def _node(self, line: NodeLine) -> _Node:
        """The node that a line begins."""
        said = node_words.read(self.text, line)
        if line.label is not None and line.stated is None and line.kind not in KINDS:
            self._remark(UNKNOWN_KIND, said.kind_at, unknown(line.label.word))
        self.remarks += said.remarks
        fields, below = said.fields, said.below
        if line.shared:  # its text, and what it says, are the test's
            fields, below = (), len(self.text.rows)
        return _Node(
            kind=Scalar(line.kind, "str", said.kind_at),
            id=said.id,
            fields=fields,
            above=line.above,
            title=said.title,
            width=said.width,
            below=below,
            rows=[],
            shared=line.shared,
        )

    def _take_fields(self) -> None:
        """Fields that are lines of a node's text become its own, or its assumption's, and leave
        the text.
        """
        for node in self.nodes:
            known = {each.name for each in node.fields}
            said = written(self.text.lines, self.text.first, node.rows, node.kind.text, known)
            node.fields = joined(node.fields, said.fields)
            node.rows = [row for row in node.rows if row not in said.rows]
            if node.above is not None and self.nodes[node.above].shared:
                assumption = self.nodes[node.above]
                assumption.title = said.assumption or assumption.title
                assumption.fields = joined(assumption.fields, said.risk)

    def entry(self, node: _Node, parent: str) -> Entry:
        """The node as it would be read from a file of its own."""
        rows, moved = self._file(node)
        body = markdown.read("\n".join(rows), self.text.first, moved, speakers(node.fields))
        self.remarks += [impossible(*each) for each in body.wrong]
        kind = node.kind.text
        speaks = kind in KINDS and KINDS[kind].speaks
        if speaks:
            self.remarks += [asked(quote.at) for quote in body.asked]
        if body.title is None:
            message = f"this {kind} has no words"
            self._remark(UNTITLED, node.kind.at, message, Severity.WARNING)
        words = " ".join(text for _, _, text in node.title)
        head = _head(node, rows)
        text = "\n".join(rows[head:]).strip("\n")
        above = [(-1, 0), (-1, 0)]
        sections = _opportunities(body.sections) if speaks else body.sections
        if sections is not body.sections and _LIST.match(text):
            text = f"## Opportunities\n\n{text}"
            above += [(sections[0].at.line, sections[0].at.column), (-1, 0)]
        return Entry(
            id=_id(node, body.title),
            kind=node.kind,
            title=body.title,
            at=body.title.at if body.title else node.kind.at,
            parent="" if is_alone(kind) else parent,
            fields=node.fields,
            sections=sections,
            links=links(node.fields, body, self.text.lines),
            body=f"# {words}\n\n{text}".rstrip("\n") + "\n",
            body_line=node.kind.at.line,
            asked=body.asked,
            silent=body.silent,
            unseen=body.unseen,
            moved=(*above, *moved[head:]),
        )

    def _file(self, node: _Node) -> tuple[list[str], list[tuple[int, int]]]:
        """The lines of the file that the node would be, and where each of them comes from."""
        first = self.text.first
        rows: list[str] = []
        moved: list[tuple[int, int]] = []
        mark = "# " if len(node.title) == 1 else ""
        for row, column, text in node.title:
            rows.append(mark + text)
            moved.append((first + row, column - len(mark)))
        if len(node.title) > 1:
            rows.append("===")
            moved.append(moved[-1])
        before = -1
        for row in node.rows:
            if row != before + 1:
                rows.append("")
                moved.append((first + row, 0))
            text, right = _dedented(self.text.rows[row], node.width)
            rows.append(text)
            moved.append((first + row, right))
            before = row
        return rows or [""], moved or [(node.kind.at.line, 0)]

    def _unread(self, unread: Unread) -> None:
        kind = unread.label.kind or "outcome"
        message = (
            f"this line begins with {unread.label.word!r} and makes no node;"
            f" write `{kind}: …` if it is one"
        )
        self._remark(UNREAD, self.text.at(unread.row), message, Severity.WARNING)

    def _remark(
        self, code: str, at: Place, message: str, severity: Severity = Severity.ERROR
    ) -> None:
        remark = Diagnostic(path="", at=at, code=code, message=message, severity=severity)
        self.remarks.append(remark)


def _id(node: _Node, title: Scalar | None) -> str:
    """The id that is written; else one made of the words."""
    node_id = node.id or slug(title.text if title else "") or f"{node.kind.text}-without-words"
    return f"{node_id}-assumption" if node.shared and node.id else node_id


def _head(node: _Node, rows: list[str]) -> int:
    """The first row of the node's file that is not its title nor blank."""
    head = len(node.title) + (len(node.title) > 1)
    while head < len(rows) and not rows[head]:
        head += 1
    return head


def _opportunities(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Items right below an interview are what was heard in it."""
    if not sections or sections[0].level or not sections[0].items:
        return sections
    return (replace(sections[0], title="Opportunities"), *sections[1:])


def _meant(word: str) -> bool:
    """Whether a word is a misspelt kind; `tests` and `interviewer` only begin like one."""
    near = nearest(word, KINDS, 0.8)
    return bool(near) and not word.casefold().startswith(near)


def _dedented(row: str, width: int) -> tuple[str, int]:
    """A line without its first columns, and how many characters that took away."""
    column = index = 0
    while index < len(row) and column < width and row[index] in " \t":
        column += 4 - column % 4 if row[index] == "\t" else 1
        index += 1
    extra = max(column - width, 0)  # a tab that reaches further
    return " " * extra + row[index:], index - extra
