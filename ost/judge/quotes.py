"""Whether words were said: each quote of a snapshot, looked for in its transcript."""

from functools import lru_cache
from typing import Literal

from msgspec import Struct

from ost.judge.search import Search, parts
from ost.judge.speakers import NOBODY, Speakers, speakers
from ost.read import timestamp
from ost.read.document import Quote
from ost.read.transcript import Transcript, Turn
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree


class Checked(Struct, frozen=True):
    """What became of a quote. `turn` is the place that fits best, None in an empty transcript;
    `words` are what was said there, `second` when.

    `asked` says that only the interviewer said it. `changes` are what differs, word by word.
    `seconds` are where the pieces of a quote were said that joins words said apart, each None where
    the transcript gives no times.
    """

    quote: Quote
    found: Literal["verbatim", "altered", "nowhere"]
    words: str = ""
    second: int | None = None
    turn: Turn | None = None
    asked: bool = False
    changes: tuple[str, ...] = ()
    seconds: tuple[int | None, ...] = ()


def verified(node: Node, tree: Tree) -> tuple[Checked, ...]:
    """Each quote of an interview, looked for in its transcript; none without one, or without words
    in it.
    """
    transcript = tree.transcript(node) if isinstance(node, Interview) else None
    if not isinstance(node, Interview) or transcript is None or not transcript.turns:
        return ()
    quotes = node.entry.quotes()
    return checked(quotes, transcript, speakers(node, transcript)) if quotes else ()


@lru_cache(maxsize=4)
def checked(
    wanted: tuple[Quote, ...], transcript: Transcript, who: Speakers = NOBODY
) -> tuple[Checked, ...]:
    """Each quote, looked for in a transcript. Quotes of no words are left out."""
    search = Search(transcript, who)
    return tuple(_checked(quote, search) for quote in wanted if parts(quote.text))


def _checked(quote: Quote, search: Search) -> Checked:
    found = search.find(quote.text, [each.second for each in quote.stamps])
    if found.last < found.first:
        return Checked(quote, found.kind)
    return Checked(
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
    """What was said, cut to what a message can hold."""
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rpartition(' ')[0]} ..."


def at(second: int | None) -> str:
    """` at 12:41`, or nothing when the transcript gives no times."""
    return "" if second is None else f" at {timestamp.shown(second)}"


_SHOWN = 160
