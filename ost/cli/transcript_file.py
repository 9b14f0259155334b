"""A transcript's file as it is read: in which encoding, and what it says."""

import codecs
import re
from pathlib import Path
from typing import NamedTuple

from ost.cli.workspace import near
from ost.errors import Misuse, Trouble
from ost.limits import whole
from ost.read import transcripts
from ost.read.place import unified
from ost.read.suffixes import MARKDOWN, TRANSCRIPTS
from ost.read.transcript import Transcript


class ReadFile(NamedTuple):
    """A transcript, its text, its lines without front matter, and how its bytes were read if they
    are not UTF-8.
    """

    transcript: Transcript
    text: str
    lines: list[str]
    encoding: str


def read_file(file: Path, named: str) -> ReadFile:
    """Reads it in the encoding that is named; else in the one it looks like."""
    if file.is_dir():
        raise Misuse(f"{near(file)} is a folder; name a transcript")
    try:
        data = whole(file)
    except OSError as error:
        raise Trouble(f"{near(file)} cannot be read: {error.strerror}") from None
    text, encoding = _as_named(file, data, named) if named else _decoded(data)
    text = body = unified(text)
    suffix = file.suffix.casefold()
    if suffix in MARKDOWN:
        body = _FRONT_MATTER.sub(lambda each: "\n" * each[0].count("\n"), text, count=1)
    read = transcripts.read(body, suffix if suffix in TRANSCRIPTS else ".txt")
    return ReadFile(read, text, body.split("\n"), encoding)


_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:(?!---[ \t]*\n)[^\n]*\n)*+---[ \t]*\n")


def _decoded(data: bytes) -> tuple[str, str]:
    """A text, and the name of its encoding if that is not UTF-8. No byte is lost without a word."""
    if name := _wide(data):
        return data.decode(name, "replace"), name.upper()[:6]
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "Windows-1252"


def _as_named(file: Path, data: bytes, encoding: str) -> tuple[str, str]:
    """A text in the encoding that a person named."""
    try:
        return data.decode(encoding), ""
    except LookupError:
        raise Misuse(f"--encoding {encoding}: there is no such encoding") from None
    except UnicodeDecodeError as error:
        raise Misuse(f"{near(file)} is not {encoding}: see byte {error.start + 1:,}") from None


def _wide(data: bytes) -> str:
    """The encoding of a text whose letters have more than a byte each: by its mark, or by every
    other byte that is zero; "" for none.
    """
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return name
    head = data[:_HEAD]
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = head[start::2].count(0), head[1 - start :: 2].count(0)
        if zeros > len(head) // 4 and not others:
            return name
    return ""


_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_HEAD = 4000
"""Bytes in which zeros are counted."""
