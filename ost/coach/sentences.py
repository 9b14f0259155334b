"""Sentences of a text, and whether a text is English."""

import re
from collections.abc import Iterator

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
    from sentencex import segment

    begun = ""
    for piece in segment("en", text):
        begun += piece
        if any(map(str.isalpha, piece)):
            yield begun.strip()
            begun = ""
    if rest := begun.strip():
        yield rest


def english(text: str) -> bool:
    """Whether a text reads as English, by its small words; a few words are taken as English."""
    words = [each[0].lower() for each in _WORD.finditer(text)]
    foreign = sum(ord(each[0]) > 0x24F for each in words)
    if foreign * 2 > len(words):
        return False
    return len(words) < _ENOUGH or sum(each in _ENGLISH for each in words) >= _SHARE * len(words)
