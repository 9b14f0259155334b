"""Reads the line of a node in a one-file tree: its words, `^id`, `{fields}` and marks."""

import re

from msgspec import Struct

from ost.notation import normalize_bullets
from ost.read import frontmatter
from ost.read.blocks import Part
from ost.read.diagnostic import Diagnostic
from ost.read.document import Field
from ost.read.field_lines import is_field
from ost.read.marks import marks
from ost.read.node_lines import NodeLine
from ost.read.place import Lines, Place
from ost.read.vocabulary import Label

_ID = re.compile(r"[\w-]+")
_UNCLOSED = re.compile(r"\s(\{\s*[A-Za-z_]+:[^{}\n]*)$")
_LEAD = re.compile(r"(?:\[[ xX/-]\]\s+)?(?:\d{1,2}[.)]\s+)?")


class TreeText:
    """The rows of a one-file tree, and their places in the file."""

    def __init__(self, lines: Lines, start: int, first: int) -> None:
        """The body starts at offset `start`, in line `first`."""
        self.lines, self.first = lines, first
        self.body = normalize_bullets(
            lines.text[start:].replace("\r", " ").replace("\x00", "\ufffd")
        )
        self.rows = self.body.split("\n")

    def offset(self, row: int, column: int) -> int:
        """The offset in the file's text."""
        return self.lines.offset(self.first + row, column)

    def at(self, row: int) -> Place:
        """The place of a row without surrounding whitespace."""
        line = self.lines.line(self.first + row)
        start = len(line) - len(line.lstrip())
        return Place(self.first + row, start, self.first + row, len(line.rstrip()))

    def find(self, row: int, words: str) -> tuple[int, int]:
        """The row and column of a part's words. A part's text starts without leading lines of
        Unicode whitespace.
        """
        for number in range(row, len(self.rows)):
            whole = self.rows[number].rstrip()
            column = len(whole) - len(words) if whole.endswith(words) else whole.find(words)
            if column >= 0:
                return number, column
            if whole.strip():
                break
        return row, 0


class NodeWords(Struct):
    """The contents of a node's line. `title` has each line of its words with row and column,
    `below` is the first row after them, and `width` is the indentation of an item's text.
    """

    kind_at: Place
    id: str
    fields: tuple[Field, ...]
    title: list[tuple[int, int, str]]
    below: int
    width: int
    diagnostics: tuple[Diagnostic, ...]


def read(text: TreeText, line: NodeLine) -> NodeWords:
    """Reads a node's line."""
    part, label, row, words = line.part, line.label, line.row, line.words.strip()
    if line.statement is not None:
        row, words = line.statement
        label, part = None, part._replace(type="text")
    row, column = text.find(row, words)
    start = text.offset(row, column)
    kind_at, begin = _label(text, label, start, words)
    end, below = _end(text, part, row, words, start + _stop(label, words), line.kind)
    begin, end, before = marks(text.lines, begin, end, line.kind)
    tail = _tail(text, begin, end)
    begin, end = _unwrap(text.lines.text, begin, tail.begin, words)
    begin, end, behind = marks(text.lines, begin, end, line.kind)
    indented = len(text.rows[row][:column].expandtabs(4)) if part.type == "item" else 0
    return NodeWords(
        kind_at,
        tail.id,
        merge_fields(tail.fields, before, behind),
        _title(text, row, begin, end),
        below,
        indented,
        tail.diagnostics,
    )


def merge_fields(*groups: tuple[Field, ...]) -> tuple[Field, ...]:
    """All fields, only the first of each name."""
    by_name: dict[str, Field] = {}
    for fields in groups:
        for field in fields:
            by_name.setdefault(field.name, field)
    return tuple(by_name.values())


def _label(text: TreeText, label: Label | None, start: int, words: str) -> tuple[Place, int]:
    """The place of the kind's name, and where the node's own words begin."""
    if label is None:
        lead = _LEAD.match(words)
        begin = start + (lead.end() if lead else 0)
        return text.lines.place(start, start + len(words)), begin
    begin = start + (label.start if label.alone else label.title)
    return text.lines.place(start + label.start, start + label.end), begin


def _stop(label: Label | None, words: str) -> int:
    return len(words) if label is None or label.stop is None else label.stop


def _end(text: TreeText, part: Part, row: int, words: str, end: int, kind: str) -> tuple[int, int]:
    """Where a node's words end, and the first row after them. An item's words continue on the next
    lines until one is a field, unless the first line ends with an id or fields.
    """
    if part.type == "text":
        return end, row + 1
    if "\n" not in part.content:
        return end, part.last
    if _id_at_end(words) is not None or _fields_at_end(words) is not None:
        return end, row + 1
    below = next(
        (at for at in range(row + 1, part.last) if is_field(text.rows[at], kind)), part.last
    )
    last = text.first + below - 1
    return text.lines.offset(last, len(text.lines.line(last).rstrip())), below


def _title(text: TreeText, row: int, begin: int, end: int) -> list[tuple[int, int, str]]:
    """The lines of a node's words: row, column, text."""
    title = []
    left = begin - text.offset(row, 0)
    for number, line in enumerate(text.lines.text[begin:end].split("\n")):
        if words := line.strip():
            indent = len(line) - len(line.lstrip())
            title.append((row + number, indent + (0 if number else left), words))
    return title


class _Tail(Struct):
    """The `^id` and `{fields}` after a node's words, and where they begin."""

    begin: int
    id: str = ""
    fields: tuple[Field, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def _tail(text: TreeText, start: int, end: int) -> _Tail:
    """The tail of the words between two offsets. Id and fields may come in either order."""
    tail = _Tail(end)
    for _ in range(2):
        words = text.lines.text[start : tail.begin]
        node_id = _id_at_end(words)
        flow = _fields_at_end(words)
        unclosed = _UNCLOSED.search(words)
        if node_id and not tail.id:
            tail.id, tail.begin = node_id[0], start + node_id[1]
        elif (flow is not None or unclosed) and not tail.fields:
            begin = start + (flow if flow is not None else unclosed.start(1) if unclosed else 0)
            stop = start + len(words.rstrip())
            tail.fields, diagnostics = frontmatter.inline(text.lines, begin, stop)
            tail.diagnostics += tuple(diagnostics)
            tail.begin = begin
    tail.fields = tuple(field for field in tail.fields if field.name != "kind")
    return tail


def _unwrap(text: str, begin: int, end: int, words: str) -> tuple[int, int]:
    """Removes emphasis around the words, also if only one end of it is there."""
    while end > begin and text[end - 1] in " \t":
        end -= 1
    for mark in ("***", "**", "__"):
        inside = text[begin:end]
        if (
            inside.endswith(mark)
            and inside.count(mark) % 2
            and mark in words[: len(words) - len(mark)]
        ):
            end -= len(mark)
        inside = text[begin:end]
        whole = inside.startswith(mark) and inside.endswith(mark) and inside.count(mark) == 2
        if whole and len(inside) > 2 * len(mark):
            begin, end = begin + len(mark), end - len(mark)
    return begin, end


def _id_at_end(text: str) -> tuple[str, int] | None:
    """The id at the end of a text, as `^id`, and where the space before it begins."""
    before, mark, name = text.rstrip().rpartition("^")
    if not mark or not _ID.fullmatch(name) or (before and not before[-1].isspace()):
        return None
    return name, len(before.rstrip())


def _fields_at_end(text: str) -> int | None:
    """Where the `{fields}` at the end of a text begin, or None."""
    text = text.rstrip()
    if not text.endswith("}"):
        return None
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        depth += (text[index] == "}") - (text[index] == "{")
        if not depth:
            apart = not index or text[index - 1].isspace()
            return index if apart and (":" in text[index:] or text[index:] == "{}") else None
    return None
