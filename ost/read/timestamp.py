"""Timestamps of a recording."""

from ost.read.diagnostic import Diagnostic, Severity
from ost.read.place import Place

MARK = r"(?:[0-9]{1,3}:)?[0-9]{1,3}:[0-9]{2}"
"""The pattern of a timestamp: `12:41`, `1:02:03`."""

IMPOSSIBLE = "OST016"


def seconds(written: str) -> int | None:
    """`12:41` is 761, `1:02:03` is 3723; None when minutes or seconds reach 60.

    What stands in front counts on: `75:00` is an hour and a quarter.
    """
    first, *parts = [int(each) for each in written.split(":")]
    total = first
    for each in parts:
        if each >= 60:
            return None
        total = total * 60 + each
    return total


def shown(second: int) -> str:
    """761 is `12:41`, 3723 is `1:02:03`."""
    minutes, rest = divmod(second, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def impossible(written: str, at: Place) -> Diagnostic:
    """The remark on a timestamp that is no time."""
    message = f"{written!r} is no time: minutes and seconds end at 59"
    return Diagnostic(path="", at=at, code=IMPOSSIBLE, message=message, severity=Severity.WARNING)
