"""Translates other tools' words for kinds, statuses and values of fields into ours."""

import re
from collections.abc import Mapping

from msgspec import Struct

from ost.exchange.foreign.dates import written_day
from ost.exchange.foreign.imports import Terms, term
from ost.read.kinds import unknown_kind
from ost.read.letters import fold
from ost.read.vocabulary import vocabulary
from ost.tree.forms import FieldForm, forms
from ost.tree.model import KINDS
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
"""Other tools' words for statuses, by kind and status. Only obvious ones."""

_ORNAMENT = re.compile(r"^\W+|\W+$")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


class OurWord(Struct, frozen=True):
    """What a word means here. `why` says why it means nothing; both are "" if it is left out on
    purpose.
    """

    ours: str = ""
    why: str = ""


def kind(written: str, terms: Terms, usual: Mapping[str, str] = {}) -> OurWord:
    """The kind that a word names: by the terms, by a tool's `usual` words, or by the words that
    one-file trees use.
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
    """The field and the value for a node's status. The field is "" if it is the kind's default or
    follows from the nodes below.
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
    """A cell as a value of a field; several values if the field is a list."""
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
"""Fields that no column of another tool means."""
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
            return written_day(written)
        case "truth":
            return {"yes": "true", "true": "true", "no": "false", "false": "false"}.get(
                written.casefold(), ""
            )
    return written
