"""Names become pseudonyms: the same name the same one, in all of a material; what else identifies a
person is taken out.
"""

import re
from collections.abc import Iterable, Mapping

from ost.judge.personal import found
from ost.read.decoration import person

_NUMBERED = re.compile(r"p[\s._-]*0*(\d{1,6})", re.IGNORECASE)


class Pseudonyms:
    """Who is called what. The next free number follows the highest that is taken."""

    def __init__(self, taken: Iterable[str], fixed: Mapping[str, str] = {}) -> None:
        """`taken` are the participants here, `fixed` the pseudonyms of names."""
        self.names: dict[str, str] = {person(each): code for each, code in fixed.items()}
        used = (_NUMBERED.fullmatch(each.strip()) for each in (*taken, *fixed.values()))
        self._last = max((int(each[1]) for each in used if each), default=0)

    def of(self, name: str) -> str:
        """The pseudonym of a name, which gets the next one if it has none."""
        key = person(name) or name
        if key not in self.names:
            self._last += 1
            self.names[key] = f"P{self._last:02}"
        return self.names[key]

    def reserve(self, code: str) -> None:
        """A code that a material uses itself is given to no one else."""
        number = _NUMBERED.fullmatch(code.strip())
        if number:
            self._last = max(self._last, int(number[1]))


def impersonal(text: str) -> str:
    """The text without addresses and phone numbers of people."""
    for start, end, _ in sorted(found(text, frozenset()), reverse=True):
        text = f"{text[:start]}…{text[end:]}"
    return text
