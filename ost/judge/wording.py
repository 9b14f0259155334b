"""Finds phrases in titles that a coach would question. English only: a title that does not read
like English is left alone. The patterns grew from practice; they rather miss a fault than find one
in a good title.
"""

import re
from functools import cache

from msgspec import Struct

from ost.expression import expression
from ost.read.place import Place
from ost.tree.model import Node


class Phrase(Struct, frozen=True):
    """Words of a title and their place."""

    words: str
    at: Place


_THING = r"(?:a|an|the|our|its|their|new|version|v\d+)"
OUTPUT = (
    r"^(?:to )?(?:(?:launch|migrate|redesign|implement|roll out|integrate|rebuild|refactor|rewrite|"
    r"deploy|automate|ship)(?! (?:less|fewer|more|faster|sooner|earlier)\b)|"
    rf"(?:build|release|deliver|develop|create|introduce|finish|complete|publish|design|add|offer|"
    rf"replace)(?= {_THING}\b))"
    rf"(?: {_THING}\b){{0,3}} [\w-]+|\b(?:is|are) live (?:by|in|before)\b"
)
_CHANGE = r"(?:more|fewer|less|increase|reduce|improve|grow|raise|lower|cut|higher|double|halve)"
TWO_CHANGES = rf"\b{_CHANGE}\b(?:(?!\band\b).)*\band\b (?:\w+ ){{0,2}}?{_CHANGE}\b"
_CERTAIN = (
    r"(?:add|implement|integrate|redesign|improve|increase|reduce|boost|automate|enable|allow|simplify|optimi[sz]e|"
    r"streamline|enhance|rework|let (?:users|customers|people|them|\w+s) \w+)"
)
_PERHAPS = r"(?:build|create|provide|offer|introduce|launch|develop|make|ship|fix|use|support)"
_OBJECT = r"(?= (?:a|an|the|our|more|better|new|it|them|users|customers|ai|ml)\b)"
BUILDING = (
    rf"^(?:we (?:need to|should|could|must|want to) )?(?:{_CERTAIN}\b(?! up\b)|"
    rf"{_PERHAPS}{_OBJECT}\b(?! \w+ing\b))|"
    r"^we (?:need to|should|must) (?:show|display|support|have)\b|"
    r"^give \w+ (?:a|an|the|more|better)\b"
)
_ARTEFACT = (
    r"(?:app|button|dashboard|filter|feature|integration|chatbot|bot|api|plugin|plug-in|widget|"
    r"wizard|notification|page|screen|export|template|mode|toggle|search bar|checklist|"
    r"tutorial|landing page|drop-?down|portal|browser extension|sms|push message|dark mode)s?"
)
WISHED = (
    r"\b(?:needs?|wants?|wish(?:es)? (?:for|there was|i had|we had)|would like|i'd like|we'd like)"
    rf" (?:an? |the |some |better |more |to have )*(?:[\w-]+ ){{0,2}}?{_ARTEFACT}\b"
)
COMPANY = (
    r"\b(?:retention|churn|conversions?|conversion rate|revenue|arr|mrr|arpu|ltv|cac|upsell\w*|"
    r"cross-sell\w*|nps|csat|dau|mau|wau|market share|funnel|drop-?off|stickiness|kpis?|"
    r"user engagement|user adoption|activation rate|"
    r"our (?:product|users|platform|app|brand))\b"
)
FEELING = (
    r"^(?:(?:i|we)(?:'m|'re| am| are| feel| get)|"
    r"(?:users?|customers?|people|they) (?:are|feel|get)|feeling)"
    r"\s+(?:so |very |really |often |quite |just )*"
    r"(?:frustrated|annoyed|confused|overwhelmed|anxious|worried|stressed|unhappy|angry|bored|lost|"
    r"delighted|happy|excited|tired|insecure|uncertain|unsure)[.!]?$"
)
VAGUE = (
    r"\b(?:easier|easy to use|simpler|faster|intuitive|user[- ]friendly|seamless(?:ly)?|"
    r"good experience|better experience|more flexib\w+|more control|"
    r"works? (?:well|better)(?! (?:for me|at|than)))\b(?! (?:to|than)\b)"
    r"|^(?:[\w'-]+ ){0,1}[\w'-]+\.?$"
)
NEGATIVE = (
    r"\b(?:won'?t|will not|can'?t|cannot|don'?t|do not|doesn'?t|does not|never|fails? to|"
    r"(?:is|are) (?:unable|unwilling) to|aren't aware|no(?:body| one)|"
    r"refuses? to)"
    r"\b(?! (?:mind|need|have to|exceed|take (?:more|longer)|cost (?:more|us)|need more|wait|help|"
    r"grow beyond|depend on|require|only|else|drop below|fall below|rise above|go (?:above|below)|"
    r"differ|use more|last longer|harm|hurt|reveal|leak|expose|break))"
)
_ANYBODY = r"(?:users|customers|people|they|everyone|families|teams|clients)"
TOO_VAGUE = (
    rf"\b{_ANYBODY} (?:will |would )?(?:like|love|enjoy|want|need|use|understand|accept|adopt|"
    r"have time for) (?:it|this|that|the (?:app|product|feature|idea|solution|tool|value))[.]?$|"
    rf"^{_ANYBODY} (?:will |would )?(?:have time|trust us|find it \w+)[.]?$|"
    r"^(?:it|the (?:app|product|feature|idea|solution)) (?:will |is |works?\b)(?:\w+ ?){0,3}[.]?$|"
    r"^(?:[\w'-]+ ){0,1}[\w'-]+\.?$"
)

_VOICE = expression(r"\b(?:i|i'm|i've|my|me|mine|we|us|we're|we've)\b", re.IGNORECASE)
_OURS = expression(r"\bour (?:product|users|platform|app|brand)\b", re.IGNORECASE)
_FOREIGN = expression(
    r"\b(?:der|die|das|und|ich|nicht|wir|ist|ein|eine|mit|f\u00fcr|le|la|les|des|une|et|pas|nous|"
    r"est|pour|el|los|las|una|que|por|con|il|gli|di|che|per|het|een|van|niet|och|att|"
    r"inte|jeg|ikke|og|o|uma|n\u00e3o)\b",
    re.IGNORECASE,
)
_ENGLISH = expression(
    r"\b(?:the|a|an|to|of|and|is|are|in|on|for|i|we|my|it|that|what|when|how|not|too|no|by)\b",
    re.IGNORECASE,
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def phrase(node: Node, pattern: str) -> Phrase | None:
    """The first place in an English title that a pattern matches."""
    title = node.title.replace("\u2019", "'")
    found = _compiled(pattern).search(title)
    if found is None or not english(title):
        return None
    words = node.title[found.start() : found.end()].rstrip()
    return Phrase(words, _place(node, found.start(), found.start() + len(words)))


_CLAUSE = expression(
    r"\b(?:who|whom|whose|that|which|what|when|whenever|if|because|unless|where|wherever|while|"
    r"although|though|since|until|till|before|after|once|as|so|than|whether|why|how|but|even|"
    r"in case|without|says?|said|think|thinks|thought|know|knows|knew|believe|believes|afraid|"
    r"fear|fears|sure|assume|assumes|hope|hopes)\b|[\"\u201c(]",
    re.IGNORECASE,
)
_ITS_OWN = expression(
    r"\w (?:i|we|you|they|he|she|it|no(?:body| one)|somebody|someone) *$", re.IGNORECASE
)


def in_main_clause(node: Node, found: Phrase) -> bool:
    """Whether a phrase is in the title's main clause: not after `who`, `that`, `when` and the like,
    nor after a pronoun of its own (`films they never finish`).
    """
    before = node.title[: max(node.title.find(found.words), 0)]
    words = f"x {found.words}" if before else found.words
    alone = _ITS_OWN.search(before) or (before.strip() and _PRONOUN.search(words))
    return not _CLAUSE.search(before) and not alone


_PRONOUN = expression(r"\w no(?:body| one)\b", re.IGNORECASE)


def english(text: str) -> bool:
    """Whether a short text could be English, by its letters and most of its small words."""
    letters = [each for each in text if each.isalpha()]
    if any(ord(each) > 0x24F for each in letters):
        return False
    return len(_FOREIGN.findall(text)) <= len(_ENGLISH.findall(text))


def own(text: str) -> bool:
    """Whether a title says `I`, `me` or `my`, as no team does in its tasks."""
    return bool(re.search(r"\b(?:i|i'm|i've|my|me|mine)\b", text, re.IGNORECASE))


_PERSONS = (
    r"(?:(?:the|a|an|new|small|most|some|many|few|our|older|younger|local|large|busy|independent)\s+)*"
    r"(?:[\w-]+\s+){0,2}?[\w-]+(?:s|er|or|men|women|people|staff|somebody|someone|everybody)\s+"
)
_THEY_DO = (
    r"(?:lose|loses|lost|see|sees|saw|know|knows|track|tracks|report|reports|forecast|forecasts|"
    r"explain|explains|compare|compares|calculate|calculates|measure|measures|miss|misses|guess|"
    r"guesses|plan|plans|share|shares|split|splits|watch|watches|check|checks|earn|earns|make|"
    r"makes|have|has|find|finds|need|needs|want|wants|wait|waits|worry|worries|spend|spends|get|gets|"
    r"can't|cannot|can|do not|don't|does not|doesn't|did not|didn't|struggle|struggles|depend|"
    r"depends|live|lives|hear|hears|learn|learns|give|gives|pay|pays|owe|owes|book|books|count|counts)\b"
)
_OF_THEIRS = expression(
    r"\b(?:their|his|her|its|whose|[\w-]+'s|[\w-]+s')\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)
_SUBJECT = expression(
    rf"^{_PERSONS}(?:(?:often|still|never|also|only)\s+)?{_THEY_DO}", re.IGNORECASE
)
_OWNERS = expression(r"^(?:our )?(?:users?|visitors?|signups?|leads?)\b", re.IGNORECASE)


def of_customers(node: Node, found: Phrase) -> bool:
    """Whether a company's word in a title means the customer's own: a shop's revenue, not ours."""
    title = node.title.replace("\u2019", "'")
    before = title[: max(title.find(found.words), 0)]
    if _OF_THEIRS.search(before):
        return True
    subject = _SUBJECT.match(title)
    return subject is not None and subject.end() <= len(before) and not _OWNERS.match(title)


def is_first_person(text: str) -> bool:
    """Whether a title is in a person's own voice: `I`, `my`, `we`, but not `our users`."""
    return bool(_VOICE.search(text)) and not _OURS.search(text)


def _place(node: Node, start: int, end: int) -> Place:
    """The place of a part of a title; if markup hides that, the node's own place."""
    title = node.entry.title
    if title is None or title.text != node.title:
        return node.at
    at = title.at
    rows = node.entry.body.split("\n")
    row = at.line - node.entry.body_line
    if not 0 <= row < len(rows) or not rows[row].startswith(title.text, at.column):
        return node.at
    return Place(at.line, at.column + start, at.line, at.column + end)
