"""All links of an entry, including those in front matter."""

from operator import attrgetter

from ost.read.body import Body
from ost.read.document import Field, Link
from ost.read.inline import InlineLink, wikilinks
from ost.read.place import Lines, Place
from ost.read.value import Mapping, Scalar, Sequence, Value


def links(fields: tuple[Field, ...], body: Body, lines: Lines) -> tuple[Link, ...]:
    """The links in fields, title and text, in reading order."""
    inside: list[Link] = []
    for section in body.sections:
        inside += section.links
        for quote in section.quotes:
            inside += quote.links
        for item in section.items:
            if item.links:
                inside += item.links
            for quote in item.quotes:
                inside += quote.links
    inside.sort(key=_START)
    found = [link for field in fields for link in _in_value(field.name, field.value, lines)]
    return (*found, *body.title_links, *inside)


_START = attrgetter("at.line", "at.column")


def _in_value(name: str, value: Value, lines: Lines) -> list[Link]:
    if isinstance(value, Scalar):
        return _in_text(name, value.text, value, lines) if "[[" in value.text else []
    if isinstance(value, Mapping):
        return [link for _, each in value.pairs for link in _in_value(name, each, lines)]
    match value.items:
        # To YAML, an unquoted `[[x]]` is a list in a list.
        case (Sequence(items=(Scalar(),)),):
            return _in_text(name, lines.cut(value.at), value, lines)
    return [link for each in value.items for link in _in_value(name, each, lines)]


def _in_text(name: str, text: str, value: Value, lines: Lines) -> list[Link]:
    values = wikilinks(text)
    written = wikilinks(lines.cut(value.at))
    exact = [each.target for each in values] == [each.target for each in written]
    start = lines.offset(value.at.line, value.at.column)

    def link(each: InlineLink, at: Place, target_at: Place) -> Link:
        return Link(each.target, "field", name, each.words, each.heading, at, target_at)

    if not exact:  # folded or escaped, so the exact place is unknown
        return [link(each, value.at, value.at) for each in values]
    return [
        link(
            each,
            lines.place(start + found.start, start + found.end),
            lines.place(start + found.target_start, start + found.target_end),
        )
        for each, found in zip(values, written, strict=True)
    ]
