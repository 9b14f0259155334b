"""Fills in a new interview's front matter from its title and earlier interviews."""

import re
from collections.abc import Iterable, Mapping

from ost.tree.model import Interview
from ost.tree.participants import people

_PARTICIPANT = re.compile(r"^\s*([A-Za-z]{1,3}[-_]?\d{1,4})\b")
_DAY = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")


def presets(title: str, interviews: Iterable[Interview]) -> Mapping[str, str]:
    """The participant and the day in a title; the segment of that participant's last interview; the
    interviewers of the latest interview.
    """
    found: dict[str, str] = {}
    if named := _PARTICIPANT.search(title):
        found["participant"] = named[1]
    if day := _DAY.search(title):
        found["date"] = day[1]
    earlier = sorted(
        (each for each in interviews if not each.draft and each.date),
        key=lambda each: (each.date, each.id),
    )
    person = set(people(found.get("participant")))
    theirs = [each for each in earlier if each.segment and person & set(people(each.participant))]
    if theirs and theirs[-1].segment:
        found["segment"] = theirs[-1].segment
    for interview in reversed(earlier):
        who = interview.interviewers
        if who and who.names():
            parts = ((part, getattr(who, part)) for part in who.__struct_fields__)
            found["interviewers"] = (
                f"{{{', '.join(f'{part}: {name}' for part, name in parts if name)}}}"
            )
            break
    return found
