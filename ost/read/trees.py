"""One-file trees: `kind: tree` writes many nodes, as headings or nested list items."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import repeat
from textwrap import dedent

from msgspec.structs import replace

from ost.read import frontmatter, markdown
from ost.read.diagnostic import Diagnostic
from ost.read.document import Entry, Field, Item, Link, Quote, Section
from ost.read.kinds import KINDS
from ost.read.place import Lines, Place
from ost.read.value import Scalar

_ITEM_RANK = 7
"""Items rank below headings of any level."""

_NODE = re.compile(rf"(?P<kind>{'|'.join(KINDS)})\s*:\s*(?P<words>.*)", re.IGNORECASE | re.DOTALL)
# Braces in braces, once: `{criterion: {measure: finish, at_least: 7, of: 10}}`.
_FIELDS = re.compile(r"(\{(?:[^{}]|\{[^{}]{0,1000}\}){0,1000}\})$")
_ID = re.compile(r"\^([\w-]{1,200})$")
_LINKED = re.compile(r"!?\[\[(?:[^\[\]|\n]{0,300}\|)?([^\[\]\n]{0,300})\]\]")
_STAMPED = re.compile(r"[\[(](?:\d{1,3}:)?\d{1,3}:\d{2}[\])]")


def entries(lines: Lines, body_line: int) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    """The nodes of a one-file tree as written, each with the id of the one it is nested in."""
    remarks: list[Diagnostic] = []
    above: list[_Made] = []
    made: list[_Made] = []
    for rank, at, links, section, item in _written(
        markdown.read(lines.text[lines.starts[body_line] :], body_line)
    ):
        while above and above[-1].rank >= rank:
            above.pop()
        found = _NODE.match(lines.cut(at).lstrip("#").strip())
        if found is None:
            if above:
                above[-1].take(section, item)
            continue
        entry = _entry(lines, at, found, links if item else (), _parent(found, above), remarks)
        node = _Made(rank, entry)
        node.take(section, None if item is None else replace(item, text="", links=(), stamps=()))
        made.append(node)
        above.append(node)
    ends = [*(each.entry.at.line for each in made[1:]), len(lines.starts)]
    return tuple(map(_Made.finished, made, repeat(lines), ends)), tuple(remarks)


def _parent(found: re.Match[str], above: "list[_Made]") -> str:
    """Interviews, signals and guides hang under nothing, wherever they are written down."""
    alone = found["kind"].lower() in ("interview", "signal", "guide")
    return "" if alone or not above else above[-1].entry.id


class _Made:
    """A node, and what stands below it and is no node of its own."""

    def __init__(self, rank: tuple[int, int], entry: Entry) -> None:
        self.rank, self.entry = rank, entry
        self.parts: list[tuple[Section, list[Item], list[Quote]]] = []

    def take(self, section: Section | None, item: Item | None) -> None:
        if section is not None:
            self.parts.append((section, [], list(section.quotes)))
        if item is None:
            return
        if not self.parts:
            # Items right below an interview are what was heard in it.
            kind = self.entry.kind.text if self.entry.kind else ""
            title = "Opportunities" if kind in ("interview", "signal") else ""
            self.parts.append((Section(title, 0, self.entry.at, "", (), (), (), ()), [], []))
        _, items, quotes = self.parts[-1]
        if item.text or item.links or item.stamps:
            items.append(item)
        else:
            quotes += item.quotes

    def finished(self, lines: Lines, end: int) -> Entry:
        """The entry; the next node begins at line `end`."""
        links = list(self.entry.links)
        sections = []
        for section, items, quotes in self.parts:
            links += section.links
            links += [link for quote in quotes for link in quote.links]
            for item in items:
                links += item.links
                links += [link for quote in item.quotes for link in quote.links]
            sections.append(replace(section, items=tuple(items), quotes=tuple(quotes)))
        title = self.entry.title.text if self.entry.title else ""
        below = [lines.line(number) for number in range(self.entry.at.end_line + 1, end)]
        body = f"# {title}\n\n{dedent(chr(10).join(below)).strip()}\n"
        return replace(self.entry, sections=tuple(sections), links=tuple(links), body=body)


def _written(
    body: markdown.Body,
) -> Iterator[tuple[tuple[int, int], Place, tuple[Link, ...], Section | None, Item | None]]:
    for section in body.sections:
        if section.level:
            yield (section.level, -1), section.at, section.links, section, None
        for item in section.items:
            yield (_ITEM_RANK, item.depth), item.at, item.links, None, item


def _entry(
    lines: Lines,
    at: Place,
    found: re.Match[str],
    links: tuple[Link, ...],
    parent: str,
    remarks: list[Diagnostic],
) -> Entry:
    raw = lines.cut(at)
    start = lines.offset(at.line, at.column)
    text = raw.rstrip()
    node_id = ""
    fields: tuple[Field, ...] = ()
    for _ in range(2):  # `{fields}` and `^id`, in either order
        if match := _ID.search(text):
            node_id, text = match[1], text[: match.start()].rstrip()
        elif match := _FIELDS.search(text):
            fields, more = frontmatter.inline(lines, start + match.start(1), start + match.end(1))
            remarks += more
            text = text[: match.start()].rstrip()
    colon = raw.index(":")
    words = text[colon + 1 :]
    shown = " ".join(_STAMPED.sub("", _LINKED.sub(r"\1", words)).split())
    begin = start + colon + 1 + len(words) - len(words.lstrip())
    title = Scalar(shown, "str", lines.place(begin, max(begin, start + len(text))))
    kind_end = start + colon - len(raw[:colon]) + len(raw[:colon].rstrip())
    kind_at = lines.place(kind_end - len(found["kind"]), kind_end)
    kind = Scalar(found["kind"].lower(), "str", kind_at)
    own = tuple(each for each in fields if each.name != "kind")
    made_id = node_id or slug(shown) or f"{kind.text}-without-words"
    return Entry(made_id, kind, title, title.at, parent, own, (), links, "", at.line)


def slug(words: str) -> str:
    """Words as an id: `I have no time!` is `i-have-no-time`."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode() or words
    return "-".join(re.findall(r"[\w]+", plain.replace("'", "").casefold()))
