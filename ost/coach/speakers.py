"""The speakers of a transcript: of unnamed captions, the interviewers, the participants."""

import re
from collections import Counter
from collections.abc import Sequence

from ost.coach.form import Form, clause
from ost.read.transcript import INTERVIEWER_LABELS, Transcript, Turn

_LABELS = INTERVIEWER_LABELS | {"q", "i", "interviewers"}
_MEETING = 6
"""A transcript with more people is a meeting, not an interview."""
_DENSE, _LISTENING = 2.0, 0.6
"""An interviewer asks this many times more per word, and speaks less than this share."""
_MAIN = 0.15
_MOSTLY, _REPEATED, _SWITCHES = 0.7, 2, 3
_LONGEST_NAME = 4
"""More words than this before a colon are a phrase, not a name."""
_GUIDE_WORDS = """
from to cc re subject sent aim alternative answer ask assumption assumptions background bad better
break closing close context day date deep description do don't duration example expected follow
followup follow-up follow-ups framing goal goals good hypothesis instead instruction instructions
intro introduction item key length listen logistics look main metric moderation note notes objective
objectives observation opener opening optional outcome part path persona phase possible probe probes
prompt prompts purpose question questions rationale read reason result risk scenario screen script
section segment setup say sample step success task tasks theme time timing tip tips title topic
topics transition url warm warm-up warmup watch what when where who why how wrap wrap-up if
"""
_GUIDE_LABELS = frozenset(_GUIDE_WORDS.split())
_CHANGE = re.compile(r"\s*(?:[-–—]|>>)\s*\S")


def with_speakers(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Turns in which an unnamed caption belongs to the speaker named last. A dash or `>>` before
    its words means another, unnamed speaker.
    """
    speaker, found = "", []
    for turn in turns:
        named = turn.speaker or ("" if _CHANGE.match(turn.text) else speaker)
        found.append(turn if turn.speaker or not named else _said_by(turn, named))
        speaker = named
    return tuple(found)


def _said_by(turn: Turn, speaker: str) -> Turn:
    return Turn(speaker, turn.start, turn.end, turn.text, turn.at)


def has_all_speakers(turns: Sequence[Turn]) -> bool:
    """Whether every turn names its speaker, once the interview has begun."""
    first = next((at for at, turn in enumerate(turns) if turn.speaker), len(turns))
    return first < len(turns) and all(turn.speaker for turn in turns[first:])


def shares(turns: Sequence[Turn]) -> dict[str, float]:
    """Each speaker's share of all words, the largest first."""
    words = Counter[str]()
    for turn in turns:
        words[turn.speaker] += len(turn.text.split())
    total = max(words.total(), 1)
    return {name: many / total for name, many in words.most_common()}


def interviewers(turns: Sequence[Turn], names: Sequence[str] = ()) -> tuple[str, ...]:
    """The interviewers: by name, by label, or because they ask most; none if that is not clear.

    Names may be in full, a first name, or initials.
    """
    speakers = tuple(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
    wanted = {name.casefold() for name in names if name}
    named = tuple(speaker for speaker in speakers if wanted & _names(speaker))
    labelled = (each for each in speakers if each.casefold().rstrip(" 0123456789") in _LABELS)
    return named or tuple(labelled) or _interviewer_names(turns)


def _names(speaker: str) -> set[str]:
    parts = speaker.casefold().split()
    return {speaker.casefold(), "-".join(parts), parts[0], "".join(part[0] for part in parts)}


def _interviewer_names(turns: Sequence[Turn]) -> tuple[str, ...]:
    parts = {name: part for name, part in shares(turns).items() if name and part}
    if not 1 < len(parts) <= _MEETING:
        return ()
    asked: Counter[str] = Counter()
    for turn in turns:
        asked[turn.speaker] += turn.text.count("?") or _requests(turn.text)
    density = {name: asked[name] / part for name, part in parts.items() if part < _LISTENING}
    first = max(density, key=density.__getitem__, default="")
    others = [asked[name] / part for name, part in parts.items() if name != first]
    most = max(asked[name] for name in parts)
    enough = 1 if len(parts) == 2 and not max(others) else 2
    clear = first and asked[first] > enough and asked[first] * 3 >= most * 2
    return (first,) if clear and density[first] >= _DENSE * max(others) else ()


def _requests(text: str) -> bool:
    return clause(text).form is Form.REQUEST


def guests(turns: Sequence[Turn], asking: Sequence[str]) -> tuple[str, ...]:
    """The participants; a co-host or a note-taker hardly speaks."""
    parts = shares(turns)
    answering = [name for name in parts if name and name not in asking]
    return tuple(name for name in answering if parts[name] >= _MAIN) or tuple(answering[:1])


def alternating(transcript: Transcript) -> bool:
    """Whether several people take turns, unlike in a guide: `Goal: …` is not a person."""
    named = [turn for turn in transcript.turns if turn.speaker]
    if len(named) <= _MOSTLY * len(transcript.turns):
        return False
    runs: list[tuple[str, str]] = []
    for turn in named:
        if not runs or runs[-1][0] != turn.speaker:
            runs.append((turn.speaker, turn.text))
    people = Counter(name for name, _ in runs if not _is_label(name))
    repeated = [name for name, many in people.items() if many >= _REPEATED]
    answers = any("?" not in text for name, text in runs if name in repeated)
    return (
        len(repeated) > 1
        and people.total() > _MOSTLY * len(runs)
        and len(runs) > _SWITCHES
        and answers
    )


def _is_label(name: str) -> bool:
    """Whether the text before a colon is not a person: a guide's word, a YAML key, a phrase."""
    if len(name.split()) > _LONGEST_NAME or (
        name.islower() and name.rstrip(" 0123456789") not in _LABELS
    ):
        return True
    return name.casefold().replace(":", " ").split(" ")[0].strip("*_ .0123456789") in _GUIDE_LABELS
