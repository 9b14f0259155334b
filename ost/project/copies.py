"""Copies that synchronizing programs and file managers make beside a file: `p07 2.md`."""

import re
from collections.abc import Collection

_COPY = re.compile(
    r"(?P<name>.+?)(?:"
    r" (?:[2-9]|1\d)"  # iCloud, Finder
    r"| ?\((?:\d{1,2}|copy(?: \d+)?|Kopie(?: \d+)?)\)"  # browsers, Google Drive
    r"|(?: -)? (?:copy|Kopie|copie|copia)(?: \(?\d+\)?)?"  # Finder, Windows
    r"| ?\([^()]*(?:conflict|Konflikt|conflit)[^()]*\)"  # Dropbox, Nextcloud
    r"|\.sync-conflict-\d{8}-\d{6}(?:-\w+)?"  # Syncthing
    r"|[._-]conflict(?:[._-][\w-]+)?"
    r"|\.orig|~)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:copy of|kopie von|copie de|copia de) (?P<name>.+)", re.IGNORECASE)


_HINT = re.compile(r"[ (~]|conflict|\.orig\.", re.IGNORECASE)
"""Most names hold nothing of a copy's."""


def original(name: str, beside: Collection[str]) -> str:
    """The file beside it of which a file is a copy, by its name; "" when it is none."""
    if _HINT.search(name) is None:
        return ""
    stem, dot, suffix = name.rpartition(".")
    found = _COPY.fullmatch(stem) or _BEFORE.fullmatch(stem)
    if found is None:
        return ""
    first = f"{found['name']}{dot}{suffix}"
    return first if first in beside else ""
