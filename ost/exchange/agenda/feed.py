"""What to do next as a calendar that other programs subscribe to (RFC 5545)."""

from datetime import date
from hashlib import blake2b

from ost.days import away
from ost.exchange.agenda.agenda import Agenda, Task

_OCTETS = 75
"""The maximum of octets in a line of a calendar; longer lines are folded."""


def feed(agenda: Agenda) -> str:
    """The tasks as all-day events. The same task keeps its identity from day to day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ost//next//EN", "CALSCALE:GREGORIAN"]
    lines.append("X-WR-CALNAME:Next in discovery")
    for task in agenda.tasks:
        lines += _event(task, agenda.as_of)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(task: Task, today: date) -> list[str]:
    on = max(task.on, today)
    description = ["; ".join(task.why)]
    if task.opening is not None:
        description.append(f"Open with: {task.opening.story}")
    # A waiver is known by its rule too: a node may have several.
    name = (task.what, task.node, task.words if task.what == "waiver" else "")
    key = blake2b("\0".join(name).encode(), digest_size=8).hexdigest()
    return [
        "BEGIN:VEVENT",
        f"UID:{key}@ost",
        f"DTSTAMP:{today:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{away(on, 1):%Y%m%d}",
        f"SUMMARY:{_escaped(task.words)}",
        f"DESCRIPTION:{_escaped(chr(10).join(description))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    lines = text.replace("\r", "\n").split("\n")
    return "\\n".join("".join(each for each in line if each.isprintable()) for line in lines)


def _folded(line: str) -> str:
    """The line in parts of at most 75 octets, without splitting a letter."""
    parts, length = [""], 0
    for letter in line:
        size = len(letter.encode("utf-8", "replace"))
        if length + size > _OCTETS:
            parts.append(" ")
            length = 1
        parts[-1] += letter
        length += size
    return "\r\n".join(parts)
