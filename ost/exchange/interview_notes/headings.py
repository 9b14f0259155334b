"""Which part of a snapshot a heading in notes means, in several languages."""

from collections.abc import Mapping

from ost.exchange.foreign.imports import Terms, term
from ost.read.letters import fold
from ost.tree.sections import heading_words, part

_FURTHER = {
    "quick facts": "who|who is it|participant profile|participant|demographics|about them|about you"
    "|about the participant|role|company|persona|key facts|über|introduction|intro",
    "memorable quote": "verbatims|verbatim|citation|citations|quotations|in their words"
    "|what they said|highlights",
    "story": "the story|process|current process|workflow|walkthrough|tasks|transcript|conversation"
    "|gespräch|session|interview",
    "opportunities": "challenges|frustrations|problems|pain|barriers|blockers|wishes|desires"
    "|struggles|difficulties",
    "insights": "findings|key findings|ideas|next steps|follow up|follow-ups|recommendations"
    "|summary|tl;dr|tldr|conclusion|conclusions|other|misc|surprises|zusammenfassung"
    "|notes of interest|positive notes|feedback|our thoughts",
}
_PARTS = {fold(word): name for name, words in _FURTHER.items() for word in words.split("|")}


def part_of(heading: str, terms: Terms, sections: Mapping[str, tuple[str, ...]]) -> str | None:
    """The part of a snapshot that a heading means, "" if none; None if the terms leave it out."""
    words = heading.strip().strip("*_:").strip()
    found = term(terms.headings, words)
    if found is not None:
        return found or None
    return part(words, sections) or _PARTS.get(fold(heading_words(words)), "")
