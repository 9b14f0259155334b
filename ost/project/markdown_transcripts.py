"""Whether a Markdown file is a transcript, by its bytes, before anything is parsed.

A transcript in Markdown has no `kind`, and its lines start with the names of speakers who take
turns, or it has caption times. If in doubt, it is a note.
"""

import re
from collections import Counter

_KIND = re.compile(rb"^(?:kind|type)[ \t]*:", re.MULTILINE | re.IGNORECASE)
_CUE = re.compile(rb"^\s{0,3}(?:\d{1,3}:)?\d{1,2}:\d\d[.,]\d{1,3} --> ", re.MULTILINE)
_CLOCK = rb"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d\d[\])]?"
_TURN = re.compile(
    rb"^[ \t]{0,3}(?:[-*>][ \t]+)?(?:" + _CLOCK + rb"[ \t]*)?(?:\*\*|__)?"
    rb"([A-Za-z\x80-\xff][\w .'\x80-\xff-]{0,40}?)[ \t]*(?:\*\*|__)?[ \t]*(?:" + _CLOCK + rb")?"
    rb"(?:\*\*|__)?:(?:\*\*|__)?(?=[ \t\r\n])",
    re.MULTILINE,
)
_MARKS = (b"---", b"\xef\xbb\xbf---")
"""The start of front matter, with or without a byte order mark."""

_HEAD = 4_000
_EACH = 3
"""How many turns each of two speakers must have."""
_SHARE = 0.3
"""The minimum share of lines with words that start a turn."""


def is_transcript(data: bytes) -> bool:
    """Whether Markdown is a transcript."""
    if data.startswith(_MARKS) and _KIND.search(data, 0, _HEAD):
        return False
    if len(_CUE.findall(data[:_HEAD])) > 1:
        return True
    names = Counter(name.strip().lower() for name in _TURN.findall(data))
    often = [many for many in names.values() if many >= _EACH]
    lines = sum(1 for line in data.split(b"\n") if line.strip())
    return len(often) > 1 and sum(often) >= _SHARE * lines
