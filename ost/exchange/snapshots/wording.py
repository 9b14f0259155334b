"""Which words of a sentence count, and which show friction or strong feeling. The cues are English;
in other languages, only length tells sentences apart.
"""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?")
_SMALL_WORDS = """
a about after again all also always am an and any anyone anything are as at be because been
before being both but by can cannot could did do does doing done down each even every for from
get gets getting go goes going gone got had has have having he her here hers him his how i if in
into is it its just keep kind know knew let lets like little lot made make makes many maybe me
mean mine more most much my need needs never no not nothing now of off oh okay on once one only
or other our ours out over own people put really right said same say says see seen she should so
some someone something sort still such take than that the their them then there these they thing
things think this those though through to too took two up us use used using very want wanted
wants was way we well went were what when where which while who why will with without would
yeah yes yet you your yours
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_CUES = re.compile(
    r"\b(?:frustrat\w+|annoy\w+|stuck|gave up|give up|giv(?:en|ing) up|work[- ]?around|confus\w+|"
    r"hate[ds]?|painful|a pain|difficult|hard to|harder|struggl\w+|waste[ds]?|wasting|forg[eo]t\w*|"
    r"lost|los(?:e|es|ing)|wors[et]\w*|broke|broken|break(?:s|ing)?|fail(?:s|ed|ing)?|problem\w*|"
    r"trouble|mess(?:y|ed)?|nightmare|terrible|awful|ridiculous|angry|upset|worr(?:y|ied|ies)|"
    r"afraid|scared|overwhelm\w*|impossible|took (?:me )?(?:forever|ages|hours|days|weeks)|slow\w*|"
    r"too (?:long|late|much|many|hard|slow|expensive)|had to|end(?:ed)? up|by hand|manual\w*|"
    r"could(?:n['’]t| not)|can(?:['’]t|not)|did(?:n['’]t| not) (?:know|work|find|understand)|"
    r"no idea|no(?:body| one)|not sure|missed|missing|late again|argu\w+|fight\w*|wish)\b",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\b(?:love[ds]?|relie[fv]\w*|amaz\w+|saved|finally|best|favou?rite|thrilled|excited|proud|"
    r"perfect|every single|always end|the worst|the only|never again)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:i|we|my|our|me|us)\b", re.IGNORECASE)
_USUAL = re.compile(r"\b(?:usually|generally|typically|would|might|probably)\b", re.IGNORECASE)


_STUTTER = re.compile(r"\b(\w+),? \1\b", re.IGNORECASE)


def friction(text: str) -> int:
    """How many words in a sentence show that something got in the way."""
    return len(_CUES.findall(text))


def strength(text: str) -> int:
    """How strong a sentence is as a quote: friction, feeling, actions in the first person."""
    cues = 3 * friction(text) + 2 * len(_STRONG.findall(text))
    whole = text[:1].isupper() and text[-1:] in '.!…"”'
    doubts = 2 * bool(_USUAL.search(text)) + 4 * bool(_STUTTER.search(text))
    return cues + bool(_OWN.search(text)) + 2 * whole - doubts


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The words in a text that count, without their endings."""
    return frozenset(map(_stem, words(text)))


def words(text: str) -> frozenset[str]:
    """The words in a text that count."""
    plain = text.casefold().replace("’", "'")
    found = (each.partition("'")[0] for each in _WORD.findall(plain) if "n't" not in each)
    return frozenset(each for each in found if each not in _SMALL and len(each) > 2)


def _stem(word: str) -> str:
    for ending in (
        "ingly",
        "edly",
        "ings",
        "ing",
        "ies",
        "ied",
        "ers",
        "er",
        "ed",
        "es",
        "ly",
        "s",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "eyi" else word
