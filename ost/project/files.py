"""A file's bytes, and the id that git gives them. Imports little: it is on the way of every
command.
"""

from hashlib import sha1

from ost.project.scan import DENIED, MISSING
from ost.read.suffixes import TRANSCRIPTS

LARGEST = 5_000_000
"""A file with more bytes is not read."""


def contents(root: str, path: str, why: object) -> tuple[str, bytes]:
    """A file's bytes with the id git gives them; of what cannot be read, why.

    A transcript's id ends with the file's suffix: the same bytes read differently as Markdown.

    `why` is the reason that the look at the folder gave, if it is a text.
    """
    suffix = transcript_suffix(path)
    if isinstance(why, str):
        return f"unreadable:{why}{suffix}", b""
    try:
        with open(f"{root}/{path}", "rb", buffering=0) as file:
            data = file.read(LARGEST + 1)
            if len(data) > LARGEST:
                while more := file.read(LARGEST):
                    data += more
    except FileNotFoundError:
        return f"unreadable:{MISSING}{suffix}", b""
    except OSError:
        return f"unreadable:{DENIED}{suffix}", b""
    return blob(data) + suffix, data


def transcript_suffix(path: str) -> str:
    """`.vtt`, `.srt` or `.txt`; "" for what is no transcript."""
    return path[-4:] if path.endswith(TRANSCRIPTS) else ""


def blob(data: bytes) -> str:
    """The id that git gives these bytes."""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
