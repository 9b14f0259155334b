"""Reads front matter: the text between a first line `---` and the next `---`.

`ost.read.plain_yaml` reads simple forms, `ost.read.full_yaml` everything else. The YAML parser is
imported only when a text needs it.
"""

from msgspec import Struct

from ost.read import plain_yaml
from ost.read.diagnostic import Diagnostic
from ost.read.document import Field
from ost.read.extent import extent
from ost.read.place import Lines, Place

UNREADABLE = "OST001"
DUPLICATE_KEY = "OST009"
UNCLOSED = "OST017"


class FrontMatter(Struct, frozen=True):
    """The fields in the order written, the offset of the body, and diagnostics."""

    fields: tuple[Field, ...]
    body: int
    diagnostics: tuple[Diagnostic, ...]
    at: Place


def read(lines: Lines) -> FrontMatter | None:
    """The front matter of a text, or None."""
    found = extent(lines.text)
    if found is None:
        return None
    line = lines.number(found.mark)  # `lines.place` would look for every line of the text
    column = 0 if line else found.mark  # a byte-order mark may come first
    at = Place(line, column, line, column + 3)
    diagnostics: tuple[Diagnostic, ...] = ()
    if not found.closed:
        message = "the front matter that starts here never ends; end it with a line `---`"
        diagnostics = (Diagnostic(path="", at=at, code=UNCLOSED, message=message),)
    scanned = None
    if lines.text[found.start - 1] == "\n":
        scanned = plain_yaml.scan(lines.text[found.start : found.end], line + 1)
    if scanned is not None:
        return FrontMatter(tuple(scanned), found.body, diagnostics, at)
    fields, more = inline(lines, found.start, found.end)
    return FrontMatter(fields, found.body, (*diagnostics, *more), at)


def inline(lines: Lines, start: int, end: int) -> tuple[tuple[Field, ...], tuple[Diagnostic, ...]]:
    """The fields at `text[start:end]`, such as `{status: candidate}`."""
    from ost.read import full_yaml

    return full_yaml.fields(lines, start, end)
