"""The levels of an ost-tools space: which type is below which, and what headings mean."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from ost.exchange.foreign.imports import Material
from ost.exchange.foreign.nodes import CHILDREN, PARENT, ForeignNodes
from ost.exchange.foreign.page import ForeignPage
from ost.exchange.importers import _json
from ost.read import commonmark
from ost.read.letters import fold
from ost.read.place import Lines
from ost.read.vocabulary import vocabulary

GENERAL = ("vision", "mission", "goal", "opportunity", "solution", "experiment")
STRICT = ("outcome", "opportunity", "solution", "assumption_test")
DEEPEST = 5
"""A line with more marks than this is text, not a heading."""

_HEADINGS = {
    "potential-solutions": "solution",
    "possible-solutions": "solution",
    "solutions-considered": "solution",
    "problem-statement": "problem_statement",
    "what-problem-are-we-solving?": "problem_statement",
}


class Levels(Struct, frozen=True):
    """The types of a space from the top down, with the rest of its schema and settings. `headings`
    are the words over nodes of a type, `fields` those that link nodes, `kinds` other words for
    types, `renamed` the names of fields in the files.
    """

    types: tuple[str, ...]
    headings: Mapping[str, str] = {}
    fields: Mapping[str, str] = {}
    kinds: Mapping[str, str] = {}
    renamed: Mapping[str, str] = {}

    def below(self, word: str) -> str:
        """The type one level below a type (or another word for it); "" below the last."""
        return self._beside(word, self.types, self.types[1:])

    def above(self, word: str) -> str:
        """The type one level above a type; "" above the first."""
        return self._beside(word, self.types[1:], self.types)

    def _beside(self, word: str, types: tuple[str, ...], others: tuple[str, ...]) -> str:
        known, kind = word.casefold(), vocabulary().kind(word)
        for type_, other in zip(types, others, strict=False):
            if type_ == known or (kind and vocabulary().kind(type_) == kind):
                return other
        return ""

    def anchored(self, anchor: str) -> str:
        """The type that an anchor such as `goal1` names, or ""."""
        name = anchor.rstrip("0123456789").casefold()
        return name if name in {*self.types, *self.headings.values()} else ""

    def holds(self, title: str, above: str) -> str:
        """The type of the nodes below a heading such as `Solutions`, inside a node of a type."""
        known = self.headings.get(fold(title))
        if known is not None:
            return known
        label = vocabulary().label(title)
        if label is None or not label.alone:
            return ""
        for word in filter(None, (self.below(above), self.above(above))):
            if label.kind == vocabulary().kind(word):
                return word
        return label.kind if label.kind == "assumption" and self.below(above) else ""


def levels(material: Material, nodes: ForeignNodes) -> Levels | None:
    """The levels by the schema in the folder, or the one that its settings name; None without
    either.
    """
    found = {
        path: _read(nodes, path, text)
        for path, text in material.files.items()
        if path.casefold().endswith(".json")
    }
    renamed: dict[str, str] = {}
    named: set[str] = set()
    own: Levels | None = None
    for data in found.values():
        for inner in _mappings(data):
            named.add(PurePosixPath(_json.text(inner, "schema")).stem)
            fields = inner.get("fieldMap")
            pairs = fields.items() if isinstance(fields, dict) else ()
            renamed |= {fold(key): ours for key, ours in pairs if isinstance(ours, str)}
        own = own or _of_schema(data)
    known = named & {"general", "strict_ost"}
    if own is None and len(known) == 1:
        own = usual(GENERAL if "general" in known else STRICT)
    return replace(own or usual(GENERAL), renamed=renamed) if own or renamed else None


def usual(types: tuple[str, ...]) -> Levels:
    """Levels with the built-in headings of ost-tools."""
    return Levels(types, _HEADINGS)


def guessed(found: ForeignPage) -> Levels:
    """The long ladder for a page that is deep or names its upper types, else the short one."""
    headings = [each for each in commonmark.outline(found.body) if each.type == "heading"]
    deep = any(each.depth == DEEPEST for each in headings)
    named = any(re.search(r"\b(?:vision|mission)\b", each.content.casefold()) for each in headings)
    return usual(GENERAL if deep or named else STRICT)


def _read(nodes: ForeignNodes, path: str, text: str) -> object:
    """The content of a settings or schema file, ignoring comment lines."""
    data = _json.parsed(re.sub(r"^\s*//[^\n]*", "", text, flags=re.MULTILINE))
    if isinstance(data, _json.BrokenJson):
        nodes.tell(path, data.line, Lines(text).line(data.line - 1), data.why)
    return data


def _mappings(data: object) -> Iterator[dict[str, object]]:
    """Every mapping in a JSON value."""
    waiting = [data]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, dict):
            yield inner
            waiting += inner.values()
        elif isinstance(inner, list):
            waiting += inner


def _of_schema(data: object) -> Levels | None:
    """The levels, relationships and aliases of a schema."""
    if not isinstance(data, dict) or not isinstance(data.get("$metadata"), dict):
        return None
    metadata = data["$metadata"]
    listed = metadata.get("hierarchy")
    several = listed.get("levels") if isinstance(listed, dict) else None
    rows: list[dict[str, object]] = [
        {"type": each} if isinstance(each, str) else each
        for each in (several if isinstance(several, list) else ())
        if isinstance(each, str | dict)
    ]
    types = tuple(filter(None, (_json.text(each, "type").casefold() for each in rows)))
    aliases = metadata.get("aliases")
    pairs = aliases.items() if isinstance(aliases, dict) else ()
    if not types:
        return None
    linked = [*rows, *_json.entries(metadata, "relationships")]
    return Levels(
        types,
        {**_HEADINGS, **dict(each for row in linked for each in _matchers(row))},
        dict(each for row in linked for each in _links(row)),
        {fold(key): word for key, word in pairs if isinstance(word, str)},
    )


def _matchers(row: dict[str, object]) -> Iterator[tuple[str, str]]:
    found = row.get("matchers")
    for heading in found if isinstance(found, list) else ():
        if isinstance(heading, str):
            yield fold(heading.strip("^$")), _json.text(row, "type").casefold()


def _links(row: dict[str, object]) -> Iterator[tuple[str, str]]:
    name = _json.text(row, "field")
    if name:
        yield fold(name), CHILDREN if row.get("fieldOn") == "parent" else PARENT
    if own := _json.text(row, "selfRefField"):
        yield fold(own), PARENT
