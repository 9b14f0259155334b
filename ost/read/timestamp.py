"""Timestamps of a recording, as people and transcripts write them."""

from functools import lru_cache

from ost.expression import expression
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.place import Place

MARK = (
    r"(?:(?:[0-9]{1,3}:)?[0-9]{1,3}:[0-9]{2}(?:[.,][0-9]{1,3})?"
    r"|(?:[0-9]{1,2}h ?)?[0-9]{1,3}m ?[0-9]{1,2}s|[0-9]{1,3}['′][0-9]{1,2}[\"″])"
)
"""A timestamp: `12:41`, `1:02:03`, `00:12:48.500`, `12m41s`, `12'41"`."""

IMPOSSIBLE = "OST016"

_MARK = expression(MARK)
_FRACTION = expression(r"[.,][0-9]+$")
_NUMBER = expression(r"[0-9]+")
_DURATION = expression(
    r"(?:p?t)?(?:(?P<hours>\d{1,2}) ?h(?:ours?|rs?)?\.? ?)?"
    r"(?:(?P<minutes>\d{1,3}) ?(?:m(?:in(?:ute)?s?)?|')\.? ?)?"
    r"(?:(?P<seconds>\d{1,5}) ?(?:s(?:ec(?:ond)?s?)?|\")\.?)?"
)


def is_mark(text: str) -> bool:
    """Whether the whole text is a timestamp."""
    return text[:1].isdigit() and _MARK.fullmatch(text.strip()) is not None


@lru_cache(maxsize=4096)
def seconds(written: str) -> int | None:
    """The seconds of a timestamp: `12:41` is 761, `1:02:03` is 3723. None if a later part is 60 or
    more.

    The first part may be any number: `75:00` is an hour and a quarter. Fractions of a second are
    dropped.
    """
    first, *parts = [int(each) for each in _NUMBER.findall(_FRACTION.sub("", written))]
    total = first
    for part in parts:
        if part >= 60:
            return None
        total = total * 60 + part
    return total


def length(written: str) -> int | None:
    """The seconds of a recording's length: `45:10`, `PT50M`, `45 min`, `1 h 5 min`. None if the
    text is not a length.
    """
    text = " ".join(written.casefold().split())
    if _MARK.fullmatch(text) and ":" in text:
        return seconds(text)
    found = _DURATION.fullmatch(text)
    if found is None or text.isdigit() or not any(found.groups()):
        return None
    hours, minutes, rest = (int(each or 0) for each in found.groups())
    return hours * 3600 + minutes * 60 + rest


def impossible_time(written: str, at: Place) -> Diagnostic:
    """The warning about an impossible timestamp."""
    message = f"{written!r} is not a time: minutes and seconds end at 59"
    return Diagnostic(path="", at=at, code=IMPOSSIBLE, message=message, severity=Severity.WARNING)
