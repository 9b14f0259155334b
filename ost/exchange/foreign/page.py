"""A Markdown file from another tool, read with our grammar: its fields, title and links."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from msgspec import Struct

from ost.exchange.foreign.imports import UnreadLine
from ost.exchange.foreign.text import replaced
from ost.read import frontmatter, grammar, markdown
from ost.read.comments import hide_comments
from ost.read.document import Field, Link
from ost.read.letters import fold
from ost.read.links import links
from ost.read.place import Lines, Place
from ost.read.value import Mapping, Scalar, Sequence, Value, scalars


class ForeignPage(Struct, frozen=True):
    """The lines of a file, the fields of its front matter, and where its body begins. `unread` are
    the lines of front matter that are not YAML.
    """

    path: str
    lines: Lines
    fields: tuple[Field, ...] = ()
    start: int = 0
    unread: tuple[UnreadLine, ...] = ()

    @property
    def stem(self) -> str:
        """The file's name without its suffix."""
        return self.path.rpartition("/")[2].rpartition(".")[0]

    @property
    def key(self) -> str:
        """The file's path without its suffix."""
        return self.path.rpartition(".")[0]

    @property
    def body(self) -> str:
        """The text below the front matter."""
        return self.lines.text[self.start :]

    @property
    def first(self) -> int:
        """The line of the body, from zero."""
        return self.lines.place(self.start, self.start).line

    def field(self, *names: str) -> Field | None:
        """The first field with one of these names, ignoring case, hyphens and spaces."""
        return next(
            (each for name in names for each in self.fields if fold(each.name) == name), None
        )

    def text(self, *names: str) -> str:
        """The text of this field, if it has a single value."""
        field = self.field(*names)
        found = texts(field.value) if field else ()
        return found[0] if len(found) == 1 else ""

    def line(self, *names: str) -> int:
        """The line of this field, from one; the first line if the page lacks it."""
        field = self.field(*names)
        return field.key_at.line + 1 if field else 1


def page(path: str, text: str) -> ForeignPage:
    """The page of a file's text."""
    lines = Lines(text)
    front = frontmatter.read(lines)
    if front is None:
        return ForeignPage(path, lines)
    unread = tuple(
        UnreadLine(path, each.at.line + 1, lines.line(each.at.line).strip(), each.message)
        for each in front.diagnostics
    )
    return ForeignPage(path, lines, front.fields, front.body, unread)


def texts(value: Value) -> tuple[str, ...]:
    """The texts in a value, one for each of its parts."""
    values = (each.text.strip() for each in scalars(value) if each.type != "null")
    return tuple(filter(None, values))


def targets(value: Value) -> tuple[str, ...]:
    """The names in a value: the targets of its links, or else its words."""
    return tuple(name for text in texts(value) for name in link_targets(text) or (text,))


def link_targets(text: str) -> tuple[str, ...]:
    """The targets of the links in a text, including `#heading`."""
    return tuple(
        f"{each.target}#{each.heading}" if each.heading else each.target
        for each in grammar.inline(text, {}).links
    )


def flow(value: Value) -> str:
    """A value on one line of YAML."""
    match value:
        case Sequence():
            return f"[{', '.join(map(flow, value.items))}]"
        case Mapping():
            pairs = (f"{flow(key)}: {flow(inner)}" for key, inner in value.pairs)
            return f"{{{', '.join(pairs)}}}"
        case Scalar(text, type_):
            plain = re.fullmatch(r"[\w./-]+", text) and (type_ != "str" or not text[0].isdigit())
            return text if plain else json.dumps(text, ensure_ascii=False)


def linked_path(path: str, target: str) -> str:
    """The path of the file that a link in another file leads to, without its suffix."""
    written = unquote(target).removesuffix(".md")
    found = normpath(written if written.startswith("/") else join(dirname(path), written))
    return found.lstrip("/")


def rewrite_links(body: str, name: Callable[[str], str | None]) -> str:
    """The body with wikilinks in place of Markdown links to files. `name` returns the node for a
    target; "" turns the link into words, None leaves it alone.
    """
    if "](" not in body and "]:" not in body:
        return body
    shown = hide_comments(body).text
    lines = Lines(shown)
    found = links((), markdown.read(shown, 0), lines)
    return replaced(body, lines, _renamed(found, name))


def _renamed(
    found: Iterable[Link], name: Callable[[str], str | None]
) -> Iterator[tuple[Place, str]]:
    for link in found:
        target = name(link.target) if link.form == "markdown" else None
        if target is not None:
            words = re.sub(r"[\[\]|]", " ", link.words or link.target).strip()
            yield link.at, f"[[{target}|{words}]]" if target else words
