"""Import an outline in OPML, from an outliner or a mind map.

A line's kind is the word that it begins with, or its attribute `kind` or `type`. In an outline
without kinds, depth decides: outcome, opportunity, solution, test. Notes become text.
"""

import re
from html import unescape
from html.entities import html5
from xml.parsers import expat

from msgspec.structs import replace

from ost.exchange.foreign import html_text
from ost.exchange.foreign.branches import OutlineItem, joined, tree
from ost.exchange.foreign.branches import read as read_branches
from ost.exchange.foreign.imports import ForeignTree, Here, Material, Sureness, Terms, UnreadLine
from ost.exchange.tables.dialect import Dialect

EXAMPLE = "outline.opml"
SIGNS = "an XML file with `<opml>` in it"

_ENTITY = re.compile(r"&(#\d+;|#[xX][\da-fA-F]+;|\w+;)?")
_PREDEFINED = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))
_TAG = re.compile(r"</?(?:a|b|br|code|em|font|i|mark|s|span|strong|u)\b[^<>]*>", re.IGNORECASE)
_DIALECT = Dialect(
    columns={
        "note": "body",
        "_note": "body",
        "notes": "body",
        "kind": "kind",
        "type": "kind",
        "id": "key",
        "_id": "key",
        "status": "status",
        "_status": "status",
        "complete": "status",
        "_complete": "status",
        "url": "links",
        "htmlurl": "links",
        "category": "tags",
    },
    markdown=html_text.markdown,
    tool="opml",
)
_SILENT = frozenset(("people", "created", "_created", "modified", "expansionstate", "iscomment"))
_DONE = {"true": "done", "checked": "done", "false": "", "unchecked": ""}


def recognise(material: Material) -> Sureness:
    """Certainly if it contains `<opml>`."""
    found = re.search(r"<opml[\s>]", material.text[:100_000], re.IGNORECASE)
    return 3 if found else 1 if material.suffix == ".opml" else 0


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The lines of the outlines as nodes."""
    made: list[ForeignTree] = []
    for path, text in sorted(material.files.items()):
        if re.search(r"<opml[\s>]|<outline[\s/>]", text, re.IGNORECASE):
            outline = _Outline(path)
            outline.parse(text)
            branches = list(tree(outline.items))
            found = read_branches(path, branches, terms, here, _DIALECT)
            made.append(replace(found, unread=(*outline.unread, *found.unread)))
    return joined(made)


class _Outline:
    """Reads an outline from expat's events. Nothing is expanded, loaded or nested on the stack."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.items: list[tuple[int, OutlineItem]] = []
        self.unread: list[UnreadLine] = []
        self._depth = 0
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._entity

    def parse(self, text: str) -> None:
        """Reads the lines, and keeps those before an error."""
        data = _ENTITY.sub(_harmless, text).encode("utf-8", "replace")
        try:
            self._parser.Parse(data, True)  # noqa: FBT003 - expat's
        except expat.ExpatError as error:
            why = f"not read from here on: {expat.ErrorString(error.code)}"
            lines = text.split("\n")
            line = lines[min(error.lineno, len(lines)) - 1].strip()
            self.unread.append(UnreadLine(self.path, error.lineno, line[:80], why))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name.casefold() != "outline":
            return
        line = self._parser.CurrentLineNumber
        by_name = {each.casefold(): value for each, value in attributes.items()}
        words = by_name.pop("text", "") or by_name.pop("title", "")
        by_name.pop("title", None)
        values = {
            each: _value(each, value) for each, value in by_name.items() if each not in _SILENT
        }
        kind = values.pop("kind", "")
        plain = unescape(_TAG.sub("", words)) if _TAG.search(words) else words
        self.items.append(
            (self._depth, OutlineItem(words=plain, line=line, kind=kind, values=values))
        )
        self._depth += 1

    def _end(self, name: str) -> None:
        if name.casefold() == "outline":
            self._depth -= 1

    def _entity(self, name: str, *_: object) -> None:
        line = self._parser.CurrentLineNumber
        self.unread.append(UnreadLine(self.path, line, name, "an entity, which is not expanded"))


def _value(name: str, value: str) -> str:
    if name in ("complete", "_complete", "_status"):
        return _DONE.get(value.casefold(), value)
    return value


def _harmless(found: re.Match[str]) -> str:
    """A reference that XML itself defines; any other as plain text."""
    name = found[1] or ""
    if name.startswith("#") or name in _PREDEFINED:
        return found[0]
    known = html5.get(name) if name else None
    return known if known and known not in "<&" else f"&amp;{name}"
