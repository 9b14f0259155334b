"""The form of a sentence: a question, a request, or a statement."""

# ruff: noqa: E501 - a pattern is read more easily whole

import re
from enum import StrEnum

from msgspec import Struct

LONGEST = 1_000
"""A sentence with more letters is not a question that someone asks aloud."""


class Form(StrEnum):
    """The form of a sentence."""

    OPEN = "open question"
    CLOSED = "question that begins with its verb"
    SHORT = "question without a verb in front, such as `Anything else?` or `You paid, right?`"
    REQUEST = "request, such as `Tell me about …` or `Could you show me …`"
    STATEMENT = "statement, or an instruction to the interviewer"


class Clause(Struct, frozen=True):
    """The form of a sentence, and where the deciding words begin."""

    form: Form
    start: int = 0


_AUXILIARY = (
    r"(?:do|does|did|is|are|was|were|am|have|has|had|can|could|will|would|should|may|might|shall|"
    r"must)(?:n['’]?t)?"
)
_WH = r"(?:what|how|which|who|whom|whose|why|where|when)"
_ASKING = (
    r"(?:tell|walk|talk|take|guide|lead|bring|describe|explain|share|show|give|help|think|recall|"
    r"remember|say|elaborate|expand|imagine|picture|pretend|read|look|start|begin|go|list|name|"
    r"outline|summari[sz]e|reflect)"
)
_LEAD = re.compile(
    r"(?:[^\w(]|\([^()]{0,60}\)|\[[^\[\]]{0,60}\]|(?:so|and|ok|okay|well|now|then|but|or|also|first|firstly|next|"
    r"finally|great|thanks|thank you|alright|right|yeah|yes|no|please|just|maybe|perhaps|again|"
    r"i'm curious|i wonder|overall|generally|personally|currently|today|lastly|interesting|cool|"
    r"sure|hmm|um|uh|like|kindly)\b){0,12}",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[,;:–—…]\s*|\s-+\s|\.{2,}\s*|\b(?:but|so)\s+")
_CLOSED = re.compile(rf"{_AUXILIARY}\s+\w", re.IGNORECASE)
_PERSONAL = re.compile(
    rf"{_AUXILIARY}\s+(?:you|your|they|their|it|this|that|these|those|there|we|he|she|any\w*)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    rf"(?:(?:to|in|at|on|for|with|from|by|of|about|during|until|since)\s+)?{_WH}\b(?:['’]\w+)?",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"(?:when|where|while|which|who|what|how)\s+(?:you|your|we|they|he|she|it|i|the|a|an|someone|somebody|"
    r"people|this|that)\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"(?:(?:would|will) you (?:please \w+|walk|tell|show|describe(?![^?]{1,60} as )|explain|share|elaborate|talk (?:me|us|through|about))\b|"
    rf"(?:can|could) (?:you|we)\s+(?:please |just |maybe |perhaps |also |briefly |"
    rf"quickly |now |possibly ){{0,3}}{_ASKING}\b|"
    rf"(?:i|we)(?:['’]d| would) (?:like|love) (?:you )?to (?:hear|know|understand|learn|talk)\b|"
    rf"let['’]?s (?:talk|start|go|begin)\b|{_ASKING}\b)",
    re.IGNORECASE,
)
_ABLE = re.compile(
    r"(?:can|could) you (?:please |just |also ){0,2}"
    r"(?!(?:(?:manage|live|cope|survive|go|do) with(?:out)?|be|have|use|do|ever|see|view|access|reach|track|afford|trust|currently|already|still|always)\b)[a-z]",
    re.IGNORECASE,
)
"""`Could you create an account?` asks for an action; `Can you use it at home?` for yes or no."""
_HOW_WE = re.compile(r"how might we\b(?! have\b)", re.IGNORECASE)
_INSTRUCTION = re.compile(
    r"(?:ask|probe|note|observe|listen|watch|make sure|let (?:them|the|participants?)|have (?:them|the participant)|"
    r"remind|record|write|do not|don['’]t|avoid|check|if (?:they|the participant|user|users|he|she)\b|"
    r"show (?:them|the participant|user)|invite|wait|pause|thank them|explain (?:that|to (?:them|the))|"
    r"give (?:them|the participant)|tell (?:them|the participant)|begin (?:the )?recording)\b",
    re.IGNORECASE,
)
_OPEN_SUBJECT = re.compile(r"\byou(?:r|rs)?\b", re.IGNORECASE)


def clause(text: str) -> Clause:
    """The form of a sentence; its main clause is the first that asks."""
    asked = "?" in text[-8:] or "? " in text
    first = _after_lead(text, 0)
    if not asked and _INSTRUCTION.match(text, first):
        return Clause(Form.STATEMENT, first)
    if _HOW_WE.match(text, first):
        return Clause(Form.STATEMENT, first)
    at = first
    while True:
        if found := _of(text, at, asked=asked):
            return Clause(found, at)
        gap = _BREAK.search(text, at)
        if gap is None:
            return Clause(Form.SHORT if asked else Form.STATEMENT, first)
        at = _after_lead(text, gap.end())


def _after_lead(text: str, at: int) -> int:
    found = _LEAD.match(text, at)
    return found.end() if found else at


def _of(text: str, at: int, *, asked: bool) -> Form | None:
    """The form of a sentence by its words from here on, if they ask."""
    if _REQUEST.match(text, at) and (asked or at == _after_lead(text, 0)):
        return Form.REQUEST
    ended = text.rstrip(" \"'”’)*_").endswith((".", "!", "…", "-", ":"))
    if _CLOSED.match(text, at) and (asked or (not ended and _PERSONAL.match(text, at))):
        return Form.REQUEST if _ABLE.match(text, at) else Form.CLOSED
    if _OPEN.match(text, at) and not _SUBORDINATE.match(text, at):
        addressed = asked or (len(text) <= 200 and _OPEN_SUBJECT.search(text, at))
        return Form.OPEN if addressed else None
    return None
