"""Timestamps as people and programs write them in notes, and what they mean.

`14:38:00` may be fourteen hours or fourteen minutes. Programs that pad `14:38` to three numbers put
minutes first; `1:02:03` in the same recording puts hours first. One timestamp cannot tell, but all
of them together can.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

_NUMBERS = r"\d{1,3}:\d{2}(?::\d{2})?(?:\.\d{1,3})?"
_ANCHOR = (
    r"<a\b(?=[^<>]*+>[^<>]*+</a\s*+>)[^<>]*?\bdata-t\s*+=\s*+[\"']?(?P<data>[^\"'<>\s]*+)[^<>]*+>"
    r"(?P<label>[^<>]*+)</a\s*+>"
)
_LINK = rf"\[\[?(?P<linked>{_NUMBERS})\]?\]\((?P<address>[^()\s]*)\)"
_BRACKET = rf"\[(?P<square>{_NUMBERS})\](?!\()|\((?P<round>{_NUMBERS})\)"

STAMP = re.compile(rf"{_ANCHOR}|{_LINK}|{_BRACKET}", re.IGNORECASE)
"""An anchor with `data-t`, a link whose text is a time, `[14:38]` or `(14:38)`."""

CHAPTER = re.compile(rf"(?P<bare>{_NUMBERS})(?!\s*-->)(?=\s+\S|\s*$)")
"""A bare time. It counts as a timestamp only at the start of a line, and not in subtitle cues."""

_PLAYS_FROM = re.compile(r"[?&#](?:t|start)=(?P<data>[\dhms]+)")
_UNITS = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s?)?")

_NO_RECORDING_IS_LONGER = 12
_FEW_RECORDINGS_ARE_LONGER = 5
_PADDED = 0.25
_LONG = 0.1


class Time(Struct, frozen=True):
    """The numbers of a timestamp as written. A single number means seconds."""

    numbers: tuple[int, ...]

    def second(self, *, minutes_first: bool) -> int | None:
        """The second it means, or None."""
        if len(self.numbers) == 1:
            return self.numbers[0]
        *_, minutes, seconds = self.numbers
        if seconds >= 60:
            return None
        if len(self.numbers) == 2:
            return minutes * 60 + seconds
        first = self.numbers[0]
        if minutes_first and (seconds == 0 or first >= _NO_RECORDING_IS_LONGER):
            return first * 60 + minutes if minutes < 60 else None
        if minutes >= 60 or first >= 2 * _NO_RECORDING_IS_LONGER:
            return None
        return first * 3600 + minutes * 60 + seconds


def written(second: int) -> str:
    """A second in the form for drafts: two digits throughout, as recorders write it. Pages and
    reports use `ost.recording.clock`.
    """
    minutes, rest = divmod(second, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def time(found: re.Match[str]) -> Time | None:
    """The time in a match of `STAMP` or `CHAPTER`, if it has one."""
    groups = found.groupdict()
    if groups.get("address"):
        plays = _PLAYS_FROM.search(groups["address"])
        exact = _written(plays["data"]) if plays else None
        if exact is not None:
            return exact
    for name in ("data", "label", "linked", "square", "round", "bare"):
        written = _written((groups.get(name) or "").strip(" []()"))
        if written is not None:
            return written
    return None


def minutes_first(times: Sequence[Time]) -> bool:
    """Whether in these notes three numbers that end in zero are minutes, seconds and padding.

    By chance, one timestamp in sixty ends in zero, and few recordings last five hours. So if many
    end in zero, and some of them would be five hours in, the zero is padding.
    """
    three = [each.numbers for each in times if len(each.numbers) == 3]
    padded = [each for each in three if each[2] == 0]
    long = sum(each[0] >= _FEW_RECORDINGS_ARE_LONGER for each in padded)
    if padded and len(padded) >= _PADDED * len(three) and long >= max(1, _LONG * len(padded)):
        return True
    beyond = sum(each[0] >= _NO_RECORDING_IS_LONGER for each in three)
    return 2 * beyond > len(three)


def _written(text: str) -> Time | None:
    text = text.partition(".")[0]
    if re.fullmatch(r"\d{1,3}(?::\d{1,2}){1,2}", text, re.ASCII):
        return Time(tuple(int(each) for each in text.split(":")))
    units = _UNITS.fullmatch(text)
    if text and units:
        hours, minutes, seconds = (int(each or 0) for each in units.groups())
        return Time((hours * 3600 + minutes * 60 + seconds,))
    return None
