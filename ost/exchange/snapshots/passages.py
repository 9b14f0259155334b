"""The participants' sentences in an interview with their times, and who the interviewers are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct

from ost.coach import speakers
from ost.coach.sentences import sentences_across
from ost.errors import Misuse
from ost.judge.personal import found
from ost.read.transcript import Transcript, Turn

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LEAST_NAME = 3
"""A part of a speaker's name with fewer letters could be a common word."""


class SpokenSentence(Struct, frozen=True):
    """A participant's sentence. `answer` numbers the answer that it belongs to. `private` is true
    if it contains a speaker's name, a phone number or an address.
    """

    text: str
    second: int | None
    answer: int
    speaker: str
    private: bool


class Passages(Struct, frozen=True, kw_only=True):
    """What was said in an interview. `asking` and `answering` are labels of the transcript; without
    labels, everything counts as the participant's.
    """

    sentences: tuple[SpokenSentence, ...]
    asking: tuple[str, ...]
    answering: tuple[str, ...]
    others: tuple[str, ...]


def passages(
    transcript: Transcript, asks: Sequence[str] = (), answers: Sequence[str] = ()
) -> Passages:
    """The participants' sentences. `asks` and `answers` name the speakers; by default, whoever asks
    most is the interviewer. Raises Misuse for a name that is not in the transcript.
    """
    turns = speakers.with_speakers(transcript.turns)
    labels = tuple(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
    chosen = tuple(_speaker(each, labels) for each in answers)
    asking = tuple(_speaker(each, labels) for each in asks) or tuple(
        each for each in speakers.interviewers(turns) if each not in chosen
    )
    answering = chosen or tuple(each for each in speakers.guests(turns, asking) if each in labels)
    others = tuple(each for each in labels if each not in asking and each not in answering)
    private = _private(labels)
    return Passages(
        sentences=tuple(_sentences(turns, frozenset(answering), private)),
        asking=asking,
        answering=answering,
        others=others,
    )


def renamed(text: str, names: Mapping[str, str]) -> str:
    """A text with pseudonyms in place of the speakers' names."""
    for name, pseudonym in names.items():
        parts = [name, *(each for each in name.split() if _is_name(each))]
        either = "|".join(re.escape(each) for each in parts)
        text = re.sub(rf"(?<!\w)(?:{either})(?!\w)", pseudonym.replace("\\", ""), text)
    return text


def _speaker(written: str, labels: Sequence[str]) -> str:
    """The speaker whom a label names: in full, or as the only one who begins with it."""
    folded = written.strip().casefold()
    exact = [each for each in labels if each.casefold() == folded]
    near = exact or [each for each in labels if folded and each.casefold().startswith(folded)]
    if len(near) != 1:
        known = ", ".join(labels[:12]) or "no one is named"
        raise Misuse(f"{written!r} names no single speaker; the transcript has: {known}")
    return near[0]


def _is_name(word: str) -> bool:
    return len(word) >= _LEAST_NAME and word[:1].isupper()


def _private(labels: Sequence[str]) -> re.Pattern[str] | None:
    words = {word for label in labels for word in _WORD.findall(label) if _is_name(word)}
    words -= {"Speaker", "Interviewer", "Participant", "Moderator", "Host", "Guest", "User", "You"}
    either = "|".join(sorted(map(re.escape, words)))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)") if words else None


def _sentences(
    turns: Sequence[Turn], answering: frozenset[str], private: re.Pattern[str] | None
) -> Iterator[SpokenSentence]:
    answer, run = 0, list[Turn]()
    for turn in (*turns, None):
        mine = turn is not None and (not answering or turn.speaker in answering)
        if run and (turn is None or not mine or turn.speaker != run[0].speaker):
            yield from _of_run(run, answer, private)
            run = []
        if turn is not None and mine:
            run.append(turn)
        elif turn is not None:
            answer += 1


def _of_run(
    run: Sequence[Turn], answer: int, private: re.Pattern[str] | None
) -> Iterator[SpokenSentence]:
    starts = list(accumulate((turn.start for turn in run), _newest))
    for sentence, number in sentences_across([turn.text for turn in run]):
        start = starts[number]
        named = bool(private and private.search(sentence))
        words = " ".join(sentence.split())
        secret = named or any(True for _ in found(words, frozenset()))
        second = None if start is None else int(start)
        yield SpokenSentence(words, second, answer, run[0].speaker, secret)


def _newest(before: float | None, start: float | None) -> float | None:
    """The second at which a turn starts or, failing that, the one before."""
    return before if start is None else start
