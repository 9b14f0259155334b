"""A transcript as the coach hears it: who interviews, what they ask, and how the talk went."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from ost.coach.labels import heard
from ost.coach.saying import Heard, Said
from ost.coach.sentences import english, sentences
from ost.read.transcript import Transcript, Turn
from ost.read.transcripts import read

_LABELS = frozenset(
    ("interviewer", "moderator", "facilitator", "researcher", "host", "q", "i", "interviewers")
)
_CLEAR = 1.5
"""Who asks so many times more than the next is the interviewer, if no name or label says so."""
_FRICTION = re.compile(
    r"\b(?:frustrat\w+|annoy\w+|stuck|g[ia]ve up|confus\w+|struggl\w+|painful|workaround|"
    r"hate[sd]?|drives? me|waste of time|nightmare|cumbersome|fed up|difficult|hard to)\b",
    re.IGNORECASE,
)
_USUAL = re.compile(
    r"\b(?:usually|typically|generally|normally|always|most of the time|tend to)\b", re.IGNORECASE
)
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

    `story` is the first story prompt among the opening questions. `shares` are each speaker's part
    of all words. `usual` counts answers about what is usual, `brought_back` those after which a
    question asked for one time. `passed_over` are answers that told of friction, after which the
    talk went elsewhere. `read_out` is true when most questions take up nothing of the answer
    before.
    """

    interviewer: str
    questions: int
    story: Said | None
    setting: int
    timeline: int
    usual: int
    brought_back: int
    passed_over: tuple[Said, ...]
    read_out: bool
    shares: tuple[tuple[str, float], ...]


class Talk(Struct, frozen=True):
    """What an interviewer said in a transcript, and the talk's shape."""

    heard: tuple[Heard, ...]
    shape: Shape | None


SILENT = Talk((), None)
"""Of a talk that is not English, or in which nobody can be told to be the interviewer."""


@lru_cache(maxsize=8)
def listen(transcript: Transcript, names: tuple[str, ...] = ()) -> Talk:
    """What the coach hears in a transcript; `names` may be the interviewers', or their initials."""
    spoken = list(_spoken(transcript.turns))
    if not english(" ".join(each.text for each in spoken[:400])):
        return SILENT
    asking = interviewer(transcript, names)
    if not asking:
        return SILENT
    found = heard([each for each in spoken if each.speaker == asking])
    return Talk(tuple(found), _shape(transcript, spoken, found, asking))


def written_down(text: str) -> Transcript | None:
    """A text as a talk, if it is one: names stand before what each of several said."""
    found = read(text, ".txt")
    named = Counter(turn.speaker for turn in found.turns if turn.speaker)
    many = len(found.turns)
    mostly = len(named) > 1 and named.total() > _MOSTLY * many and many >= _ENOUGH
    return found if mostly else None


_MOSTLY = 0.7


def interviewer(transcript: Transcript, names: Sequence[str] = ()) -> str:
    """Who interviews: by name, by label, or because they ask most; "" when nobody clearly does."""
    speakers = Counter(turn.speaker for turn in transcript.turns if turn.speaker)
    wanted = {each.casefold() for each in names if each}
    for speaker in speakers:
        initials = "".join(word[0] for word in speaker.split() if word)
        if speaker.casefold() in wanted or initials.casefold() in wanted:
            return speaker
    for speaker in speakers:
        if speaker.casefold().rstrip(" 0123456789") in _LABELS:
            return speaker
    asked: Counter[str] = Counter()
    for turn in transcript.turns:
        if turn.speaker:
            asked[turn.speaker] += turn.text.count("?")
    (first, many), (_, next_most) = (*asked.most_common(2), ("", 0), ("", 0))[:2]
    return first if many > 2 and len(speakers) > 1 and many >= _CLEAR * next_most else ""


def _spoken(turns: Sequence[Turn]) -> Iterator[Said]:
    """Sentences in the order said; one may go on over several captions of one speaker."""
    run: list[Turn] = []
    for turn in (*turns, None):
        if run and (turn is None or turn.speaker != run[0].speaker):
            yield from _sentences(run)
            run = []
        if turn is not None:
            run.append(turn)


def _sentences(run: list[Turn]) -> Iterator[Said]:
    text = " ".join(turn.text for turn in run)
    ends, end = [], 0
    for turn in run:
        end += len(turn.text) + 1
        ends.append(end)
    at = number = 0
    for sentence in sentences(text):
        at = text.find(sentence, at)
        while number < len(ends) - 1 and at >= ends[number]:
            number += 1
        yield Said(run[number].at.line + 1, sentence, run[0].speaker)
        at += len(sentence)


def _shape(transcript: Transcript, spoken: list[Said], found: list[Heard], asking: str) -> Shape:
    strengths = {id(each.said): each.strengths for each in found}
    questions = [each for each in found if "?" in each.said.text or each.strengths]
    opening = questions[:_OPENING]
    story = next((each.said for each in opening if "story-prompt" in each.strengths), None)
    usual = back = 0
    passed: list[Said] = []
    related: list[bool] = []
    for answer, question in _exchanges(spoken, asking):
        told = " ".join(each.text for each in answer)
        said = " ".join(each.text for each in question)
        follows = any(strengths.get(id(each)) for each in question)
        takes_up = bool(_content(told) & _content(said)) or follows
        if "?" in said:
            related.append(takes_up)
        if _USUAL.search(told):
            usual += 1
            back += any(
                {"story-prompt", "timeline"} & set(strengths.get(id(each), ())) for each in question
            )
        friction = [each for each in answer if _FRICTION.search(each.text)]
        if friction and "?" in said and not takes_up:
            passed.append(friction[-1])
    unrelated = related.count(False)
    words = Counter[str]()
    for turn in transcript.turns:
        words[turn.speaker] += len(turn.text.split())
    total = max(sum(words.values()), 1)
    return Shape(
        interviewer=asking,
        questions=len(questions),
        story=story,
        setting=sum("setting" in each.strengths for each in found),
        timeline=sum("timeline" in each.strengths for each in found),
        usual=usual,
        brought_back=back,
        passed_over=tuple(passed),
        read_out=len(related) >= _ENOUGH and unrelated > _UNRELATED * len(related),
        shares=tuple((name, many / total) for name, many in words.most_common()),
    )


def _exchanges(spoken: list[Said], asking: str) -> Iterator[tuple[list[Said], list[Said]]]:
    """Each answer with what the interviewer said next."""
    answer: list[Said] = []
    question: list[Said] = []
    for each in spoken:
        if each.speaker == asking:
            question.append(each)
        else:
            if question and answer:
                yield answer, question
            if question:
                answer, question = [], []
            answer.append(each)
    if answer and question:
        yield answer, question


def _content(text: str) -> set[str]:
    return {word.casefold().rstrip("s") for word in _WORD.findall(text)} - _COMMON
