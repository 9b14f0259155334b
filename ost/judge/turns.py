"""The turns of a transcript for the pages, and the turn of each quote. Speakers' names are
replaced; without the participant's consent, nothing is shown.
"""

from collections.abc import Iterator, Mapping, Sequence

from ost.judge.consent import is_withdrawn
from ost.judge.quotes import check_quotes
from ost.judge.speakers import pseudonyms, speakers
from ost.read.place import Place
from ost.read.transcript import Transcript, Turn
from ost.tree.model import Interview, Node

SpokenTurn = tuple[int | None, str | None, str]
"""A turn: the second it begins at, the speaker and the words."""

LONGEST = 45
"""Seconds before a long turn begins a new paragraph with its own timestamp."""

MOST = 1200
"""Characters of a paragraph joined from several captions."""


def spoken_turns(node: Node, transcripts: Mapping[str, Transcript]) -> Iterator[SpokenTurn]:
    """The paragraphs spoken in an interview."""
    transcript = _transcript_of(node, transcripts)
    if transcript is None or not isinstance(node, Interview):
        return
    names = pseudonyms(node, transcript)
    for paragraph in _paragraphs(transcript):
        first = paragraph[0]
        second = None if first.start is None else int(first.start)
        yield second, names.get(first.speaker), " ".join(each.text for each in paragraph)


def turns_of_quotes(
    node: Node, transcripts: Mapping[str, Transcript]
) -> Iterator[tuple[Place, int]]:
    """The place of each quote found in the transcript, and the position of its turn, from 1."""
    transcript = _transcript_of(node, transcripts)
    if transcript is None or not isinstance(node, Interview) or not transcript.turns:
        return
    quotes = node.entry.quotes()
    if not quotes:
        return
    position = {
        turn.at: number
        for number, paragraph in enumerate(_paragraphs(transcript), 1)
        for turn in paragraph
    }
    for found in check_quotes(quotes, transcript, speakers(node, transcript)):
        if found.found != "nowhere" and found.turn is not None:
            yield found.quote.at, position[found.turn.at]


def _transcript_of(node: Node, transcripts: Mapping[str, Transcript]) -> Transcript | None:
    """The transcript of an interview that may be shown."""
    if not transcripts or not isinstance(node, Interview) or is_withdrawn(node.consent):
        return None
    return node.transcript_among(transcripts)


def _paragraphs(transcript: Transcript) -> Iterator[Sequence[Turn]]:
    """The turns of a transcript; captions, which change every few seconds, are joined."""
    paragraph: list[Turn] = []
    length = 0
    for turn in transcript.turns:
        if paragraph and (length > MOST or not _goes_on(paragraph[0], turn)):
            yield paragraph
            paragraph, length = [], 0
        paragraph.append(turn)
        length += len(turn.text)
    if paragraph:
        yield paragraph


def _goes_on(first: Turn, turn: Turn) -> bool:
    """Whether a turn continues the paragraph that another began."""
    if turn.speaker != first.speaker:
        return False
    if first.start is None or turn.start is None:
        return bool(turn.speaker)
    return 0 <= turn.start - first.start < LONGEST
