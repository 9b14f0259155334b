"""Which lines of a transcript a draft leaves out."""

import re
from collections.abc import Sequence

from ost.read.transcript import Transcript

_TIMES = re.compile(r"-->|^\s*[\d:.,\s\[\]()-]+$")
_HEAD = re.compile(r"^\W*(?:WEBVTT|Kind:|Language:)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def unread(lines: Sequence[str], transcript: Transcript) -> list[int]:
    """The numbers (from one) of lines with letters that belong to no turn. Times, cue names,
    speakers, and words that rolling captions repeat do not count.
    """
    spoken = {row for turn in transcript.turns for row in range(turn.at.line, turn.at.end_line + 1)}
    texts = {turn.text for turn in transcript.turns}
    speakers = {turn.speaker for turn in transcript.turns}
    found = []
    for row, line in enumerate(lines):
        words = " ".join(_TAG.sub("", line).split())
        if row in spoken or not any(map(str.isalpha, words)) or _TIMES.search(line):
            continue
        following = lines[row + 1] if row + 1 < len(lines) else ""
        names_cue = "-->" in following and (row == 0 or not lines[row - 1].strip())
        if names_cue or words in texts or (row == 0 and _HEAD.match(line)) or _HEAD.match(line):
            continue
        if any(
            each and words.startswith(each) and len(words) <= len(each) + 14 for each in speakers
        ):
            continue
        found.append(row + 1)
    return found
