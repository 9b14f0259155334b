"""Searches words in a transcript: first verbatim, ignoring what `ost.judge.speech` ignores and
interruptions; then at the place with most of them in order; then piece by piece. A quote in an
hour's transcript takes some milliseconds; the time grows with the length of both.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal

from msgspec import Struct

from ost.expression import expression
from ost.judge.alignment import nearest, one_word_off
from ost.judge.differences import differences
from ost.judge.speakers import Speakers, unlabelled
from ost.judge.speech import words
from ost.judge.stream import Stream
from ost.limits import MOST_COMPARED
from ost.read.transcript import Transcript, Turn

ALIKE = 0.7
"""The share of a quote's words, in order, that makes a place the right one."""

GAP = expression(r"\[[^\[\]]*\]|…|\.{3,}|(?:\. ){2,}\.")
# A note taker's additions, such as (laughs), replace no words.
_ASIDE = expression(r"\([^()]*\)")
_PIECES = expression(r"[.!?;:]+(?=[\s\"\u201d\u2019']|$)|[\n—–|]|\s[-/]\s")
_FEWEST = 3
_PIECE = 40
"""Words per piece of a long quote: comparing takes quadratic time."""
_WIDEST_GAP = 120
_MOST_PARTS = 40
"""A quote with more gaps is looked up piece by piece."""
_CHAINS = 200_000
"""How often the next part of a quote is searched; in a transcript that repeats itself, a quote with
gaps could begin at every word.
"""
_RUN = 5
"""This many words in a row do not match by chance."""
_COVERED = 0.9
"""The share of a quote in such runs that makes it joined from spoken words."""


class Match(Struct, frozen=True):
    """Where words were found: their first and last position in a stream, and the differences there.
    `last` is before `first` if nothing is like them.
    """

    kind: Literal["verbatim", "altered", "nowhere"]
    stream: Stream
    first: int
    last: int
    asked: bool = False
    changes: tuple[str, ...] = ()
    seconds: tuple[int | None, ...] = ()


def parts(text: str) -> list[list[str]]:
    """A quote's words, divided at its gaps; undivided if a gap leaves no words."""
    found = [part for each in GAP.split(_ASIDE.sub(" ", text)) if (part := words(each))]
    return found or [part for part in [words(text)] if part]


class Search:
    """A transcript's words, all together and by speaker."""

    def __init__(self, transcript: Transcript, who: Speakers) -> None:
        self.turns = transcript.turns
        self.who = who

    @cached_property
    def whole(self) -> Stream:
        """All words."""
        return Stream(self.turns)

    @cached_property
    def alone(self) -> tuple[Stream, ...]:
        """The words of each named speaker, if there are several."""
        named: dict[str, list[Turn]] = {}
        for turn in self.turns:
            named.setdefault(turn.speaker, []).append(turn)
        return tuple(Stream(turns) for name, turns in named.items() if name and len(named) > 1)

    @property
    def streams(self) -> Iterator[Stream]:
        """All words, then each speaker's."""
        yield self.whole
        yield from self.alone

    def find(self, text: str, seconds: Sequence[int]) -> Match:
        """The place of a quote; the nearest to these seconds if it was said more than once."""
        text, asked = unlabelled(text, self.who)
        found = self._exactly(text, seconds) or self._nearly(text)
        if asked and found.last >= found.first and found.kind != "nowhere":
            return Match(found.kind, found.stream, found.first, found.last, asked, found.changes)
        return found

    def _exactly(self, text: str, seconds: Sequence[int]) -> Match | None:
        wanted = words(text)
        together = words(GAP.sub(" ", _ASIDE.sub(" ", text))) or wanted
        for stream in self.streams:
            for way in ([wanted], [together], parts(text)):
                places = list(_all_parts(way, stream))
                if places:
                    customers = [
                        each for each in places if not self._only_interviewer(stream, *each)
                    ]
                    near = min(
                        customers or places,
                        key=lambda each: _distance(stream.second(each[0]), seconds),
                    )
                    return Match("verbatim", stream, *near, asked=not customers)
        return None

    def _only_interviewer(self, stream: Stream, first: int, last: int) -> bool:
        """Whether only the interviewer speaks at a match."""
        return bool(self.who.asking) and stream.speakers(first, last) <= self.who.asking

    def _nearly(self, text: str) -> Match:
        """The place with most of the words; else the places of all pieces, if all were said."""
        wanted = [word for part in parts(text) for word in part]
        closest = Match("nowhere", self.whole, 0, -1)
        if len(wanted) <= MOST_COMPARED:
            score, stream, first, last = nearest(wanted, tuple(self.streams))
            if score < ALIKE and (near := one_word_off(wanted, tuple(self.streams))):
                score, (stream, first, last) = ALIKE, near
            if score >= ALIKE:
                changes = differences(text, GAP, stream.written(first, last))
                asked = self._only_interviewer(stream, first, last)
                return Match("altered", stream, first, last, asked, changes)
            closest = Match("nowhere", stream, first, last)
        pieces = self._pieces(text) or self._runs(words(_ASIDE.sub(" ", text)))
        return self._joined(pieces) if pieces else closest

    def _pieces(self, text: str) -> list[Match]:
        """Where each piece of a quote was said, mostly verbatim; empty if a piece was not."""
        found: list[Match] = []
        exactly = total = 0
        pieces = list(_divided(text))
        for piece in pieces if len(pieces) > 1 else ():
            total += len(piece)
            place = self._piece(piece)
            if place is None:
                return []
            exactly += len(piece) * (place.kind == "verbatim")
            found.append(place)
        enough = exactly * 2 >= total or total > MOST_COMPARED
        return found if total > _FEWEST and enough else []

    def _piece(self, piece: list[str]) -> Match | None:
        for stream in self.streams:
            if (at := stream.first(piece)) is not None:
                return Match("verbatim", stream, at, at + len(piece) - 1)
        if len(piece) <= _FEWEST:
            return None
        score, stream, first, last = nearest(piece, tuple(self.streams))
        return Match("altered", stream, first, last) if score >= ALIKE else None

    def _runs(self, wanted: list[str]) -> list[Match]:
        """The runs of words that cover nearly all of a quote; empty if they do not."""
        found: list[Match] = []
        start = missed = 0
        while start < len(wanted):
            length = self.whole.run(wanted, start)
            at = self.whole.first(wanted[start : start + length]) if length >= _RUN else None
            if at is not None:
                found.append(Match("verbatim", self.whole, at, at + length - 1))
                start += length
                continue
            start += 1
            missed += 1
            if missed > (1 - _COVERED) * len(wanted):
                return []
        return found

    def _joined(self, pieces: list[Match]) -> Match:
        seconds = tuple(each.stream.second(each.first) for each in pieces)
        asked = all(self._only_interviewer(each.stream, each.first, each.last) for each in pieces)
        first = pieces[0]
        return Match("altered", first.stream, first.first, first.last, asked, (), seconds)


def _divided(text: str) -> Iterator[list[str]]:
    """A quote's pieces: its sentences and the parts between gaps, short enough to compare."""
    for gap in GAP.split(_ASIDE.sub(" ", text)):
        for part in _PIECES.split(gap):
            piece = words(part)
            length = len(piece) if len(piece) <= MOST_COMPARED else _PIECE
            for start in range(0, len(piece), length or 1):
                yield piece[start : start + length]


def _distance(second: int | None, stamped: Sequence[int]) -> float:
    if second is None or not stamped:
        return 0
    return min(abs(second - each) for each in stamped)


def _all_parts(wanted: list[list[str]], stream: Stream) -> Iterator[tuple[int, int]]:
    """The places of all parts, one after the other, as (first word, last word)."""
    if not all(wanted) or len(wanted) > _MOST_PARTS:
        return
    known: dict[tuple[str, ...], list[int]] = {}
    for part in wanted:
        key = tuple(part)
        if key not in known:
            known[key] = stream.exact(part)
        if not known[key]:
            return
    places = [known[tuple(part)] for part in wanted]
    looked = 0
    nexts = [0] * len(wanted)
    for first in places[0]:
        end = first + len(wanted[0])
        for number in range(1, len(wanted)):
            looked += 1
            following = places[number]
            at = nexts[number]
            while at < len(following) and following[at] < end:
                at += 1
            nexts[number] = at
            if at == len(following) or following[at] >= end + _WIDEST_GAP:
                break
            end = following[at] + len(wanted[number])
        else:
            yield first, end - 1
        if looked > _CHAINS:
            return
