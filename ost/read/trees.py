"""One-file trees: a document of `kind: tree` writes many nodes, as headings or nested list items.

Each node's part of the text is put together as the file that it would be, and read as such a file
is. So it means what the same node in a file of its own would mean, by construction.
"""

import re
import unicodedata
from difflib import get_close_matches

from msgspec import Struct
from msgspec.structs import replace

from ost.read import commonmark, frontmatter, markdown
from ost.read.blocks import Part
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.document import Entry, Field
from ost.read.kinds import KINDS, unknown
from ost.read.links import links
from ost.read.place import Lines, Place
from ost.read.timestamp import impossible
from ost.read.value import Scalar

UNKNOWN_KIND = "OST006"
UNTITLED = "OST015"

_ALONE = ("interview", "signal", "guide")
_HEARD = ("interview", "signal")

_NODE = re.compile(
    r"(?:\[[ xX]\]\s+)?(?P<strong>\*\*|__)?(?P<kind>[A-Za-z]{4,15})[ \t]*"
    r"(?(strong)(?:(?P=strong))?):(?(strong)(?:(?P=strong))?)"
)
_ID = re.compile(r"[\w-]+")
_UNCLOSED = re.compile(r"\s(\{\s*[A-Za-z_]+:[^{}\n]*)$")


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


def read(lines: Lines, start: int, first: int) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    """The nodes of the body that begins at offset `start`, in line `first`, and what is wrong."""
    whole = _Whole(lines, start, first)
    whole.divide()
    entries: list[Entry] = []
    for node in whole.nodes:
        above = entries[node.above].id if node.above is not None else ""
        entries.append(whole.entry(node, above))
    return tuple(entries), tuple(whole.found)


class _Whole:
    """The text of a tree, divided among its nodes."""

    def __init__(self, lines: Lines, start: int, first: int) -> None:
        self.lines, self.first = lines, first
        self.body = lines.text[start:].replace("\r", " ").replace("\x00", "\ufffd")
        self.rows = self.body.split("\n")
        self.nodes: list[_Node] = []
        self.found: list[Diagnostic] = []

    def divide(self) -> None:
        """Finds the nodes; each line belongs to the innermost that holds it."""
        parts = commonmark.outline(self.body)
        owner: list[int | None] = [None] * len(self.rows)
        headings: list[tuple[int, int | None]] = []
        items: list[tuple[int, int]] = []
        stops = iter([each.first for each in parts if each.is_heading][1:])
        for part in parts:
            if part.is_heading:
                items = []
                while headings and headings[-1][0] >= part.depth:
                    headings.pop()
            while items and items[-1][0] <= part.first:
                items.pop()
            above = items[-1][1] if items else _nearest(headings)
            node = self._node(part, above)
            index = above if node is None else len(self.nodes)
            if node is not None:
                self.nodes.append(node)
            if part.is_heading:
                headings.append((part.depth, None if node is None else index))
                end = next(stops, len(self.rows))
                owner[part.first : end] = [index] * (end - part.first)
            elif node is not None and index is not None:
                items.append((part.end, index))
                owner[part.first : part.end] = [index] * (part.end - part.first)
        for row, holder in enumerate(owner):
            if holder is not None and row >= self.nodes[holder].below:
                self.nodes[holder].rows.append(row)

    def entry(self, node: _Node, parent: str) -> Entry:
        """The node as it would be read from a file of its own."""
        rows, moved = self._file(node)
        body = markdown.read("\n".join(rows), self.first, moved)
        self.found += [impossible(*each) for each in body.wrong]
        kind = node.kind.text
        if body.title is None:
            message = f"this {kind} has no words"
            self._remark(UNTITLED, node.kind.at, message, Severity.WARNING)
        words = " ".join(text for _, _, text in node.title)
        text = "\n".join(rows[len(node.title) + (len(node.title) > 1) :]).strip("\n")
        sections = body.sections
        if kind in _HEARD and sections and not sections[0].level and sections[0].items:
            # Items right below an interview are what was heard in it.
            sections = (replace(sections[0], title="Opportunities"), *sections[1:])
            text = re.sub(r"^(?=(?:[-*+]|\d+[.)]) )", "## Opportunities\n\n", text)
        return Entry(
            id=node.id or slug(body.title.text if body.title else "") or f"{kind}-without-words",
            kind=node.kind,
            title=body.title,
            at=body.title.at if body.title else node.kind.at,
            parent="" if kind in _ALONE else parent,
            fields=node.fields,
            sections=sections,
            links=links(node.fields, body, self.lines),
            body=f"# {words}\n\n{text}".rstrip("\n") + "\n",
            body_line=node.kind.at.line,
        )

    def _file(self, node: _Node) -> tuple[list[str], list[tuple[int, int]]]:
        """The lines of the file that the node would be, and where each of them stands."""
        rows: list[str] = []
        moved: list[tuple[int, int]] = []
        mark = "# " if len(node.title) == 1 else ""
        for row, column, text in node.title:
            rows.append(mark + text)
            moved.append((self.first + row, column - len(mark)))
        if len(node.title) > 1:
            rows.append("===")
            moved.append(moved[-1])
        before = -1
        for row in node.rows:
            if row != before + 1:
                rows.append("")
                moved.append((self.first + row, 0))
            text, right = _dedented(self.rows[row], node.width)
            rows.append(text)
            moved.append((self.first + row, right))
            before = row
        return rows or [""], moved or [(node.kind.at.line, 0)]

    def _node(self, part: Part, above: int | None) -> _Node | None:
        """The node that a heading or an item begins, if it begins one."""
        row, words = part.first, part.content.split("\n")[0].strip()
        while words not in self.rows[row]:  # what only Unicode takes for blank is left out
            row += 1
        whole = self.rows[row].rstrip()
        column = len(whole) - len(words) if whole.endswith(words) else whole.find(words)
        found = _NODE.match(words)
        word = found["kind"].casefold() if found else ""
        alone = above is not None and self.nodes[above].kind.text in _ALONE
        if found is None or (word not in KINDS and (alone or not _meant(word))):
            return None
        start = self.lines.offset(self.first + row, column)
        kind_at = self.lines.place(start + found.start("kind"), start + found.end("kind"))
        if word not in KINDS:
            self._remark(UNKNOWN_KIND, kind_at, unknown(found["kind"]))
        end, below = start + len(words), part.end if part.is_heading else part.last
        if "\n" in part.content:
            if _named(words) is not None or _flow(words) is not None:
                below = row + 1
            else:
                last = self.first + part.last - 1
                end = self.lines.offset(last, len(self.lines.line(last).rstrip()))
        begin = start + found.end()
        end, node_id, fields = self._ends(begin, end)
        strong = found["strong"]
        if strong and found[0].count(strong) == 1 and self.lines.text[begin:end].endswith(strong):
            end -= len(strong)
        title = []
        for number, text in enumerate(self.lines.text[begin:end].split("\n")):
            shown = text.strip()
            if shown:
                indent = len(text) - len(text.lstrip())
                left = column + found.end() if number == 0 else 0
                title.append((row + number, left + indent, shown))
        width = 0 if part.is_heading else len(whole[:column].expandtabs(4))
        kind = Scalar(word, "str", kind_at)
        return _Node(kind, node_id, fields, above, title, width, below, [])

    def _ends(self, start: int, end: int) -> tuple[int, str, tuple[Field, ...]]:
        """Where the words end, and what `^id` and `{fields}` behind them say, in either order."""
        node_id = ""
        fields: tuple[Field, ...] = ()
        for _ in range(2):
            text = self.lines.text[start:end]
            named = _named(text)
            flow = _flow(text)
            unclosed = _UNCLOSED.search(text)
            if named and not node_id:
                node_id, end = named[0], start + named[1]
            elif (flow is not None or unclosed) and not fields:
                begin = flow if flow is not None else unclosed.start(1) if unclosed else 0
                stop = start + len(text.rstrip())
                fields, remarks = frontmatter.inline(self.lines, start + begin, stop)
                self.found += remarks
                end = start + begin
        return end, node_id, tuple(each for each in fields if each.name != "kind")

    def _remark(
        self, code: str, at: Place, message: str, severity: Severity = Severity.ERROR
    ) -> None:
        remark = Diagnostic(path="", at=at, code=code, message=message, severity=severity)
        self.found.append(remark)


def _nearest(headings: list[tuple[int, int | None]]) -> int | None:
    return next((node for _, node in reversed(headings) if node is not None), None)


def _meant(word: str) -> bool:
    """Whether a word is a misspelt kind; `tests` and `interviewer` only begin like one."""
    near = get_close_matches(word, KINDS, n=1, cutoff=0.8)
    return bool(near) and not word.startswith(near[0])


def _named(text: str) -> tuple[str, int] | None:
    """The id with which a text ends, as `^id`, and where the blanks before it begin."""
    before, mark, name = text.rstrip().rpartition("^")
    if not mark or not _ID.fullmatch(name) or (before and not before[-1].isspace()):
        return None
    return name, len(before.rstrip())


def _flow(text: str) -> int | None:
    """Where the `{fields}` begin with which a text ends, or None when it ends otherwise."""
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


def _dedented(row: str, width: int) -> tuple[str, int]:
    """A line without its first columns, and how many signs are gone."""
    column = index = 0
    while index < len(row) and column < width and row[index] in " \t":
        column += 4 - column % 4 if row[index] == "\t" else 1
        index += 1
    extra = max(column - width, 0)  # a tab that reaches further
    return " " * extra + row[index:], index - extra


def slug(words: str) -> str:
    """Words as an id: `I have no time!` is `i-have-no-time`."""
    parted = unicodedata.normalize("NFKD", words.casefold().replace("'", "").replace("’", ""))
    letters = "".join(each for each in parted if not unicodedata.combining(each))
    return "-".join(re.findall(r"\w+", unicodedata.normalize("NFC", letters)))
