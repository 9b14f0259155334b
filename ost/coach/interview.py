"""Reviews an interview: the interviewer's questions, and how the interview went."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from ost.coach import speakers
from ost.coach.assessment import assess
from ost.coach.chatter import participant_utterances
from ost.coach.model import Assessment, Utterance
from ost.coach.sentences import english, foreign, sentences_across
from ost.read.transcript import Transcript, Turn
from ost.read.transcripts import read

_USUAL = re.compile(
    r"\b(?:usually|typically|generally|normally|always|most of the time|tend to)\b", re.IGNORECASE
)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:(?!---[ \t]*\n)[^\n]*\n)*+---[ \t]*\n")
_WORD = re.compile(r"[^\W\d_]{4,}")
_SMALL = """
that this with have from they what when your about there would could which them then were been just
like know think yeah okay right well really some more into also because very much going want thing
things kind sort does did doing where will those these other
"""
_COMMON = frozenset(_SMALL.split())
_OPENING, _ENOUGH, _UNRELATED = 6, 8, 0.6


class Shape(Struct, frozen=True):
    """How an interview went, in the terms of the method.

    `story` is the first story prompt among the opening questions. `share` is the interviewers'
    share of all words, None unless every turn is named. `usual` counts answers about what is usual,
    `brought_back` those after which a question asked for one time. `read_out` is true if most
    questions ignore the answer before.
    """

    interviewer: str
    questions: int
    story: Utterance | None
    setting: int
    timeline: int
    usual: int
    brought_back: int
    read_out: bool
    share: float | None


class InterviewReview(Struct, frozen=True):
    """An interviewer's sentences in a transcript, and the interview's shape."""

    assessments: tuple[Assessment, ...]
    shape: Shape | None


SILENT = InterviewReview((), None)
"""The shape of a text that is not English or has no clear interviewer."""


@lru_cache(maxsize=8)
def review_transcript(transcript: Transcript, names: tuple[str, ...] = ()) -> InterviewReview:
    """Reviews a transcript; `names` may hold the interviewers' names or initials."""
    turns = speakers.with_speakers(transcript.turns)
    spoken = list(_utterances(turns))
    if not english(" ".join(one.text for one in spoken[:400])):
        return SILENT
    asking = speakers.interviewers(turns, names)
    if not asking:
        return SILENT
    guests = speakers.guests(turns, asking)
    others = tuple(dict.fromkeys(turn.speaker for turn in turns if turn.speaker not in guests))
    asked = [one for one in spoken if one.speaker in asking and not foreign(one.text)]
    found = assess(list(participant_utterances(asked, others)))
    share = None
    if speakers.has_all_speakers(transcript.turns):
        parts = speakers.shares(turns)
        share = sum(parts[name] for name in asking)
    return InterviewReview(tuple(found), _shape(spoken, found, asking, share))


def transcript_in_text(text: str) -> Transcript | None:
    """A text as an interview, if several people take turns, with names before them."""
    found = read(_FRONT_MATTER.sub(_blank, text, count=1), ".txt")
    return found if speakers.alternating(found) else None


def _blank(front_matter: re.Match[str]) -> str:
    """Blank lines in place of a text, so that the rest keeps its line numbers."""
    return "\n" * front_matter[0].count("\n")


def _utterances(turns: Sequence[Turn]) -> Iterator[Utterance]:
    """Sentences in spoken order; one may span several captions of one speaker."""
    run: list[Turn] = []
    for turn in (*turns, None):
        if run and (turn is None or turn.speaker != run[0].speaker):
            yield from _sentences(run)
            run = []
        if turn is not None:
            run.append(turn)


def _sentences(run: list[Turn]) -> Iterator[Utterance]:
    for sentence, number in sentences_across([turn.text for turn in run]):
        yield Utterance(run[number].at.line + 1, sentence, run[0].speaker)


def _shape(
    spoken: list[Utterance], found: list[Assessment], asking: Sequence[str], share: float | None
) -> Shape:
    strengths = {id(each.utterance): each.strengths for each in found}
    questions = [each for each in found if "?" in each.utterance.text or each.strengths]
    opening = (each for each in questions[:_OPENING] if "story-prompt" in each.strengths)
    story = next((each.utterance for each in opening), None)
    usual = back = 0
    related: list[bool] = []
    for answer, question in _exchanges(spoken, asking):
        answer_text = " ".join(one.text for one in answer)
        question_text = " ".join(one.text for one in question)
        praised = {name for one in question for name in strengths.get(id(one), ())}
        if "?" in question_text:
            related.append(bool(praised or _content(answer_text) & _content(question_text)))
        if _USUAL.search(answer_text):
            usual += 1
            back += bool({"story-prompt", "timeline"} & praised)
    unrelated = related.count(False)
    counts = Counter(name for each in found for name in each.strengths)
    return Shape(
        interviewer=", ".join(asking),
        questions=len(questions),
        story=story,
        setting=counts["setting"],
        timeline=counts["timeline"],
        usual=usual,
        brought_back=back,
        read_out=len(related) >= _ENOUGH and unrelated > _UNRELATED * len(related),
        share=share,
    )


def _exchanges(
    spoken: list[Utterance], asking: Sequence[str]
) -> Iterator[tuple[list[Utterance], list[Utterance]]]:
    """Each answer with what the interviewer said next."""
    answer: list[Utterance] = []
    question: list[Utterance] = []
    for one in spoken:
        if one.speaker in asking:
            question.append(one)
        else:
            if question and answer:
                yield answer, question
            if question:
                answer, question = [], []
            answer.append(one)
    if answer and question:
        yield answer, question


def _content(text: str) -> set[str]:
    return {word.casefold().rstrip("s") for word in _WORD.findall(text)} - _COMMON
