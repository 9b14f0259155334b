"""Recognises sentences with another purpose than a story: consent, tasks, getting acquainted."""

# ruff: noqa: E501 - a pattern is read more easily whole

import re
from collections.abc import Sequence

from ost.coach.cues import words
from ost.coach.model import Utterance

_HELPING = (
    r"(?:talk\w*|speak\w*|participat\w+|introduc\w+|shar\w+|show\w*|meet\w*|join\w*|help\w*|tak\w+ part|"
    r"com\w+ back|do\w* (?:this|it|another)|be\w* (?:contacted|recorded|part)|follow\w* up|connect\w*|contact\w*)"
)
LOGISTICS = words(
    r"recording|(?:i|we|to|us|you) (?:\w+ )?record(?=(?: this| our| the (?:session|interview|call|conversation|screen|audio)| my| audio| you|\W))|be(?:ing)? (?:\w+ )?recorded|you(?:r)? consent|consent (?:to|form)",
    r"permission to (?:record|quote|use|share|take)|take notes|taking notes|participant agreement|signed the|sign the",
    r"(?:any|other|more|final|further|last|additional|(?:do|have) (?:you|we) have|have) (?:other |final |further )?(?:questions?|comments?)(?! (?:from|by|you (?:get|receive)|customers|users|people|that (?:customers|users|people)))",
    r"do you wan(?:t to|na) (?:give|tell|share|talk|walk|go|add|take|say|explain|show|start|introduce|describe)|(?:understand|know|see|get) what (?:i|i'm|i am) (?:mean|say)\w*",
    r"(?:questions?|comments?) (?:or \w+ )?(?:for (?:me|us|our)|before|about (?:this|the) (?:session|study|interview|research))",
    r"(?:^\W{0,3}|(?:is|was) there |have you got |do you have |if there(?:'s| is) )(?:\w+ )?anything else|(?:any|some)(?:one|body) else [^?]{0,40}?(?:talk|speak|interview|recommend|contact|join|we|i)",
    r"(?:anything|something|questions?) (?:that )?(?:you (?:think )?)?(?:we|i|you) (?:haven't|have not|didn't|did not|should(?: have)?|forgot|missed|did not)",
    r"(?:that )?(?:we|i) (?:have(?: not|n't)?|didn't|did not|forgot|missed|should have) (?:yet |forgotten to |missed to )?(?:ask\w*|cover\w*|talk\w*|discuss\w*|mention\w*|to ask)",
    r"be (?:willing|open|available|prepared|up) (?:to|for) (?!(?:pay|buy|switch|use|try|spend|subscribe|upgrade|wear|install|change|adopt|accept|give up|wait|trust)\b)\w+",
    r"be (?:interested|happy|able|glad) (?:in|to) (?:\w+ ){0,3}?" + _HELPING,
    r"(?:get|be|stay|keep) (?:back )?in touch|be reminded|contact (?:you|info\w*|details)|follow up with you",
    r"(?:are you|is everyone|ready) (?:ready|to (?:start|begin|go))",
    r"is that (?:right|correct|accurate|fair)\?|(?:okay|ok|alright|all right|fine|comfortable|cool) (?:with|for) (?:you|that|this|everyone)",
    r"sounds? (?:good|ok|okay|alright|all right|fine)\?|(?:is|are) (?:that|this|it|you|we) (?:ok|okay|alright|all right|correct|fine|still ok)\?",
    r"(?:okay|ok|alright|all right|fine|possible|comfortable) (?:if (?:i|we|my|our|a|someone)|that (?:i|we)|to (?:start|begin|record|observe|talk|speak|continue|visit))",
    r"(?:that|this) (?:make sense|sound\w* (?:good|ok|okay|right|fine))",
    r"(?:additional|any other|other|final|further|last) (?:thoughts|impressions|feedback|suggestions|topics|remarks)",
    r"(?:anything|topics?|thoughts?|feedback)(?: \w+){0,5}? you(?:'d| would) like to (?:add|share|discuss|mention|talk about|ask|say|tell|raise|cover|go back to|return to)",
    r"(?:does|do|will|would) (?:that|this|it) (?:still )?work for you|understand the (?:scenario|task|instructions?)|shared your screen",
    r"(?:is|are) (?:now|this|it) (?:still )?a good time|information sheet|gift card|voucher|incentive|how you would like to be (?:paid|contacted)",
    r"next time (?:we|i|you) (?:talk|meet|speak|chat)|before we (?:begin|start|finish|wrap|end|close|go|stop|get)|you like to (?:remain|stay|be) anonymous",
    r"(?:would|do) you mind|do you agree (?:to|that we|with (?:the|these) terms)",
    r"(?:hear|see) (?:me|my|us|our)|(?:share|sharing) your screen|(?:am i|are you|you're) (?:on )?(?:mute\w*|audible)|have (?:you )?(?:got )?(?:two|a few|five|ten|a couple of) minutes",
    r"would you like to (?:be (?:called|identified|known|introduced|addressed)|introduce)|would you like (?:to (?:add|share|receive (?:a copy|the|our|any)|stop|ask|start|begin|continue|pause|take a break|skip)|a (?:copy|break|summary)|me to)",
    r"(?:can|could|may|shall|should) (?:we|i) (?:\w+ )?(?:come|contact|keep|quote|use your|ask you|start|begin|call|send|follow|get|continue|move|visit|stop|share|take|reach|have your)",
    r"when (?:and how |would |will |can |could ){1,2}(?:we|i|be a good)",
    r"(?:introduce|refer|connect) (?:us|me)|(?:who(?:m)? else|who|whom|anyone|someone|another [\w ]{1,20}) (?:\w+ ){0,4}(?:we|i) (?:should|could|can|ought to) (?:talk|speak|visit|meet|ask|interview|contact)",
    r"(?:people|person|colleagues?|customers?|users|someone|anyone) (?:\w+ ){0,3}?(?:we|i) (?:should|could|can|might) (?:talk|speak|interview|contact|meet|ask)",
    r"about (?:this|our|today's) (?:conversation|session|interview|talk|chat)",
    r"you could (?:share|send|recommend|introduce|point us|put us)",
    r"anything (?:else )?(?:that )?you(?:'d| would) (?:like|want) (?:me|us) to",
    r"is there (?:still )?(?:anything|something) (?:else )?(?:that )?you (?:want|wish|would like|'d like) to (?:add|say|tell|get|mention|share|ask)",
    r"did we|are we (?:good|ready|recording)",
)
"""Consent, technique and the ends of a session, which may be answered with yes or no."""
OF_THE_ASKER = words(
    r"(?:can|could|may|shall|did|have|am|do|was) i|(?:can|may|shall) (?:we|someone|somebody)"
)
"""`Can I …?`, `Did I get that right?`, at the beginning: about the interview, not the story."""
_PAGE = (
    r"(?:home ?page|page|site|website|web ?page|screen|section|graph|map|table|form|button|link|prototype|results?|"
    r"image|chart|menu|concepts?|design|mock-?up|wireframe|view|tab|icon|list|field|dashboard|app|banner|"
    r"notebook|terms?|content|options?|boxes|step|question|message|layout|video|text|document)"
)
TASK = words(
    rf"(?:on|from|to|of|about|at|in|with|using|through) (?:this|these|the (?:next|current|first|previous|home)) (?:\w+ )?{_PAGE}s?",
    rf"(?:this|these) (?:\w+ )?{_PAGE}s?(?= (?:mean|tell|say|do|give|show|look|feel|help|make|work|ha(?:s|ve))|\?|\W*$)",
    r"(?:does|do|is|are|did|was|has|have) (?:this|these) (?:\w+ )?(?:form|section|content|graph|chart|text|design)s?",
    r"(?:does|do|is|are|did|was|has|have) (?:this|these|the) (?:\w+ )?(?:page|screen|site|website|prototype)s?",
    r"click(?:ing|ed|s)?(?! with)|scroll(?:ing)?|hover\w*|out loud|aloud|text displayed|(?:the|this) (?:button|link|icon|menu|tab|heading|dataframe)s?",
    r"what you (?:see|are seeing|(?:were )?expect(?:ed|ing))(?=\W|$)|do you notice|do you see (?=(?:on|here|this|that|anything|what|how)\b)|what (?:do|can) you (?:see|notice|do here)",
    r"will you see|draws? your (?:attention|interest|eye)|read the (?:heading|title|text|label|first|next|page|task|question|instructions?)",
    r"stop (?:there|for a (?:minute|moment|second))|go (?:back|ahead)|start from|the next (?:page|screen)|(?:of|about) the (?:page|screen|site|prototype)|(?:anything|something) here",
)
"""A page, a screen or an action on it that a sentence points at."""
EXPECTATION = words(
    r"would you expect (?:\w+ ){0,3}?(?:to (?:find|see|happen|be|go|do|get)|here|next)",
    r"(?:what|where|which)(?: \w+){0,3} (?:do|did|would) you expect (?:to|will|would|when|if|on)",
    r"what would you do (?:next|here|first)\?|(?:show|walk) (?:me|us) (?:through )?how you(?: would| might| could|'d)",
)
"""What someone expects of a page or is asked to show: a task in any script."""
_IDEAS = r"(?:feel|improve|design|change|prefer|use|like|want|rate|help|recommend|describe|explain|compare|teach|make)"
TRIAL = words(
    rf"(?:how|where|what(?: \w+){{0,2}}|which(?: \w+)?) (?:would|might|could) you(?: be able to)? (?!{_IDEAS}\b|do with\b)\w+",
    rf"how (?:would|might|could) (?:find|get|see|go)|how you (?:would|might|could) (?!{_IDEAS}\b)\w+|how would you do (?:that|this|it)",
    r"(?:would|might|could) you (?:expect|do (?:that|this|it|next|here|first))|what if you (?:want|need)\w*|if you (?:wanted|needed|were|had) to",
)
"""How someone would do something: an action to watch, in a usability script."""
_TASK_HEADING = re.compile(
    r"^(?!.*\b(?:post|after|pre|follow[- ]?up|wrap)\b).*\b(?:tasks?|scenarios?|activity|exercise|"
    r"prototype|walk ?-?through|first impressions?|home ?page|screens?|usability|sign-?in|filters?|graphs?)\b",
    re.IGNORECASE,
)
_AROUND_TASKS = re.compile(r"\b(?:pre|post)[- ]?(?:test|task)", re.IGNORECASE)
_AFTER_TASKS = re.compile(
    r"\b(?:post|after\w*|feedback|debrief|wrap\w*|clos\w+|follow\w*|overall|conclu\w+)\b",
    re.IGNORECASE,
)
ACQUAINTANCE = re.compile(
    r"\b(?:warm|intro\w*|background|about (?:you|the participant)|getting to know|demographics?|"
    r"ice ?breakers?|screen(?:er|ing)|profile|opening|start|housekeeping|briefing|set-?up)\b",
    re.IGNORECASE,
)
BIOGRAPHY = words(
    r"have you (?:ever )?(?:used|worked|been|had|heard|received|filed|visited|applied|tried|bought|played|taken)",
    r"(?:or )?have you ever",
    r"do you (?:currently, or|have (?:a|any|children|kids|pets)|live|work|own|know your|still|remember)",
    r"are you (?:a|an|the|still|currently|retired|employed|based|familiar|new|from)",
)
"""Questions to get to know the participant."""
QUOTING = words(
    r"you(?:'ve| have)? (?:just |also |already )?(?:said|mentioned|told|described|talked about|brought up|used (?:the )?(?:word|term))"
)
SCALE = words(
    r"scale (?:of|from)|\d ?(?:to|-|–) ?\+?\d{1,2}\b(?! (?:minutes|weeks|days|years|people))|out of (?:5|10|ten|five)|\(-?\d to"
)


_POINTING, _PART = 3, 0.15
"""This many sentences that point at a page, and this share of the questions, make a script."""
_MINDED = words(
    r"(?:users?|participants?|testers?|interviewees?)(?: \w+){0,3}? (?:know|understand|trust|believe|think|find|notice|figure|feel|able|willing|interested|expect|encounter|want)"
)
_OF_PEOPLE = words(
    r"users?(?:'s)?|participants?|testers?|people(?:'s)?|peoples|they|them|visitors?|customers?|staff|anyone"
)
_GROUP = re.compile(r"\b[A-Z]{2,6}s\b")
_YOU = words(r"you(?:r|rs|rself)?|us|me")


_IN_A_SCRIPT = words(
    r"navigat\w+|tap(?:ping|ped)?|filter(?:s|ed)?|search (?:bar|box|results?)|drop-?down|log ?in|sign in|icons?|click"
)
"""Words that point at a page if there is one, and otherwise only describe."""


def _points(one: Utterance) -> bool:
    on_screen = TRIAL.search(one.text) and _IN_A_SCRIPT.search(one.text)
    return bool(on_screen or TASK.search(one.text))


def usability(utterances: Sequence[Utterance]) -> bool:
    """Whether tasks are given: under two headings of tasks, or in many of the sentences that ask."""
    sections = {one.context for one in utterances}
    headings = set(filter(_TASK_HEADING.search, sections))
    tested = bool(headings) and any(map(_AROUND_TASKS.search, sections))
    pointing = sum(map(_points, utterances))
    asking = sum("?" in one.text for one in utterances)
    many = pointing > _POINTING - (pointing >= 2 * _PART * asking) and pointing >= _PART * asking
    return len(headings) > 1 or many or tested or (len(headings) == 1 and pointing > 1)


def asks_about_participant(one: Utterance) -> bool:
    """Whether a sentence asks about the participant before the interview or a task begins."""
    place = ACQUAINTANCE.search(one.context) or _TASK_HEADING.search(one.context)
    return bool(place and BIOGRAPHY.search(one.text))


def of_the_team(one: Utterance, *, in_script: bool) -> bool:
    """Whether a question is about the participants and for the team to answer."""
    theirs = _MINDED.search(one.text)
    if in_script and not theirs:
        theirs = _OF_PEOPLE.search(one.text) or _GROUP.search(one.text)
    return bool(theirs) and not one.speaker and not _YOU.search(one.text)


def is_task(one: Utterance, *, in_script: bool, closed: bool) -> bool:
    """Whether a sentence is a task, or asks about what is on the screen."""
    trial = TRIAL.search(one.text)
    on_screen = _IN_A_SCRIPT.search(one.text)
    if TASK.search(one.text) or EXPECTATION.search(one.text) or (trial and on_screen):
        return True
    heading = bool(_TASK_HEADING.search(one.context))
    quiet = bool(_AFTER_TASKS.search(one.context) or ACQUAINTANCE.search(one.context))
    if quiet or not (heading or in_script):
        return False
    return bool(on_screen or trial) or (in_script and closed and not _YOU.search(one.text))
