"""Which part of a snapshot a heading names."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from ost.read.document import Entry, Section

FACTS = "quick facts"
QUOTE = "memorable quote"
STORY = "story"
OPPORTUNITIES = "opportunities"
INSIGHTS = "insights"

SECTIONS: Mapping[str, tuple[str, ...]] = {
    FACTS: ("quick fact", "facts", "about", "background", "context"),
    QUOTE: ("memorable quotes", "quote", "quotes"),
    STORY: ("experience map", "what happened", "timeline", "their story"),
    OPPORTUNITIES: ("opportunity", "needs", "pains", "moments", "opportunities heard"),
    INSIGHTS: ("insight", "learnings", "observations", "notes"),
}
"""The parts of a snapshot, each with the headings that also name it. Settings may add more."""


def widened(further: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """The parts of a snapshot with the headings that settings add, folded as headings are."""
    return {
        name: (*headings, *map(_folded, further.get(name, ())))
        for name, headings in SECTIONS.items()
    }


def part(title: str, synonyms: Mapping[str, tuple[str, ...]] = SECTIONS) -> str:
    """The part that a heading names, or "" when it names none."""
    folded = _folded(title)
    if folded in synonyms:
        return folded
    for name, others in synonyms.items():
        if folded in others:
            return name
    return ""


@lru_cache(maxsize=1024)
def _folded(title: str) -> str:
    return " ".join(title.casefold().strip(" :.").split())


def sections(
    entry: Entry, name: str, synonyms: Mapping[str, tuple[str, ...]] = SECTIONS
) -> Iterator[Section]:
    """The sections of that part; headings below one that names no part of their own count to it."""
    current, level = "", 0
    for section in entry.sections:
        named = part(section.title, synonyms)
        if named or section.level <= level:
            current, level = named, section.level
        if current == name:
            yield section
