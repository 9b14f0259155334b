"""See :class:`PersonalData`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge import personal
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic
from ost.read.document import Entry
from ost.read.place import Lines, Place
from ost.read.value import Mapping, Scalar, Value
from ost.tree.model import Interview, Node, Signal
from ost.tree.tree import Tree


class PersonalData(Rule, frozen=True):
    """An interview or a signal contains an e-mail address or a phone number.

    Why: A participant told the team a story, not the whole company. What is in git stays in its
    history and in every clone, and is published with the tree. A pseudonym is enough to count
    people; contact details belong where recruiting is kept. The message does not repeat what it
    found. Dates, timestamps, versions, numbered tickets and web addresses are not taken for phone
    numbers.

    Source: General Data Protection Regulation, article 5: no more data than the purpose needs
    <https://eur-lex.europa.eu/eli/reg/2016/679/oj>

    Bad:

        -- p07.md --
        ---
        kind: interview
        participant: jo.doe@example.org  # OST601
        ---
        # P07: film night, call +49 151 23456789 <!-- OST601 -->

        ## Quick facts
        - reach her at jane.doe@example.org <!-- OST601 -->
        - or in the evening, 555-123-4567 <!-- OST601 -->

    Good:

        -- p07.md --
        ---
        kind: interview
        date: 2026-11-03
        participant: P07
        recording: https://example.org/recordings/5551234567
        ---
        # P07: film night with two teenagers

        ## Quick facts
        - on 2026-11-03 from 19:30 to 20:15, app version 12.4.1123, ticket 555-123-4567
        - asked about it before [12:41] and again at 1:02:03

    Options:

        domains = ["support.example.org"]

    Good:

        -- ticket-311.md --
        ---
        kind: signal
        source: desk@support.example.org
        ---
        # Filters for mixed ages
    """

    code = "OST601"
    kinds = (Interview, Signal)

    domains: Annotated[
        tuple[str, ...],
        Meta(description="Domains of the team's own addresses, which are allowed."),
    ] = ()

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each address or number in front matter and text."""
        ours = frozenset(each.casefold().strip("@.") for each in self.domains)
        given = [
            (field.name, value)
            for field in node.entry.fields
            for value in _scalars(field.value)
            if value.type != "date"
        ]
        if personal.may_hold_any(value.text for _, value in given):
            for name, value in given:
                for _, _, what in personal.found(value.text, ours):
                    yield self.about(node, value.at, f"field {name!r} contains {what}; remove it")
        reported: set[tuple[int, str]] = set()
        for text, at, exact in _texts(node.entry):
            found = tuple(personal.found(text, ours))
            lines = Lines(text) if exact and found else None
            for start, end, what in found:
                place = at if lines is None else _lower(lines.place(start, end), at.line)
                if (
                    place.line,
                    text[start:end],
                ) not in reported:  # [words](mailto:...) says it twice
                    reported.add((place.line, text[start:end]))
                    yield self.about(
                        node, place, f"text of {node.kind} {node.id!r} contains {what}; remove it"
                    )


def _texts(entry: Entry) -> Iterator[tuple[str, Place, bool]]:
    """The texts of an entry and their places, exact or approximate: nodes of a one-file tree are
    made of separate parts.
    """
    if not entry.id:
        yield entry.body, Place(entry.body_line, 0, entry.body_line, 0), True
        return
    if entry.title is not None:
        yield entry.title.text, entry.title.at, False
    for section in entry.sections:
        yield section.text, section.at, False
        items = [(each.text, each.at, each.quotes) for each in section.items]
        for text, at, quotes in (*items, ("", section.at, section.quotes)):
            yield text, at, False
            for quote in quotes:
                yield quote.text, quote.at, False


def _scalars(value: Value) -> list[Scalar]:
    if isinstance(value, Scalar):
        return [value]
    if isinstance(value, Mapping):
        return [each for key, inner in value.pairs for each in (key, *_scalars(inner))]
    return [each for item in value.items for each in _scalars(item)]


def _lower(place: Place, lines: int) -> Place:
    """The place, this many lines further down."""
    return Place(place.line + lines, place.column, place.end_line + lines, place.end_column)
