"""A file's bytes, and the id that git gives them. Imports little: it is on the way of every
command.
"""

import os
from hashlib import sha1

from ost.limits import LARGEST_FILE
from ost.project.scan import DENIED, MISSING
from ost.read.suffixes import TRANSCRIPTS

OVERSIZED = "oversized"


def contents(root: str, path: str, why: object) -> tuple[str, bytes]:
    """A file's bytes with the id git gives them; of what cannot be read, why.

    What is too large is not read, and told by its size. A transcript's id ends with the file's
    suffix: the same bytes read differently as Markdown.

    `why` is the reason that the look at the folder gave, if it is a text.
    """
    suffix = transcript_suffix(path)
    if isinstance(why, str):
        return f"unreadable:{why}{suffix}", b""
    try:
        with open(f"{root}/{path}", "rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            data = b"" if size > LARGEST_FILE else file.read(LARGEST_FILE + 1)
            size = max(size, len(data))
    except FileNotFoundError:
        return f"unreadable:{MISSING}{suffix}", b""
    except OSError:
        return f"unreadable:{DENIED}{suffix}", b""
    if size > LARGEST_FILE:
        return f"unreadable:{OVERSIZED} {size}{suffix}", b""
    return blob(data) + suffix, data


def transcript_suffix(path: str) -> str:
    """`.vtt`, `.srt` or `.txt`; "" for what is no transcript."""
    return path[-4:] if path.endswith(TRANSCRIPTS) else ""


def blob(data: bytes) -> str:
    """The id that git gives these bytes."""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
