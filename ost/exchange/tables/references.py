"""Cells that name other rows: one name or several, as tools write links between records."""

import re
from collections.abc import Collection, Iterator
from urllib.parse import unquote

from ost.read.letters import fold

_ADDRESS = re.compile(r"\s*\((?:https?://[^()\s]*|[^()]*\.(?:md|csv)(?:\?[^()]*)?|[0-9a-f]{32})\)")
_LONGEST = 8
"""The maximum of commas in one name."""
_PAGE = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{32}(?![0-9A-Za-z])")
_NUMBERED = re.compile(r"(\d+(?:\.\d+)*)\.\d+")


def names(cell: str, known: Collection[str]) -> tuple[str, ...]:
    """The names in a cell. `known` are the folded names of rows, because a name may contain a
    comma.
    """
    pages = [each for address in _ADDRESS.findall(cell) for each in _PAGE.findall(unquote(address))]
    if pages and all(each in known for each in pages):
        return tuple(dict.fromkeys(pages))
    plain = _ADDRESS.sub("", cell).strip()
    if not plain:
        return ()
    if fold(plain) in known:
        return (plain,)
    found: list[str] = []
    for part in re.split(r"[\n;|]", plain):
        found += _split_names(part.strip(), known)
    return tuple(dict.fromkeys(filter(None, found)))


def _split_names(part: str, known: Collection[str]) -> Iterator[str]:
    """The names between commas: from the left, the longest one that is known. Quotes keep a name
    together.
    """
    pieces = [each.strip() for each in re.findall(r'\s*(?:"(?:[^"]|"")*"|[^,]+)', part)]
    pieces = [each.strip('"').replace('""', '"') if each[:1] == '"' else each for each in pieces]
    if not any(fold(each) in known for each in pieces) and fold(part) not in known:
        longer = any(
            fold(", ".join(pieces[:end])) in known
            for end in range(2, min(_LONGEST, len(pieces)) + 1)
        )
        if not longer and len(pieces) > 1 and not _alike(pieces):
            yield part
            return
    at = 0
    while at < len(pieces):
        ends = range(min(len(pieces), at + _LONGEST), at, -1)
        end = next((each for each in ends if fold(", ".join(pieces[at:each])) in known), at + 1)
        yield ", ".join(pieces[at:end])
        at = end


def _alike(pieces: Collection[str]) -> bool:
    """Whether all of them look like keys, such as `DISC-12`."""
    return all(re.fullmatch(r"[A-Za-z]*[-_ ]?\d+", each) for each in pieces)


def above(number: str) -> str:
    """The outline number one level up: `1.2` for `1.2.3`, "" at the top."""
    found = _NUMBERED.fullmatch(number)
    return found[1] if found else ""
