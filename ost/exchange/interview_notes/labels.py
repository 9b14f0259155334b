"""Labels in notes (`Date: 3 Nov 2026`, `**Segment** – families`) as fields of an interview."""

import re
from collections.abc import Mapping

from msgspec import Struct

from ost.exchange.foreign.dates import written_day
from ost.exchange.foreign.imports import Terms, term
from ost.read.letters import fold
from ost.tree.kinds.interview import Interview

_WORDS: Mapping[str, str] = {
    "date": "date|day|when|interview date|date of interview|session date|datum|tag|fecha|dia|día"
    "|data",
    "participant": "participant|participants|interviewee|interviewees|respondent|name|who|customer"
    "|customer name|participant name|user|person|people|guest|attendee|teilnehmer|teilnehmerin"
    "|befragte|befragter|kunde|kundin|proband|participante|entrevistado|entrevistada|usuario|utilisateur"
    "|interviewé|interviewée|intervistato|deelnemer",
    "segment": "segment|persona|customer type|customer segment|user type|kundentyp|segmento"
    "|zielgruppe"
    "|type of customer|profile type",
    "interviewers": "interviewer|interviewers|interviewed by|conducted by|moderator|moderators"
    "|facilitator"
    "|researcher|researchers|interviewerin|interviewt von|geführt von|entrevistador|entrevistadora"
    "|intervieweur|intervieweuse|notes by|moderation",
    "pm": "pm|product manager|product",
    "designer": "designer|design|ux",
    "engineer": "engineer|engineering|developer|dev",
    "recording": "recording|video|audio|recording link|link to recording|aufnahme|aufzeichnung"
    "|grabación"
    "|grabacion|enregistrement",
    "duration": "duration|length|dauer|duración|durée",
    "consent": "consent|einwilligung|zustimmung|consentimiento|consentement",
    "recruited": "recruited|recruited via|recruited through|recruitment|source|quelle"
    "|rekrutiert über",
    "guide": "guide|interview guide|leitfaden",
}
FIELDS: Mapping[str, str] = {
    word: field for field, words in _WORDS.items() for word in map(fold, words.split("|"))
}
"""The field of each label, by its folded words."""

LABEL = re.compile(
    r"[ \t>]*(?:[-*+•][ \t]+|\d{1,2}[.)][ \t]+)?(?P<strong>\*\*|__)?"
    r"(?P<label>[^\W\d_][^:：*_|\n]{0,40}?)(?(strong)(?:[ \t]*[:：])?(?:\*\*|__))"
    r"[ \t]*(?:[:：]|[–—=]|(?<=[*_])(?=[ \t]))[ \t]*(?P<value>.*)"
)
_ROLE = re.compile(
    r"\b(pm|product(?: manager)?|designer|design|ux|engineer(?:ing)?|dev(?:eloper)?)\b",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_ROLES = {"p": "pm", "d": "designer", "u": "designer", "e": "engineer"}
_RECRUITED = ("in-product", "sales", "support", "panel", "network", "other")


class Labelled(Struct, frozen=True):
    """A line with a label: the field that the label means, or "", and the text after it."""

    label: str
    field: str
    value: str


def labelled(line: str, terms: Terms) -> Labelled | None:
    """A line split at its label, if it has one."""
    found = LABEL.match(line)
    if found is None:
        return None
    label = found["label"].strip()
    field = term(terms.fields, label)
    if field is None:
        field = FIELDS.get(fold(label), "")
    elif not field:
        field = LEFT_OUT
    return Labelled(label, field, found["value"].strip().strip("*_").strip())


LEFT_OUT = "-"
"""Stands for the field of a label that the terms leave out."""


def value(field: str, written: str) -> str:
    """The value for a field, or "" if the words do not fit."""
    if not written:
        return ""
    match field:
        case "date":
            return written_day(written)
        case "recording":
            address = re.search(r"https?://[^\s)>\]]+", written)
            return f"{address[0]}" if address else ""
        case "duration":
            return written if _LENGTH.fullmatch(written) else ""
        case "recruited":
            folded = fold(written)
            return folded if folded in _RECRUITED else ""
        case "segment" | "consent":
            return written
        case "guide":
            return ""
    if field in Interview.__struct_fields__ and field not in {"participant", "interviewers"}:
        return written
    return ""


def trio(field: str, written: str) -> dict[str, str]:
    """The trio's members by role, as initials, from `Anna Kohl (PM), Jo` or `PM: Anna Kohl`."""
    if field in _TRIO:
        return {field: initials(written)} if initials(written) else {}
    found = {}
    for person in re.split(r"[,;&+/]|\band\b|\bund\b|\bet\b|\by\b", written):
        role = _ROLE.search(person)
        name = initials(_ROLE.sub("", person))
        if role and name:
            found[_ROLES[role[1][0].casefold()]] = name
    return found


_TRIO = ("pm", "designer", "engineer")


def names_people(written: str) -> bool:
    """Whether a text is names, codes and roles rather than a sentence."""
    words = re.findall(r"[^\W_][\w.'’-]*", _ROLE.sub(" ", re.sub(r"\([^)]*\)", " ", written)))
    little = {"and", "und", "et", "y", "e", "von", "van", "de"}
    named = all(each[0].isupper() or len(each) < 4 or each.casefold() in little for each in words)
    return named and "?" not in written and len(words) <= _MOST_NAMES


_MOST_NAMES = 10


def initials(name: str) -> str:
    """The initials of a name, `ak` for `Anna Kohl`; a short name stays."""
    words: list[str] = re.findall(r"[^\W\d_]+", re.sub(r"\([^)]*\)", " ", name))
    if len(words) == 1 and len(words[0]) <= (3 if words[0].isupper() else 2):
        return words[0].casefold()
    return "".join(each[0] for each in words[:3]).casefold()
