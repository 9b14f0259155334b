"""Lines of what is imported."""

from msgspec import Struct

NumberedLine = tuple[int, str]
"""A line of a text, counted from 0, and what it says."""


class UnreadText(Struct, frozen=True):
    """A line of the material that is in no draft, and why; lines count from one."""

    path: str
    line: int
    text: str
    why: str = ""
