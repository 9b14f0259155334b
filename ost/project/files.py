"""A file's bytes, and the id that git gives them. Imports little: it is on the way of every
command.
"""

import os
from hashlib import sha1

from ost.fence import DENIED, MISSING, SPECIAL, Fence, LinkError, SpecialError
from ost.limits import LARGEST_FILE
from ost.read.suffixes import TRANSCRIPTS

OVERSIZED = "oversized"


TALK = ".talk"
"""What the id of a transcript in Markdown ends with."""


def contents(root: str, path: str, why: object, fence: Fence | None = None) -> tuple[str, bytes]:
    """A file's bytes with the id git gives them; of what cannot be read, why.

    What is too large is not read, and told by its size. A transcript's id ends with the file's
    suffix: the same bytes read differently as Markdown.

    `why` is the reason that the look at the folder gave, if it is a text. Nothing outside of the
    `fence` is opened, which is `root` by default.
    """
    suffix = transcript_suffix(path)
    if isinstance(why, str):
        return f"unreadable:{why}{suffix}", b""
    fence = fence or Fence(root)
    try:
        with open(_opened(fence, fence.inner(path)), "rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            data = b"" if size > LARGEST_FILE else file.read(LARGEST_FILE + 1)
            size = max(size, len(data))
    except LeftOut as error:
        return f"unreadable:{error}{suffix}", b""
    except FileNotFoundError:
        return f"unreadable:{MISSING}{suffix}", b""
    except SpecialError:
        return f"unreadable:{SPECIAL}{suffix}", b""
    except OSError:
        return f"unreadable:{DENIED}{suffix}", b""
    if size > LARGEST_FILE:
        return f"unreadable:{OVERSIZED} {size}{suffix}", b""
    if not suffix:
        from ost.project.talks import is_talk

        suffix = TALK if is_talk(data) else ""
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
    """`.vtt`, `.srt` or `.txt` of a path; of an id also `.talk`, for a transcript in Markdown; ""
    for what is not a transcript.
    """
    return path[path.rindex(".") :] if path.endswith((*TRANSCRIPTS, TALK)) else ""


def blob(data: bytes) -> str:
    """The id that git gives these bytes."""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
