"""A file's bytes, and the id that git gives them. Imports little: it is on the way of every
command.
"""

from hashlib import sha1

from ost.fence import DENIED, MISSING, SPECIAL, Fence, LinkError, SpecialError
from ost.read.suffixes import TRANSCRIPTS

LARGEST = 5_000_000
"""A file with more bytes is not read."""


def contents(root: str, path: str, why: object, fence: Fence | None = None) -> tuple[str, bytes]:
    """A file's bytes with the id git gives them; of what cannot be read, why.

    A transcript's id ends with the file's suffix: the same bytes read differently as Markdown.

    `why` is the reason that the look at the folder gave, if it is a text. Nothing outside of the
    `fence` is opened, which is `root` by default.
    """
    suffix = transcript_suffix(path)
    if isinstance(why, str):
        return f"unreadable:{why}{suffix}", b""
    fence = fence or Fence(root)
    try:
        inside = fence.inner(path)
        with open(_opened(fence, inside), "rb", buffering=0) as file:
            data = file.read(LARGEST + 1)
            if len(data) > LARGEST:
                while more := file.read(LARGEST):
                    data += more
    except LeftOut as error:
        return f"unreadable:{error}{suffix}", b""
    except FileNotFoundError:
        return f"unreadable:{MISSING}{suffix}", b""
    except SpecialError:
        return f"unreadable:{SPECIAL}{suffix}", b""
    except OSError:
        return f"unreadable:{DENIED}{suffix}", b""
    return blob(data) + suffix, data


def _opened(fence: Fence, path: str) -> int:
    """A file of the content, be it behind a link, if that stays inside."""
    try:
        return fence.open(path)
    except LinkError:
        found = fence.resolve(path)
        if found.why:
            raise LeftOut(found.why) from None
        return fence.open(found.path)


class LeftOut(Exception):  # noqa: N818 - what is left out is no error
    """A file is not opened; says why."""


def transcript_suffix(path: str) -> str:
    """`.vtt`, `.srt` or `.txt`; "" for what is no transcript."""
    return path[-4:] if path.endswith(TRANSCRIPTS) else ""


def blob(data: bytes) -> str:
    """The id that git gives these bytes."""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
