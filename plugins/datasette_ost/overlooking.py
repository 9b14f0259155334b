"""What the templates of siblings, evidence, practice, bets and outcomes show."""

from datetime import date

from datasette_ost import plots, words
from datasette_ost.links import Links
from datasette_ost.overviews import (
    BetsPage,
    Change,
    ChangesPage,
    EvidencePage,
    Heard,
    OutcomePage,
    PracticePage,
    SiblingsPage,
)
from ost.days import away
from ost.recording import clock

LENSES = {
    "size": "How many, how often",
    "market": "Table stakes, or a difference",
    "company": "Does it fit us",
    "customer": "How much it matters to them",
}
STALE = 90
"""Days after which what was heard is called stale."""


def siblings(found: SiblingsPage, _: Links) -> dict[str, object]:
    """A parent's opportunities on the four lenses."""
    return {"own": found.node, "lenses": LENSES, "words": words}


def evidence(found: EvidencePage, _: Links) -> dict[str, object]:
    """Opportunities by segment and month; what is thin or stale is said in words."""
    heard = (each.box.last_heard or "" for each in found.opportunities)
    day = found.about.as_of or max(heard, default="")
    return {
        "spots": {each.box.id: _spot(each, day) for each in found.opportunities},
        "month": _month,
        "words": words,
        "clock": clock,
    }


def changes(found: ChangesPage, _: Links) -> dict[str, object]:
    """What happened, by month."""
    months: dict[str, list[Change]] = {}
    for each in found.changes:
        months.setdefault(_month(each.date[:7]), []).append(each)
    return {"months": months, "words": words}


def _spot(heard: Heard, today: str) -> str:
    people = heard.box.participants
    if not people:
        return "nobody heard"
    if people == 1:
        return "one voice"
    try:
        edge = away(date.fromisoformat(today), -STALE)
        if date.fromisoformat(heard.box.last_heard or "") < edge:
            return f"stale since {words.day(heard.box.last_heard)}"
    except ValueError:
        return ""
    return ""


def _month(text: str) -> str:
    """`Oct 2026` for `2026-10`."""
    year, _, number = text.partition("-")
    known = number.isdigit() and 1 <= int(number) <= 12
    return f"{words.MONTHS[int(number) - 1]} {year}" if known else text


def practice(found: PracticePage, _: Links) -> dict[str, object]:
    """Interviews a week, and who was there."""
    total = sum(each.interviews for each in found.weeks)
    return {
        "bars": plots.bars([(_day_month(each.monday), each.interviews) for each in found.weeks]),
        "total": total,
        "trio": {
            "product manager": sum(each.pm for each in found.weeks),
            "designer": sum(each.designer for each in found.weeks),
            "engineer": sum(each.engineer for each in found.weeks),
            "all three": sum(each.trio for each in found.weeks),
        },
        "day_month": _day_month,
        "words": words,
    }


def _day_month(text: str) -> str:
    return words.day(text).rsplit(" ", 1)[0]


def bets(found: BetsPage, _: Links) -> dict[str, object]:
    """What was expected, and what became of it."""
    verdicts = ("met", "missed", "unclear", "open")
    totals = {
        each: sum(counts.get(each, 0) for counts in found.calibration.values()) for each in verdicts
    }
    return {"totals": totals, "verdicts": verdicts, "words": words}


def outcome(found: OutcomePage, _: Links) -> dict[str, object]:
    """A metric over time, with what happened."""
    fields = found.node.fields
    goals = [(name, fields.get(name)) for name in ("baseline", "target")]
    events = [(each.date, f"{each.node.title}: {each.said}") for each in found.events]
    return {
        "own": found.node,
        "series": plots.series(found.measurements, goals, events),
        "words": words,
    }
