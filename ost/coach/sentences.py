"""Splits a text into sentences, and finds out whether they are English."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from ost.limits import LONGEST_SENTENCE

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ELIDED = re.compile(r"(?:dell|all|nell|sull|dall|quest|un|qu|[ldjcnst])['’]\w{2}")
"""`dell'ultima`, `d'habitude`: no English word begins so."""
_SMALL = """
a about all an and any are as at be been but by can could did do does for from had has have how i if
in is it its just like me my no not of on or our out so some that the their them then there they
this to up us was we were what when where which who why will with would you your
"""
_OTHER = """
aber auch auf aus bei bitte das dass dem den der die ein eine einem einen einer für gibt haben hat
ich ihnen ihr ihre ihrem ihren ist kann können machen mit nach nicht oder sie sind über um und uns
vom von wann war warum welche welchen wenn werden wie wir wo würden zu zum zur erzählen denken au
aux avec avez avons ce cela ces cette comment dans de des du elle elles en est et être il ils je la
le les leur lui mais ne nous où par pas pour pourquoi qu que quel quelle quels qui quoi sont sur un
une vos votre vous al como con cómo cuando cuándo cuál del donde dónde el ella ellos es esta este
hace hay las lo los más muy para pero por porque qué quién se su sus tiene una usted ustedes y che
chi come cosa dei della delle di gli ha ho i loro lei ma nel non perché più quale quando questo sono
suo sua voi aan als bij dat deze dit een gaat geen heb hebben heeft het hoe ik jij jouw kan kunt
maar meer met naar niet nog of om ook op uw u van vaak voor waar waarom wat welke werd wij zijn zou
ao com da do dos e ele em essa esse foi mas na nas no não nos o os ou pela pelo quem são seu também
uma você vocês att av det ett från för har hur inte jag men mot när och på så som till var vi vad
varför är af at dig din er fra ham han hun hvad hvor hvordan hvorfor hvis ikke jeg med meget mig når
og også skal til vil være czy jak co gdzie kiedy dlaczego nie się jest są że z w pan pani
"""
_ENGLISH = frozenset(_SMALL.split())
_FOREIGN = frozenset(_OTHER.split()) - _ENGLISH - {"come", "die", "men", "pan", "war"}
_ELSEWHERE = """
a am an as at be can do he her i in is me no of on or so us was will
"""
_SHARED = frozenset(_ELSEWHERE.split())
"""Small words of English that are words of other languages too."""
_MORE = """
after again also anyone anything because before being did during else ever every everyone going he
here his into last let made make more most much next only other over own please same she should
someone something still tell than these they thing those through time too use very walk want while
whom whose why without work year
"""
_SURE = (_ENGLISH | frozenset(_MORE.split())) - _SHARED
_ENOUGH, _SHARE = 8, 0.2


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph, in order; a number that begins one is part of it."""
    begun = ""
    for piece in _pieces(text):
        begun += piece
        if any(map(str.isalpha, piece)):
            yield begun.strip()
            begun = ""
    if rest := begun.strip():
        yield rest


def sentences_across(texts: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The sentences of consecutive texts, each with the number of the text it begins in; a sentence
    may span several.
    """
    whole = " ".join(texts)
    ends = list(accumulate(len(text) + 1 for text in texts))
    at = number = 0
    for sentence in sentences(whole):
        at = max(whole.find(sentence, at), at)
        while number < len(ends) - 1 and at >= ends[number]:
            number += 1
        yield sentence, number
        at += len(sentence)


def _pieces(text: str) -> Iterator[str]:
    """The text divided where a sentence may end. An overlong piece is cut at a space."""
    from sentencex import segment

    start = 0
    while start < len(text):
        end = start + LONGEST_SENTENCE
        if end < len(text):
            end = max(text.rfind(" ", start, end), text.rfind(".", start, end)) + 1 or end
        yield from segment("en", text[start:end])
        start = end


def english(text: str, *, sure: bool = False) -> bool:
    """Whether a text reads as English, by its small words; a short text does, unless `sure`."""
    words = _words(text)
    if sum(ord(word[0]) > 0x24F for word in words) * 2 > len(words):
        return False
    few = len(words) < _ENOUGH and not sure
    return few or sum(word in _ENGLISH for word in words) >= _SHARE * len(words)


def foreign(sentence: str) -> bool:
    """Whether a sentence reads as another language: by its letters, or its small words."""
    words = _words(sentence)
    letters = [ord(letter) for word in words for letter in word]
    if sum(ord(word[0]) > 0x24F for word in words) * 2 > len(words):
        return True
    if max(letters, default=0) > 0x7F and doubtful(sentence):
        return True
    theirs = sum(word in _FOREIGN or bool(_ELIDED.match(word)) for word in words)
    return theirs > sum(word in _ENGLISH for word in words)


def doubtful(sentence: str) -> bool:
    """Whether no word of a sentence is certainly English; next to other languages, it is not."""
    words = _words(sentence)
    return len(words) > 2 and not any(word in _SURE for word in words)


def _words(text: str) -> list[str]:
    return [found[0].lower() for found in _WORD.finditer(text)]
