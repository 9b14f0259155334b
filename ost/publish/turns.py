"""The rows of transcripts: what one speaker says until the next, and where quotes stand in it.

A transcript is in the file as the reading gives it, but for the names of speakers. It is left out
where the participant withdrew their consent, and where the project says so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ost.judge.consent import is_withdrawn
from ost.judge.quotes import checked
from ost.judge.speakers import pseudonyms, speakers
from ost.publish.moments import written_quotes
from ost.publish.rows import Row
from ost.read.transcript import Transcript, Turn
from ost.tree.model import Interview, Node

TURN = "turn"

PLACE = "update quote set turn = ? where id = ?"
"""Writes a row of `quote_places`."""

LONGEST = 45
"""Seconds after which a speaker who goes on begins another paragraph: its stamp leads there."""

MOST = 1200
"""Characters of a paragraph that is joined from several lines."""


def turn_rows(node: Node, transcripts: Mapping[str, Transcript]) -> Iterator[Row]:
    """What was said in an interview, paragraph by paragraph."""
    transcript = transcript_of(node, transcripts)
    if transcript is None or not isinstance(node, Interview):
        return
    names = pseudonyms(node, transcript)
    for position, said in enumerate(paragraphs(transcript), 1):
        first = said[0]
        second = None if first.start is None else int(first.start)
        text = " ".join(each.text for each in said)
        yield str(node.id), position, second, names.get(first.speaker), text


def quote_places(node: Node, transcripts: Mapping[str, Transcript]) -> list[Row]:
    """The paragraph of each quote that the transcript has: its position, and the quote's id."""
    transcript = transcript_of(node, transcripts)
    quotes = node.entry.quotes()
    if transcript is None or not isinstance(node, Interview) or not transcript.turns or not quotes:
        return []
    position = {
        turn.at: number for number, said in enumerate(paragraphs(transcript), 1) for turn in said
    }
    ids = {quote.at: key for quote, _, key in written_quotes(node)}
    return [
        (position[each.turn.at], ids[each.quote.at])
        for each in checked(quotes, transcript, speakers(node, transcript))
        if each.found != "nowhere" and each.turn is not None
    ]


def transcript_of(node: Node, transcripts: Mapping[str, Transcript]) -> Transcript | None:
    """The transcript of an interview that may be published."""
    if not transcripts or not isinstance(node, Interview) or is_withdrawn(node.consent):
        return None
    return node.transcript_among(transcripts)


def paragraphs(transcript: Transcript) -> Iterator[Sequence[Turn]]:
    """The turns of a transcript; captions, which change every few seconds, are joined."""
    said: list[Turn] = []
    length = 0
    for turn in transcript.turns:
        if said and (length > MOST or not _goes_on(said[0], turn)):
            yield said
            said, length = [], 0
        said.append(turn)
        length += len(turn.text)
    if said:
        yield said


def _goes_on(first: Turn, turn: Turn) -> bool:
    """Whether a turn belongs to the paragraph that another began."""
    if turn.speaker != first.speaker:
        return False
    if first.start is None or turn.start is None:
        return bool(turn.speaker)
    return 0 <= turn.start - first.start < LONGEST


def tells(paths: Iterable[str], node: Node) -> bool:
    """Whether an interview's transcript may be one of these files."""
    return isinstance(node, Interview) and not set(paths).isdisjoint(node.transcript_paths())
