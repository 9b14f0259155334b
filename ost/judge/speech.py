"""The words of a text for comparing quotes: case, punctuation, fillers and stammers do not count.

A contraction and its long form are the same words (`don't`, `do not`), and so are a number and its
words up to 99. `'s` and `'d` are short for two words each, so they equal either.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ost.expression import expression

_APOSTROPHES = str.maketrans("\u2019\u2018\u02bc\u00b4`", "'''''")
_PERCENT = expression(r"(?<=\d)\s?%|\bper cent\b", re.IGNORECASE)
_AMOUNT = r"\d(?:[\d.,]*\d)?"
_MONEY = expression(
    rf"(?P<sign>[€$£]|\b(?:EUR|USD|GBP)\b)\s?(?P<amount>{_AMOUNT})"
    rf"|(?P<before>{_AMOUNT})\s?(?P<behind>[€$£])"
)
_CURRENCIES = {
    "€": "euros",
    "EUR": "euros",
    "$": "dollars",
    "USD": "dollars",
    "£": "pounds",
    "GBP": "pounds",
}
_WORD = expression(r"\d{1,3}(?:,\d{3})+(?!\d)|[^\W_]+(?:'[^\W_]+)*")
FILLERS = frozenset(("um", "uh", "uhm", "erm", "er", "ah", "eh", "hm", "hmm", "mhm", "mm"))

_SHORT = """
won't=will not;can't=can not;cannot=can not;shan't=shall not;let's=let us;ain't=ain't;y'all=you all
gonna=going to;wanna=want to;gotta=got to;kinda=kind of;sorta=sort of;lemme=let me;gimme=give me
euro=euros;eur=euros;dollar=dollars;usd=dollars;pound=pounds;gbp=pounds
dunno=do not know;cos=because;coz=because;cuz=because;til=until;till=until;em=them;ok=okay
alright=all right;dont=do not;didnt=did not;doesnt=does not;isnt=is not;wasnt=was not;arent=are not
werent=were not;havent=have not;hasnt=has not;hadnt=had not;couldnt=could not;wouldnt=would not
shouldnt=should not;cant=can not;wont=will not;im=i am;ive=i have;youre=you are;theyre=they are
weve=we have;youve=you have;theyve=they have;thats=that 's;whats=what 's;percent=percent
"""
_LONG = {
    short: tuple(long.split())
    for each in _SHORT.replace("\n", ";").split(";")
    for short, _, long in [each.partition("=")]
    if short
}
_ENDINGS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'m": "am"}
_EITHER = {"'s": ("is", "has"), "'d": ("would", "had")}
_SAME = {word: short for short, words in _EITHER.items() for word in (short, *words)}
_ONE = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
_TEN = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES, _TENS = _ONE.split(), _TEN.split()
_DIGITS = 2
"""Longer numbers can be said in too many ways."""


def words(text: str, before: str = "") -> list[str]:
    """A text's words for comparison; `before` is the word said just before."""
    result: list[str] = []
    last = before
    for found in _WORD.findall(_plain(text)):
        for word in _expand(found):
            if word != last:
                result.append(word)
                last = word
    return result


def written(text: str, before: str = "") -> Iterator[tuple[str, str]]:
    """The same words, each with its written form."""
    last = before
    for found in _WORD.finditer(_plain(text)):
        for word in _expand(found[0]):
            if word != last:
                yield word, found[0]
                last = word


def folded(word: str) -> str:
    """A word's key: the same for `is`, `has` and `'s`, and for `would`, `had` and `'d`.

    Words with the same key may still differ, as `same` finds.
    """
    return _SAME.get(word, word)


def same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether words are the same, one by one, given equal keys."""
    return all(a == b or a in _EITHER or b in _EITHER for a, b in zip(one, other, strict=True))


def _plain(text: str) -> str:
    """A text with currency symbols written out: `€120` is `120 euros`."""
    text = _PERCENT.sub(" percent", text.translate(_APOSTROPHES))
    if not any(sign in text for sign in _CURRENCIES):
        return text
    return _MONEY.sub(_written_out, text)


def _written_out(money: re.Match[str]) -> str:
    sign = money["sign"] or money["behind"]
    return f"{money['amount'] or money['before']} {_CURRENCIES[sign]}"


@lru_cache(maxsize=8192)
def _expand(word: str) -> tuple[str, ...]:
    """A word in lower case and long form; nothing for a filler."""
    word = word.casefold()
    if word in FILLERS:
        return ()
    if word in _LONG:
        return _LONG[word]
    if word[0].isdigit():
        return _number(word.replace(",", ""))
    for ending, long in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return (*_expand(word[: -len(ending)]), long)
    for ending in _EITHER:
        if word.endswith(ending):
            return (*_expand(word[:-2]), ending)
    return (word,)


def _number(word: str) -> tuple[str, ...]:
    if not word.isascii() or not word.isdigit() or len(word) > _DIGITS or word.startswith("0"):
        return (word,)
    number = int(word)
    if number < len(_ONES):
        return (_ONES[number],)
    tens, ones = divmod(number, 10)
    return (_TENS[tens - 2], _ONES[ones]) if ones else (_TENS[tens - 2],)
