"""Assesses each sentence said to a participant."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ost.coach import situation
from ost.coach.faults import (
    ALTERNATIVES,
    DECLARATIVE,
    EVERYONE,
    FAULTS,
    INTERPRETATION,
    KNOWING,
    NEGATED,
    OFFER,
    OPINION,
    PITCH,
    PRAISE,
    PRESUPPOSITION,
    SEEKING,
    SHOWING,
    TAG,
    TOLD,
    VERDICT,
    WISH,
)
from ost.coach.form import LONGEST, Clause, Form, clause
from ost.coach.model import QUIET, Assessment, Remark, Utterance
from ost.coach.strengths import STRENGTHS

_ON_A_TASK = frozenset({"generalising", "future"})
"""Faults that apply to tasks, too; since a task is watched, it may be hypothetical, closed or
double.
"""
_ONE_TIME = frozenset({"generalising", "out-of-context", "double-barrelled"})
"""Strengths that ask for one time, or refer to something said before."""
_POLITE = frozenset(("can", "could", "would", "will", "i'd", "i’d", "we'd", "we’d"))


_AND_WHY = re.compile(r"(?:,|and|or|[-–?])\s*why(?: not)?\W*\Z", re.IGNORECASE)


_CONFIRM = re.compile(r"is (?:that|this) (?:right|correct|fair|true)\?\W*\Z", re.IGNORECASE)


_CLARIFYING = re.compile(
    r"(?:is|are|was|were|does|do)(?:n['’]t)? (?:that|this|it|these|those|they)\b", re.IGNORECASE
)
"""`Is that …?` from a listener confirms what was said."""
_SUPPOSED = re.compile(
    r"\bwould\b|\bimagine (?:that )?(?:you|your|we|it)\b|\bsuppose\b", re.IGNORECASE
)
"""A request for something hypothetical."""
_EITHER = re.compile(r"\bor (?:do|does|did|is|are|was|were|has|have)\b", re.IGNORECASE)
"""`…, or is it …?`, the same."""


class _Case(Struct, frozen=True):
    """A sentence that asks, with its form, neighbours and strengths."""

    utterance: Utterance
    main: Clause
    before: str
    after: str
    strengths: tuple[str, ...]
    script: bool
    task: bool

    @property
    def text(self) -> str:
        return self.utterance.text


def assess(utterances: Sequence[Utterance]) -> list[Assessment]:
    """Assesses each sentence, given those before and after it in the same turn."""
    script = situation.usability(utterances)
    found = []
    for one, before, after in zip(
        utterances, (None, *utterances), (*utterances[1:], None), strict=False
    ):
        main = clause(one.text) if len(one.text) <= LONGEST else Clause(Form.STATEMENT)
        if main.form is Form.STATEMENT:
            found.append(_assess_statement(one, in_script=script))
        elif situation.of_the_team(one, in_script=script):
            found.append(Assessment(one))
        else:
            strengths = tuple(cue.name for cue in STRENGTHS if cue.found(one.text))
            story = "story-prompt" in strengths
            case = _Case(
                one,
                main,
                before=before.text if before and _leads_to(before, one) else "",
                after=after.text if after and after.line == one.line else "",
                strengths=strengths,
                script=script,
                task=not story
                and situation.is_task(one, in_script=script, closed=main.form is Form.CLOSED),
            )
            found.append(_assess(case))
    return found


def _leads_to(before: Utterance, one: Utterance) -> bool:
    """Whether a sentence may be about the one before: in the same turn, and not a question on a
    line of its own.
    """
    if before.speaker != one.speaker or one.line - before.line > 1:
        return False
    return before.line == one.line or not before.text.rstrip(" \"'”’)*_").endswith("?")


def _assess_statement(one: Utterance, *, in_script: bool) -> Assessment:
    """Assesses a statement: praise, what the participant must have felt, and our own idea."""
    if len(one.text) > LONGEST:
        return Assessment(one)
    if said := PRAISE.search(one.text) or TOLD.search(one.text):
        return Assessment(one, (Remark("leading", said[0]),))
    shown = None if in_script else SHOWING.search(one.text)
    return Assessment(one, (Remark("pitch", shown[0]),) if shown else ())


def _assess(case: _Case) -> Assessment:
    strengths = case.strengths
    if _of_the_session(case):
        kept = tuple(name for name in strengths if name == "story-prompt")
        return Assessment(case.utterance, (), kept)
    remarks = tuple(_remarks(case))
    if case.task or any(remark.fault not in QUIET for remark in remarks):
        strengths = ()
    elif any(remark.fault == "rating" for remark in remarks):
        strengths = tuple(name for name in strengths if name == "story-prompt")
    return Assessment(case.utterance, () if strengths else remarks, strengths)


def _of_the_session(case: _Case) -> bool:
    """Whether a sentence is about consent, the technique, or the interview itself."""
    if INTERPRETATION.search(case.text) or OFFER.search(case.text):
        return False
    asker = situation.OF_THE_ASKER.match(case.text, case.main.start)
    return bool(situation.LOGISTICS.search(case.text)) or (
        case.main.form is not Form.OPEN and asker is not None
    )


def _remarks(case: _Case) -> Iterator[Remark]:
    """Each fault of a question or a request, with the words that show it."""
    asked, exempt = _polite_away(case), _exempt(case)
    faults = set()
    for cue in FAULTS:
        words = cue.found(asked)
        if words and cue.name not in exempt and _counts(cue.name, words, case):
            faults.add(cue.name)
            yield Remark(cue.name, words)
    if case.task:
        return
    if "leading" not in faults and (words := _leading_words(case)):
        faults.add("leading")
        yield Remark("leading", words)
    if "pitch" not in faults and PITCH.found(case.before) and (found := OPINION.search(case.text)):
        faults.add("pitch")
        yield Remark("pitch", found[0])
    if not faults - QUIET and case.main.form is Form.CLOSED and _ends_in_yes(case):
        begun = case.text[case.main.start :].split(" ")
        yield Remark("closed", " ".join(begun[:2]).rstrip("?.,"))


def _exempt(case: _Case) -> set[str]:
    """The faults that a sentence of this form cannot have."""
    exempt: set[str] = set()
    if "story-prompt" in case.strengths or situation.QUOTING.search(case.text):
        exempt |= _ONE_TIME
    if case.main.form is Form.REQUEST:
        if not _two_questions(case.text):
            exempt.add("double-barrelled")
        if "?" not in case.text and (case.script or not _SUPPOSED.search(case.text)):
            exempt.add("hypothetical")
    if case.utterance.speaker and _EITHER.search(case.text):
        exempt.add("double-barrelled")
    if case.main.form is Form.SHORT and case.utterance.speaker and "you" not in case.text.lower():
        exempt.add("hypothetical")
    return exempt


def _counts(fault: str, words: str, case: _Case) -> bool:
    """Whether a fault counts here: a second question needs a first; few faults apply to tasks."""
    if fault == "double-barrelled" and case.text.find(words) <= case.main.start:
        return False
    if not case.task or fault in _ON_A_TASK:
        return True
    deed = situation.EXPECTATION.search(case.text) or situation.TRIAL.search(case.text)
    return fault == "hypothetical" and not deed and bool(WISH.search(case.text))


def _polite_away(case: _Case) -> str:
    """The sentence without a request's polite `could you`, which is not hypothetical."""
    first, _, rest = case.text[case.main.start :].partition(" ")
    if case.main.form is not Form.REQUEST or first.lower() not in _POLITE:
        return case.text
    return case.text[: case.main.start] + rest.partition(" ")[2]


def _two_questions(text: str) -> bool:
    asked = sum(f" {word} " in text.lower() for word in ("how", "what", "when", "where", "who"))
    return asked > 1


def _leading_words(case: _Case) -> str:
    """The words that suggest an answer, given the form of the sentence."""
    text, form = case.text, case.main.form
    addressed = not case.utterance.speaker or " you" in f" {text.lower()}"
    found = TAG.search(text) if addressed else None
    if form is Form.SHORT or _CONFIRM.search(text):
        found = found or INTERPRETATION.search(text)
    if form is Form.SHORT and not (case.utterance.speaker or situation.QUOTING.search(text)):
        found = found or DECLARATIVE.search(text)
    if EVERYONE.search(case.before):
        found = found or OPINION.search(text)
    if form is Form.CLOSED:
        found = found or NEGATED.match(text, case.main.start)
        if not (SEEKING.search(text) or ALTERNATIVES.search(text) or situation.SCALE.search(text)):
            found = found or VERDICT.search(text, case.main.start)
    if not case.utterance.speaker and not situation.QUOTING.search(text):
        found = found or PRESUPPOSITION.search(text)
    return found[0] if found else ""


def _ends_in_yes(case: _Case) -> bool:
    """Whether the question can be answered with yes or no."""
    text = case.text
    if case.strengths or situation.asks_about_participant(case.utterance):
        return False
    if case.utterance.speaker and _CLARIFYING.match(text, case.main.start):
        return False
    if any(each.search(text) for each in (SEEKING, KNOWING, ALTERNATIVES, situation.SCALE)):
        return False
    if _AND_WHY.search(text):
        return False
    return not case.after or clause(case.after).form not in (Form.OPEN, Form.REQUEST)
