"""Reads a transcript's file: its encoding and its text."""

import re
from pathlib import Path
from typing import NamedTuple

from ost.cli.encodings import decoded
from ost.cli.workspace import display_path
from ost.errors import Misuse, Trouble
from ost.limits import read_limited
from ost.read import transcripts
from ost.read.place import normalize_newlines
from ost.read.suffixes import MARKDOWN, TRANSCRIPTS
from ost.read.transcript import Transcript


class ReadFile(NamedTuple):
    """A transcript with its text, its lines without front matter, and its encoding if that is not
    UTF-8.
    """

    transcript: Transcript
    text: str
    lines: list[str]
    encoding: str


def read_file(file: Path, named: str) -> ReadFile:
    """Reads a transcript in the named encoding or, without a name, in the detected one."""
    if file.is_dir():
        raise Misuse(f"{display_path(file)} is a folder; name a transcript")
    try:
        data = read_limited(file)
    except OSError as error:
        raise Trouble(f"{display_path(file)} cannot be read: {error.strerror}") from None
    text, encoding = _as_named(file, data, named) if named else decoded(data)
    text = body = normalize_newlines(text)
    suffix = file.suffix.casefold()
    if suffix in MARKDOWN:
        body = _FRONT_MATTER.sub(lambda each: "\n" * each[0].count("\n"), text, count=1)
    read = transcripts.read(body, suffix if suffix in TRANSCRIPTS else ".txt")
    return ReadFile(read, text, body.split("\n"), encoding)


_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:(?!---[ \t]*\n)[^\n]*\n)*+---[ \t]*\n")


def _as_named(file: Path, data: bytes, encoding: str) -> tuple[str, str]:
    """A text in the named encoding."""
    try:
        return data.decode(encoding), ""
    except LookupError:
        raise Misuse(f"--encoding {encoding}: unknown encoding") from None
    except UnicodeDecodeError as error:
        raise Misuse(
            f"{display_path(file)} is not {encoding}: see byte {error.start + 1:,}"
        ) from None
