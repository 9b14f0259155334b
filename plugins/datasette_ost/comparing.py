"""The compare page: solutions in columns, and rows in which what differs stands out."""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from datasette_ost import words
from datasette_ost.links import Links
from datasette_ost.overviews import ComparePage, Rival, Settled, Weighed
from datasette_ost.prose import prose
from datasette_ost.shapes import Box
from ost.recording import clock

RISKS = {
    "desirability": "Do people want it?",
    "usability": "Can people use it?",
    "feasibility": "Can we make it?",
    "viability": "Is it good for us?",
    "ethics": "Might it harm somebody?",
}
_VERDICTS = ("supported", "unclear", "testing", "untested", "refuted")
_UNDER_WAY = ("testing", "building", "shipped")
_KNOWN = ("supported", "refuted")


class Open(Struct):
    """A question nobody has answered yet; `about` is the assumption it is asked of."""

    said: str
    about: Box | None = None


class Column(Struct):
    """One solution, with what its cells show."""

    rival: Rival
    box: Box
    how: Markup
    verdicts: dict[str, int]
    decided: list[tuple[str, Settled]]
    open: list[Open]
    by_risk: dict[str, list[Weighed]]


class Row(Struct):
    """A row of assumptions. `state` is none (nobody has any), alike (all the same) or differs."""

    risk: str
    asks: str
    state: str


def compare(found: ComparePage, links: Links) -> dict[str, object]:
    """An opportunity's solutions side by side."""
    columns = [_column(each, found, links) for each in found.rivals]
    live = [each for each in columns if each.box.status != "dropped"]
    risks = [*RISKS, *(["other"] if any("other" in each.by_risk for each in live) else [])]
    rows = [
        Row(each, RISKS.get(each, "Which risk is not said"), _state(each, live)) for each in risks
    ]
    return {
        "own": found.node,
        "columns": live,
        "dropped": [each for each in columns if each.box.status == "dropped"],
        "rows": [each for each in rows if each.state != "none"],
        "unasked": [each for each in rows if each.state == "none"] if _asked(live) else [],
        "enough": [each for each in found.waivers if each.rule == "single-solution"],
        "spoken": any(each.rival.moments for each in live),
        "bets": any(each.box.fields.get("bet") for each in live),
        "titles": {each.box.id: each.box.title for each in columns},
        "choices": _choices(found),
        "words": words,
        "clock": clock,
    }


def _asked(columns: Sequence[Column]) -> bool:
    """Whether anything was asked of any of them; else each column says so already."""
    return any(each.rival.assumptions for each in columns)


def _choices(found: ComparePage) -> list[Settled]:
    """The decisions between these solutions; those elsewhere in the branch are not this page's."""
    here = {each.box.id for each in found.rivals}
    return [
        each
        for each in found.decisions
        if any(one.id in here for one in (*each.chose, *each.over)) or not each.chose
    ]


def _column(rival: Rival, found: ComparePage, links: Links) -> Column:
    by_risk: dict[str, list[Weighed]] = {}
    for each in rival.assumptions:
        said = each.box.fields.get("risk")
        by_risk.setdefault(said if said in RISKS else "other", []).append(each)
    counts = [each.box.status for each in rival.assumptions]
    verdicts = {each: counts.count(each) for each in _VERDICTS if each in counts}
    decided = [
        (said, each)
        for each in found.decisions
        for said, ends in (("chosen", each.chose), ("set aside", each.over))
        if any(one.id == rival.box.id for one in ends)
    ]
    return Column(
        rival,
        rival.box,
        prose(links, rival.body, rival.notation),
        verdicts,
        decided,
        _open(rival, by_risk),
        by_risk,
    )


def _open(rival: Rival, by_risk: dict[str, list[Weighed]]) -> list[Open]:
    """What nobody knows yet: assumptions that matter without a verdict, risks not asked for."""
    asked = [
        Open(_when(each), each.box)
        for each in rival.assumptions
        if each.box.status not in _KNOWN and each.box.fields.get("importance") != "low"
    ]
    if not rival.assumptions:
        return [Open("What must be true for it to work? No assumption is written down")]
    missing = [each for each in RISKS if each not in by_risk]
    if missing:
        asked.append(Open(f"Nothing written about {_either(missing)}"))
    if rival.box.status in _UNDER_WAY and not rival.box.fields.get("bet"):
        asked.append(Open("No bet: what is it expected to do, by when?"))
    return asked


def _when(assumption: Weighed) -> str:
    """How far the answer is: a test that runs, one that is planned, or none."""
    for test in assumption.tests:
        if test.status == "running":
            return f"being tested since {words.day(test.fields.get('started'))}"
        if test.status == "planned" and test.fields.get("planned"):
            return f"test planned for {words.day(test.fields.get('planned'))}"
    if any(each.status == "unclear" for each in assumption.tests):
        return "tested, and still unclear"
    return "no test planned" if not assumption.tests else "tests without a verdict"


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _state(risk: str, columns: Sequence[Column]) -> str:
    held = [{each.box.id for each in column.by_risk.get(risk, ())} for column in columns]
    if not any(held):
        return "none"
    return "alike" if len(held) > 1 and all(each == held[0] for each in held) else "differs"
