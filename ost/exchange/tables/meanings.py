"""Translates other tools' words for kinds, statuses and values of fields into ours."""

import re
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from ost import days
from ost.exchange.foreign.imports import Terms, term
from ost.read.kinds import unknown_kind
from ost.read.letters import fold
from ost.read.vocabulary import vocabulary
from ost.tree.forms import FieldForm, forms
from ost.tree.model import KINDS
from ost.tree.values import day_of
from ost.words import article

STATUSES: Mapping[str, Mapping[str, str]] = {
    "outcome": {
        "active": "active, in progress, current, open, ongoing, on track, at risk, off track",
        "met": "met, achieved, done, complete, completed, reached, hit",
        "dropped": "dropped, cancelled, canceled, abandoned, won't do, wont do",
    },
    "opportunity": {
        "open": "open, new, to do, todo, backlog, not started, new idea, candidate",
        "target": "target, target opportunity, targeted, in focus, focus, chosen, selected",
        "addressed": "addressed, solved, done, complete, completed, resolved, met, shipped"
        ", released, launched",
        "parked": "parked, parking lot, on hold, paused, later, someday, icebox, won't do, wont do"
        ", rejected, declined, archived, cancelled, canceled, dropped",
    },
    "solution": {
        "idea": "idea, new, new idea, to do, todo, backlog, open, not started, parking lot"
        ", under consideration",
        "candidate": "candidate, shortlisted, planned, next, ready for delivery, ready, selected",
        "testing": "testing, in testing, in test, discovery, in discovery, validating, validation"
        ", exploring",
        "building": "building, in progress, in development, development, in delivery, delivery"
        ", doing, in review, started",
        "shipped": "shipped, done, released, launched, live, complete, completed, delivered"
        ", deployed",
        "dropped": "dropped, won't do, wont do, cancelled, canceled, rejected, declined, abandoned"
        ", discarded, killed, archived",
    },
    "test": {
        "supported": "supported, validated, confirmed, passed, proven, success, successful, true",
        "refuted": "refuted, invalidated, failed, disproven, not supported, rejected, false",
        "unclear": "unclear, inconclusive, mixed",
        "planned": "planned, to do, todo, new, backlog, not started, open, idea",
    },
    "assumption": {"untested": "untested, open, new, to do, todo, backlog, not started, unknown"},
}
"""Other tools' words for statuses, by kind and status: only obvious ones."""

_MONTHS = {
    name: number + 1
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    )
}
_IN_WORDS = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s/.-]+(?P<month>[A-Za-z]{3,9})\.?[\s/.,-]+(?P<year>\d{4}|\d{2})\b"
    r"|(?P<month2>[A-Za-z]{3,9})\.?\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{4})\b"
)
_ORNAMENT = re.compile(r"^\W+|\W+$")
_NUMERIC = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})|(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4})")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_MOST_MONTHS = 12


class OurWord(Struct, frozen=True):
    """A word in our terms. `why` says why there is none; both are "" for a word left out on
    purpose.
    """

    ours: str = ""
    why: str = ""


def kind(written: str, terms: Terms, usual: Mapping[str, str] = {}) -> OurWord:
    """The kind that a word names: by the terms, by a tool's `usual` words, or by the words of
    one-file trees.
    """
    meaning = term(terms.kinds, written)
    meaning = term(usual, written) if meaning is None else meaning
    ours = vocabulary().kind(_ORNAMENT.sub("", written)) if meaning is None else meaning
    if ours and ours not in KINDS:
        return OurWord(why=unknown_kind(ours))
    if ours or meaning is not None:
        return OurWord(ours)
    return OurWord(why=f"{written!r} is not a kind here; say what it is under [kinds]")


def status(written: str, of: str, terms: Terms) -> tuple[str, OurWord]:
    """The field and the value of a node's status; no field if it is the kind's default or follows
    from the nodes below.
    """
    meaning = term(terms.status, written)
    names = STATUSES.get(of, {})
    known = {each.name for each in KINDS[of].statuses}
    ours = meaning
    if ours is None:
        word = fold(written)
        own = next((each for each in known if fold(each) == word), None)
        ours = own or next(
            (ours for ours, theirs in names.items() if word in map(fold, theirs.split(", "))), None
        )
    if not ours:
        why = "" if ours == "" else f"{written!r} is not a status of {article(of)}; use [status]"
        return "status", OurWord(why=why)
    if ours not in known:
        return "status", OurWord(why=f"{ours!r} is not a status of {article(of)}")
    fields = forms(KINDS[of])
    if "status" in fields:
        return "status", OurWord(ours)
    if "verdict" in fields and ours in fields["verdict"].choices:
        return "verdict", OurWord(ours)
    if KINDS[of].decided_by or ours == KINDS[of].statuses[0].name:
        return "", OurWord(ours)
    return "status", OurWord(
        why=f"{written!r}: {article(of)} needs a day for this, which is missing"
    )


def value(written: str, name: str, of: str) -> OurWord | tuple[str, ...]:
    """A cell as a value of a kind's field; several values for a list."""
    form = forms(KINDS[of]).get(name)
    if form is None or form.type in ("parts", "node") or name in NEVER:
        return OurWord(why=f"{article(of)} has no field {name!r} of one value")
    if form.list:
        parted = (each.strip() for each in re.split(r"[;\n]|,\s", written))
        return tuple(each.replace(",", "%2C" if "://" in each else " ") for each in parted if each)
    found = _value(written, form)
    return OurWord(found) if found else OurWord(why=f"{name} {written!r} is not {_TYPE[form.type]}")


NEVER = frozenset(
    ("allow", "aliases", "generated", "verified", "waivers", "order", "illustrative", "parent")
)
"""Fields that no column of another tool can mean."""
_TYPE = {
    "text": "one of its choices",
    "number": "a number",
    "day": "an unambiguous day",
    "truth": "yes or no",
}


def _value(written: str, form: FieldForm) -> str:
    if form.choices:
        return next((each for each in form.choices if fold(each) == fold(written)), "")
    match form.type:
        case "number":
            plain = re.sub(r"(?<=\d),(?=\d{3}\b)|\s|%", "", written)
            return plain if _NUMBER.fullmatch(plain) else ""
        case "day":
            return day(written)
        case "truth":
            return {"yes": "true", "true": "true", "no": "false", "false": "false"}.get(
                written.casefold(), ""
            )
    return written


def day(written: str) -> str:
    """The day of a cell in ISO 8601; "" for an ambiguous one."""
    iso = day_of(written)
    if iso is None:
        iso = _day(*_parts(written))
    return iso.isoformat() if iso and days.named(iso) else ""


def _parts(written: str) -> tuple[int, int, int]:
    """Year, month and day; zeros if it is not a day."""
    words = _IN_WORDS.search(written)
    if words:
        month = _MONTHS.get((words["month"] or words["month2"])[:3].casefold(), 0)
        year = int(words["year"] or words["year2"])
        return (year if year > 99 else 2000 + year), month, int(words["day"] or words["day2"])
    numbers = _NUMERIC.search(written)
    if numbers is None:
        return 0, 0, 0
    if numbers[1]:
        return int(numbers[1]), int(numbers[2]), int(numbers[3])
    one, other, year = int(numbers[4]), int(numbers[6]), int(numbers[7])
    if numbers[5] == ".":  # only written with the day first
        return year, other, one
    if one == other or other > _MOST_MONTHS:
        return year, one, other
    return (year, other, one) if one > _MOST_MONTHS else (0, 0, 0)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
