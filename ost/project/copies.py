"""Copies that sync programs and file managers make beside a file: `p07 2.md`."""

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

_HINTS = (" ", "(", "~", "conflict", ".orig.")
"""A quick test that rules out most names."""


def may_be_copies(names: str) -> bool:
    """Whether any of these names may be a copy's."""
    plain = names.casefold()
    return any(each in plain for each in _HINTS)


@cache
def _copy() -> "re.Pattern[str]":
    import re

    return re.compile(
        r"(?P<name>.+?)(?:"
        r" (?:[2-9]|1\d)"  # iCloud, Finder
        r"| ?\((?:\d{1,2}|copy(?: \d+)?|Kopie(?: \d+)?)\)"  # browsers, Google Drive
        r"|(?: -)? (?:copy|Kopie|copie|copia)(?: \(?\d+\)?)?"  # Finder, Windows
        r"| ?\([^()]*(?:conflict|Konflikt|conflit)[^()]*\)"  # Dropbox, Nextcloud
        r"|\.sync-conflict-\d{8}-\d{6}(?:-\w+)?"  # Syncthing
        r"|[._-]conflict(?:[._-][\w-]+)?"
        r"|\.orig|~)"
        r"|(?:copy of|kopie von|copie de|copia de) (?P<first>.+)",
        re.IGNORECASE,
    )


def original(name: str, beside: Collection[str]) -> str:
    """The original beside a copy, by its name; "" if the file is not a copy."""
    if not may_be_copies(name):
        return ""
    stem, dot, suffix = name.rpartition(".")
    found = _copy().fullmatch(stem)
    if found is None:
        return ""
    first = f"{found['name'] or found['first']}{dot}{suffix}"
    return first if first in beside else ""
