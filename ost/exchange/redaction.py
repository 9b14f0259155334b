"""Pseudonyms for the people whom a material names, wherever it names them."""

import re
from collections.abc import Mapping

from ost.exchange.pseudonyms import impersonal

_LEAST = 3
"""Letters of a name's part that alone stands for the person."""
_CODE = re.compile(r"[A-Za-z]{1,4}[\s._-]*\d{1,5}[a-z]?")


def redacted(text: str, people: Mapping[str, str]) -> str:
    """The text without addresses and numbers of people, and with pseudonyms for their names."""
    text = impersonal(text)
    for written, pseudonym in _written(people):
        if written in text:
            text = pseudonym.join(re.split(rf"(?<!\w){re.escape(written)}(?!\w)", text))
    return text


def coded(name: str) -> bool:
    """Whether a name is a pseudonym already, such as `P07`."""
    return bool(_CODE.fullmatch(name.strip()))


def _written(people: Mapping[str, str]) -> list[tuple[str, str]]:
    """How people's names may stand in a text, the longest first."""
    names: dict[str, str] = {}
    for name, pseudonym in people.items():
        plain = name.strip()
        if plain and not coded(plain) and plain != pseudonym:
            names.setdefault(plain, pseudonym)
            for part in plain.split():
                if len(part) >= _LEAST and part[:1].isupper():
                    names.setdefault(part, pseudonym)
    return sorted(names.items(), key=lambda each: -len(each[0]))
