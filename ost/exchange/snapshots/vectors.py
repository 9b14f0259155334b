"""Static word vectors, which tell whether words are close in meaning. The same file always gives
the same result.

The format is the text format of GloVe and word2vec: a word and its numbers on each line, with or
without a first line that counts them. Only the words that are wanted are kept.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import mul

from msgspec import Struct

from ost.errors import Misuse

LONGEST_LINE = 1 << 16
"""The maximum of bytes in a line. A longer one is not a word and its numbers."""

Numbers = tuple[float, ...]


class WordVectors(Struct, frozen=True):
    """The vectors of some words, minus the mean of all, so that what all words have in common does
    not count.
    """

    by_word: Mapping[str, Numbers]

    def meaning(self, words: Iterable[str]) -> Numbers:
        """The direction of the mean of the words' vectors, or () if there is none."""
        known = [self.by_word[word] for word in sorted(words) if word in self.by_word]
        return _direction([math.fsum(column) for column in zip(*known, strict=True)])


def likeness(one: Numbers, other: Numbers) -> float:
    """The cosine of the angle between two meanings; 0 if either is empty."""
    return sum(map(mul, one, other)) if one and other else 0.0


def read(lines: Iterable[bytes], wanted: AbstractSet[str], called: str) -> WordVectors:
    """The vectors of the wanted words. If a word occurs twice, the first wins.

    Raises Misuse with the line if the file is anything else. `called` names the file in messages.
    """
    found: dict[str, Numbers] = {}
    size = 0
    for number, data in enumerate(lines, 1):
        line = data.decode("utf-8", "replace").rstrip()
        if number == 1 and _counts(line):
            continue
        if not size:
            size = _size(line)
            if not size:
                raise _other(called, number)
        if line.partition(" ")[0].casefold() in wanted:
            word, *written = line.rsplit(" ", size)
            if len(written) != size or not all(map(_is_number, written)):
                raise Misuse(f"{called}:{number:,}: not a word and {size:,} numbers")
            if word.casefold() in wanted:
                found.setdefault(word.casefold(), tuple(map(float, written)))
    if not size:
        raise _other(called, 1)
    return WordVectors(_centred(found))


def _counts(line: str) -> bool:
    """Whether a line says how many words and numbers there are."""
    parts = line.split()
    return len(parts) == 2 and all(each.isdecimal() for each in parts)


def _size(line: str) -> int:
    """How many numbers follow the word, or 0 if the line is something else."""
    word, *numbers = line.split(" ")
    return len(numbers) if word and numbers and all(map(_is_number, numbers)) else 0


def _is_number(written: str) -> bool:
    try:
        return math.isfinite(float(written))
    except ValueError:
        return False


def _other(called: str, number: int) -> Misuse:
    return Misuse(
        f"{called}:{number:,}: not a word and its numbers; use word vectors in the text "
        "format of GloVe or word2vec"
    )


def _centred(found: Mapping[str, Numbers]) -> dict[str, Numbers]:
    many = len(found)
    if many < 2:
        return dict(found)
    columns = zip(*(found[word] for word in sorted(found)), strict=True)
    mean = [math.fsum(column) / many for column in columns]
    return {
        word: tuple(value - middle for value, middle in zip(numbers, mean, strict=True))
        for word, numbers in found.items()
    }


def _direction(numbers: Sequence[float]) -> Numbers:
    length = math.sqrt(math.fsum(value * value for value in numbers))
    return tuple(value / length for value in numbers) if length > 1e-12 else ()
