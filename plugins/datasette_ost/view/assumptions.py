"""A solution's assumptions as a map: how much depends on each, and how much is known about it."""

from collections.abc import Sequence

from msgspec import Struct

from datasette_ost.file.nodes import Box

IMPORTANCE = {"high": "High", "medium": "Medium", "low": "Low", "": "Not recorded"}
"""The rows of the map, the most important first."""

EVIDENCE = {"known": "Tested", "open": "Unclear", "none": "Untested"}
"""The columns of the map, the best known first."""

_KNOWN, _NONE = ("supported", "refuted"), ("untested", None, "")


class NumberedAssumption(Struct, frozen=True):
    """An assumption on the map, with its number in the list below."""

    number: int
    box: Box


class MapRow(Struct, frozen=True):
    """The assumptions of one importance, by how much is known about them."""

    importance: str
    cells: dict[str, list[NumberedAssumption]]


def by_importance(found: Sequence[Box]) -> list[Box]:
    """Assumptions in the order of the map: the most important and least known come first."""
    rows, columns = list(IMPORTANCE), list(EVIDENCE)
    return sorted(
        found, key=lambda each: (rows.index(_row(each)), -columns.index(_column(each.status)))
    )


def assumption_map(ordered: Sequence[Box]) -> list[MapRow]:
    """The rows of the map. Assumptions without an importance get a row only if there are any."""
    marks = [NumberedAssumption(number, each) for number, each in enumerate(ordered, 1)]
    made = []
    for row in IMPORTANCE:
        cells: dict[str, list[NumberedAssumption]] = {each: [] for each in EVIDENCE}
        for mark in marks:
            if _row(mark.box) == row:
                cells[_column(mark.box.status)].append(mark)
        if row or any(cells.values()):
            made.append(MapRow(row, cells))
    return made


STATES = ("supported", "refuted", "unclear", "testing", "untested")


def tally(found: Sequence[Box]) -> dict[str, int]:
    """How many assumptions are in each state, for one line of text."""
    counts = [each.status or "untested" for each in found]
    named = [*STATES, *dict.fromkeys(each for each in counts if each not in STATES)]
    return {each: counts.count(each) for each in named if each in counts}


def _row(assumption: Box) -> str:
    importance = assumption.fields.get("importance")
    return importance if isinstance(importance, str) and importance in IMPORTANCE else ""


def _column(status: str | None) -> str:
    return "known" if status in _KNOWN else "none" if status in _NONE else "open"
