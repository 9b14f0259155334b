"""Finds e-mail addresses and phone numbers in text. Rather misses one than reports a date."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

_LINKS = r"\b(?:https?|ftp|ssh|git|file)://\S+|\bgit@[\w.-]+:\S*|\bwww\.\S+"

_MAIL = (
    r"(?<![\w.+/@%-])[a-z0-9](?:[\w.+%-]{0,62}[\w+%-])?"
    r"@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,5}[a-z]{2,24})(?![\w@-]|\.\w)"
)
_FILES = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp", "pdf", "md", "js", "css", "html"})

_GAP = r"[ \u00a0.\-/–\u2011]"
_PHONE = "|".join(
    (
        # +49 151 23456789, +1 (555) 123-4567, 0049 151 2345678
        rf"(?:\+|00)[1-9]\d{{0,2}}(?:{_GAP}?\(\d{{1,5}}\))?(?:{_GAP}?\d){{6,12}}",
        # (555) 123-4567
        rf"(?:1{_GAP})?\([2-9]\d\d\) ?\d{{3}}{_GAP}\d{{4}}",
        # 555-123-4567, 1.555.123.4567
        r"(?:1[ .-])?[2-9]\d\d(?P<gap>[ .-])\d{3}(?P=gap)\d{4}",
        # 0151 23456789, 030/1234567, (0711) 123 45 67, 07700 900123
        r"(?:\(0[1-9]\d{1,4}\) ?|0[1-9]\d{1,4}[ /-])\d{3,8}(?:[ -]\d{2,4}){0,2}",
        # 01 23 45 67 89
        r"0[1-9](?P<pair>[ .])\d\d(?:(?P=pair)\d\d){3}",
        # 07911123456
        r"0[1-9]\d{8,9}",
    )
)
_STANDS_ALONE = rf"(?<![\w.,:/#@&=$€£+–-])(?<![$€£#] )(?:{_PHONE})(?![\w%€$:]|[.,/–-]\d)"
_CALLED = (
    r"(?:phone|tel|telephone|mobile|cell|fax|whatsapp|telefon|handy)\b\W{0,3}"
    r"(?P<number>\(?\d[\d ()./-]{5,18}\d)(?![\w:]|[.,]\d)"
)
_ALIKE = bytes.maketrans(b"123456789", b"000000000")
_BETWEEN = " \u00a0.-/–\u2011()".encode()
_DIGITS = b"0000000"
"""Digits as in every phone number, ignoring separators. Quick to search, and most texts have none.
"""

_LABEL = (
    r"(?:\bid|\bno|\bnr|\bnumber|\bticket|\border|\bcase|\binvoice|\bisbn|\bissn|\bref|\bdoi"
    r"|\bversion|\bcommit|\bsku|\bbuild)[\s.:#=]*(?:is\s+)?$"
)


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """Compiled when first needed: most commands never search."""
    return re.compile(text, re.IGNORECASE)


def found(text: str, domains: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """The start, end and type of each address or number, except inside web addresses. Addresses at
    or below one of the `domains` are allowed.
    """
    if "@" in text:
        yield from _mails(_blank(text), domains)
    if _has_digits(text):
        yield from _phones(_blank(text))


def may_hold_any(texts: Iterable[str]) -> bool:
    """Whether any of these texts may hold an address or a number; most do not."""
    together = "\n".join(texts)
    return "@" in together or _has_digits(together)


def _has_digits(text: str) -> bool:
    if len(text) < len(_DIGITS):
        return False
    return _DIGITS in text.encode("utf-8", "surrogatepass").translate(_ALIKE, _BETWEEN)


def _blank(text: str) -> str:
    """The text with spaces in place of web addresses."""
    if "://" not in text and "git@" not in text and "www." not in text:
        return text
    return _pattern(_LINKS).sub(lambda each: " " * len(each[0]), text)


def _mails(text: str, domains: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    for match in _pattern(_MAIL).finditer(text):
        labels = match[1].casefold().split(".")
        ends = {".".join(labels[index:]) for index in range(len(labels))}
        if labels[-1] not in _FILES and not ends & domains:
            yield match.start(), match.end(), "an e-mail address"


def _phones(text: str) -> Iterator[tuple[int, int, str]]:
    taken = -1
    for match in _pattern(_STANDS_ALONE).finditer(text):
        digits = sum(map(str.isdigit, match[0]))
        before = text[max(0, match.start() - 24) : match.start()]
        if 8 <= digits <= 15 and not _pattern(_LABEL).search(before):
            taken = match.end()
            yield match.start(), match.end(), "a phone number"
    for match in _pattern(_CALLED).finditer(text):
        digits = sum(map(str.isdigit, match["number"]))
        if 7 <= digits <= 15 and match.start("number") > taken:
            yield match.start("number"), match.end("number"), "a phone number"
