"""Filters an interviewer's words that do not ask the participant anything."""

# ruff: noqa: E501 - a pattern is read more easily whole

import re
from collections.abc import Iterator, Sequence

from ost.coach.cues import words
from ost.coach.form import LONGEST
from ost.coach.model import Utterance

_SMALL_TALK = words(
    r"how(?:'s| is| are| were| was| have)(?: \w+)? (?:it going|everything|everyone|things|you(?: doing| been)?(?: today)?(?=\W*$)|your (?:day|weekend|morning|evening|week|holidays?|vacation|trip|flight|christmas|summer))",
    r"how (?:do you do|goes it)|what's (?:up|new|the weather)|(?:nice|lovely|terrible) weather|is it (?:raining|snowing|sunny|cold|hot|early|late) |what time is it|where are you (?:calling|dialing|dialling|joining)",
    r"long time no see|did you have a (?:good|nice)|have you had (?:lunch|coffee|breakfast)|(?:tea|coffee|water)\?",
)
_AUDIO = words(
    r"(?:can|could) (?:you|everyone|everybody|anyone) (?:all )?(?:hear|see)|(?:my|your) (?:mic\w*|audio|video|camera|sound|connection|screen)(?! (?:is|was) (?:part|used))|"
    r"(?:on |un)?mute[d]?|are we (?:live|recording|good|on)|is (?:this|it|that) (?:thing )?(?:on|working|recording)|did (?:i|we) lose you|(?:are )?you (?:still )?there\?|"
    r"breaking up|you froze|frozen|start the (?:recording|transcript\w*)|hit record|transcri(?:pt|ption|bing) (?:line|record|time)|official transcript",
)
_SELF = re.compile(
    r"\W*+(?:(?:so|and|well|um|uh|oh|okay|ok|now|but|then|let's see|let me see)\W++){0,4}(?:what|how|where|which one|who)?\s?"
    r"(?:(?:do|did|was|am|should|can|could|may|might|have|would|shall|will)(?:n['’]t)? (?:i|we)\b|else (?:do|did|should|can) (?:i|we)\b)",
    re.IGNORECASE,
)
_READING = words(
    r"(?:i'll|i will|let me|i'm going to|i am going to|i can) read (?:it|this|that|you|the|out|a)|(?:it|this one|the (?:quote|excerpt|card|statement|question|slide)) (?:says|reads)|(?:here's|here is) (?:the|a|another|one) (?:quote|excerpt|statement|passage)|"
    r"question (?:from|in) (?:the )?(?:chat|audience|q&a|slack)|(?:asks|is asking|wrote|writes)[:,]|in the chat",
)
_QUOTED = re.compile(r"[\"“][^\"“”]{12,600}[\"”]")
_ECHO = 3
"""A question with so few words is an echo (`Did it?`, `Oh, really?`)."""


def participant_utterances(
    utterances: Sequence[Utterance], others: Sequence[str]
) -> Iterator[Utterance]:
    """The sentences said to the participant, without audio checks, small talk, reading aloud, words
    to other interviewers, and questions people ask themselves.
    """
    firsts = {name.split()[0].casefold() for name in others if name.strip()}
    reading = -1
    for number, one in enumerate(utterances):
        if (
            reading >= 0
            and utterances[reading].speaker == one.speaker
            and one.line - utterances[number - 1].line <= 1
        ):
            continue
        if len(one.text) > LONGEST:
            yield one
            continue
        reading = number if _READING.search(one.text) else -1
        if reading < 0 and not _apart(one.text) and not _names_someone(one.text, firsts):
            yield one


def _apart(text: str) -> bool:
    if text.startswith(">"):
        return True
    if any(each.search(text) for each in (_SMALL_TALK, _AUDIO)) or _SELF.match(text):
        return True
    if text.endswith("?") and len(text.split()) <= _ECHO and _BARE.match(text):
        return True
    return len(_QUOTED.sub("", text).split()) < _ECHO <= len(text.split())


_BARE = re.compile(
    r"\W*+(?:(?:oh|and|so|really|right|yeah|yes|no|ok|okay)\W*+){0,2}(?:(?:do|does|did|is|are|was|were|have|has|had|can|could|will|would)(?:n['’]t)? (?:you|it|that|they|there|we|he|she))?\W*+\Z",
    re.IGNORECASE,
)


def _names_someone(text: str, firsts: set[str]) -> bool:
    """Whether someone is addressed by name, at the beginning or the end of a sentence."""
    parts = [
        part.strip(" .?!…").casefold() for part in re.split(r"[,?!.…]", text[:400]) if part.strip()
    ]
    words_ = text.casefold().strip(" ?!.").split()
    last = words_[-1] if len(words_) > 1 and re.search(r", \w+\W*\Z", text) else ""
    return bool(firsts) and (any(part in firsts for part in parts[:2]) or last in firsts)
