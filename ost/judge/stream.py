"""The spoken words of some turns in order: where words are, who said them, and when."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from math import log

from ost.judge.speech import folded, same, words, written
from ost.limits import MOST_PLACES
from ost.read.transcript import Turn

_WORK = 2_000_000
"""The most comparisons of words in one search; a longer search only finds the first places.
Without it, a long quote in a transcript that repeats itself takes minutes."""
_FEWEST = 50


class Stream:
    """Spoken words in order, each with its turn."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self.turns = turns
        self.words: list[str] = []
        self.of: list[int] = []
        self.begins: list[int] = []
        for number, turn in enumerate(turns):
            self.begins.append(len(self.words))
            spoken = words(turn.text, self.words[-1] if self.words else "")
            self.words += spoken
            self.of += [number] * len(spoken)
        self.times: list[int | None] = []
        for turn in turns:
            known = self.times[-1] if self.times else None
            self.times.append(known if turn.start is None else int(turn.start))
        self.keys = [folded(word) for word in self.words]
        self.at: dict[str, list[int]] = {}
        for position, key in enumerate(self.keys):
            self.at.setdefault(key, []).append(position)

    def first(self, wanted: Sequence[str]) -> int | None:
        """The first place of these words."""
        return next(iter(self.exact(wanted, 1)), None)

    def exact(self, wanted: Sequence[str], enough: int | None = None) -> list[int]:
        """The places of these words, one directly after the other; `enough` places at most."""
        keys = [folded(word) for word in wanted]
        places = [self.at.get(key, ()) for key in keys]
        offset = min(range(len(keys)), key=lambda number: len(places[number]))
        most = max(_WORK // len(keys), _FEWEST)
        found: list[int] = []
        compared = 0
        for position in places[offset]:
            start = position - offset
            if start < 0 or self.keys[start] != keys[0]:
                continue
            compared += 1
            if self.stands(wanted, keys, start):
                found.append(start)
            if compared >= most or len(found) == enough:
                break
        return found

    def stands(self, wanted: Sequence[str], keys: Sequence[str], start: int) -> bool:
        """Whether these words are at a position; `keys` are their keys."""
        end = start + len(keys)
        if start < 0 or self.keys[start:end] != keys:
            return False
        return same(self.words[start:end], wanted)

    @cached_property
    def triples(self) -> Mapping[tuple[str, str, str], list[int]]:
        """The places of each three words in a row, the first hundred of each."""
        found: dict[tuple[str, str, str], list[int]] = {}
        threes = zip(self.keys, self.keys[1:], self.keys[2:], strict=False)
        for position, three in enumerate(threes):
            places = found.setdefault(three, [])
            if len(places) < MOST_PLACES:
                places.append(position)
        return found

    def run(self, wanted: Sequence[str], start: int) -> int:
        """How many of the words from `start` on were said in a row somewhere."""
        keys = [folded(word) for word in wanted[start : start + _RUN]]
        longest = 0
        if len(keys) < _THREE:
            return 0
        for position in self.triples.get((keys[0], keys[1], keys[2]), ()):
            length = 0
            for one, other in zip(keys, self.keys[position : position + _RUN], strict=False):
                if one != other:
                    break
                length += 1
            longest = max(longest, length)
        return longest

    def weight(self, word: str) -> float:
        """A word's weight: a rare one has a little more than a common one."""
        return 1 + 0.25 * log((len(self.words) + 1) / (len(self.at.get(word, ())) + 1))

    def second(self, position: int) -> int | None:
        """The approximate second of the word at a position, by its share of the turn's words."""
        number = self.of[position]
        turn = self.turns[number]
        if turn.start is None:
            return self.times[number]
        if turn.end is None or turn.end <= turn.start:
            return int(turn.start)
        first = self.begins[number]
        last = self.begins[number + 1] if number + 1 < len(self.begins) else len(self.words)
        share = (position - first) / max(last - first, 1)
        return int(turn.start + (turn.end - turn.start) * share)

    def speakers(self, first: int, last: int) -> set[str]:
        """The speakers of the words from one position to another."""
        return {self.turns[number].speaker for number in range(self.of[first], self.of[last] + 1)}

    def shown(self, first: int, last: int) -> str:
        """The written text from one position to another, in whole sentences."""
        numbers = range(self.of[first], self.of[last] + 1)
        text = " ".join(self.turns[number].text for number in numbers)
        sentences = re.split(r"(?<=[.!?])\s+", text)
        wanted = set(self.words[first : last + 1])
        kept = [each for each in sentences if _shares(each, wanted)] or sentences
        return " ".join(kept)

    def written(self, first: int, last: int) -> list[tuple[str, str]]:
        """The words from one position to another, each with its written form."""
        return [*self._written(first, last)]

    def _written(self, first: int, last: int) -> Iterator[tuple[str, str]]:
        position = self.begins[self.of[first]]
        for number in range(self.of[first], self.of[last] + 1):
            before = self.words[position - 1] if position else ""
            for word in written(self.turns[number].text, before):
                if first <= position <= last:
                    yield word
                position += 1


_THREE = 3
_RUN = 60


def _shares(sentence: str, wanted: set[str]) -> bool:
    own = set(words(sentence))
    return len(own & wanted) * 2 >= max(len(own), 1)
