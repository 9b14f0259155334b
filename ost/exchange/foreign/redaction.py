"""Replaces people's names throughout an import with pseudonyms."""

import re
from collections.abc import Mapping

from ost.exchange.foreign.pseudonyms import impersonal

_LEAST = 3
"""A part of a name means the person only if it has at least this many letters."""
_CODE = re.compile(r"[A-Za-z]{1,4}[\s._-]*\d{1,5}[a-z]?")
_WORD = re.compile(r"\w+")


class Redaction:
    """Removes personal data from texts: addresses, numbers and names."""

    def __init__(self, people: Mapping[str, str]) -> None:
        """`people` maps names to pseudonyms. Part of a name also means the person."""
        self.people = people
        self._names: dict[str, dict[str, str]] = {}
        for name, pseudonym in people.items():
            plain = name.strip()
            if plain and not is_pseudonym(plain) and plain != pseudonym:
                self._add(plain, pseudonym)
        for name, pseudonym in people.items():
            for part in name.split() if not is_pseudonym(name) else ():
                if len(part) >= _LEAST and part[:1].isupper():
                    self._add(part, pseudonym)

    def _add(self, name: str, pseudonym: str) -> None:
        first = _WORD.search(name)
        if first:
            named = name[first.start() :].rstrip(" .,")
            self._names.setdefault(first[0], {}).setdefault(named, pseudonym)

    def __call__(self, text: str) -> str:
        """The text with pseudonyms for names and `…` for other personal data."""
        text = impersonal(text)
        if not self._names:
            return text
        made, end = [], 0
        for word in _WORD.finditer(text):
            if word.start() < end or word[0] not in self._names:
                continue
            known = self._names[word[0]]
            fit = (each for each in known if _occurs(each, text, word.start()))
            name = max(fit, key=len, default="")
            if name:
                made += [text[end : word.start()], known[name]]
                end = word.start() + len(name)
        return "".join((*made, text[end:]))


def is_pseudonym(name: str) -> bool:
    """Whether a name is a pseudonym already, such as `P07`."""
    return bool(_CODE.fullmatch(name.strip()))


def _occurs(name: str, text: str, at: int) -> bool:
    """Whether a name occurs at that place as whole words."""
    end = at + len(name)
    return text.startswith(name, at) and not (text[end : end + 1].isalnum())
