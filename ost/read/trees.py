"""One-file trees: a document of `kind: tree` writes many nodes, as headings or nested list items."""

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from ost.read import frontmatter, markdown
from ost.read.diagnostic import Diagnostic
from ost.read.document import Entry, Field, Item, Link, Section
from ost.read.kinds import KINDS
from ost.read.place import Lines, Place
from ost.read.value import Scalar

_NODE = re.compile(rf"(?P<kind>{'|'.join(KINDS)})\s*:\s*(?P<words>.*)", re.IGNORECASE | re.DOTALL)
_FIELDS = re.compile(r"\s*(\{[^{}]*\})\s*$", re.DOTALL)
_ID = re.compile(r"\s*\^([\w-]+)\s*$")
_LINKED = re.compile(r"!?\[\[(?:[^\[\]|\n]*\|)?([^\[\]\n]*)\]\]")
_STAMPED = re.compile(r"\s*[\[(](?:\d{1,3}:)?\d{1,3}:\d{2}[\])]")


def entries(lines: Lines, body_line: int) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    """The nodes of a one-file tree in the order written, each with the id of the one it is nested in."""
    remarks: list[Diagnostic] = []
    body = markdown.read(lines, body_line)
    above: list[_Made] = []
    made: list[_Made] = []
    for rank, written, at, links, section, item in _written(body):
        while above and above[-1].rank >= rank:
            above.pop()
        found = _NODE.match(lines.cut(at).lstrip("#").strip()) if item or section else None
        if found is None:
            if above:
                above[-1].parts.append((section, item))
            continue
        node = _made(lines, rank, at, found, links, above[-1].entry.id if above else "", remarks)
        if item is not None and item.quotes:
            node.parts.append((None, replace(item, links=(), stamps=())))
        if section is not None:
            node.parts.append((section, None))
        made.append(node)
        above.append(node)
        del written
    return tuple(each.finished() for each in made), tuple(remarks)


class _Made(Struct):
    rank: tuple[int, int]
    entry: Entry
    parts: list[tuple[Section | None, Item | None]]

    def finished(self) -> Entry:
        """The entry with everything that stands below it and is no node of its own."""
        sections: list[Section] = []
        for section, item in self.parts:
            if section is not None:
                sections.append(replace(section, items=()))
            elif item is not None:
                if not sections:
                    sections.append(Section("", 0, self.entry.at, "", (), (), (), ()))
                last = sections[-1]
                sections[-1] = replace(last, items=(*last.items, item))
        links = list(self.entry.links)
        text = []
        for each in sections:
            links += each.links
            text.append(each.text)
            for quote in each.quotes:
                links += quote.links
                text.append("> " + quote.text)
            for item in each.items:
                links += item.links
                text.append("- " + item.text)
                for quote in item.quotes:
                    links += quote.links
                    text.append("  > " + quote.text)
        title = self.entry.title.text if self.entry.title else ""
        body = "\n\n".join(each for each in (f"# {title}", *text) if each.strip())
        return replace(self.entry, sections=tuple(sections), links=tuple(links), body=body)


def _written(
    body: markdown.Body,
) -> Iterator[tuple[tuple[int, int], str, Place, tuple[Link, ...], Section | None, Item | None]]:
    for section in body.sections:
        if section.level:
            yield (section.level, -1), section.title, section.at, section.links, section, None
        for item in section.items:
            yield (99, item.depth), item.text, item.at, item.links, None, item


def _made(
    lines: Lines,
    rank: tuple[int, int],
    at: Place,
    found: re.Match[str],
    links: tuple[Link, ...],
    parent: str,
    remarks: list[Diagnostic],
) -> _Made:
    raw = lines.cut(at)
    start = lines.offset(at.line, at.column)
    end = start + len(raw)
    text = raw.rstrip()
    node_id, fields = "", ()
    kind_start = start + raw.lower().index(found["kind"].lower())
    for _ in range(2):
        if match := _ID.search(text):
            node_id, text = match[1], text[: match.start()]
        elif match := _FIELDS.search(text):
            fields, more = frontmatter.inline(lines, start + match.start(1), start + match.end(1))
            remarks += more
            text = text[: match.start()]
    kind_end = kind_start + len(found["kind"])
    words = text[text.index(":") + 1 :].strip()
    shown = " ".join(_STAMPED.sub("", _LINKED.sub(r"\1", words)).split())
    title = Scalar(shown, "str", lines.place(start + text.index(":") + 1, start + len(text)))
    kind = Scalar(found["kind"].lower(), "str", lines.place(kind_start, kind_end))
    own: tuple[Field, ...] = tuple(each for each in fields if each.name != "kind")
    entry = Entry(
        node_id or slug(shown) or f"line-{at.line + 1}", kind, title, lines.place(start, end), parent,
        own, (), tuple(links), "", at.line,
    )
    return _Made(rank, entry, [])


def slug(words: str) -> str:
    """Words as an id: `I have no time!` is `i-have-no-time`."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode() or words
    return "-".join(re.findall(r"[\w]+", plain.replace("'", "").casefold()))
