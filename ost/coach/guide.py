"""The sentences of a guide that are said to a participant, without its goals and notes."""

# ruff: noqa: E501 - a pattern is read more easily whole

import re
from collections.abc import Iterator

from ost.coach.blocks import ASKS, Block, Kind, blocks
from ost.coach.form import Form, clause
from ost.coach.model import Utterance
from ost.coach.sentences import doubtful, english, foreign, sentences

_STUDY = r"(?:research|study|interviews?|sessions?|tests?|testing|guide|project|round|usability)"
_NOT_SAID = re.compile(
    r"\b(?:research (?:questions?|goals?|objectives?|topics?|aims?)|hypothes[ei]s|methodology|^\W*(?:\d[\d.)]*\s*)?logistics|"
    r"(?:what|things|signs|points) to (?:look|watch|listen|notice|observe|remember|avoid)\b.*|(?:look|watch|listen) (?:out )?for\W*\Z|"
    r"watching (?:out )?for|to observe|notes? (?:to|for|on)\b|"
    r"what we(?:['’]re| are| want| hope| need)|we (?:want|hope|need|would like) to (?:learn|know|find|understand)|"
    r"(?:to |we['’]ll )learn|learning (?:goals?|questions?|objectives?)|(?:not|never|don['’]t) (?:to be )?ask(?:ed)?|(?:we|will) (?:will )?(?:analy[sz]e|synthesi[sz]e)|(?:questions?|what) (?:not to ask|to avoid)|(?:bad|wrong) (?:questions?|examples?)|"
    rf"(?:before|after) (?:the|each|every|your) {_STUDY}|internal (?:notes?|use|only|questions?)|"
    r"for (?:the )?(?:note-?takers?|observers?|interviewers?|moderators?)|success criteria|"
    rf"(?:goals?|objectives?|purpose|aims?) of (?:this|the) {_STUDY}|(?:this|the) {_STUDY}['’]?s? (?:aims?|goals?)|"
    r"decisions? (?:this|we)|how to use (?:this|the) guide)",
    re.IGNORECASE,
)
_NOT_SAID_WHOLE = re.compile(
    rf"\W*(?:\d[\d.)]*\s*)?(?:the |our |key |main |business |overall |{_STUDY} )?"
    r"(?:goals?|objectives?|aims?|purpose|notes?|timing|length|duration|participants?|analysis|"
    r"references|resources|licen[cs]e|materials?(?: needed)?|agenda|assumptions|checklist|links|appendix|"
    r"contacts?|changelog|preparation|next steps|deliverables|stakeholders|incentives?|debrief|(?:informed )?consent(?: form| script| text)?|"
    r"recruit(?:ing|ment)(?: participants| plan| criteria| screener)?|expected(?: \w+)?|observations?|interviewers?|moderators?|note-?takers?|"
    r"why we ask|avoid|don['’]ts?|rationale|version|author|owner|instructions?|hypothesis|table of contents|contents)\b"
    r"(?:\s*(?:&|and|/|\+)\s*(?:goals?|objectives?|aims?|hypotheses|assumptions|outcomes?|scope|materials?|equipment|timeline|logistics))?"
    r"\W*(?:\([^()]{0,40}\)|\d+ ?min\w*)?\W*\Z",
    re.IGNORECASE,
)
_NOT_SAID_COLUMN = re.compile(
    r"\W*(?:time|timeline|schedule|date|outcomes?|options?(?: / probes)?|equipment|set-?up|roles?|team|scope|risks?|status|sample|summary|findings?|results?|location|"
    r"tips?|screeners?|safety|safeguarding|important|reminders?|warning|success|pass|done when|topic|theme|section|id|title|answers?|responses?|why|metric|segment)\W*\Z",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:questions? (?:for|to ask|with) (?:the )?(?:participants?|interviewees?|users|them)|(?:interview|sample|example|opening|warm-?up|main|"
    r"follow-?up|closing|discussion) questions?|scripts?|prompts?|conversation)\b|(?:&|\band) questions",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"^(?!.*\byou).*\b(?:we|us|our|users?|participants?|people|they|them)\b", re.IGNORECASE
)
"""Words of a heading that instructs participants or the team and asks nothing."""
_TO_ASK = re.compile(r"\b(?:ask|asking|say|read)\b", re.IGNORECASE)
_NOT_TO_ASK = re.compile(r"\b(?:don['’]t|do not|never|not|avoid)\b", re.IGNORECASE)
_ASKED_KEYS = re.compile(
    r"\b(?:questions?|asks?|asked|says?|said|prompts?|probes?|scripts?|follow[ _-]?ups?|intro\w*|opening|opener|warm[ _-]?up|"
    r"clos(?:ing|e)|wrap[ _-]?up|text|main|q\d*|task|scenario|body|items?|stor(?:y|ies))\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\W{0,4}(?:if [^:?.,]{1,60}|(?:optional |possible )?probes?|prompts?|follow[- ]?ups?|ask|say|read|script|questions?|task|scenario|"
    r"intro(?:duction)?|opening(?: question)?|opener|warm[- ]?up|clos(?:ing|e)|moderator|interviewer|facilitator|researcher|"
    r"main question|alternative|example|optional|q?\d{1,3}|q|clarification question[^:]{0,30})\s?[.:](?:\*\*|__|\*|_)?\s*",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"^\W{0,4}(?:\[(?:only )?(?:if|when)\b[^\[\]]{1,80}\]|\((?:only )?(?:if|when)\b[^()?:]{1,80}\))[\s*_:]*",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\s*(?:\*\*|__|\*|_)?([A-Za-z][^:*_?\n]{1,40}):\s?(?:\*\*|__|\*|_)?\s*")
_QUOTED = re.compile(r"[*_]*[\"“]([^\"“”]+)[\"”][*_]*")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}\)")
_MARK = re.compile(r"\*\*|__|`|<[^<>\n]{1,80}>|(?<!\w)[*_](?=\w)|(?<=[\w.?!,:])[*_](?!\w)|\\$")


def utterances(text: str) -> list[Utterance]:
    """The spoken sentences of a guide, with their lines; only English ones."""
    every = [
        Utterance(block.line, sentence, context=section)
        for section, block in _spoken_blocks(text)
        for sentence in sentences(_plain(block.text))
        if any(map(str.isalpha, sentence))
    ]
    found = [one for one in every if not foreign(one.text)]
    if len(found) < len(every):
        found = [one for one in found if not doubtful(one.text)]
    if not english(text):
        found = [one for one in found if len(one.text.split()) > 2 and english(one.text, sure=True)]
    asked = sum(clause(one.text).form is not Form.STATEMENT for one in found)
    return [] if len(found) > _LONG and asked < _ASKED * len(found) else found


_LONG, _ASKED = 100, 0.15
"""A longer text with a smaller share of questions is a narrative, not a guide."""


def _spoken_blocks(text: str) -> Iterator[tuple[str, Block]]:
    """The spoken blocks, each with its heading."""
    section, silence, listed = "", 0, False
    for block in blocks(text):
        if block.kind is Kind.HEADING:
            section, listed = _plain(block.text), False
            if not silence or block.level <= silence:
                silence = block.level if _is_not_spoken(section) else 0
            if (
                not silence
                and ("?" in section or ASKS.match(section))
                and not _OURS.search(section)
            ):
                yield section, block
            continue
        listed = _introduces(block.text) or (listed and block.kind is Kind.ITEM)
        if not (silence or listed or _for_the_team(block)):
            yield section, _without_label(block)


def _for_the_team(block: Block) -> bool:
    """Whether a block's label, key or column means that it is not read out."""
    if block.kind is Kind.VALUE:
        return not _is_question_key(block.label)
    if block.kind is Kind.CELL:
        return bool(block.label) and _is_column_not_spoken(block.label)
    name = _NAMED.match(block.text)
    return bool(
        name
        and _is_column_not_spoken(name[1])
        and not _introduces_speech(name[1], block.text[name.end() :])
    )


def _is_not_spoken(heading: str) -> bool:
    """Whether the text under a heading or a label, or in a column, is only for the team."""
    if _NOT_SAID_WHOLE.match(heading):
        return True
    return bool(_NOT_SAID.search(heading)) and not _SAID.search(heading)


def _introduces_speech(name: str, text: str) -> bool:
    """Whether a name before a colon introduces words to read out."""
    return bool(_LABEL.match(f"{name}: ")) and ("?" in text or len(text.split()) > 3)


def _is_column_not_spoken(label: str) -> bool:
    return bool(_NOT_SAID_COLUMN.match(label)) or _is_not_spoken(label)


def _is_question_key(label: str) -> bool:
    keys = label.split(" / ")
    keys = [key.replace("_", " ") for key in keys]
    return any(map(_ASKED_KEYS.search, keys)) and not any(map(_is_not_spoken, keys))


def _introduces(text: str) -> bool:
    """Whether a line introduces what the team wants to know: `We want to find out:`."""
    if _TO_ASK.search(text) and not _NOT_TO_ASK.search(text):
        return False
    return (
        text.rstrip(" *_").endswith(":") and "?" not in text and _is_not_spoken(text.rstrip(" *_:"))
    )


def _without_label(block: Block) -> Block:
    text = _CONDITION.sub("", block.text, count=1)
    for _ in range(2):
        found = _LABEL.match(text)
        if found is None or not text[found.end() :].strip():
            break
        text = text[found.end() :]
    quoted = _QUOTED.fullmatch(text.strip())
    return Block(block.line, block.kind, quoted[1] if quoted else text, block.level, block.label)


def _plain(text: str) -> str:
    plain = _MARK.sub("", _LINK.sub(r"\1", text.replace("<br>", " ")))
    return " ".join(plain.split()).strip("_* |")
