"""Replaces names with pseudonyms, the same ones throughout an import, and removes other personal
data.
"""

import re
from collections.abc import Iterable, Mapping

from ost.judge.personal import found
from ost.read.decoration import person_key

_NUMBERED = re.compile(r"p[\s._-]*0*(\d{1,6})", re.IGNORECASE)


class Pseudonyms:
    """The pseudonyms of people. A new one gets the number after the highest taken."""

    def __init__(self, taken: Iterable[str], fixed: Mapping[str, str] = {}) -> None:
        """`taken` are the participants here; `fixed` maps names to their pseudonyms."""
        self._used = {each.casefold() for each in (*taken, *fixed.values())}
        self.names: dict[str, str] = {person_key(each): code for each, code in fixed.items()}
        used = (_NUMBERED.fullmatch(each.strip()) for each in (*taken, *fixed.values()))
        self._last = max((int(each[1]) for each in used if each), default=0)

    def of(self, name: str) -> str:
        """The pseudonym of a name. A new name gets the next one."""
        key = person_key(name) or name
        if key not in self.names:
            self._last += 1
            self.names[key] = f"P{self._last:02}"
            self._used.add(self.names[key].casefold())
        return self.names[key]

    def numbered(self, where: str, number: str) -> str:
        """The pseudonym of a person who has only a number in some notes: that number, if it is
        free.
        """
        key = f"{where}\0{number.casefold()}"
        if key not in self.names:
            code = f"P{int(number):02}" if number.isdecimal() else ""
            if not code or code.casefold() in self._used:
                self._last += 1
                code = f"P{self._last:02}"
            self.names[key] = code
            self.reserve(code)
        return self.names[key]

    def reserve(self, code: str) -> None:
        """Reserves a code that the import itself uses."""
        self._used.add(code.casefold())
        number = _NUMBERED.fullmatch(code.strip())
        if number:
            self._last = max(self._last, int(number[1]))


def impersonal(text: str) -> str:
    """The text without people's addresses and phone numbers."""
    made, until = "", 0
    for start, end, _ in sorted(found(text, frozenset())):
        if end > until:
            made += f"{text[until : max(start, until)]}…" if start >= until else ""
            until = end
    return made + text[until:]
