"""One-file trees: a document of `kind: tree` contains many nodes.

`ost.read.outline` finds the lines that are nodes, `ost.read.node_words` reads such a line. Each
node's part of the text is assembled into the file it would be and parsed like that file. So a node
means the same as in a file of its own.
"""

import re

from msgspec import Struct
from msgspec.structs import replace

from ost.read import commonmark, markdown, node_words, pictures
from ost.read.blocks import Part
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.document import UNTITLED, Entry, Field, Section
from ost.read.field_lines import field_lines
from ost.read.grids import grids
from ost.read.kinds import KINDS, unknown_kind
from ost.read.letters import slug
from ost.read.links import links
from ost.read.node_lines import NodeLine, is_alone
from ost.read.node_words import TreeText, merge_fields
from ost.read.outline import Outline
from ost.read.place import Lines, Place
from ost.read.scopes import Unread
from ost.read.speakers import interviewer_quote, speakers
from ost.read.timestamp import impossible_time
from ost.read.value import Scalar
from ost.read.vocabulary import Vocabulary
from ost.words import nearest

UNKNOWN_KIND = "OST006"
UNREAD = "OST042"
DEPTH = "OST043"

_LIST = re.compile(r"(?:[-*+]|\d+[.)]) ")
"""The start of a list."""


class _Node(Struct):
    """A node and the lines of the text that belong to it."""

    kind: Scalar
    id: str
    fields: tuple[Field, ...]
    above: int | None
    title: list[tuple[int, int, str]]
    """The lines of its words: row, column, text."""
    width: int
    """The indentation of its text, in columns."""
    below: int
    """The first row below its title."""
    rows: list[int]
    shared: bool = False


def read(
    lines: Lines, start: int, first: int, words: Vocabulary
) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    """The nodes of the body that starts at offset `start`, in line `first`, and the diagnostics."""
    tree = _Tree(TreeText(lines, start, first), words)
    tree.divide()
    entries: list[Entry] = []
    for node in tree.nodes:
        above = entries[node.above].id if node.above is not None else ""
        entry = tree.entry(node, above)
        entries.append(
            entry if entry.id != above else replace(entry, id=f"{above}-{node.kind.text}")
        )
    return tuple(entries), tuple(tree.diagnostics)


class _Tree:
    """The text of a tree, divided among its nodes."""

    def __init__(self, text: TreeText, words: Vocabulary) -> None:
        self.text, self.words = text, words
        self.nodes: list[_Node] = []
        self.diagnostics: list[Diagnostic] = []

    def divide(self) -> None:
        """Finds the nodes. Each line belongs to the innermost node that contains it."""
        outline = self._outline(commonmark.outline(self.text.body))
        self.nodes = [self._node(line) for line in outline.found]
        for unread in outline.unread:
            self._report_unread(unread)
        for row, holder in enumerate(outline.owner):
            if holder is not None and row >= self.nodes[holder].below:
                self.nodes[holder].rows.append(row)
        self._take_fields()

    def _outline(self, parts: list[Part]) -> Outline:
        """Finds nodes by their words, or else in a drawing, or else by depth alone."""
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
                self._diagnostic(DEPTH, self.text.at(deep.found[0].row), message, Severity.NOTE)
                return deep
        return named

    def _new(self) -> Outline:
        return Outline(len(self.text.rows), self.words, _is_misspelt_kind)

    def _node(self, line: NodeLine) -> _Node:
        """The node on a line."""
        words = node_words.read(self.text, line)
        if line.label is not None and line.statement is None and line.kind not in KINDS:
            self._diagnostic(UNKNOWN_KIND, words.kind_at, unknown_kind(line.label.word))
        self.diagnostics += words.diagnostics
        fields, below = words.fields, words.below
        if line.shared:  # its text and fields belong to the test
            fields, below = (), len(self.text.rows)
        return _Node(
            kind=Scalar(line.kind, "str", words.kind_at),
            id=words.id,
            fields=fields,
            above=line.above,
            title=words.title,
            width=words.width,
            below=below,
            rows=[],
            shared=line.shared,
        )

    def _take_fields(self) -> None:
        """Moves fields from a node's text to the node or its assumption."""
        for node in self.nodes:
            known = {each.name for each in node.fields}
            words = field_lines(self.text.lines, self.text.first, node.rows, node.kind.text, known)
            node.fields = merge_fields(node.fields, words.fields)
            node.rows = [row for row in node.rows if row not in words.rows]
            if node.above is not None and self.nodes[node.above].shared:
                assumption = self.nodes[node.above]
                assumption.title = words.assumption or assumption.title
                assumption.fields = merge_fields(assumption.fields, words.risk)

    def entry(self, node: _Node, parent: str) -> Entry:
        """The node as if read from a file of its own."""
        rows, line_map = self._file(node)
        body = markdown.read("\n".join(rows), self.text.first, line_map, speakers(node.fields))
        self.diagnostics += [impossible_time(*each) for each in body.wrong]
        kind = node.kind.text
        speaks = kind in KINDS and KINDS[kind].speaks
        if speaks:
            self.diagnostics += [interviewer_quote(quote.at) for quote in body.interviewer_quotes]
        if body.title is None:
            message = f"this {kind} has no words"
            self._diagnostic(UNTITLED, node.kind.at, message, Severity.WARNING)
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
            interviewer_quotes=body.interviewer_quotes,
            silent=body.silent,
            unseen=body.unseen,
            line_map=(*above, *line_map[head:]),
        )

    def _file(self, node: _Node) -> tuple[list[str], list[tuple[int, int]]]:
        """The lines of the file that the node would be, and where each comes from."""
        first = self.text.first
        rows: list[str] = []
        line_map: list[tuple[int, int]] = []
        mark = "# " if len(node.title) == 1 else ""
        for row, column, text in node.title:
            mark = mark or ("    " if rows else "")  # so that no line starts another block
            rows.append(mark + text)
            line_map.append((first + row, column - len(mark)))
        if len(node.title) > 1:
            rows.append("===")
            line_map.append(line_map[-1])
        before = -1
        for row in node.rows:
            if row != before + 1:
                rows.append("")
                line_map.append((first + row, 0))
            text, right = _dedent(self.text.rows[row], node.width)
            rows.append(text)
            line_map.append((first + row, right))
            before = row
        return rows or [""], line_map or [(node.kind.at.line, 0)]

    def _report_unread(self, unread: Unread) -> None:
        kind = unread.label.kind or "outcome"
        message = (
            f"this line starts with {unread.label.word!r} but is not a node;"
            f" write `{kind}: …` to make it one"
        )
        self._diagnostic(UNREAD, self.text.at(unread.row), message, Severity.WARNING)

    def _diagnostic(
        self, code: str, at: Place, message: str, severity: Severity = Severity.ERROR
    ) -> None:
        diagnostic = Diagnostic(path="", at=at, code=code, message=message, severity=severity)
        self.diagnostics.append(diagnostic)


def _id(node: _Node, title: Scalar | None) -> str:
    """The id as written, or else one made from the words."""
    node_id = node.id or slug(title.text if title else "") or f"{node.kind.text}-without-words"
    return f"{node_id}-assumption" if node.shared and node.id else node_id


def _head(node: _Node, rows: list[str]) -> int:
    """The first row of the node's file after its title and blank lines."""
    head = len(node.title) + (len(node.title) > 1)
    while head < len(rows) and not rows[head]:
        head += 1
    return head


def _opportunities(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Renames a first section of an interview that has items, because those are opportunities."""
    if not sections or sections[0].level or not sections[0].items:
        return sections
    return (replace(sections[0], title="Opportunities"), *sections[1:])


def _is_misspelt_kind(word: str) -> bool:
    """Whether a word is a misspelt kind. `tests` and `interviewer` only start like one."""
    near = nearest(word, KINDS, 0.8)
    return bool(near) and not word.casefold().startswith(near)


def _dedent(row: str, width: int) -> tuple[str, int]:
    """A line without the first columns, and the number of characters removed."""
    column = index = 0
    while index < len(row) and column < width and row[index] in " \t":
        column += 4 - column % 4 if row[index] == "\t" else 1
        index += 1
    extra = max(column - width, 0)  # a tab that ends after `width`
    return " " * extra + row[index:], index - extra
