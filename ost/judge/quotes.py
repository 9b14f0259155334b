"""Whether words were said: a quote looked for in a transcript.

First as it stands, but for case, punctuation, fillers and stammers, also where somebody else puts
in a word; then for the place that has most of its words in their order. Of an hour's transcript a
quote takes some milliseconds.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice
from math import log
from typing import Literal

from msgspec import Struct

from ost.limits import MOST_COMPARED, MOST_PLACES
from ost.read import timestamp
from ost.read.document import Quote
from ost.read.transcript import Transcript, Turn
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree

ALIKE = 0.7
"""So much of a quote's words, in their order, makes a place the one that was meant."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_GAP = re.compile(r"\[[^\[\]]*\]|…|\.{3,}")
# What a note taker puts in, such as (laughs), stands for no words that are left out.
_ASIDE = re.compile(r"\([^()]*\)")
_FILLERS = frozenset(("um", "uh", "uhm", "erm", "er", "ah", "eh", "hm", "hmm", "mhm", "mm"))
_FEWEST = 3
_PLACES = 8
_COMMON = 300
"""A word that is said more often points to no place."""


class Checked(Struct, frozen=True):
    """What became of a quote. `turn` is the place that fits best, None in an empty transcript;
    `words` are what was said there, `second` when.
    """

    quote: Quote
    found: Literal["verbatim", "altered", "nowhere"]
    words: str = ""
    second: int | None = None
    turn: Turn | None = None


class _Stream:
    """Words in the order said, each with its turn."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self.turns = turns
        self.words: list[str] = []
        self.of: list[int] = []
        for number, turn in enumerate(turns):
            said = _words(turn.text, self.words[-1] if self.words else "")
            self.words += said
            self.of += [number] * len(said)
        self.begun: list[int | None] = []
        for turn in turns:
            known = self.begun[-1] if self.begun else None
            self.begun.append(known if turn.start is None else int(turn.start))
        self.starts = [0]
        for word in self.words:
            self.starts.append(self.starts[-1] + len(word) + 1)
        self.text = f" {' '.join(self.words)} "
        self.at: dict[str, list[int]] = {}
        for position, word in enumerate(self.words):
            self.at.setdefault(word, []).append(position)

    def exact(self, words: Sequence[str], first: int = 0, room: int | None = None) -> Iterator[int]:
        """Where these words stand, one directly after the other; from a word on, if there is only
        so much `room`, beginning at one of so many words.
        """
        wanted = f" {' '.join(words)} "
        last = len(self.words) if room is None else min(first + room - 1, len(self.words))
        end = self.starts[last] + len(wanted)
        position = self.text.find(wanted, self.starts[first], end)
        while position >= 0:
            yield bisect_right(self.starts, position) - 1
            position = self.text.find(wanted, position + 1, end)

    def weight(self, word: str) -> float:
        """How much a word tells: a rare one more than a common one, but not much more."""
        return 1 + 0.25 * log((len(self.words) + 1) / (len(self.at.get(word, ())) + 1))

    def second(self, position: int) -> int | None:
        """When the word at a position was said, about: by its share of the turn's words."""
        number = self.of[position]
        turn = self.turns[number]
        if turn.start is None:
            return self.begun[number]
        if turn.end is None or turn.end <= turn.start:
            return int(turn.start)
        first, last = bisect_right(self.of, number - 1), bisect_right(self.of, number)
        share = (position - first) / max(last - first, 1)
        return int(turn.start + (turn.end - turn.start) * share)

    def shown(self, first: int, last: int) -> str:
        """What was said from one position to another, as written down."""
        numbers = range(self.of[first], self.of[last] + 1)
        text = " ".join(self.turns[number].text for number in numbers)
        sentences = re.split(r"(?<=[.!?])\s+", text)
        wanted = set(self.words[first : last + 1])
        kept = [each for each in sentences if _shares(each, wanted)] or sentences
        return " ".join(kept)


def _shares(sentence: str, wanted: set[str]) -> bool:
    own = set(_words(sentence))
    return len(own & wanted) * 2 >= max(len(own), 1)


def _words(text: str, before: str = "") -> list[str]:
    """The words of a text as they are compared: no fillers, nothing said twice in a row."""
    said: list[str] = []
    plain = _THOUSANDS.sub("", text.casefold().replace("\u2019", "'"))
    for word in _WORD.findall(plain):
        if word not in _FILLERS and word != (said[-1] if said else before):
            said.append(word)
    return said


def verified(node: Node, tree: Tree) -> tuple[Checked, ...]:
    """Each quote of an interview, looked for in its transcript; none without one, or without words
    in it.
    """
    transcript = tree.transcript(node) if isinstance(node, Interview) else None
    if transcript is None or not transcript.turns:
        return ()
    return checked(node.entry.quotes(), transcript)


@lru_cache(maxsize=4)
def checked(wanted: tuple[Quote, ...], transcript: Transcript) -> tuple[Checked, ...]:
    """Each quote, looked for in a transcript. Quotes of no words are left out."""
    whole = _Stream(transcript.turns)
    spoken: dict[str, list[Turn]] = {}
    for turn in transcript.turns:
        spoken.setdefault(turn.speaker, []).append(turn)
    alone = [_Stream(turns) for name, turns in spoken.items() if name and len(spoken) > 1]
    return tuple(
        _checked(quote, parts, [whole, *alone]) for quote in wanted if (parts := _parts(quote.text))
    )


def _parts(text: str) -> list[list[str]]:
    """A quote's words, divided where it leaves something out; all of them if that leaves none."""
    parts = [words for part in _GAP.split(_ASIDE.sub(" ", text)) if (words := _words(part))]
    return parts or [words for words in [_words(text)] if words]


def _checked(quote: Quote, parts: list[list[str]], streams: list[_Stream]) -> Checked:
    stamped = [each.second for each in quote.stamps]
    written = [_words(quote.text)]
    together = [_words(_GAP.sub(" ", _ASIDE.sub(" ", quote.text))) or written[0]]
    for stream, wanted in ((each, way) for each in streams for way in (written, together, parts)):
        places = list(_all_parts(wanted, stream))
        if places:
            first, last = min(places, key=lambda each: _far(stream.second(each[0]), stamped))
            return _made(quote, "verbatim", stream, first, last)
    best, (first, last), stream = max(
        ((score, span, each) for each in streams for score, span in _nearest(parts, each)),
        key=lambda each: each[0],
        default=(0.0, (0, -1), streams[0]),
    )
    if last < first:
        return Checked(quote, "nowhere")
    return _made(quote, "altered" if best >= ALIKE else "nowhere", stream, first, last)


def _made(
    quote: Quote,
    found: Literal["verbatim", "altered", "nowhere"],
    stream: _Stream,
    first: int,
    last: int,
) -> Checked:
    turn = stream.turns[stream.of[first]]
    return Checked(quote, found, stream.shown(first, last), stream.second(first), turn)


def _far(second: int | None, stamped: Sequence[int]) -> float:
    if second is None or not stamped:
        return 0
    return min(abs(second - each) for each in stamped)


_LONGEST_GAP = 120

_PAIRS, _OFTEN = 5_000, 10
"""With more pairs of the same word, words said more often than `_OFTEN` are no places to begin:
comparing what says the same over and over takes the square of its length."""


def _all_parts(parts: list[list[str]], stream: _Stream) -> Iterator[tuple[int, int]]:
    """The places where all parts stand, one after the other, as (first word, last word)."""
    for first in islice(stream.exact(parts[0]), MOST_PLACES):
        end = first + len(parts[0])
        for part in parts[1:]:
            at = next(stream.exact(part, end, _LONGEST_GAP), None)
            if at is None:
                break
            end = at + len(part)
        else:
            yield first, end - 1


def _nearest(parts: list[list[str]], stream: _Stream) -> Iterator[tuple[float, tuple[int, int]]]:
    """The places that have most of a quote's words, each with how alike it is, up to 1."""
    words = [word for part in parts for word in part][:MOST_COMPARED]
    total = sum(map(stream.weight, words))
    room = len(words) // 2 + 3
    votes: Counter[int] = Counter()
    for offset, word in enumerate(words):
        places = stream.at.get(word, ())
        if len(places) <= _COMMON:
            for position in places:
                votes[(position - offset) // room] += 1
    around = Counter({each: votes[each] + votes[each + 1] for each in votes})
    for bucket, _ in around.most_common(_PLACES):
        start = max(bucket * room - room, 0)
        window = stream.words[start : start + len(words) + 4 * room]
        matcher = SequenceMatcher(_common(words, window), words, window, autojunk=False)
        blocks = [each for each in matcher.get_matching_blocks() if each.size]
        if not blocks:
            continue
        matched = [word for each in blocks for word in words[each.a : each.a + each.size]]
        first, last = blocks[0].b, blocks[-1].b + blocks[-1].size - 1
        spread = min(1.0, (len(words) * 1.6 + 3) / (last - first + 1))
        alike = sum(map(stream.weight, matched)) / total
        tight = last - first < len(words) + 1
        if len(words) - len(matched) == 1 and len(words) >= _FEWEST and tight:
            alike = max(alike, ALIKE)
        yield alike * spread, (start + first, start + last)


def _common(words: list[str], window: list[str]) -> Callable[[str], bool] | None:
    """Tells the words that are said too often to begin a comparison; None when few are."""
    said = Counter(window)
    if sum(said[each] for each in words) <= _PAIRS:
        return None
    return lambda word: said[word] > _OFTEN


def short(words: str) -> str:
    """What was said, cut to what a message can hold."""
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rpartition(' ')[0]} ..."


def at(second: int | None) -> str:
    """` at 12:41`, or nothing when the transcript gives no times."""
    return "" if second is None else f" at {timestamp.shown(second)}"


_SHOWN = 160
