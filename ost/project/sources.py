"""Turns a file's bytes into a reading. An unreadable, oversized or non-UTF-8 file becomes a
diagnostic.
"""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from ost.disk.fence import DENIED, LOOP, MISSING, OUTSIDE, SPECIAL
from ost.limits import LARGEST_FILE, size
from ost.project.files import OVERSIZED, transcript_suffix
from ost.project.scan import COPY, MISNAMED
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.document import Reading
from ost.read.parse import FOREIGN, parse
from ost.read.place import START, Lines, normalize_newlines
from ost.read.transcript import Transcript
from ost.read.vocabulary import Vocabulary

UNDECODABLE = "OST002"
TOO_LARGE = "OST003"
UNREADABLE = "OST013"
OUTSIDER = "OST020"
MISNOMER = "OST021"
COPIED = "OST045"

_WHY = {
    LOOP: "this link leads in a circle",
    MISSING: "this link leads to nothing",
    DENIED: "this file is not readable; change its permissions",
    SPECIAL: "this is not a regular file",
    OUTSIDE: "this link leads out of the project or to a hidden file; replace it with a file",
    MISNAMED: "this name is not UTF-8; rename it",
}
_CODES = {OUTSIDE: OUTSIDER, MISNAMED: MISNOMER}


def reading(name: str, data: bytes, words: Vocabulary | None = None, size: int = 0) -> Reading:
    """The reading of the bytes; `name` is from `contents`, `words` are the project's, and `size` is
    the number of bytes if these are only the first.
    """
    if suffix := transcript_suffix(name):
        return _transcript_reading(data, suffix)
    unreadable, _, why = name.partition(":")
    if why.startswith(COPY):
        first = why.removeprefix(COPY)
        message = f"this looks like a copy of {first!r} beside it, so it is not read"
        return _nothing(COPIED, message, Severity.WARNING)
    if why and unreadable == "unreadable":
        why, _, many = why.partition(" ")
        if why == OVERSIZED:
            return _too_large(int(many))
        return _nothing(_CODES.get(why, UNREADABLE), _WHY[why])
    if max(len(data), size) > LARGEST_FILE:
        return _too_large(max(len(data), size))
    data = data.removeprefix(BOM_UTF8)
    try:
        text, wrong = data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", "replace")
        before = data[: error.start].decode("utf-8")
        wrong = (len(normalize_newlines(before)), data[error.start])
    text = normalize_newlines(text)
    read = parse(text, words)
    if wrong is None:
        return read
    offset, byte = wrong
    remark = Diagnostic(
        path="",
        at=Lines(text).place(offset, offset + 1),
        code=UNDECODABLE,
        message=f"the byte 0x{byte:02x} is not UTF-8",
    )
    others = (each for each in read.diagnostics if each.code != FOREIGN)  # no one can tell
    return Reading(read.entries, (*others, remark))


def _transcript_reading(data: bytes, suffix: str) -> Reading:
    """A transcript's reading. An unreadable or oversized one is empty: the interview that names it
    gets the diagnostic.
    """
    from ost.read.transcripts import read

    if len(data) > LARGEST_FILE:
        return Reading((), (), Transcript(()))
    wide = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    text = data.removeprefix(BOM_UTF8).decode("utf-16" if wide else "utf-8", "replace")
    return Reading((), (), read(normalize_newlines(text), suffix))


def _too_large(many: int) -> Reading:
    return _nothing(TOO_LARGE, f"{size(many)} is too large for one file; split it")


def _nothing(code: str, message: str, severity: Severity = Severity.ERROR) -> Reading:
    remark = Diagnostic(path="", at=START, code=code, message=message, severity=severity)
    return Reading((), (remark,))
