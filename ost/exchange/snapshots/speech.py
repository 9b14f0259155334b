"""Decides whether a file is speech before a draft is made of it.

Captions have times. Speech without times consists of words and sentences; programs, settings and
tables are full of characters that no one says.
"""

import re
import unicodedata
from collections.abc import Iterable

from ost.read.suffixes import MARKDOWN, TRANSCRIPTS
from ost.read.transcript import Transcript, Turn

SIGNS = 0.018
"""The maximum share of characters that no one says. Transcripts have at most 0.015, code and
settings 0.025 and more.
"""
FEW = 3
"""A short text is not code because of this few such characters."""
SEPARATORS = 0.35
"""The maximum of commas, semicolons and double quotes per word. Speech has less than 0.2, tables
more than 0.45.
"""
SENTENCES = 0.3
"""The minimum share of turns that end like a sentence, if turns are short."""
LETTERS = 12
"""Turns are not short if they have this many letters on average."""
TIMED = 0.3
"""A file is a transcript if this share of its turns has a time."""
CAPTIONED = 0.1
"""A file of any name is a transcript if this share of its lines has the times of captions."""
UNPRINTABLE = 0.01
"""A file is not text if this share of it is control characters."""

LOOKED_FOR = "times of captions (0:05 --> 0:09), speakers who take turns (Anna: …) or sentences"
"""How a transcript is recognised, in words."""

CAPTIONS = frozenset({".vtt", ".srt", ".sbv", ".sub"})
"""The suffixes of caption files."""
TEXTS = frozenset({"", ".text", *TRANSCRIPTS, *MARKDOWN})
"""The suffixes of files that may hold an interview without times."""

_SIGN = re.compile(r"[{}\[\]<>=_|\\^~`#@$*+/]")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|svg|\?php)\b", re.IGNORECASE)
_SEPARATOR = re.compile(r'[,;"]')
_END = re.compile(r"[.!?…。！？؟।۔][\"'”’»)\]]*\Z")
_KIND = re.compile(r"\A---[ \t]*\n(?:(?!---)[^\n]*\n)*?kind[ \t]*:[ \t]*(\w+)")


def why_not(text: str, transcript: Transcript, suffix: str) -> str:
    """What a file is instead of a transcript; "" for a transcript, and for a file without words.
    `suffix` is the one of its name.
    """
    if _unprintable(text) > UNPRINTABLE * len(text):
        return "is not text"
    if kind := _KIND.match(text):
        return f"is a node (`kind: {kind[1]}`), not a transcript"
    turns = transcript.turns
    if not turns or _timed(text, turns, suffix) or (_written(text, suffix) and _is_speech(turns)):
        return ""
    return f"is not a transcript: it has no {LOOKED_FOR}"


def _timed(text: str, turns: tuple[Turn, ...], suffix: str) -> bool:
    """Whether enough turns have times, or any turn in a caption file."""
    times = {(turn.start, turn.end) for turn in turns if turn.start is not None}
    if suffix.casefold() in CAPTIONS:
        return bool(times)
    if any(end is not None for _, end in times):
        return len(times) >= CAPTIONED * sum(map(bool, text.split("\n")))
    return sum(turn.start is not None for turn in turns) >= TIMED * len(turns)


def _written(text: str, suffix: str) -> bool:
    """Whether it may be an interview without times: a text file without markup."""
    return suffix.casefold() in TEXTS and not _MARKUP.match(text)


def _is_speech(turns: tuple[Turn, ...]) -> bool:
    """Whether words without times may have been spoken."""
    text = " ".join(turn.text for turn in turns)
    ink = sum(map(len, text.split()))
    if len(_SIGN.findall(text)) > max(FEW, SIGNS * ink):
        return False
    if len(_SEPARATOR.findall(text)) > SEPARATORS * len(text.split()):
        return False
    ended = sum(_END.search(turn.text) is not None for turn in turns)
    return _letters(text) >= LETTERS * len(turns) or ended >= SENTENCES * len(turns)


def _letters(text: str) -> int:
    """The number of letters; a Chinese or Japanese character counts as three."""
    return sum(
        3 if unicodedata.east_asian_width(each) in "WF" else 1 for each in filter(str.isalpha, text)
    )


def _unprintable(text: Iterable[str]) -> int:
    return sum(each < " " and each not in "\t\n\f\r" for each in text)
