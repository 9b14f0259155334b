"""What a sentence asks for, told by its words and what stands around it."""

# ruff: noqa: E501 - a pattern is read more easily whole

import re
from collections.abc import Sequence

from ost.coach.saying import QUIET, Heard, Remark, Said


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_PROMPT = r"(?:can|could|would|will) (?:you|we)(?: please| just| maybe| start by| briefly)* (?:walk|talk|tell|show|describ|explain|giv|tak|say|shar|think|help|specify|elaborat|read|remember|recall)"
_PROMPTED = _words(rf"\b{_PROMPT}")
_STORY = _words(
    r"\b(?:tell|walk|talk|take|think|describe|example|story|remember|recall)\b[^?.]{0,300}\b(?:last|recent|latest|"
    r"first|worst|best|a|specific) (?:\w+ )?(?:time|occasion|day|instance)\b|\bwhen (?:was|did)\b[^?]{0,300}\blast\b|"
    r"\b(?:tell|share)\b[^?.]{0,300}\bstory\b|\bspecific example\b"
)
_TIMELINE = _words(
    r"\bwhat (?:happened|did you do)\b|\bwhat came (?:next|before)\b|\b(?:and )?then what\b|"
    r"\b(?:next|after that|before that)\?"
)
_SETTING = _words(r"\b(?:where|when) (?:were|was|did) (?:you|this|that|it)\b|\bwho (?:else )?was\b")
_FOLLOW = _words(
    r"\btell (?:me|us) (?:a bit |a little )?more\b|\bsay more\b|\btell me about that\b|"
    r"^(?:and |so )?why(?: or why not| is that| did you\b[^?]*| was that)?\?|\bhow so\b|\bwhat do you mean\b"
)
_LOGISTICS = _words(
    r"\b(?:record|recording|consent|permission|take notes|taking notes|participant agreement|signed)\b|"
    r"\b(?:questions?|comments?) (?:for (?:me|us|our)|before|about (?:this|the) (?:session|study|interview))|"
    r"\bany(?:thing)? (?:other |final |else)?(?:questions|comments|else)\b|\bbe (?:willing|open|happy|interested)\b|"
    r"\bare you ready\b|\b(?:okay|ok|alright|all right) with you\b|\b(?:sound|is) (?:that )?(?:good|ok|okay|right)\?|"
    r"\bready to (?:start|begin)|\bdoes that (?:make sense|sound)|\bwould you mind\b|\bdo you mind\b|\bis it (?:okay|ok|alright|all right) (?:if|to|that)\b|"
    r"\b(?:hear|see) (?:me|my)\b|\bshare your screen\b"
)
_TASK = _words(
    r"\b(?:on|from|to|of|about) (?:this|the|that) (?:home ?)?(?:page|site|website|screen|section|graph|map|table|form|"
    r"button|link|prototype|results?|image|chart|menu)\b|\b(?:click\w*|scroll\w*|filter\w*|tab|icon|navigat\w*|search bar|log ?in|sign in)\b|"
    r"\bthese (?:results|concepts|terms)\b|\bthis (?:graph|page|site|screen|section|icon|button)\b"
)
_TASKS = _words(
    r"\b(?:tasks?|scenarios?|walk ?-?through|usability|prototype|screens?|home ?page|testing|test)\b"
)
_TRYING = _words(
    r"(?:^|, )(?:and |so |now,? )?how (?:would|might|could) you (?:do (?:that|this|it)|look|find|go about|get to|open|search|sort|return|describe|explain)\b|"
    r"\bdo you (?:notice|see)\b"
)
_QUOTING = _words(r"\byou (?:said|mentioned|told|described)\b")
_ASKED = _words(
    r"\?|^(?:tell|describe|imagine)\b|"
    r"^(?:what|how|why|when|where|who|which|do|are|is)\b(?=[^.;]*\byour?\b)[^.;]*+$"
)
_CLOSED = _words(
    r"^(?:(?:so|and|ok|okay|then|but|or|also|first|finally),? )*(?:do|does|did|is|are|was|were|have|has|had|can|could|will|would|should)(?:n['’]t)? "
    r"(?:you|your|it|this|that|these|those|they|there|we|users?|customers?|any\w*|the)\b"
)
_OPEN = _words(
    r"^(?:and |so |ok,? |but )*(?:how|what|who|where|when|which|why|tell|walk|talk|describe)\b"
)

_FAULTS = (
    (
        "generalising",
        _words(
            r"\b(?:typical(?:ly)?|usual(?:ly)?|generally|in general|normal(?:ly)?|on average|most of the time|tend to|"
            r"day[- ]to[- ]day|(?:your|a) general)\b|\bhow (?:often|frequently|many times)\b"
        ),
    ),
    (
        "future",
        _words(
            r"\b(?:will|are) you (?:going to |planning to |likely to )?(?:use|buy|pay|switch|try|recommend|adopt|subscribe|upgrade)\b|"
            r"\bhow likely\b|\bwould you be (?:comfortable|likely|inclined)\b|\b(?:do|are) you plan(?:ning)?\b|\bwill you\b"
        ),
    ),
    (
        "hypothetical",
        _words(
            r"\b(?:would|could|might) (?:you|they|it|this|that|these|an?|the|be|your|make|have|help|ideal\w*)\b|\byou (?:would|could|might|['’]?d)\b|"
            r"\bif (?:we|you|there|it)\b[^?]{0,300}\b(?:would|could|had|were)\b|\b(?:imagine|suppose|magic wand|what if|"
            r"ideal(?:ly)?|perfect world)\b|\bwhat would\b"
        ),
    ),
    (
        "pitch",
        _words(
            r"\bwe(?:['’]re| are|['’]ve| have)? (?:built|building|working on|thinking (?:of|about)|planning to|launching)\b|"
            r"\bour (?:new|idea|prototype|solution|feature)\b|\bif we (?:built|added|made|offered)\b|"
            r"\bwould you (?:like to use|trust|use|want)\b|\bhow should (?:the|it|this|we)\b|\bdo you like (?:it|this|our)\b"
        ),
    ),
    (
        "leading",
        _words(
            r"^(?:so,? |but )?(?:don|wouldn|isn|aren|didn|haven|couldn|shouldn|wasn|doesn|won|can)['’]?t (?:you|it|that|this|the|there|we)\b|"
            r"\b(?:isn['’]t it|don['’]t you|wouldn['’]t you)\?|\b(?:would|do) you agree\b|"
            r"\bhow (?:frustrating|annoying|difficult|hard|easy|useful|helpful|painful) (?:is|was|are|were)\b|\bmost (?:people|users|customers) (?:say|tell|find|like)\b"
        ),
    ),
    (
        "double-barrelled",
        _words(
            r"(?<=\S )(?:and|or) (?:what|how|when|where|who|which|do|does|did|is|are|were|was)\b (?!not\b)[^?]{6,300}\?|\blike(?:d)?/\w+|"
            r"^(?:what|how|which)\b[^?]*\?\s*and (?:what|how)\b"
        ),
    ),
    (
        "rating",
        _words(
            r"\bscale (?:of|from)\b|\bhow (?:satisfied|important|useful)\b|\bsatisfied\b|\brate\b|[-−]\d to \+?\d|\btoo (?:much|many|little)\b|\bwhat (?:are|do) you(?:r)? (?:thoughts|think)\b|\bwhich maturity\b"
        ),
    ),
    (
        "out-of-context",
        _words(
            r"^(?:and |so )?(?:how|what|which|where|who|why)(?: \w+){0,4} do(?:es)? (?:you|your)\b|^what (?:motivates|are some)\b|\bfavou?rite\b|"
            r"\b(?:biggest|main|top) (?:challenge|pain|problem|frustration)s?\b"
        ),
    ),
)


def heard(said: Sequence[Said]) -> list[Heard]:
    """What there is to say about each sentence, given what is said in the same breath after it."""
    following = (*said[1:], None)
    return [
        _heard(each, after.text if after is not None and after.line == each.line else "")
        for each, after in zip(said, following, strict=False)
    ]


def faulty(found: Heard) -> bool:
    """Whether an experienced interviewer would ask otherwise."""
    return any(each.fault not in QUIET for each in found.remarks)


def _heard(said: Said, after: str) -> Heard:
    text = said.text
    strengths = tuple(
        name
        for name, pattern in (
            ("story-prompt", _STORY),
            ("timeline", _TIMELINE),
            ("setting", _SETTING),
            ("follow-up", _FOLLOW),
        )
        if pattern.search(text)
    )
    if not _ASKED.search(text) or _LOGISTICS.search(text):
        return Heard(said, (), strengths)
    asked = _PROMPTED.sub("", text)
    tasked = _TASK.search(text) or _TASKS.search(said.context)
    remarks = [
        Remark(fault, found[0])
        for fault, pattern in _FAULTS
        if (found := pattern.search(asked)) and found[0] in text
    ]
    if _PROMPTED.search(text) or "story-prompt" in strengths:
        remarks = [each for each in remarks if each.fault != "double-barrelled"]
    if _TRYING.search(text):
        remarks = [each for each in remarks if each.fault not in ("hypothetical", "closed")]
        tasked = tasked or _TRYING.search(text)
    if tasked:
        remarks = [each for each in remarks if each.fault in ("generalising", "leading")]
    if _QUOTING.search(text) or "story-prompt" in strengths:
        remarks = [each for each in remarks if each.fault not in ("generalising", "out-of-context")]
    if any(each.fault == "rating" for each in remarks):
        remarks = [each for each in remarks if each.fault == "rating"]
    elif not (remarks or tasked or strengths or _PROMPTED.search(text)) and "?" in text:
        found = _CLOSED.search(text)
        if found and not _OPEN.match(after) and not _STORY.search(after):
            remarks.append(Remark("closed", found[0]))
    return Heard(said, tuple(remarks), strengths)
