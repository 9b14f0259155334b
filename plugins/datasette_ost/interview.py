"""An interview's page: the snapshot's parts, told apart by what the compiler found in them."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from datasette_ost import words
from datasette_ost.links import Links, safe
from datasette_ost.portrait import by_relation
from datasette_ost.shapes import InterviewPage, Linked, Node, Quote
from ost.recording import at_second
from ost.render import clock, without_title

_AT_THE_TOP = {"recording", "participant", "segment", "date"}
_HEADING = re.compile(r"(?m)^#{2,6}[ \t](.*)$")
_FENCE = re.compile(r"(?m)^ {0,3}(```+|~~~+)")


class Part(Struct):
    """A part of the text under one heading; `first` and `last` are its lines in the file."""

    heading: str
    text: str
    first: int
    last: int


def interview(found: InterviewPage, links: Links) -> dict[str, object]:
    """One interview or signal."""
    own = found.node
    steps = {each.line for each in found.steps}
    moments = {each.line for each in found.moments}
    loose = [each for each in found.quotes if each.moment is None]
    memorable = _memorable(loose)
    shown = {each.line for each in loose if each.section and "quote" in each.section.casefold()}
    facts: list[tuple[str, Markup]] = []
    rest: list[tuple[str, Markup]] = []
    for part in parts(own):
        lines = range(part.first, part.last + 1)
        if any(each in lines for each in steps | moments | shown) and part.heading:
            continue
        written = links.text(part.text, found.names, own.recording)
        if written.strip():
            place = facts if "fact" in part.heading.casefold() else rest
            place.append((part.heading, written))
    return {
        "own": own,
        "quick": facts,
        "rest": rest,
        "memorable": memorable,
        "other_quotes": [each for each in loose if each.line in shown and each is not memorable],
        "against": [each for each in found.moments if each.stance == "against"],
        "heard": [each for each in found.moments if each.stance != "against"],
        "facts": words.facts({k: v for k, v in own.fields.items() if k not in _AT_THE_TOP}),
        "recording": safe(at_second(own.recording, None)),
        "edit": links.edit(found.about, own.path, own.line),
        "links_by": by_relation(_unheard(found), words.RELATIONS),
        "backlinks_by": by_relation(found.backlinks, words.BACKWARDS),
        "words": words,
        "clock": clock,
    }


def _unheard(found: InterviewPage) -> list[Linked]:
    """The links from here, without those to nodes whose moments stand here anyway."""
    heard = {each.about.id for each in found.moments}
    return [each for each in found.links if each.node.id not in heard]


def _memorable(loose: Sequence[Quote]) -> Quote | None:
    """The quote that stands by itself under a heading of its own."""
    named = [each for each in loose if each.section and "quote" in each.section.casefold()]
    return named[0] if named else None


def parts(own: Node) -> list[Part]:
    """The text under each heading, with the lines it stands on in the file."""
    body = without_title(own.body)
    # The title's line is known; the text begins below it.
    titled = body != own.body
    before = own.body[: len(own.body) - len(body)]
    first = own.line + 1 if titled else own.line + before.count("\n") + 1
    fences = [each.start() for each in _FENCE.finditer(body)]
    heads = [
        each
        for each in _HEADING.finditer(body)
        if bisect_left(fences, each.start()) % 2 == 0  # not within a fence
    ]
    starts = [0, *(each.start() for each in heads)]
    ends = [*starts[1:], len(body)]
    made = []
    line = first
    for position, (start, end) in enumerate(zip(starts, ends, strict=True)):
        head = heads[position - 1] if position else None
        text = body[head.end() if head else start : end]
        last = line + body.count("\n", start, end)
        made.append(Part(_words(head.group(1)) if head else "", text, line, last))
        line = last
    return made


def _words(heading: str) -> str:
    """A heading's words, without the marks that may close it."""
    heading = heading.strip(" \t")
    words = heading.rstrip("#")
    return words.rstrip(" \t") if not words or words[-1] in " \t" else heading
