"""The differences between a quote and the spoken words, word by word."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ost.judge.speech import written
from ost.words import counted

_MOST = 3
_LONGEST = 48


def differences(
    quote: str, gap: re.Pattern[str], spoken: Sequence[tuple[str, str]]
) -> tuple[str, ...]:
    """`'enjoying' for 'watching'`, `'never' added`, `'really' left out`; the first few, then how
    many more. Words left out at a marked gap do not count.
    """
    own: list[tuple[str, str]] = []
    gaps: set[int] = set()
    for part in gap.split(quote):
        gaps.add(len(own))
        own += written(part, own[-1][0] if own else "")
    found = list(_changes(own, spoken, gaps))
    more = len(found) - _MOST
    return tuple(found[:_MOST]) + ((counted(more, "more change"),) if more > 0 else ())


def _changes(
    own: Sequence[tuple[str, str]], transcript: Sequence[tuple[str, str]], gaps: set[int]
) -> Iterator[str]:
    ours, theirs = [word for word, _ in own], [word for word, _ in transcript]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        quoted, spoken = _words(own[a:b]), _words(transcript[c:d])
        if what == "replace":
            yield f"{quoted!r} for {spoken!r}"
        elif what == "delete":
            yield f"{quoted!r} added"
        elif what == "insert" and a not in gaps:
            yield f"{spoken!r} left out"


def _words(pairs: Sequence[tuple[str, str]]) -> str:
    """The written form of some words; a contraction of two appears once."""
    shown: list[str] = []
    for _, pair in pairs:
        if not shown or shown[-1] != pair:
            shown.append(pair)
    text = " ".join(shown)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0]} ..."
