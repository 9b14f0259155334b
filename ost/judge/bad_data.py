"""Recognises answers that say nothing about what happened: guesses, opinions, habits, requests.
English only. The patterns rather miss one than find one in a story.
"""

import re
from functools import lru_cache

from ost.expression import expression
from ost.judge.wording import english

_I = r"\b(?:i|we)(?:'d| would| might| could| will|'ll)"
_SURE = (
    r"(?: (?:probably|definitely|certainly|totally|absolutely|also|really|maybe|never|"
    r"always|just))*"
)
_FAULTS = (
    (
        "a guess",
        (
            rf"{_I}{_SURE} (?:use|pay|buy|like|love|want|try|recommend|switch|subscribe|sign up|"
            rf"download|"
            r"prefer|be (?:willing|happy|interested|glad)|consider|enjoy|appreciate|choose)\b"
            r"|\bif (?:you|there|it|i|we) (?:had|were|was|could|built|made|added|"
            r"offered)\b.*\bwould\b"
        ),
    ),
    (
        "an opinion",
        (
            r"\b(?:great|good|nice|cool|awesome|brilliant|useful|interesting|clever|fantastic|"
            r"amazing) "
            r"(?:idea|feature|concept|product|app|tool|thing to have)\b"
            r"|\bi (?:really |do |absolutely )*(?:love|like) (?:it|this|that|the idea|the concept|"
            r"your)\b"
            r"|\b(?:that|it|this)(?:'s| is| sounds| looks) (?:\w+ )?(?:great|awesome|brilliant|"
            r"amazing|"
            r"fantastic|super useful|very useful|really useful)\b"
            r"|\b(?:people|everyone|everybody|users|customers|most of us|they) (?:would|will|do|"
            r"really )*"
            r"(?:love|want|need) (?:it|this|that|something like)\b"
        ),
    ),
    (
        "a request",
        (
            r"\b(?:you|they|the app|the team|it) (?:guys )?(?:really )?(?:should|could|need to|"
            r"ought to) "
            r"(?:just )?(?:add|have|build|make|let|give|show|support|offer|include|allow|provide)\b"
            r"|\bit(?:'d| would) be (?:\w+ )?(?:great|nice|cool|good|helpful|useful|better|lovely) "
            r"(?:if|to)\b|\b(?:can|could) you (?:please )?(?:add|build|make|include)\b"
            r"|\bi wish (?:you|there|it|the app|they)\b|\b(?:please|just) add (?:a|an|the|some)\b"
            r"|\b(?:i|we) (?:really )?(?:need|want) (?:a|an|some|more|better) (?:[\w-]+ ){0,2}?"
            r"(?:button|filter|feature|dashboard|integration|notification|export|app|plugin|widget|"
            r"report|template|toggle|mode|api|bot|chatbot)s?\b"
        ),
    ),
    (
        "a habit",
        (
            r"\b(?:i|we) (?:always|usually|normally|typically|generally|mostly|often|tend to|"
            r"never)\b"
            r"|^(?:usually|normally|typically|generally|in general|most of the time)\b"
        ),
    ),
)
_HAPPENED = expression(
    r"\b(?:last (?:\w+ ){0,2}?(?:time|night|week|month|year|summer|winter|spring|autumn|fall|"
    r"\w+day)|"
    r"yesterday|this morning|this week|today|tonight|ago|(?:on |that |one |every )?(?:mon|tues|"
    r"wednes|"
    r"thurs|fri|satur|sun)day|once|twice|that (?:day|time|evening|morning|night|week)|"
    r"in (?:january|february|march|april|may|june|july|august|september|october|november|december)|"
    r"(?:took|spent|waited|went|called|ended up|gave up|tried|bought|paid|sent|asked|told|forgot|"
    r"missed|lost|found|left|drove|wrote|opened|clicked|cancelled|switched|happened))\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def fault(text: str) -> str:
    """The fault of an answer: `a guess`, `an opinion`, `a request`, `a habit`; "" if it may be
    about something that happened.
    """
    plain = text.replace("\u2019", "'")
    if _HAPPENED.search(plain) or not english(plain):
        return ""
    for what, pattern in _FAULTS:
        if re.search(pattern, plain, re.IGNORECASE):
            return what
    return ""
