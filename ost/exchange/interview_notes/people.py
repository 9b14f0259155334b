"""Recognises people in notes: `Participant 3`, `P07`, `Call with Anna`, or a name alone."""

import re
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from ost.exchange.foreign.imports import term
from ost.judge.person_names import in_text
from ost.tree.participants import called

_ROLE = (
    r"(?:participants?|interviewees?|respondents?|users?|customers?|clients?|persons?|people"
    r"|testers?"
    r"|subjects?|guests?|patients?|teilnehmer(?:in)?|proband(?:in)?|befragte[rn]?|kund(?:e|in)"
    r"|nutzer(?:in)?"
    r"|participante|participant(?:e)|entrevistad[oa]|usuari[oa]|client[e]|utilisat(?:eur|rice)"
    r"|interview[ée]e?"
    r"|intervistat[oa]|utente|deelnemer)"
)
_TALK = (
    r"(?:(?:customer|user|discovery|follow[- ]?up) )?"
    r"(?:interview|session|call|conversation|talk|chat|meeting|gespräch|entretien|entrevista"
    r"|intervista)s?"
)
_WITH = r"(?:with|mit|avec|con|a|met|of|:|–|—|-)"
_CODE = r"(?-i:(?:PP?|PT|PID|U|UT|TN|TP|INT|IV|K)[-_ ]?\d{1,4}[a-z]?|p\d{2,4})"
_EACH = re.compile(rf"(?<![\w.-]){_CODE}(?![\w.-])")
_NUMBER = re.compile(
    rf"(?P<role>{_ROLE}|{_TALK})[ \t]*(?:id|no\.?|nr\.?|number"
    rf"|#)?"
    r"(?:[ \t]*[#№]?[ \t]*(?P<number>\d{1,4})|[ \t]+(?P<letter>(?-i:[A-Z])))(?![\w'’-])",
    re.IGNORECASE,
)
_CODED = re.compile(rf"(?:{_ROLE}[ \t:–—-]+)?(?P<code>{_CODE})(?![\w.-])", re.IGNORECASE)
_MET = re.compile(rf"{_TALK}[ \t]*{_WITH}[ \t]*(?P<who>\S.*)", re.IGNORECASE)
_NAMED = re.compile(rf"{_ROLE}(?:[ \t]*[:–—]|[ \t]+-)[ \t]+(?P<who>\S.*)", re.IGNORECASE)
_END = re.compile(r"[ \t]*(?:[,;:|(/\[–—]|[ \t]-[ \t]|\bon\b|\bam\b|\d{4}|$)")
_ROLES = re.compile(
    rf"{_ROLE}(?:['’]?s)?(?:[ _-]?(?:id|no\.?|nr\.?|number|#|name|code))?|name|p|pid|id|#",
    re.IGNORECASE,
)
_PICTURES = re.compile("^[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff\\s]+")
"""Emoji before the words."""


class NotedPerson(Struct, frozen=True):
    """A person as notes name them: `code` is a pseudonym, `number` a running number, `name` a name.
    `words` is the whole mention, `rest` the text after it.
    """

    words: str
    code: str = ""
    number: str = ""
    name: str = ""
    rest: str = ""

    @property
    def key(self) -> str:
        """A key for this person within the same notes."""
        return (self.code or self.number or self.name).casefold()


def find_person(
    written: str, known: Mapping[str, str], *, alone: bool = False
) -> NotedPerson | None:
    """The person whom a heading or a label names. `known` holds pseudonyms by name. With `alone`, a
    bare name counts, too.
    """
    words = _PICTURES.sub("", re.sub(r"[*_`]+", "", written)).strip(" \t#:=–—-[]")
    words = re.sub(r"^\d{1,2}[.)]\s+", "", words)
    if not words:
        return None
    for name in known:
        if re.match(rf"(?:.*\s)?{re.escape(name)}(?!\w)", words, re.IGNORECASE):
            return NotedPerson(words, name=name, rest=words)
    if (found := _CODED.match(words)) and _ends(words, found.end()):
        return NotedPerson(words, code=called(found["code"]), rest=words[found.end() :])
    if (found := _NUMBER.match(words)) and _ends(words, found.end()):
        number = found["number"] or found["letter"]
        return NotedPerson(words, number=number, rest=words[found.end() :])
    for pattern in (_MET, _NAMED):
        if found := pattern.match(words):
            who = found["who"]
            person = find_person(who, {}) or _by_name(who, sure=True) or _unknown(words, who)
            return replace(person, words=words) if person else None
    return _by_name(words, sure=False) if alone else None


def codes(written: str) -> tuple[str, ...]:
    """The pseudonyms in a text, such as `Interview with P07 and P08`."""
    return tuple(dict.fromkeys(called(each) for each in _EACH.findall(written)))


def heads_people(cell: str) -> bool:
    """Whether a heading says that its column holds people."""
    return bool(_ROLES.fullmatch(cell.strip(" *_`:")))


def mapped(written: str, known: Mapping[str, str]) -> str:
    """The pseudonym that the terms give to a name, or ""."""
    return term(known, written) or ""


def _ends(words: str, at: int) -> bool:
    """Whether a mention ends there, and does not begin a sentence."""
    return bool(_END.match(words, at)) or len(words[at:].split()) <= 4


def is_name(words: str) -> bool:
    """Whether the words are nothing but a name that begins with a common first name."""
    return bool(in_text(words)) and in_text(words.split(maxsplit=1)[0]) == "first"


def _by_name(words: str, *, sure: bool) -> NotedPerson | None:
    """A name at the beginning, before a comma, a bracket or a dash."""
    end = _END.search(words, 1)
    name = words[: end.start()].strip() if end else words
    if in_text(name) if sure else is_name(name):
        return NotedPerson(words, name=name, rest=words[len(name) :])
    return None


def _unknown(words: str, who: str) -> NotedPerson | None:
    """A person without a name, by their description: `Interview with a teacher`."""
    end = _END.search(who, 1)
    name = who[: end.start()].strip() if end else who
    return (
        NotedPerson(words, number=name, rest=who[len(name) :]) if len(name.split()) <= 5 else None
    )
