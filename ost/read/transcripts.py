"""Parses transcripts: WebVTT, SRT, and the forms in which people write them as text.

No text raises an error, and no words are lost: anything but a time, a speaker or markup is speech.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape

from ost.read.place import Place
from ost.read.transcript import (
    INTERVIEWER_LABELS,
    PARTICIPANT_LABELS,
    Transcript,
    Turn,
    speaker_key,
)

_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,:]\d{1,3})?"
_LOOSE = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,:]\d{1,3})?"
_CUE = re.compile(
    rf"\s*(?P<start>(?=.*-->){_LOOSE}|{_CLOCK})\s*(?:-->|,)\s*(?P<end>{_LOOSE})(?:\s|\Z)"
)
_TAG = re.compile(r"</?(?:[a-zA-Z][^<>]*|\d[\d:.]*)?>|\{\\[^{}]*\}")
_VOICE = re.compile(r"\s*<v(?:\.[^\s<>]*+)?(?P<name>\s[^<>]*+)>")
_NUMBER = re.compile(r"&#(?=[xX]?[0-9a-fA-F]{9})")
_BLOCKS = ("NOTE", "STYLE", "REGION", "WEBVTT")

_NAME = r"[^\W\d_](?:[^\n:\[\]()<>*_\t]|_(?=\d)){0,48}(?:\([^()\n]{1,30}\))?"
_AFTER = rf"[\[(]?(?<!\d)(?P<after>{_CLOCK})[\])]?"
_UNTIL = rf"(?:\s*+(?:-->|[-–])\s*+(?P<end>{_CLOCK})(?=[\])\s]))?"
_BRACKETED = re.compile(
    rf"\s*+\[(?P<name>{_NAME}?)\]\s*+(?:[\[(](?P<after>{_CLOCK})[\])]\s*+)?(?=\S)"
)
_LABELLED = re.compile(
    rf"\s*+(?:[-*>]\s++)?(?:[\[(]?(?P<before>{_CLOCK}){_UNTIL}[\])]?[\s|,-]*+)?(?:\*\*|__)?"
    rf"(?:\[(?={_NAME}\]:))?(?P<name>{_NAME}?)\]?"
    rf"\s*+(?:{_AFTER}\s*+)?(?::(?:\*\*|__)?|(?:\*\*|__):)(?:\s+|\Z)"
)
_HEADER = re.compile(
    rf"\s*+(?:(?:\*\*|__)?(?P<name>{_NAME}?)\s*+(?:\*\*|__)?[\s|,-]*+)?"
    rf"[\[(]?(?<!\d)(?P<at>{_CLOCK})[\])]?(?:\s*+(?:-->|[-–])\s*+{_CLOCK}[\])]?)?\s*+\Z"
)
_TIMED = re.compile(rf"\s*[\[(]?(?P<at>{_CLOCK}){_UNTIL}[\])]?[\s|,-]+(?=\S)")
_PROGRAM = re.compile(
    r"[^\n:]{1,80} (?:started|stopped) transcription"
    rf"|(?:Meeting|Transcription) ended after {_CLOCK}.{{0,4}}"
    r"|This editable transcript was computer[- ]generated\b.{0,200}"
)
"""What Teams and Meet say in a transcript."""
_LABELS = INTERVIEWER_LABELS | PARTICIPANT_LABELS | {"q", "a", "i", "p", "speaker"}


def read(text: str, suffix: str) -> Transcript:
    """The turns of a transcript. `suffix` is that of its file (`.vtt`, `.srt`, `.txt`)."""
    lines = text.split("\n")
    has_cues = suffix in (".vtt", ".srt") or any(map(_is_cue, lines[:60]))
    return Transcript(tuple(_cues(lines) if has_cues else _prose(lines)))


def _is_cue(line: str) -> bool:
    """Whether a line has the times of a caption and no words."""
    found = _CUE.match(line)
    return found is not None and all(":" in each for each in line[found.end() :].split())


def seconds(clock: str) -> float:
    """The seconds of `1:02:03.456`, `02:03,4` or (with frames) `00:02:03:12`."""
    whole, point, rest = clock.replace(",", ".").partition(".")
    parts = whole.split(":")[:3]
    total = 0.0
    for part in parts:
        total = total * 60 + int(part)
    return total + (float(f"0.{rest}") if point and rest.isdigit() else 0.0)


def _seconds(clock: str | None) -> float | None:
    return seconds(clock) if clock else None


def _cues(lines: list[str]) -> Iterator[Turn]:
    """The turns of captions. Lines that a rolling caption repeats count once."""
    shown: frozenset[str] = frozenset()
    speaker = ""
    names = _names(lines)
    for start, end, rows in _captions(lines):
        plain = {row: " ".join(_TAG.sub("", lines[row]).split()) for row in rows}
        for row, words in plain.items():
            if not words or words in shown:
                continue
            named, begin = _speaker(lines[row], names)
            speaker = named or (speaker if row > rows.start else "")
            turn = _turn(lines, row, begin, speaker, start, end)
            if turn is not None:
                yield turn
        shown = frozenset(plain.values()) or shown


def _captions(lines: list[str]) -> Iterator[tuple[float | None, float | None, range]]:
    """The start and end second and the rows of each caption."""
    start = end = None
    row = 0
    while row < len(lines):
        found = _CUE.match(lines[row])
        if found:
            start, end = seconds(found["start"]), seconds(found["end"])
            row += 1
        elif _begins_block(lines, row):
            row = _stop(lines, row)
            continue
        elif not lines[row].strip() or _is_cue_name(lines, row):
            row += 1
            continue
        stop = _stop(lines, row)
        before_cue = stop < len(lines) and _CUE.match(lines[stop])
        if before_cue and stop > row and _is_number(lines[stop - 1]):
            stop -= 1
        yield start, end, range(row, stop)
        row = stop


def _begins_block(lines: list[str], row: int) -> bool:
    """Whether a line starts a block that is not shown: a note, styles or regions."""
    return lines[row].partition(" ")[0].rstrip() in _BLOCKS and (
        row == 0 or not lines[row - 1].strip()
    )


def _stop(lines: list[str], row: int) -> int:
    """The next row that is blank or has a cue's times."""
    while row < len(lines) and lines[row].strip() and not _CUE.match(lines[row]):
        row += 1
    return row


def _is_number(line: str) -> bool:
    return line.strip().isdigit()


def _is_cue_name(lines: list[str], row: int) -> bool:
    """Whether a line is a cue identifier: a separate line before the times."""
    alone = row == 0 or not lines[row - 1].strip()
    following = lines[row + 1] if row + 1 < len(lines) else ""
    return bool(_CUE.match(following)) and (alone or _is_number(lines[row]))


def _speaker(line: str, names: frozenset[str]) -> tuple[str, int]:
    """The speaker of a caption line, and where the words begin."""
    voice = _VOICE.match(line)
    if voice:
        return " ".join(voice["name"].split()), voice.end()
    found = _LABELLED.match(line)
    if found and not found["before"] and not found["after"]:
        name = found["name"].strip(" -*_")
        if speaker_key(name) in names or (_is_name(name) and len(name.split()) <= 3):
            return name, found.end()
    bracketed = _BRACKETED.match(line)
    if bracketed and _is_numbered(bracketed["name"]):
        return bracketed["name"].strip(), bracketed.end()
    return "", 0


def _is_numbered(name: str) -> bool:
    """Whether a name in brackets is what programs call a voice: `Speaker 1`, `SPEAKER_00`."""
    return speaker_key(name).startswith("speaker")


def _is_name(name: str) -> bool:
    """Whether words before a colon that appear once may be a name."""
    words = name.split()
    capital = all(each[0].isupper() or not each[0].isalpha() for each in words)
    return 0 < len(words) <= 6 and (capital or words[0].casefold() in _LABELS)


def _turn(
    lines: list[str],
    row: int,
    begin: int,
    speaker: str,
    start: float | None,
    end: float | None,
) -> Turn | None:
    """The turn on a line, from a column on, or None without words."""
    line = lines[row]
    while begin < len(line) and (line[begin].isspace() or line[begin] in "\ufeff*_"):
        begin += 1
    while tag := _TAG.match(line, begin):
        begin = tag.end()
    stop = len(line.rstrip())
    words = " ".join(_unescape(_TAG.sub("", line[begin:stop])).split())
    return Turn(speaker, start, end, words, Place(row, begin, row, stop)) if words else None


def _unescape(text: str) -> str:
    """The text with character references replaced, except for numbers too long for a character."""
    return unescape(_NUMBER.sub("&amp;#", text)) if "&" in text else text


def _prose(lines: list[str]) -> Iterator[Turn]:
    """The turns of a text: `Name: words`, `[12:41] Name: words`, `Name 12:41` above the words."""
    names = _names(lines)
    speaker, start = "", None
    for row, line in enumerate(lines):
        if not line.strip() or _PROGRAM.fullmatch(line.strip()):
            continue
        header = _HEADER.match(line)
        if header and (not header["name"] or _is_name(header["name"].strip())):
            speaker = (header["name"] or "").strip(" -*_") or speaker
            start = seconds(header["at"])
            continue
        begin, end = 0, None
        labelled, timed, bracketed = (each.match(line) for each in (_LABELLED, _TIMED, _BRACKETED))
        if labelled and speaker_key(labelled["name"]) in names:
            speaker, begin = _as_often(labelled["name"], names), labelled.end()
            clock, end = labelled["before"] or labelled["after"], _seconds(labelled["end"])
            start = seconds(clock) if clock else start
        elif bracketed and (bracketed["after"] or _is_numbered(bracketed["name"])):
            speaker, begin = bracketed["name"].strip(), bracketed.end()
            start = seconds(bracketed["after"]) if bracketed["after"] else start
        elif timed:
            start, end, begin = seconds(timed["at"]), _seconds(timed["end"]), timed.end()
        turn = _turn(lines, row, begin, speaker, start, end)
        if turn is not None:
            yield turn
            start = None


def _as_often(written: str, names: frozenset[str]) -> str:
    """A speaker's name without `(laughs)` behind it, if the name alone speaks elsewhere."""
    name = written.strip(" -*_")
    alone = name.partition("(")[0].rstrip()
    return alone if speaker_key(alone) in names else name


def _names(lines: Iterable[str]) -> frozenset[str]:
    """The names before a colon that are speakers: labels, repeated names, and names with a time."""
    counts: Counter[str] = Counter()
    for line in lines:
        found = _LABELLED.match(line)
        if found and found["name"].strip():
            name = speaker_key(found["name"])
            certain = found["before"] or found["after"] or name.rstrip(" 0123456789") in _LABELS
            certain = certain or line.lstrip().startswith(("**", "__"))
            counts[name] += (2 if certain else 1) if len(name.split()) <= 6 else 0
    return frozenset(name for name, many in counts.items() if many > 1)
