"""Counts people by their names in interviews, however these are spelt.

`P07`, `p07` and `P-07` are one person. If several people take part in an interview, one text names
them all, and each counts. All interviews that name no one count as one unknown person.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from ost.expression import expression
from ost.read.letters import composed, unaccented

UNKNOWN = "unknown"
"""Stands for the participant of all interviews that name no one."""

AND = " & "
"""Separates several people in one text."""

_NOBODY = frozenset(
    ("unknown", "unbekannt", "anonymous", "anon", "nobody", "none", "n/a", "n.a.", "tbd", "?", "??")
)
"""Words that stand for an unknown person."""
_CODE = expression(r"([A-Za-z]{1,4})[\s._-]*(\d{1,5})([a-z]?)", re.IGNORECASE)
_JOINT = expression(r"\s*(?:[,;&+/]|\b(?:and|und|et|y)\b)\s*")
_NAME = expression(r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’.-]*)?")


def called(name: str) -> str:
    """A person's name in its usual spelling: `p-07` is `P07`, `anna` is `Anna`."""
    plain = " ".join(composed(name).split())
    plain = plain.strip(" .,;:-–—()[]\"'")
    code = _CODE.fullmatch(plain)
    if code:
        return f"{code[1].upper()}{code[2]}{code[3].lower()}"
    if plain and plain == plain.lower():
        plain = " ".join(each[:1].upper() + each[1:] for each in plain.split(" "))
    return plain.replace(AND, " and ")


def together(names: Iterable[str]) -> str:
    """Several people as one text; "" for no one."""
    named = (name for name in names if name.strip().casefold() not in _NOBODY)
    found = (called(each) for name in named for each in _parted(name))
    return AND.join(dict.fromkeys(each for each in found if each))


@lru_cache(maxsize=4096)
def people(participant: str | None) -> tuple[str, ...]:
    """The people that a text names."""
    return tuple(participant.split(AND)) if participant else ()


def confusable(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Names that may be two spellings of one person's: `P7` and `P07`, `P07` and `PO7`, `Anna` and
    `Ana`. Each name is looked at once; `P1` and `P11` are two people.
    """
    found: dict[str, list[str]] = {}
    known = sorted(set(names))
    if _distinct(known):
        return []
    lettered = sum(_LETTER_O.match(each) is not None for each in known)
    for person in known:
        found.setdefault(_normal(person, slips=lettered == 1), []).append(person)
    return [tuple(each) for normal, each in found.items() if normal and len(each) > 1]


def _distinct(names: list[str]) -> bool:
    """Whether all names are codes, and clearly different ones. In most projects they are, and this
    test is quick.
    """
    text = "".join([f"{each}\n" for each in names]).casefold()
    if _PLAIN_CODES.fullmatch(text) is None:
        return False
    return len(set(_LEADING_ZEROS.sub("", text).split())) == len(names)


def _normal(name: str, *, slips: bool) -> str:
    """The key that all names which may be one person's have in common; "" for a name that is like
    no other.
    """
    if slips and (slip := _LETTER_O.match(name)):
        name = f"{slip[1]}0{name[slip.end() :]}"
    code = _CODE.fullmatch(name)
    if code:
        return f"{code[1].casefold()}{int(code[2])}{code[3].casefold()}"
    word = unaccented(name.casefold())
    return _DOUBLED.sub(r"\1", word) if word.isalpha() and len(word) > 2 else ""


_LETTER_O = expression(r"([A-Z])[Oo](?=\d)")
"""A letter that may be a mistyped zero. If several names have it, it is intended."""
_PLAIN_CODES = expression(r"(?:[a-np-z]{1,4}[0-9]{1,5}\n)*+")
_LEADING_ZEROS = expression(r"(?<![0-9])0+(?=[0-9])")
_DOUBLED = expression(r"(.)\1")


def _parted(name: str) -> list[str]:
    """The people whom one text names: `P07, P08`, `Anna and Ben`; `Teacher, Bern` is one."""
    parts = [each for each in _JOINT.split(name.strip()) if each]
    if len(parts) > 1:
        codes = all(_CODE.fullmatch(each) for each in parts)
        listed = "," not in name and ";" not in name
        if codes or (listed and all(_NAME.fullmatch(each) for each in parts)):
            return parts
    return [name]
