"""An interview's page: the snapshot's parts, told apart by what the compiler found in them."""

from markupsafe import Markup

from datasette_ost import words
from datasette_ost.links import Links, safe
from datasette_ost.portrait import by_relation
from datasette_ost.prose import parts
from datasette_ost.shapes import InterviewPage, Linked
from ost.recording import at_second, clock

_AT_THE_TOP = {"recording", "participant", "segment", "date"}


def interview(found: InterviewPage, links: Links) -> dict[str, object]:
    """One interview or signal."""
    own = found.node
    steps = {each.line for each in found.steps}
    moments = {each.line for each in found.moments}
    quoted = {each.title for each in own.sections if each.part == "memorable quote"}
    loose = [each for each in found.quotes if each.moment is None]
    named = [each for each in loose if each.section in quoted]
    memorable = named[0] if named else None
    shown = {each.line for each in named}
    facts: list[tuple[str, Markup]] = []
    rest: list[tuple[str, Markup]] = []
    for part in parts(links, own):
        lines = range(part.first, part.last + 1)
        if part.section.title and any(each in lines for each in steps | moments | shown):
            continue
        if part.html.strip():
            place = facts if part.section.part == "quick facts" else rest
            place.append((part.section.title, part.html))
    return {
        "own": own,
        "quick": facts,
        "rest": rest,
        "memorable": memorable,
        "other_quotes": [each for each in named if each is not memorable],
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
