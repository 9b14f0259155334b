"""Finds the place in a transcript that is most like some words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ost.judge.speech import folded
from ost.judge.stream import Stream

_WINDOWS = 12
"""How many places are compared: those with the most words in common."""
_COMMON = 300
"""A word said more often than this points to no place by itself; three in a row may."""
_FEWEST = 3
_ONE_WORD = 0.7


def nearest(quote: Sequence[str], streams: Sequence[Stream]) -> tuple[float, Stream, int, int]:
    """The likeness of the best place, up to 1, with its stream, first and last position. The last
    is before the first if nothing is alike.
    """
    candidates = [
        (-votes, number, bucket)
        for number, stream in enumerate(streams)
        for votes, bucket in _votes(quote, stream)
    ]
    best: tuple[float, Stream, int, int] = (0.0, streams[0], 0, -1)
    for _, number, bucket in sorted(candidates)[:_WINDOWS]:
        score, first, last = _compared(quote, streams[number], bucket)
        if score > best[0]:
            best = (score, streams[number], first, last)
    return best


def one_word_off(quote: Sequence[str], streams: Sequence[Stream]) -> tuple[Stream, int, int] | None:
    """Where all but one of a few words are together; that one is missing or replaced."""
    if not _FEW[0] <= len(quote) <= _FEW[1]:
        return None
    for stream in streams:
        for odd in range(1, len(quote) - 1):
            for skipped in (0, 1):
                found = _bounds(quote[:odd], quote[odd + 1 :], skipped, stream)
                if found is not None:
                    return stream, *found
    return None


def _bounds(
    before: Sequence[str], after: Sequence[str], skipped: int, stream: Stream
) -> tuple[int, int] | None:
    """Where some words come before, and others after, this many skipped words."""
    longer = max(before, after, key=len)
    offset = 0 if longer is before else len(before) + skipped
    for at in stream.exact(longer, _COMMON):
        start = at - offset
        end = start + len(before) + skipped
        if all(
            stream.stands(part, [folded(word) for word in part], place)
            for part, place in ((before, start), (after, end))
        ):
            return (start, end + len(after) - 1) if before else (end, end + len(after) - 1)
    return None


_FEW = (5, 12)


def _room(quote: Sequence[str]) -> int:
    return len(quote) // 2 + 3


def _votes(quote: Sequence[str], stream: Stream) -> list[tuple[int, int]]:
    """The stretches of a stream with the most of the words, each with their number."""
    keys = [folded(word) for word in quote]
    room = _room(quote)
    votes: Counter[int] = Counter()
    for offset, position in _anchors(keys, stream):
        votes[(position - offset) // room] += 1
    around = Counter({bucket: votes[bucket] + votes[bucket + 1] for bucket in votes})
    return [(number, bucket) for bucket, number in around.most_common(_WINDOWS)]


def _anchors(keys: Sequence[str], stream: Stream) -> Iterator[tuple[int, int]]:
    """The places of each rare word; without any, those of three words in a row."""
    rare = False
    for offset, key in enumerate(keys):
        places = stream.at.get(key, ())
        if len(places) <= _COMMON:
            for position in places:
                rare = True
                yield offset, position
    if rare:
        return
    for offset in range(len(keys) - 2):
        three = (keys[offset], keys[offset + 1], keys[offset + 2])
        for position in stream.triples.get(three, ()):
            yield offset, position


def _compared(words: Sequence[str], stream: Stream, bucket: int) -> tuple[float, int, int]:
    """The likeness of a stretch, and the first and last position of the like words."""
    room = _room(words)
    start = max(bucket * room - room, 0)
    window = stream.words[start : start + len(words) + 4 * room]
    matcher = SequenceMatcher(None, words, window, autojunk=False)
    blocks = [each for each in matcher.get_matching_blocks() if each.size]
    if not blocks:
        return 0.0, 0, -1
    matched = [word for each in blocks for word in words[each.a : each.a + each.size]]
    first, last = blocks[0].b, blocks[-1].b + blocks[-1].size - 1
    spread = min(1.0, (len(words) * 1.6 + 3) / (last - first + 1))
    alike = sum(map(stream.weight, matched)) / sum(map(stream.weight, words))
    tight = last - first < len(words) + 1
    if len(words) - len(matched) == 1 and len(words) >= _FEWEST and tight:
        alike = max(alike, _ONE_WORD)
    return alike * spread, start + first, start + last
