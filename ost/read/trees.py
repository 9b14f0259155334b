"""One-file trees: a document of `kind: tree` writes many nodes, as people write them.

Which lines are nodes says `ost.read.outline`. Each node's part of the text is put together as the
file that it would be, and read as such a file is. So it means what the same node in a file of its
own would mean, by construction.
"""

import re
from collections import Counter

from msgspec import Struct
from msgspec.structs import replace

from ost.read import commonmark, frontmatter, markdown, pictures
from ost.read.blocks import Part
from ost.read.decoration import shaped
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.document import UNTITLED, Entry, Field
from ost.read.grids import grids
from ost.read.kinds import KINDS, unknown
from ost.read.letters import slug
from ost.read.links import links
from ost.read.marks import marks
from ost.read.outline import NodeLine, Outline, Unread, is_alone
from ost.read.place import Lines, Place
from ost.read.speakers import asked, speakers
from ost.read.timestamp import impossible
from ost.read.value import Scalar
from ost.read.vocabulary import Vocabulary
from ost.read.written import written
from ost.words import nearest

UNKNOWN_KIND = "OST006"
UNREAD = "OST042"
DEPTH = "OST043"

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
    shared: bool = False


def read(
    lines: Lines, start: int, first: int, words: Vocabulary
) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    """The nodes of the body that begins at offset `start`, in line `first`, and what is wrong."""
    whole = _Whole(lines, start, first, words)
    whole.divide()
    entries: list[Entry] = []
    for node in whole.nodes:
        above = entries[node.above].id if node.above is not None else ""
        entry = whole.entry(node, above)
        entries.append(
            entry if entry.id != above else replace(entry, id=f"{above}-{node.kind.text}")
        )
    return tuple(entries), tuple(whole.found)


class _Whole:
    """The text of a tree, divided among its nodes."""

    def __init__(self, lines: Lines, start: int, first: int, words: Vocabulary) -> None:
        self.lines, self.first, self.words = lines, first, words
        self.body = shaped(lines.text[start:].replace("\r", " ").replace("\x00", "\ufffd"))
        self.rows = self.body.split("\n")
        self.nodes: list[_Node] = []
        self.found: list[Diagnostic] = []
        self.used: Counter[str] = Counter()

    def divide(self) -> None:
        """Finds the nodes; each line belongs to the innermost that holds it."""
        parts = commonmark.outline(self.body)
        outline = self._outline(parts)
        for line in outline.found:
            self.nodes.append(self._node(line))
        for unread in outline.unread:
            self._unread(unread)
        for row, holder in enumerate(outline.owner):
            if holder is not None and row >= self.nodes[holder].below:
                self.nodes[holder].rows.append(row)
        self._take_fields()

    def _take_fields(self) -> None:
        """Fields that stand as lines in a node's text become its own, or its assumption's."""
        for node in self.nodes:
            said = written(self.lines, self.first, node.rows, node.kind.text)
            node.fields = _joined(node.fields, said.fields)
            if node.above is not None and self.nodes[node.above].shared:
                assumption = self.nodes[node.above]
                assumption.title = said.assumption or assumption.title
                assumption.fields = _joined(assumption.fields, said.risk)

    def _outline(self, parts: list[Part]) -> Outline:
        """The nodes by their words; else those of a drawing; else by the depth alone."""
        named = self._new()
        named.read(grids(parts, self.words))
        if named.found:
            return named
        drawn = [each for each in parts if each.type == "code"]
        drawings = [pictures.parts(self.rows[each.first : each.last], each.first) for each in drawn]
        if not parts or all(each.type in ("text", "code") for each in parts):
            drawings.append(pictures.parts(self.rows, 0))
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
                at = self._at(deep.found[0].row)
                message = (
                    "no line names a kind, so the depth says which: outcome, opportunity, solution,"
                    " experiment"
                )
                self._remark(DEPTH, at, message, Severity.NOTE)
                return deep
        return named

    def _new(self) -> Outline:
        return Outline(len(self.rows), self.words, _meant)

    def entry(self, node: _Node, parent: str) -> Entry:
        """The node as it would be read from a file of its own."""
        rows, moved = self._file(node)
        body = markdown.read("\n".join(rows), self.first, moved, speakers(node.fields))
        self.found += [impossible(*each) for each in body.wrong]
        kind = node.kind.text
        if kind in KINDS and KINDS[kind].speaks:
            self.found += [asked(each.at) for each in body.asked]
        if body.title is None:
            message = f"this {kind} has no words"
            self._remark(UNTITLED, node.kind.at, message, Severity.WARNING)
        words = " ".join(text for _, _, text in node.title)
        head = len(node.title) + (len(node.title) > 1)
        while head < len(rows) and not rows[head]:
            head += 1
        text = "\n".join(rows[head:]).strip("\n")
        above = [(-1, 0), (-1, 0)]
        sections = body.sections
        if (
            kind in KINDS
            and KINDS[kind].speaks
            and sections
            and not sections[0].level
            and sections[0].items
        ):
            # Items right below an interview are what was heard in it.
            sections = (replace(sections[0], title="Opportunities"), *sections[1:])
            if _BEGINS.match(text):
                text = f"## Opportunities\n\n{text}"
                above += [(sections[0].at.line, sections[0].at.column), (-1, 0)]
        return Entry(
            id=self._id(node, body.title),
            kind=node.kind,
            title=body.title,
            at=body.title.at if body.title else node.kind.at,
            parent="" if is_alone(kind) else parent,
            fields=node.fields,
            sections=sections,
            links=links(node.fields, body, self.lines),
            body=f"# {words}\n\n{text}".rstrip("\n") + "\n",
            body_line=node.kind.at.line,
            asked=body.asked,
            silent=body.silent,
            moved=(*above, *moved[head:]),
        )

    def _id(self, node: _Node, title: Scalar | None) -> str:
        """The id given; else the words."""
        made = node.id or slug(title.text if title else "") or f"{node.kind.text}-without-words"
        return f"{made}-assumption" if node.shared and node.id else made

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

    def _node(self, found: NodeLine) -> _Node:
        """The node that a line begins."""
        part, label = found.part, found.label
        row, words = found.row, found.words.strip()
        if found.stated is not None:
            row, words = found.stated
            label, part = None, part._replace(type="text")
        row, column = self._found(row, words)
        start = self.lines.offset(self.first + row, column)
        if label is None:
            kind_at = self.lines.place(start, start + len(words))
            begin = start + _unmarked(words)
        else:
            kind_at = self.lines.place(start + label.start, start + label.end)
            begin = start + (label.start if label.alone else label.title)
            if found.kind not in KINDS:
                self._remark(UNKNOWN_KIND, kind_at, unknown(label.word))
        stop = label.stop if label is not None and label.stop is not None else len(words)
        # Words with a tab stand wider in a part than in the text, whose end may come first.
        end, below = min(start + stop, len(self.lines.text)), part.last
        if "\n" in part.content and part.type != "text":
            if _named(words) is not None or _flow(words) is not None:
                below = row + 1
            else:
                last = self.first + part.last - 1
                end = self.lines.offset(last, len(self.lines.line(last).rstrip()))
        elif part.type == "text":
            below = row + 1
        begin, end, before = marks(self.lines, begin, end, found.kind)
        end, node_id, fields = self._ends(begin, end)
        begin, end = self._unwrapped(begin, end, words)
        begin, end, marked = marks(self.lines, begin, end, found.kind)
        fields = _joined(fields, before, marked)
        title = []
        for number, text in enumerate(self.lines.text[begin:end].split("\n")):
            shown = text.strip()
            if shown:
                indent = len(text) - len(text.lstrip())
                left = begin - self.lines.offset(self.first + row, 0) if number == 0 else 0
                title.append((row + number, left + indent, shown))
        width = 0 if part.type != "item" else len(self.rows[row][:column].expandtabs(4))
        kind = Scalar(found.kind, "str", kind_at)
        if found.shared:
            return _Node(
                kind, node_id, (), found.above, title, width, len(self.rows), [], shared=True
            )
        return _Node(kind, node_id, fields, found.above, title, width, below, [])

    def _found(self, row: int, words: str) -> tuple[int, int]:
        """Where the words stand: first lines that only Unicode takes for blank are left out of a
        part's text.
        """
        for number in range(row, len(self.rows)):
            whole = self.rows[number].rstrip()
            column = len(whole) - len(words) if whole.endswith(words) else whole.find(words)
            if column >= 0:
                return number, column
            if whole.strip():
                break
        return row, 0

    def _unwrapped(self, begin: int, end: int, words: str) -> tuple[int, int]:
        """The words without emphasis that only begins or ends among them, and without brackets."""
        text = self.lines.text
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

    def _at(self, row: int) -> Place:
        line = self.lines.line(self.first + row)
        start = len(line) - len(line.lstrip())
        return Place(self.first + row, start, self.first + row, len(line.rstrip()))

    def _unread(self, unread: Unread) -> None:
        kind = unread.label.kind or "outcome"
        message = (
            f"this line begins with {unread.label.word!r} and makes no node;"
            f" write `{kind}: …` if it is one"
        )
        self._remark(UNREAD, self._at(unread.row), message, Severity.WARNING)

    def _remark(
        self, code: str, at: Place, message: str, severity: Severity = Severity.ERROR
    ) -> None:
        remark = Diagnostic(path="", at=at, code=code, message=message, severity=severity)
        self.found.append(remark)


def _joined(*several: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields; the first of each name."""
    made: dict[str, Field] = {}
    for fields in several:
        for field in fields:
            made.setdefault(field.name, field)
    return tuple(made.values())


_BEGINS = re.compile(r"(?:[-*+]|\d+[.)]) ")
"""How a list begins."""

_LEAD = re.compile(r"(?:\[[ xX/-]\]\s+)?(?:\d{1,2}[.)]\s+)?")


def _unmarked(words: str) -> int:
    """Where the words begin of a line without a label."""
    lead = _LEAD.match(words)
    return lead.end() if lead else 0


def _meant(word: str) -> bool:
    """Whether a word is a misspelt kind; `tests` and `interviewer` only begin like one."""
    near = nearest(word, KINDS, 0.8)
    return bool(near) and not word.casefold().startswith(near)


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
