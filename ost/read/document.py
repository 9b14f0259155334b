"""The contents of one file: what it says, without what it means in the tree.

`Reading` depends only on the text, not on its path or other files, so the cache stores it by the
text's content. `Document` is a reading with its path.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from ost.read.diagnostic import Diagnostic
from ost.read.letters import composed
from ost.read.place import Place
from ost.read.transcript import Transcript
from ost.read.value import Scalar, Value

UNTITLED = "OST015"
"""The code of a node without a title."""


class Source(Struct, frozen=True):
    """A file's text, decoded from UTF-8, without a byte-order mark and with `\\n` at the end of
    every line.
    """

    path: str
    text: str


LinkForm = Literal["wiki", "markdown", "field"]
"""The cache decodes these few words without copying them."""


class Link(Struct, frozen=True, array_like=True, gc=False):
    """A link as written. The tree resolves its target.

    `form` is `wiki` (`[[id]]`), `markdown` (`[words](file.md)`) or `field` (in front matter).
    `target` is the id or relative path, without `|words` and `#heading`. `relation` is the front
    matter key, or `mentions` in text. `at` covers the whole link, `target_at` only the target.
    """

    target: str
    form: LinkForm
    relation: str
    words: str
    heading: str
    at: Place
    target_at: Place


class Stamp(Struct, frozen=True, array_like=True, gc=False):
    """A timestamp of a recording: `[12:41]`, `[1:02:03]`, `(12:41)`, or an anchor with `data-t`.

    `at` covers the whole notation. A range (`[12:41-13:05]`, `[12:41]–[13:05]`) is two timestamps,
    both at the place of the range. If a timestamp has an address (`[12:41](https://…)`), or the
    other end of the range is not a time, `at` covers only the digits.
    """

    second: int
    written: str
    at: Place


class Quote(Struct, frozen=True, array_like=True, gc=False):
    """A block quote: the words without markers and timestamps. `at` covers the quote's lines."""

    text: str
    stamps: tuple[Stamp, ...]
    links: tuple[Link, ...]
    at: Place


class Item(Struct, frozen=True, array_like=True, gc=False):
    """A list item. `text` is its own words: no markup, no timestamps, and links as their words.

    `depth` counts the lists around it. Nested items follow their parent in reading order; an item's
    links, stamps and quotes exclude those of nested items. `at` covers the item's first paragraph.
    """

    text: str
    ordered: bool
    depth: int
    links: tuple[Link, ...]
    stamps: tuple[Stamp, ...]
    quotes: tuple[Quote, ...]
    at: Place


class Section(Struct, frozen=True, array_like=True, gc=False):
    """The text under one heading, up to the next heading of any level.

    `title` is the heading's words, or "" for the text before the first heading below the title.
    `items` are in reading order; `quotes`, `links` and `stamps` are those outside of items. `text`
    is the plain words of the paragraphs outside of items and quotes.
    """

    title: str
    level: int
    at: Place
    text: str
    items: tuple[Item, ...]
    quotes: tuple[Quote, ...]
    links: tuple[Link, ...]
    stamps: tuple[Stamp, ...]


class Field(Struct, frozen=True, array_like=True, gc=False):
    """A front matter key, or a key in `{status: candidate}` in a one-file tree."""

    name: str
    key_at: Place
    value: Value


class Entry(Struct, frozen=True, array_like=True, gc=False):
    """One node as written: a whole file, or a heading or item of a one-file tree.

    `id` is empty for a file's own entry, because the file's stem names it. `title` is the first `#
    heading` (in a one-file tree the words), or None.
    `at` is the place of diagnostics about the whole node: the title, or else the first line of the
    front matter. `parent` is the id of the enclosing entry (one-file trees only).
    `body` is the Markdown below the front matter, title included, with spaces in place of comments.
    `interviewer_quotes` are quotes of an interviewer, which are shown but are not evidence.
    `silent` are the places of markup that is not shown: block ids and the ends of `==marks==`.
    `unseen` are the places of addresses and titles in Markdown links.
    `line_map` is set if the body was assembled from parts of a file (one-file trees): for each of
    its lines the line of the file, or -1, and the columns to add.
    """

    id: str
    kind: Scalar | None
    title: Scalar | None
    at: Place
    parent: str
    fields: tuple[Field, ...]
    sections: tuple[Section, ...]
    links: tuple[Link, ...]
    body: str
    body_line: int
    interviewer_quotes: tuple[Quote, ...] = ()
    silent: tuple[Place, ...] = ()
    line_map: tuple[tuple[int, int], ...] = ()
    unseen: tuple[Place, ...] = ()

    def field(self, name: str) -> Field | None:
        """The field with a name, as written."""
        for field in self.fields:
            if field.name == name:
                return field
        return None

    def own_lines(self) -> Iterator[int]:
        """The lines of the file that belong to the entry, including its fields."""
        for at in (self.at, *(each.at for each in (self.kind, self.title) if each)):
            yield from range(at.line, at.end_line + 1)
        for line, _ in self.line_map[: self.body.count("\n") + 1]:
            yield line
        for field in self.fields:
            yield from range(field.key_at.line, field.value.at.end_line + 1)

    def point(self, row: int, column: int) -> tuple[int, int]:
        """Where in the file a place of the body is; for a row that is nowhere, the title's line."""
        line, right = self.line_map[row] if row < len(self.line_map) else (self.body_line + row, 0)
        return (line, column + right) if line >= 0 else (self.at.line, 0)

    def rows(self) -> dict[int, tuple[int, int]]:
        """Of a body that was put together: for each line of the file the row, and how many columns
        further right it is in the file.
        """
        return {line: (row, right) for row, (line, right) in enumerate(self.line_map) if line >= 0}

    def quotes(self) -> tuple[Quote, ...]:
        """All block quotes, in the order written."""
        found = [quote for section in self.sections for quote in section.quotes]
        found += [
            quote for section in self.sections for item in section.items for quote in item.quotes
        ]
        return tuple(sorted(found, key=lambda each: each.at))

    def holders(self) -> list["Section | Item | Quote"]:
        """Everything that has links and timestamps of its own: sections, their items, all
        quotes.
        """
        found: list[Section | Item | Quote] = []
        for section in self.sections:
            found.append(section)
            found += section.quotes
            for item in section.items:
                found.append(item)
                if item.quotes:
                    found += item.quotes
        return found

    def stamps(self) -> list[Stamp]:
        """All timestamps of these."""
        return [stamp for holder in self.holders() for stamp in holder.stamps]


class Reading(Struct, frozen=True, array_like=True, gc=False):
    """What a text says. `entries` is empty if the text has no `kind`.

    The diagnostics' `path` is empty. `Entry.links` has all links of the entry in reading order,
    including those in sections and front matter. `transcript` holds a transcript file's turns; such
    a file has no entries.
    """

    entries: tuple[Entry, ...]
    diagnostics: tuple[Diagnostic, ...]
    transcript: Transcript | None = None


class Document(Struct, frozen=True):
    """A reading and its path."""

    path: str
    reading: Reading

    @property
    def stem(self) -> str:
        """The id of the file's own entry."""
        return stem_of(self.path)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The diagnostics with the path filled in. A file whose name is a title needs no
        heading.
        """
        found = self.reading.diagnostics
        if found and is_title(self.stem) and any(not each.id for each in self.reading.entries):
            found = tuple(each for each in found if each.code != UNTITLED)
        return tuple(replace(each, path=self.path) for each in found)


def stem_of(path: str) -> str:
    """A file's name without `.md`, or its folder's name for the folder's `index.md`, in NFC."""
    folder, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0] or name
    if folder and stem.casefold() == "index":
        stem = folder.rpartition("/")[2]
    return composed(stem)


def is_title(stem: str) -> bool:
    """Whether a file's name reads as a title: it has spaces or capitals, or its script has
    no case.
    """
    return " " in stem or stem != stem.lower() or stem.lower() == stem.upper()
