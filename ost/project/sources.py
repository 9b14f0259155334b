"""A file's bytes into a reading: what cannot be read, is too large or is no UTF-8 is said at its
place.
"""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from ost.fence import DENIED, LOOP, MISSING, OUTSIDE, SPECIAL
from ost.limits import LARGEST_FILE, size
from ost.project.files import OVERSIZED, transcript_suffix
from ost.project.scan import MISNAMED
from ost.read.diagnostic import Diagnostic
from ost.read.document import Reading
from ost.read.parse import parse
from ost.read.place import START, Lines, unified
from ost.read.transcript import Transcript

UNDECODABLE = "OST002"
TOO_LARGE = "OST003"
UNREADABLE = "OST013"
OUTSIDER = "OST020"
MISNOMER = "OST021"

_WHY = {
    LOOP: "this link leads round in a circle",
    MISSING: "this link leads nowhere",
    DENIED: "this may not be read",
    SPECIAL: "this is no file that could be read",
    OUTSIDE: "this link leads out of the project, or to what is hidden in it; it was not followed",
    MISNAMED: "this name is no UTF-8; what it names was not read",
}
_CODES = {OUTSIDE: OUTSIDER, MISNAMED: MISNOMER}


def reading(name: str, data: bytes, size: int = 0) -> Reading:
    """What the bytes say; `name` is what `contents` called them, `size` how many there are when
    these are only the first.
    """
    if suffix := transcript_suffix(name):
        return _spoken(data, suffix)
    unreadable, _, why = name.partition(":")
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
        wrong = (len(unified(before)), data[error.start])
    text = unified(text)
    read = parse(text)
    if wrong is None:
        return read
    offset, byte = wrong
    remark = Diagnostic(
        path="",
        at=Lines(text).place(offset, offset + 1),
        code=UNDECODABLE,
        message=f"the byte 0x{byte:02x} is no UTF-8",
    )
    return Reading(read.entries, (*read.diagnostics, remark))


def _spoken(data: bytes, suffix: str) -> Reading:
    """A transcript's reading. What cannot be read, or is too large for a transcript, says nothing:
    the interview that names it is told.
    """
    from ost.read.transcripts import read

    if len(data) > LARGEST_FILE:
        return Reading((), (), Transcript(()))
    wide = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    text = data.removeprefix(BOM_UTF8).decode("utf-16" if wide else "utf-8", "replace")
    return Reading((), (), read(unified(text), suffix))


def _too_large(many: int) -> Reading:
    return _nothing(TOO_LARGE, f"{size(many)} are too much for one file; it was not read")


def _nothing(code: str, message: str) -> Reading:
    return Reading((), (Diagnostic(path="", at=START, code=code, message=message),))
