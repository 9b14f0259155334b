"""The rows of evidence: moments, quotes, the steps of stories and the turns of transcripts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ost.judge.turns import spoken_turns, turns_of_quotes
from ost.publish.rows import Row, iso, key
from ost.read.document import Quote
from ost.read.transcript import Transcript
from ost.recording import at_second
from ost.tree.evidence import speaker
from ost.tree.model import Moment, Node
from ost.tree.speech import ordered_quotes, story_steps


def moment_rows(node: Node, moments: Sequence[Moment]) -> list[Row]:
    """The moments in a node that speaks: an interview or a signal."""
    recording = recording_of(node)
    person, day = speaker(node), iso(node.day)
    repeats: Counter[tuple[str, str]] = Counter()
    made = []
    for position, moment in enumerate(moments, 1):
        repeats[moment.node, moment.words] += 1
        second, url, further = _times(recording, moment.seconds)
        made.append(
            (
                key(node.id, moment.node, moment.words, repeats[moment.node, moment.words]),
                str(node.id),
                str(moment.node),
                person,
                "against" if moment.against else "for",
                node.speaks,
                moment.words,
                second,
                url,
                day,
                position,
                moment.at.line + 1,
                further,
            )
        )
    return made


def recording_of(node: Node) -> str | None:
    """The recording that its times refer to, if its kind has one."""
    found: str | None = getattr(node, "recording", None)
    return found


def _times(
    recording: str | None, seconds: Sequence[int]
) -> tuple[int | None, str | None, str | None]:
    """The first second, its address, and the further seconds as JSON."""
    second = seconds[0] if seconds else None
    more = [{"second": each, "url": at_second(recording, each) or None} for each in seconds[1:]]
    further = msgspec.json.encode(more).decode() if more else None
    return second, at_second(recording, second) or None, further


def quote_rows(node: Node, moments: Sequence[Moment], rows: Sequence[Row]) -> list[Row]:
    """The quotes of an interview or signal; `rows` are those of its moments."""
    if not node.speaks:
        return []
    recording = recording_of(node)
    belongs = {
        quote.at: row[0] for each, row in zip(moments, rows, strict=True) for quote in each.quotes
    }
    made = []
    for position, (quote, title, quote_id) in enumerate(written_quotes(node), 1):
        second, url, further = _times(recording, [each.second for each in quote.stamps])
        made.append(
            (
                quote_id,
                str(node.id),
                belongs.get(quote.at),
                speaker(node),
                quote.text,
                title,
                second,
                url,
                position,
                quote.at.line + 1,
                further,
                None,
            )
        )
    return made


def written_quotes(node: Node) -> list[tuple[Quote, str, str]]:
    """The quotes of a node in the order written, each with the heading above it and its id."""
    seen: Counter[str] = Counter()
    made = []
    for quote, title in ordered_quotes(node.entry):
        seen[quote.text] += 1
        made.append((quote, title, key(node.id, quote.text, seen[quote.text])))
    return made


def step_rows(node: Node, synonyms: Mapping[str, tuple[str, ...]]) -> list[Row]:
    """The steps of an interview's story."""
    recording = recording_of(node)
    made = []
    for position, item in enumerate(story_steps(node, synonyms), 1):
        second, url, further = _times(recording, [each.second for each in item.stamps])
        made.append(
            (
                f"{node.id}:{position}",
                str(node.id),
                position,
                item.text,
                second,
                url,
                item.at.line + 1,
                further,
            )
        )
    return made


TURN = "turn"

PLACE = "update quote set turn = ? where id = ?"
"""Writes a row of `quote_places`."""


def turn_rows(node: Node, transcripts: Mapping[str, Transcript]) -> Iterator[Row]:
    """The turns of an interview's transcript; `transcripts` are those to publish."""
    for position, turn in enumerate(spoken_turns(node, transcripts), 1):
        yield str(node.id), position, *turn


def quote_places(node: Node, transcripts: Mapping[str, Transcript]) -> list[Row]:
    """The turn of each quote that the transcript has: its position, and the quote's id."""
    found = list(turns_of_quotes(node, transcripts))
    ids = {quote.at: key for quote, _, key in written_quotes(node)} if found else {}
    return [(position, ids[at]) for at, position in found]
