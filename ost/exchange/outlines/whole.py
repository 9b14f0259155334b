"""Turns a handwritten tree into a file of `kind: tree`, in the shape that leaves out the fewest
lines.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from ost.exchange.foreign.source_lines import NumberedLine
from ost.exchange.outlines.arrows import paths
from ost.exchange.outlines.boxes import boxes
from ost.exchange.outlines.indents import drawn, indented, tagged
from ost.exchange.outlines.labels import Labels
from ost.exchange.outlines.marks import numbered, signed
from ost.exchange.outlines.row import TreeShape, nested
from ost.exchange.outlines.sheets import table
from ost.read.document import Entry
from ost.read.letters import fold
from ost.read.parse import parse
from ost.read.place import Lines
from ost.read.trees import DEPTH, UNREAD
from ost.read.vocabulary import vocabulary

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_TYPE = re.compile(r"^(?:type|kind)[ \t]*:[^\n]*\n?", re.MULTILINE)
_HEAD = "---\nkind: tree\n---\n"
_DRAWN = re.compile(r"[\s|/\\+│┃─━═┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝v^▼▲↓↑<>*.'`_~=:#-]*")
_ABOUT = re.compile(
    r"[ \t]*(?:\((?:for|under|of|addresses|serves|parent|zu|für|pour|para)?[: \t]*([^()\n]+)\)"
    r"|(?:<-+|←|⟵)[ \t]*([^\n]+))[ \t]*$",
    re.IGNORECASE,
)

_LONGEST = 200_000
"""The maximum of characters in a handwritten tree. A longer text is read as it is."""
_MORE = 1.25
"""How many times more nodes than ambiguous lines there must be."""


class LeftText(Struct, frozen=True):
    """A line outside all nodes, by its number from 0."""

    line: int
    text: str
    why: str = "belongs to no node"


class OneFileTree(Struct, frozen=True):
    """A file of `kind: tree`: its text, its nodes, and the lines of the source that are in no node.
    `by_depth` says that no label names a kind; `how` names the shape in which it was read.
    """

    text: str
    entries: tuple[Entry, ...]
    left: tuple[LeftText, ...]
    by_depth: bool
    how: str
    source: tuple[int, ...]

    def line(self, entry: Entry) -> int:
        """The line of a node in the source."""
        return self.source[entry.at.line] if entry.at.line < len(self.source) else -1


def complete_tree(text: str, labels: Labels) -> OneFileTree:
    """The text as such a file; unchanged if the reader already understands all of it."""
    front = _FRONT.match(text)
    body = text[front.end() :] if front else text
    first = text[: front.end()].count("\n") if front else 0
    kept = _TYPE.sub("", front[1]).strip().replace("-->", "- ->") if front else ""
    head = f"{_HEAD}<!--\n{kept}\n-->\n" if kept else _HEAD
    lines = body.split("\n")
    made = _tree(head, tuple(enumerate(lines)), lines, first, "")
    best = made
    for how, found in _shapes(lines, labels) if len(text) <= _LONGEST else ():
        other = _tree(head, found, lines, first, how)
        if len(other.entries) > 1 and _better(other, best):
            best = other
    return _completed(best, head, lines, first)


def _better(one: OneFileTree, other: OneFileTree) -> bool:
    """Whether a reading is better: fewer lines left, more kinds named, or fewer tops."""
    if not other.entries:
        return True
    worth, least = _worth(one), _worth(other)
    named = not one.by_depth and not other.by_depth and worth[0] <= least[0]
    return worth < least or (named and len(one.entries) > _MORE * len(other.entries))


def _worth(made: OneFileTree) -> tuple[int, bool, int]:
    """How bad a reading is, lower is better: lines left, kinds by depth alone, and tops."""
    written = made.text.split("\n")
    rows = {each.title.at.line for each in made.entries if each.title}
    several = sum("<br" in written[row].casefold() for row in rows)
    tops = sum(not each.parent for each in made.entries) if made.by_depth else 0
    return len(made.left) + several, made.by_depth, tops


def _shapes(lines: Sequence[str], labels: Labels) -> Iterator[tuple[str, tuple[NumberedLine, ...]]]:
    """The text in each possible shape."""
    spelt = list(labels.respelt(lines))
    if spelt != list(lines):
        yield "by its labels", tuple(enumerate(spelt))
    if (found := table(lines, labels)) is not None:
        yield "by its columns", found
    shapes: tuple[tuple[str, Callable[[Sequence[str]], TreeShape | None]], ...] = (
        ("by its arrows", paths),
        ("by its numbers", numbered),
        ("by its markers", signed),
        ("by its lists of HTML", tagged),
        ("by its boxes", lambda each: boxes(each, labels)),
        ("by the lines of its drawing", drawn),
        ("by its indentation", indented),
    )
    for how, shape in shapes:
        if (made := shape(lines)) is not None:
            listed = nested(made)
            respelt = labels.respelt([words for _, words in listed])
            yield how, tuple(zip((line for line, _ in listed), respelt, strict=True))


def _tree(
    head: str, written: Sequence[NumberedLine], lines: Sequence[str], first: int, how: str
) -> OneFileTree:
    text = head + "\n".join(words for _, words in written)
    reading = parse(text)
    above = head.count("\n")
    source = (*[-1] * above, *(line + first if line >= 0 else -1 for line, _ in written))
    shown = Lines(text)
    owned = {row for entry in reading.entries for row in entry.own_lines()}
    unread = {each.at.line: each.message for each in reading.diagnostics if each.code == UNREAD}
    left = []
    named: set[int] = set()
    for row in range(above, len(source)):
        words = shown.line(row)
        below = shown.line(row + 1) if row + 1 < len(source) else ""
        if source[row] < 0 or _DRAWN.fullmatch(words) or _heads_kinds(words, below):
            continue
        if row in unread:
            left.append(LeftText(source[row], words.strip(), unread[row]))
        elif row not in owned and not _says_kind(words) and source[row] not in named:
            left.append(LeftText(source[row], words.strip()))
        named.add(source[row])
    if left and reading.entries and _is_title(left[0], lines, first):
        left = left[1:]
    by_depth = any(each.code == DEPTH for each in reading.diagnostics)
    return OneFileTree(text, reading.entries, tuple(left), by_depth, how, tuple(source))


def _heads_kinds(words: str, below: str) -> bool:
    """Whether the line is the first row of a table in which each cell names a kind."""
    ruled = "|" in below and "-" in below and _DRAWN.fullmatch(below)
    heads = words.strip().strip("|").split("|")
    return bool(ruled) and all(vocabulary().kind(each.strip()) for each in heads)


def _says_kind(words: str) -> bool:
    label = vocabulary().label(words.strip().lstrip("#>-*+| ").strip())
    return label is not None and label.alone


def _is_title(left: LeftText, lines: Sequence[str], first: int) -> bool:
    """Whether the line is the first one and names the tree."""
    number = next((at for at, each in enumerate(lines) if each.strip()), 0)
    return left.line == number + first


def _completed(made: OneFileTree, head: str, lines: Sequence[str], first: int) -> OneFileTree:
    """The tree with `{parent: …}` where the words of a node say what it is for, and with `^id`
    where the same words occur twice.
    """
    text = made.text.split("\n")
    before = list(text)
    ids = {fold(entry.title.text): entry.id for entry in made.entries if entry.title}
    seen: dict[str, int] = {}
    for entry in made.entries:
        row = entry.title.at.line if entry.title else -1
        seen[entry.id] = seen.get(entry.id, 0) + 1
        if row < 0 or text[row] != before[row] or text[row].lstrip().startswith("|"):
            continue
        if seen[entry.id] > 1:
            text[row] += f" ^{entry.id}-{seen[entry.id]}"
        elif not entry.parent and entry.kind and entry.kind.text != "outcome":
            text[row] = _with_parent(text[row], entry.id, ids)
    if text == before:
        return made
    above = head.count("\n")
    written = [
        (line - first if line >= 0 else -1, words)
        for line, words in zip(made.source[above:], text[above:], strict=True)
    ]
    return _tree(head, written, lines, first, made.how)


def _with_parent(row: str, node_id: str, ids: Mapping[str, str]) -> str:
    """The row with the parent that its last words name."""
    about = _ABOUT.search(row)
    above = ids.get(fold((about[1] or about[2]).strip()), "") if about else ""
    if not about or not above or above == node_id or "{" in row:
        return row
    return f"{row[: about.start()]} {{parent: {above}}}"
