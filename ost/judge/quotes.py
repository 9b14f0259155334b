"""Checks each quote of a snapshot against its transcript."""

from functools import lru_cache
from typing import Literal

from msgspec import Struct

from ost.judge.search import Search, parts
from ost.judge.speakers import NOBODY, Speakers, speakers
from ost.read.document import Quote
from ost.read.transcript import Transcript, Turn
from ost.recording import clock
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree


class CheckedQuote(Struct, frozen=True):
    """A checked quote. `turn` is the place that fits best, None in an empty transcript; `words`
    were said there, at `second`. `asked` means that only the interviewer said it. `changes` are the
    differences, word by word. If the quote joins words said apart, `seconds` are the times of its
    pieces, each None without times in the transcript.
    """

    quote: Quote
    found: Literal["verbatim", "altered", "nowhere"]
    words: str = ""
    second: int | None = None
    turn: Turn | None = None
    asked: bool = False
    changes: tuple[str, ...] = ()
    seconds: tuple[int | None, ...] = ()


def check_interview(node: Node, tree: Tree) -> tuple[CheckedQuote, ...]:
    """Each quote of an interview, checked against its transcript; none without a transcript or
    words in it.
    """
    transcript = tree.transcript(node) if isinstance(node, Interview) else None
    if not isinstance(node, Interview) or transcript is None or not transcript.turns:
        return ()
    quotes = node.entry.quotes()
    return check_quotes(quotes, transcript, speakers(node, transcript)) if quotes else ()


@lru_cache(maxsize=4)
def check_quotes(
    wanted: tuple[Quote, ...], transcript: Transcript, who: Speakers = NOBODY
) -> tuple[CheckedQuote, ...]:
    """Each quote, checked against a transcript, except quotes without words."""
    search = Search(transcript, who)
    return tuple(_check_quote(quote, search) for quote in wanted if parts(quote.text))


def _check_quote(quote: Quote, search: Search) -> CheckedQuote:
    found = search.find(quote.text, [each.second for each in quote.stamps])
    if found.last < found.first:
        return CheckedQuote(quote, found.kind)
    return CheckedQuote(
        quote,
        found.kind,
        found.stream.shown(found.first, found.last),
        found.stream.second(found.first),
        found.stream.turns[found.stream.of[found.first]],
        found.asked,
        found.changes,
        found.seconds,
    )


def short(words: str) -> str:
    """Spoken words, shortened for a message."""
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rpartition(' ')[0]} ..."


def at(second: int | None) -> str:
    """` at 12:41`, or "" if the transcript has no times."""
    return "" if second is None else f" at {clock(second)}"


_SHOWN = 160
