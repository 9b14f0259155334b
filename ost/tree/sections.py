"""The part of a snapshot that a heading names."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from ost.expression import expression
from ost.read.document import Entry, Section
from ost.words import nearest

FACTS = "quick facts"
QUOTE = "memorable quote"
STORY = "story"
OPPORTUNITIES = "opportunities"
INSIGHTS = "insights"

SECTIONS: Mapping[str, tuple[str, ...]] = {
    FACTS: ("quick fact", "facts", "about", "background", "context", "profile"),
    QUOTE: ("memorable quotes", "quote", "quotes", "key quote", "key quotes", "notable quotes"),
    STORY: ("stories", "experience map", "what happened", "timeline", "their story", "journey"),
    OPPORTUNITIES: (
        "opportunity",
        "needs",
        "pains",
        "moments",
        "opportunities heard",
        "pain points",
        "user needs",
        "unmet needs",
        "needs and pains",
    ),
    INSIGHTS: (
        "insight",
        "learnings",
        "observations",
        "notes",
        "key insights",
        "takeaways",
        "key takeaways",
        "what we learned",
    ),
}
"""The parts of a snapshot, each with further headings that name it. Settings may add more."""

_FOREIGN: Mapping[str, str] = {
    FACTS: "steckbrief|hintergrund|kontext|profil|fakten|eckdaten|zur person|contexte|à propos"
    "|contexto|perfil|datos|contesto|profilo|achtergrond|profiel",
    QUOTE: "zitat|zitate|cita|citas|citazione|citazioni|citaat|citaten|citação|citações",
    STORY: "ablauf|verlauf|geschichte|erzählung|was geschah|was passierte|was passiert ist|récit"
    "|histoire|ce qui s’est passé|ce qui s'est passé|historia|relato|lo que pasó|qué pasó"
    "|storia|verhaal|história|o que aconteceu",
    OPPORTUNITIES: "chancen|bedürfnisse|schmerzpunkte|probleme|opportunités|besoins|problèmes"
    "|oportunidades|necesidades|problemas|dolores|opportunità|bisogni|problemi|kansen|behoeften"
    "|pijnpunten|necessidades|dores",
    INSIGHTS: "erkenntnisse|beobachtungen|notizen|fazit|enseignements|apprentissages"
    "|observaciones|aprendizajes|conclusiones|hallazgos|osservazioni|inzichten|bevindingen"
    "|observações|aprendizados",
}
"""Headings of the parts in German, French, Spanish, Italian, Dutch and Portuguese."""

_NAMED = {word: name for name, words in _FOREIGN.items() for word in words.split("|")}


def with_headings(further: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """The parts of a snapshot with the headings that settings add, folded as headings are."""
    if not further:
        return SECTIONS
    return {
        name: (*headings, *map(heading_words, further.get(name, ())))
        for name, headings in SECTIONS.items()
    }


def part(title: str, synonyms: Mapping[str, tuple[str, ...]] = SECTIONS) -> str:
    """The part that a heading names, or ""; `Needs / pain points` names one in two ways."""
    folded = heading_words(title)
    named = _part(folded, synonyms)
    if not named and (several := _AND.split(folded))[1:]:
        first, *others = (_part(each.strip(), synonyms) for each in several)
        named = first if all(each == first for each in others) else ""
    return named


def _part(folded: str, synonyms: Mapping[str, tuple[str, ...]]) -> str:
    """The part that a heading's words name, or ""."""
    if folded in synonyms:
        return folded
    for name, others in synonyms.items():
        if folded in others:
            return name
    return _NAMED.get(folded, "")


_AND = expression(r"\s*[/&+,]\s*|\s(?:and|or|und|oder|et|ou|y|o|e|en)\s")
_NUMBER = expression(
    r"^\d{1,2}(?:\.\d{1,2})*\s+|^(?:(?:part|section|step|teil)\s+)?"
    r"(?:\d{1,2}(?:\.\d{1,2})*[a-z]?|[ivx]{1,4}|[a-z])(?:[.):]|\s*[-–—:])\s*"
)
_BEHIND = expression(
    r"(?:(?<!\s)\s++)?(?:\{[^{}]*\}|[(\[]\s*\d*[^()\[\]]{0,40}[)\]]"
    r"|[:–—-]\s*\d+|\^[\w-]+|#[\w/-]+)\s*$"
)


@lru_cache(maxsize=1024)
def heading_words(title: str) -> str:
    """A heading's words, without a number or symbols before them, and without `{#id}`, a count or a
    remark in parentheses after them.
    """
    folded = unicodedata.normalize("NFKC", title).casefold()
    while (behind := _BEHIND.search(folded)) and behind.start():
        folded = folded[: behind.start()]
    folded = _trimmed(folded)
    return " ".join(_trimmed(_NUMBER.sub("", folded) or folded).split())


def _trimmed(text: str) -> str:
    """The text without symbols at its ends."""
    start, end = 0, len(text)
    while start < end and _is_sign(text[start]):
        start += 1
    while end > start and _is_sign(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "SPZC" or letter == "\ufe0f"


def similar_part(title: str, synonyms: Mapping[str, tuple[str, ...]] = SECTIONS) -> str:
    """The part whose headings are most like another heading, or ""."""
    folded = heading_words(title)
    words = {each.removesuffix("s") for each in re.findall(r"\w+", folded)}
    for name, others in synonyms.items():
        for other in (name, *others):
            if words and {each.removesuffix("s") for each in other.split()} <= words:
                return name
    known = {other: name for name, others in synonyms.items() for other in (name, *others)}
    return known.get(nearest(folded, known, cutoff=0.75), "")


def sections(
    entry: Entry, name: str, synonyms: Mapping[str, tuple[str, ...]] = SECTIONS
) -> Iterator[Section]:
    """The sections of that part."""
    return (section for section, named in parts(entry, synonyms) if named == name)


def parts(
    entry: Entry, synonyms: Mapping[str, tuple[str, ...]] = SECTIONS
) -> Iterator[tuple[Section, str]]:
    """Each section with the part it belongs to, or "". A subheading that names no part itself
    belongs to the part of the heading above it.
    """
    current, level = "", 0
    for section in entry.sections:
        named = part(section.title, synonyms)
        if named or section.level <= level:
            current, level = named, section.level
        yield section, current
