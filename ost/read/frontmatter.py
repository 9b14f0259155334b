"""Front matter: the text between the first line `---` and the next.

`ost.read.plain_yaml` reads the plain forms, `ost.read.full_yaml` everything else. The YAML parser
is imported only when a text needs it.
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
    """Fields in the order written, where the body starts, and what was wrong."""

    fields: tuple[Field, ...]
    body: int
    diagnostics: tuple[Diagnostic, ...]
    at: Place


def read(lines: Lines) -> FrontMatter | None:
    """The front matter of a text, or None when it has none."""
    found = extent(lines.text)
    if found is None:
        return None
    at = lines.place(found.mark, found.mark + 3)
    remarks: tuple[Diagnostic, ...] = ()
    if not found.closed:
        message = "the front matter that begins here never ends; a line `---` ends it"
        remarks = (Diagnostic(path="", at=at, code=UNCLOSED, message=message),)
    first = lines.place(found.start, found.start)
    scanned = None
    if not first.column:
        scanned = plain_yaml.scanned(lines.text[found.start : found.end], first.line)
    if scanned is not None:
        return FrontMatter(tuple(scanned), found.body, remarks, at)
    fields, more = inline(lines, found.start, found.end)
    return FrontMatter(fields, found.body, (*remarks, *more), at)


def inline(lines: Lines, start: int, end: int) -> tuple[tuple[Field, ...], tuple[Diagnostic, ...]]:
    """The fields at `text[start:end]`, such as `{status: candidate}`."""
    from ost.read import full_yaml

    return full_yaml.fields(lines, start, end)
