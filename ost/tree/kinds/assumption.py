"""The assumption: what must be true for a solution to work."""

from collections.abc import Iterable
from typing import Annotated, Literal, get_args

from msgspec import Meta

from ost.tree.node import VERDICTS, Node, Status

Risk = Literal["desirability", "usability", "feasibility", "viability", "ethics"]
RISKS: tuple[str, ...] = get_args(Risk)
"""The kinds of assumption, in the order in which they are listed."""


class Assumption(Node, frozen=True, kw_only=True):
    """Something that must be true for a solution to work."""

    kind = "assumption"
    rank = 4
    under = ("solution",)
    plural = "assumptions"
    glyph = "▲"
    icon = "question"
    colour = "yellow"
    shape = "dashed"
    asked = ("risk", "importance")
    decided_by = "test"
    statuses = (
        Status("untested", "No test has started", stage="waiting"),
        Status("testing", "A test is running", stage="live", tone="busy"),
        *VERDICTS,
    )

    risk: Annotated[
        Risk | None, Meta(description="Which of the five kinds of assumption it is.")
    ] = None
    importance: Annotated[
        Literal["high", "medium", "low"] | None,
        Meta(description="How much the solution depends on it."),
    ] = None

    def written_status(self) -> str:
        """Untested, until its tests are looked at."""
        return self.statuses[0].name

    @classmethod
    def derived(cls, statuses: Iterable[str | None]) -> str:
        """Its status, by those of its tests. A planned test does not count yet."""
        found = {each for each in statuses if each is not None}
        reached = found & {each.name for each in VERDICTS}
        if reached:
            return reached.pop() if len(reached) == 1 else "unclear"
        return "testing" if found & {"running", "ended"} else "untested"
