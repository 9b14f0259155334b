"""Timestamps of a recording."""

import re

MARK = r"(?:[0-9]{1,3}:)?[0-9]{1,3}:[0-9]{2}"


def seconds(written: str) -> int | None:
    """`12:41` is 761, `1:02:03` is 3723; None when a part but the first reaches 60."""
    parts = [int(each) for each in written.split(":")]
    if any(each >= 60 for each in parts[1:]):
        return None
    total = 0
    for each in parts:
        total = total * 60 + each
    return total


def shown(second: int) -> str:
    """761 is `12:41`, 3723 is `1:02:03`."""
    minutes, rest = divmod(second, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


STAMP = re.compile(MARK)
IMPOSSIBLE = "OST016"
