"""Finds who asks and who answers in a transcript, if turns have names and it is certain."""

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from ost.expression import expression
from ost.read.transcript import INTERVIEWER_LABELS, PARTICIPANT_LABELS, Transcript, speaker_key
from ost.tree.model import Interview
from ost.tree.participants import people

_ASKS = INTERVIEWER_LABELS | {"q", "i"}
_ANSWERS = PARTICIPANT_LABELS | {"a", "p"}
_LABEL = expression(
    r"\s*(?:[-–—>]\s*)?[*_\"\u201c]*(?P<name>[^\W_][^\n:*_?.!,]{0,40}?)\s*[*_]*:[*_]*\s+(?=\S)"
)
_OFTEN, _RARELY, _FEWEST = 0.5, 0.2, 3
"""The share of turns with a question that makes one of two speakers the interviewer."""


class Speakers(Struct, frozen=True):
    """The names of those who ask, as the transcript writes them, and all names folded; `answers` is
    the participant's.
    """

    asking: frozenset[str]
    names: frozenset[str]
    asks: frozenset[str]


NOBODY = Speakers(frozenset(), frozenset(), _ASKS)
"""No known speakers."""


def speakers(interview: Interview, transcript: Transcript) -> Speakers:
    """The speakers of an interview's transcript; no interviewer if that is not certain."""
    named = {turn.speaker for turn in transcript.turns if turn.speaker}
    team = interview.interviewers.names() if interview.interviewers else ()
    participant = speaker_key(interview.participant or "")
    asking = {name for name in named if _asks(name, team) and speaker_key(name) != participant}
    others = named - asking
    if not asking and len(named) == 2:
        answering = [name for name in named if _answers(name, participant)]
        if len(answering) == 1:
            asking = named - set(answering)
        elif not answering:
            asking = _who_puts_questions(transcript)
    elif not others:
        asking = set()
    names = {speaker_key(each) for each in (*named, participant) if each}
    return Speakers(
        frozenset(asking),
        frozenset(names | _ANSWERS | _ASKS),
        frozenset({speaker_key(each) for each in asking} | (_ASKS - {participant})),
    )


def pseudonyms(interview: Interview, transcript: Transcript) -> dict[str, str]:
    """Each speaker's published name, by the name in the transcript.

    A participant gets the name in front matter, an interviewer the initials there or `Interviewer`.
    If it is not certain who is who, speakers are numbered. No name from the transcript is
    published.
    """
    asking = speakers(interview, transcript).asking
    team = interview.interviewers.names() if interview.interviewers else ()
    answering = list(people(interview.participant))
    found: dict[str, str] = {}
    unsure: list[str] = []
    for name in dict.fromkeys(turn.speaker for turn in transcript.turns if turn.speaker):
        own = next(
            (each for each in answering if _is_called(speaker_key(name), speaker_key(each))), None
        )
        if own is not None:
            found[name] = own
        elif name in asking or _asks(name, team):
            initials = (each for each in team if _is_called(speaker_key(name), speaker_key(each)))
            found[name] = next(initials, _numbered("Interviewer", found))
        else:
            unsure.append(name)
    left = [each for each in answering if each not in found.values()]
    if len(unsure) == 1 and len(left) < 2:
        return {**found, unsure[0]: left[0] if left else "Participant"}
    for name in unsure:
        found[name] = _numbered("Speaker", found)
    return found


def _numbered(word: str, found: dict[str, str]) -> str:
    """`Interviewer`, then `Interviewer 2`; each `Speaker` has a number."""
    many = sum(each.startswith(word) for each in found.values()) + 1
    return f"{word} {many}" if many > 1 or word == "Speaker" else word


def unlabelled(text: str, who: Speakers) -> tuple[str, bool]:
    """A quote's words without the copied label of the speaker, and whether that is the
    interviewer's.
    """
    found = _LABEL.match(text)
    if found is None:
        return text, False
    name = speaker_key(found["name"])
    if name not in who.names and _kind(name) not in _ASKS | _ANSWERS:
        return text, False
    return text[found.end() :], name in who.asks or _kind(name) in who.asks


def _asks(name: str, team: Iterable[str]) -> bool:
    folded = speaker_key(name)
    return _kind(name) in _ASKS or any(_is_called(folded, speaker_key(each)) for each in team)


def _answers(name: str, participant: str) -> bool:
    return _kind(name) in _ANSWERS or (
        bool(participant) and _is_called(speaker_key(name), participant)
    )


def _is_called(name: str, short: str) -> bool:
    """Whether a speaker has this name: in full, by first name or by initials."""
    parts = name.split()
    return bool(parts) and short in {
        name,
        parts[0],
        "".join(each[0] for each in parts) if len(parts) > 1 else name,
    }


def _kind(name: str) -> str:
    """The kind in a label: `interviewer` for `Interviewer 2`."""
    return re.sub(r"[\s\d#.()]+$", "", speaker_key(name))


def _who_puts_questions(transcript: Transcript) -> set[str]:
    turns = Counter(turn.speaker for turn in transcript.turns)
    questions = Counter(
        turn.speaker for turn in transcript.turns if turn.text.rstrip("\"'\u201d ").endswith("?")
    )
    shares = sorted((questions[name] / many, name) for name, many in turns.items() if name)
    if len(shares) != 2 or len(turns) != 2:
        return set()
    (low, _), (high, name) = shares
    sure = high >= _OFTEN and low <= _RARELY and questions[name] >= _FEWEST
    return {name} if sure else set()
