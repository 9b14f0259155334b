"""Sentences of a text, and whether a text is English."""

import re
from collections.abc import Iterator

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_END = re.compile(r"(?<=[.?!…])[\"”’)*_\]]*\s+(?=[\"“‘(*_\[]*[A-Z0-9{<])")
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|etc|vs|Mr|Mrs|Ms|Dr|St|No|approx)\.[\"”’)*_\]]*$")
_SMALL = """
a about all an and any are as at be been but by can could did do does for from had has have how i if
in is it its just like me my no not of on or our out so some that the their them then there they
this to up us was we were what when where which who why will with would you your
"""
_ENGLISH = frozenset(_SMALL.split())
_ENOUGH, _SHARE = 8, 0.2


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph, in order."""
    begin = 0
    for end in _END.finditer(text):
        if not _ABBREVIATED.search(text[max(begin, end.start() - 12) : end.start()]):
            yield text[begin : end.end()].strip()
            begin = end.end()
    if rest := text[begin:].strip():
        yield rest


def english(text: str) -> bool:
    """Whether a text reads as English, by its small words; a few words are taken as English."""
    words = [each[0].lower() for each in _WORD.finditer(text)]
    foreign = sum(ord(each[0]) > 0x24F for each in words)
    if foreign * 2 > len(words):
        return False
    return len(words) < _ENOUGH or sum(each in _ENGLISH for each in words) >= _SHARE * len(words)
