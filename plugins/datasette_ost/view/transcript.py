"""A transcript below its snapshot, which links its timestamps and quotes to it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from markupsafe import Markup, escape
from msgspec import Struct, field

from datasette_ost.file.moments import MomentRow, QuoteRow
from datasette_ost.file.rows import Second
from datasette_ost.file.turns import TurnRow


class Timed(Protocol):
    """Something with timestamps: a quote, a moment or a step of a story."""

    second: int | None
    url: str | None
    further: list[Second]


class SnapshotMark(Struct, frozen=True):
    """A part of the snapshot that cites a line of the transcript: its address there if it has one,
    its label, and a node's kind.
    """

    href: str
    label: str
    kind: str = ""


class TurnLine(Struct):
    """A turn as the page shows it. `speaker` is "" if the same person continues; `seconds` are the
    timestamps that lead here.
    """

    turn: TurnRow
    speaker: str
    html: Markup = Markup()
    seconds: list[int] = field(default_factory=list)
    marks: list[SnapshotMark] = field(default_factory=list)


class MarkedTranscript:
    """The turns of a transcript, marked where the snapshot cites them."""

    def __init__(self, turns: Sequence[TurnRow], quotes: Sequence[QuoteRow]) -> None:
        """`quotes` decide where their timestamps lead: to their words."""
        self._position = _Positions(turns, quotes)
        self.lines = {
            each.position: TurnLine(each, each.speaker or "" if _begins(turns, number) else "")
            for number, each in enumerate(turns)
        }

    def address(self, second: int) -> str | None:
        """Where a timestamp leads, or None if the transcript has no such second."""
        return f"#t={second}" if self._position.of(second) else None

    def lead(self, found: Iterable[Timed]) -> None:
        """Links timestamps to the transcript where it has their second."""
        for stamped in found:
            if isinstance(stamped, QuoteRow) and stamped.second is None and stamped.turn:
                stamped.url = f"#turn-{stamped.turn}"
            if stamped.second is not None:
                stamped.url = self.address(stamped.second) or stamped.url
            for more in stamped.further:
                more.url = self.address(more.second) or more.url

    def mark(
        self,
        moments: Sequence[MomentRow],
        quotes: Sequence[QuoteRow],
        seconds: Iterable[int],
        places: Mapping[str, str],
    ) -> None:
        """Marks what the snapshot cites. `seconds` are the snapshot's timestamps, `places` the
        addresses of quotes outside moments.
        """
        self.astray = [each for each in sorted(seconds) if not self._position.of(each)]
        for second in sorted(seconds):
            if position := self._position.of(second):
                self.lines[position].seconds.append(second)
        quoted: dict[int, list[str]] = {}
        for mark, position, words in self._marks(moments, quotes, places):
            if position:
                marks = self.lines[position].marks
                quoted.setdefault(position, []).append(words)
                if mark not in marks:
                    marks.append(mark)
        for position, line in self.lines.items():
            line.html = highlighted(line.turn.text, quoted.get(position, ()))

    def _marks(
        self, moments: Sequence[MomentRow], quotes: Sequence[QuoteRow], places: Mapping[str, str]
    ) -> Iterator[tuple[SnapshotMark, int, str]]:
        about = {each.id: each for each in moments}
        for quote in quotes:
            of = about.get(quote.moment or "")
            alone = SnapshotMark(places.get(quote.id, ""), quote.section or "Quote")
            mark = _of_moment(of) if of else alone
            yield mark, self._position.of_quote(quote), quote.text
        for moment in moments:
            if moment.second is not None:
                yield _of_moment(moment), self._position.of(moment.second), ""


class _Positions:
    """The turns of seconds and quotes, by position; 0 for none."""

    def __init__(self, turns: Iterable[TurnRow], quotes: Iterable[QuoteRow]) -> None:
        self._timed = sorted(
            (each.second, each.position) for each in turns if each.second is not None
        )
        self._quoted = {each.second: each.turn for each in quotes if each.turn}

    def of(self, second: int) -> int:
        """The turn at a second, or, if a quote has that timestamp, the turn with the quote."""
        if quoted := self._quoted.get(second):
            return quoted
        before = bisect_right(self._timed, (second, 1 << 30))
        return self._timed[before - 1][1] if before else 0

    def of_quote(self, quote: QuoteRow) -> int:
        """The turn with a quote's words or, failing that, the turn at its second."""
        return quote.turn or (0 if quote.second is None else self.of(quote.second))


def highlighted(text: str, quotes: Iterable[str]) -> Markup:
    """The text, with verbatim quotes marked."""
    folded = text.casefold()
    if len(folded) != len(text):
        return escape(text)
    found: list[tuple[int, int]] = []
    for quote in quotes:
        words = " ".join(quote.casefold().split()).strip(" .,!?…\"'“”")
        start = folded.find(words) if words else -1
        if start >= 0:
            found.append((start, start + len(words)))
    made, done = Markup(), 0
    for start, end in sorted(found):
        if start >= done:
            made += Markup("{}<mark>{}</mark>").format(text[done:start], text[start:end])
            done = end
    return made + escape(text[done:])


def _of_moment(moment: MomentRow) -> SnapshotMark:
    return SnapshotMark(f"#m-{moment.id}", moment.about.title, moment.about.kind)


def _begins(turns: Sequence[TurnRow], number: int) -> bool:
    return not number or turns[number - 1].speaker != turns[number].speaker


def seconds_of(found: Iterable[Timed]) -> Iterator[int]:
    """Every second that the given items name."""
    for stamped in found:
        if stamped.second is not None:
            yield stamped.second
        for more in stamped.further:
            yield more.second
