"""A file's bytes into a reading: what cannot be read, is too large or is no UTF-8 is said at its place."""

from hashlib import sha1
from pathlib import Path

from ost.project.scan import DENIED, LOOP, MISSING, SPECIAL
from ost.read.diagnostic import Diagnostic
from ost.read.document import Reading
from ost.read.place import START, Lines

UNDECODABLE = "OST002"
OVERSIZED = "OST003"
UNREADABLE = "OST013"

LARGEST = 5_000_000
"""A file with more bytes is not read."""

_WHY = {
    LOOP: "this link leads round in a circle",
    MISSING: "this link leads nowhere",
    DENIED: "this may not be read",
    SPECIAL: "this is no file that could be read",
}


def contents(root: str, path: str, why: object) -> tuple[str, bytes]:
    """A file's bytes with the id git gives them; of what cannot be read, why.

    `why` is the reason that the look at the folder gave, if it is a text.
    """
    if isinstance(why, str):
        return f"unreadable:{why}", b""
    try:
        with Path(root, path).open("rb", buffering=0) as file:
            data = file.read(LARGEST + 1)
            if len(data) > LARGEST:
                while more := file.read(LARGEST):
                    data += more
    except FileNotFoundError:
        return f"unreadable:{MISSING}", b""
    except OSError:
        return f"unreadable:{DENIED}", b""
    return blob(data), data


def blob(data: bytes) -> str:
    """The id that git gives these bytes."""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def reading(name: str, data: bytes) -> Reading:
    """What the bytes say; `name` is what `contents` called them."""
    from ost.read.parse import parse

    unreadable, _, why = name.partition(":")
    if why and unreadable == "unreadable":
        return _nothing(UNREADABLE, _WHY[why])
    if len(data) > LARGEST:
        size = f"{len(data) / 1_000_000:.1f} MB"
        return _nothing(OVERSIZED, f"{size} are too much for one file; it was not read")
    try:
        text, wrong = data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        text = data.decode("utf-8-sig", "replace")
        before = data[: error.start].decode("utf-8-sig")
        wrong = (len(_unified(before)), data[error.start])
    text = _unified(text)
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


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _nothing(code: str, message: str) -> Reading:
    return Reading((), (Diagnostic(path="", at=START, code=code, message=message),))
