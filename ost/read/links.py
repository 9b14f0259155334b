"""All links of an entry, those in front matter text included."""

from ost.read.document import Field, Link
from ost.read.inline import Linked, wikilinks
from ost.read.markdown import Body
from ost.read.place import Lines, Place
from ost.read.value import Mapping, Sequence, Value


def links(fields: tuple[Field, ...], body: Body, lines: Lines) -> tuple[Link, ...]:
    """The links in fields, in the title and in the text, in reading order."""
    inside: list[Link] = []
    for section in body.sections:
        inside += section.links
        for quote in section.quotes:
            inside += quote.links
        for item in section.items:
            inside += item.links
            for quote in item.quotes:
                inside += quote.links
    inside.sort(key=_at)
    found = [link for field in fields for link in _in_value(field.name, field.value, lines)]
    return (*found, *body.title_links, *inside)


def _at(link: Link) -> Place:
    return link.at


def _in_value(name: str, value: Value, lines: Lines) -> list[Link]:
    if isinstance(value, Mapping):
        return [link for _, each in value.pairs for link in _in_value(name, each, lines)]
    if isinstance(value, Sequence):
        match value.items:
            # What YAML takes for a list in a list is a link without quotes.
            case (Sequence(items=(inner,)),) if not isinstance(inner, (Mapping, Sequence)):
                return _in_text(name, lines.cut(value.at), value, lines)
        return [link for each in value.items for link in _in_value(name, each, lines)]
    return _in_text(name, value.text, value, lines) if "[[" in value.text else []


def _in_text(name: str, text: str, value: Value, lines: Lines) -> list[Link]:
    said = wikilinks(text)
    written = wikilinks(lines.cut(value.at))
    exact = [each.target for each in said] == [each.target for each in written]
    start = lines.offset(value.at.line, value.at.column)

    def link(each: Linked, at: Place, target_at: Place) -> Link:
        return Link(each.target, "field", name, each.words, each.heading, at, target_at)

    if not exact:  # folded or escaped: somewhere in the value
        return [link(each, value.at, value.at) for each in said]
    return [
        link(
            each,
            lines.place(start + found.start, start + found.end),
            lines.place(start + found.target_start, start + found.target_end),
        )
        for each, found in zip(said, written, strict=True)
    ]
