"""One file's text, read: what is written in it, and nothing of what it means.

`Reading` depends on the text alone (neither on the path nor on other files), so it is what the
cache keeps by the text's content. `Document` is a reading with its path.
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
    """A file's text: UTF-8 decoded, no byte-order mark, every line ending a `\\n`."""

    path: str
    text: str


LinkForm = Literal["wiki", "markdown", "field"]
"""Of the same few words no copy is made where readings come from the cache."""


class Link(Struct, frozen=True, array_like=True, gc=False):
    """A link as written; what it leads to is the tree's business.

    `form` is `wiki` (`[[id]]`), `markdown` (`[words](file.md)`) or `field` (in front matter).
    `target` is the id or relative path, without `|words` and `#heading`. `relation` is the
    front matter key above it, or `mentions` in text.
    `at` covers the whole link, `target_at` only the target.
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

    `at` covers all that is written for it. A range (`[12:41-13:05]`, `[12:41]–[13:05]`) is two,
    both at the place of the whole; where an address is written behind a timestamp
    (`[12:41](https://…)`), or the range's other end is not a time, `at` covers only the digits.
    """

    second: int
    written: str
    at: Place


class Quote(Struct, frozen=True, array_like=True, gc=False):
    """A block quote: the words without marks and timestamps; `at` covers the quote's lines."""

    text: str
    stamps: tuple[Stamp, ...]
    links: tuple[Link, ...]
    at: Place


class Item(Struct, frozen=True, array_like=True, gc=False):
    """A list item. `text` is its own words: no markup, no timestamps, links as their words.

    `depth` counts enclosing lists from 0; nested items follow their parent in reading order, and
    each item's links, stamps and quotes are its own, not its nested items'.
    `at` covers the item's first paragraph.
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

    `title` is the heading's words ("" for the text before the first heading below the title).
    `items` are in reading order; `quotes`, `links` and `stamps` are those outside list items.
    `text` is the plain words of the paragraphs outside items and quotes.
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
    """One key of front matter, or of `{status: candidate}` in a one-file tree."""

    name: str
    key_at: Place
    value: Value


class Entry(Struct, frozen=True, array_like=True, gc=False):
    """One node as written: a whole file, or a heading or item of a one-file tree.

    `id` is empty for a file's own entry: the file's stem names it. `title` is the first `# heading`
    (in a one-file tree: the words), or None. `at` is where remarks about the whole node go: the
    title
    if there is one, else the front matter's first line.
    `parent` is the id of the entry it is nested in (one-file trees only, else empty).
    `body` is the Markdown below the front matter, title included; comments in it are blank.
    `asked` are quotes of an interviewer's words: they are shown, but do not count as evidence.
    `silent` are signs around words that are not words: block ids, and the ends of `==marks==`.
    `unseen` are the parts of Markdown links that are not shown: addresses and titles.
    `moved` is given where the body was put together from parts of a file (one-file trees): for each
    of its lines the line of the file, or -1, and how many columns further right it is there.
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
    asked: tuple[Quote, ...] = ()
    silent: tuple[Place, ...] = ()
    moved: tuple[tuple[int, int], ...] = ()
    unseen: tuple[Place, ...] = ()

    def field(self, name: str) -> Field | None:
        """The field of that name, as written."""
        for field in self.fields:
            if field.name == name:
                return field
        return None

    def own_lines(self) -> Iterator[int]:
        """The lines of the file that are its own, those of its fields included."""
        for at in (self.at, *(each.at for each in (self.kind, self.title) if each)):
            yield from range(at.line, at.end_line + 1)
        for line, _ in self.moved[: self.body.count("\n") + 1]:
            yield line
        for field in self.fields:
            yield from range(field.key_at.line, field.value.at.end_line + 1)

    def point(self, row: int, column: int) -> tuple[int, int]:
        """Where in the file a place of the body is; for a row that is nowhere, the title's line."""
        line, right = self.moved[row] if row < len(self.moved) else (self.body_line + row, 0)
        return (line, column + right) if line >= 0 else (self.at.line, 0)

    def rows(self) -> dict[int, tuple[int, int]]:
        """Of a body that was put together: for each line of the file the row, and how many columns
        further right it is in the file.
        """
        return {line: (row, right) for row, (line, right) in enumerate(self.moved) if line >= 0}

    def quotes(self) -> tuple[Quote, ...]:
        """Every block quote, in the order written."""
        found = [quote for section in self.sections for quote in section.quotes]
        found += [
            quote for section in self.sections for item in section.items for quote in item.quotes
        ]
        return tuple(sorted(found, key=lambda each: each.at))

    def holders(self) -> list["Section | Item | Quote"]:
        """All that holds links and timestamps of its own: sections, their items, all quotes."""
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
        """Every timestamp that they hold."""
        return [stamp for holder in self.holders() for stamp in holder.stamps]


class Reading(Struct, frozen=True, array_like=True, gc=False):
    """What a text says. `entries` is empty for a text that is not ours (no `kind`).

    The diagnostics' `path` is empty. `Entry.links` holds every link of the entry, those in sections
    and in front matter text included, in reading order. `transcript` is what a transcript's file
    says; such a file has no entries.
    """

    entries: tuple[Entry, ...]
    diagnostics: tuple[Diagnostic, ...]
    transcript: Transcript | None = None


class Document(Struct, frozen=True):
    """A reading at its path."""

    path: str
    reading: Reading

    @property
    def stem(self) -> str:
        """The id of the file's own entry."""
        return stem_of(self.path)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What reading had to say, with the path filled in. A file's name that is a title needs no
        heading.
        """
        found = self.reading.diagnostics
        own = any(not each.id for each in self.reading.entries)
        if found and own and is_title(self.stem):
            found = tuple(each for each in found if each.code != UNTITLED)
        return tuple(replace(each, path=self.path) for each in found)


def stem_of(path: str) -> str:
    """What a file is called: its name without `.md`, or its folder's when it is the folder's
    `index.md`. Accents are one sign with their letters, as in every name.
    """
    folder, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0] or name
    if folder and stem.casefold() == "index":
        stem = folder.rpartition("/")[2]
    return composed(stem)


def is_title(stem: str) -> bool:
    """Whether a file's name is a title as it is: it has blanks or capitals, or is written
    without either.
    """
    return " " in stem or stem != stem.lower() or stem.lower() == stem.upper()
