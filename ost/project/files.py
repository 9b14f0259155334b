"""A file's bytes and their git id. It imports little, because every command imports it."""

import os
from hashlib import sha1

from ost.disk.fence import DENIED, MISSING, SPECIAL, Fence, LinkError, SpecialError
from ost.limits import LARGEST_FILE
from ost.read.suffixes import TRANSCRIPTS

OVERSIZED = "oversized"

MARKDOWN_TRANSCRIPT = ".transcript"
"""The end of the id of a Markdown transcript."""


def contents(root: str, path: str, why: object, fence: Fence | None = None) -> tuple[str, bytes]:
    """A file's bytes with their git id, or the reason why it cannot be read.

    A file that is too large is reported by its size and not read. A transcript's id ends with the
    file's suffix, because the same bytes mean something else as Markdown.

    `why` is the reason from the look at the folder, if it is a text. Nothing outside the `fence`
    is opened, which is `root` by default.
    """
    suffix = transcript_suffix(path)
    if isinstance(why, str):
        return f"unreadable:{why}{suffix}", b""
    fence = fence or Fence(root)
    try:
        handle = _opened(fence, fence.inner(path))
        try:
            size = os.fstat(handle).st_size
            data = b"" if size > LARGEST_FILE else _read(handle, size)
            size = max(size, len(data))
        finally:
            os.close(handle)
    except LeftOut as error:
        return f"unreadable:{error}{suffix}", b""
    except FileNotFoundError:
        return f"unreadable:{MISSING}{suffix}", b""
    except SpecialError:
        return f"unreadable:{SPECIAL}{suffix}", b""
    except OSError:
        return f"unreadable:{DENIED}{suffix}", b""
    return content(path, size, data)


def content(path: str, size: int, data: bytes) -> tuple[str, bytes]:
    """A file's bytes with their id, or the reason why they are not read: their size."""
    if size > LARGEST_FILE:
        return f"unreadable:{OVERSIZED} {size}{transcript_suffix(path)}", b""
    return content_id(path, data), data


def _read(handle: int, size: int) -> bytes:
    """The bytes of a file of that size, or of more if it grew meanwhile. Requesting the maximum
    size would take longer than reading most files, because the buffer is allocated in full.
    """
    data = os.read(handle, size + 1)
    if len(data) > size:
        data += os.read(handle, LARGEST_FILE + 1 - len(data))
    return data


def content_id(path: str, data: bytes) -> str:
    """The id of a file's bytes: git's, followed by the type of a transcript."""
    suffix = transcript_suffix(path)
    if not suffix:
        from ost.project.markdown_transcripts import is_transcript

        suffix = MARKDOWN_TRANSCRIPT if is_transcript(data) else ""
    return blob(data) + suffix


def _opened(fence: Fence, path: str) -> int:
    """A file of the content, even behind a link, if that stays inside."""
    try:
        return fence.open(path)
    except LinkError:
        found = fence.resolve(path)
        if found.why:
            raise LeftOut(found.why) from None
        return fence.open(found.path)


class LeftOut(Exception):  # noqa: N818 - a skipped file is not an error
    """The reason why a file is not opened."""


def transcript_suffix(path: str) -> str:
    """A transcript's suffix in a path (`.vtt`, `.srt` or `.txt`) or in an id (also `.transcript`,
    for Markdown); "" if it is not a transcript.
    """
    return path[path.rindex(".") :] if path.endswith((*TRANSCRIPTS, MARKDOWN_TRANSCRIPT)) else ""


def blob(data: bytes) -> str:
    """The id that git gives these bytes."""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
