"""Pseudonyms for the people whom a table names."""

import re
from collections.abc import Iterable, Mapping

from ost.exchange.imports import term
from ost.exchange.redaction import coded


def pseudonyms(
    names: Iterable[str], given: Mapping[str, str], here: Iterable[str]
) -> Mapping[str, str]:
    """The pseudonym of each name: one that was given, the name itself where it is one, or the next
    number that no participant here has.
    """
    found: dict[str, str] = {}
    last = numbered(here)
    for name in filter(None, names):
        if name not in found:
            said = term(given, name) or (name if coded(name) else "")
            if not said:
                last += 1
                said = f"P{last:02}"
            found[name] = said
    return {**{name: said for name, said in given.items() if said}, **found}


def numbered(here: Iterable[str]) -> int:
    """The highest number of a participant such as `P07`."""
    found = (re.fullmatch(r"p0*(\d{1,6})", name.casefold()) for name in here)
    return max((int(each[1]) for each in found if each), default=0)
