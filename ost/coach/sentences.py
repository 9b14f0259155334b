"""Sentences of a text, and whether a text is English."""

import re
from collections.abc import Iterator

from ost.limits import LONGEST_SENTENCE

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL = """
a about all an and any are as at be been but by can could did do does for from had has have how i if
in is it its just like me my no not of on or our out so some that the their them then there they
this to up us was we were what when where which who why will with would you your
"""
_ENGLISH = frozenset(_SMALL.split())
_ENOUGH, _SHARE = 8, 0.2


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph, in order; a number that begins one is part of it."""
    begun = ""
    for piece in _pieces(text):
        begun += piece
        if any(map(str.isalpha, piece)):
            yield begun.strip()
            begun = ""
    if rest := begun.strip():
        yield rest


def _pieces(text: str) -> Iterator[str]:
    """The text divided where a sentence may end; what has no end for long is cut at a blank."""
    from sentencex import segment

    start = 0
    while start < len(text):
        end = start + LONGEST_SENTENCE
        if end < len(text):
            end = max(text.rfind(" ", start, end), text.rfind(".", start, end)) + 1 or end
        yield from segment("en", text[start:end])
        start = end


def english(text: str) -> bool:
    """Whether a text reads as English, by its small words; a few words are taken as English."""
    words = [each[0].lower() for each in _WORD.finditer(text)]
    foreign = sum(ord(each[0]) > 0x24F for each in words)
    if foreign * 2 > len(words):
        return False
    return len(words) < _ENOUGH or sum(each in _ENGLISH for each in words) >= _SHARE * len(words)
