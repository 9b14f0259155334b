"""The test: an attempt to find out whether one assumption holds."""

from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

from ost.tree.node import VERDICTS, Day, Node, Status


class Criterion(Struct, frozen=True, kw_only=True):
    """What must be seen for a test to support its assumption, in absolute numbers: 7 of 10. A
    number that is not some of many, such as a time or a cost, has a unit instead: 40 seconds.
    """

    measure: str | None = None
    at_least: float | None = None
    of: float | None = None
    at_most: float | None = None
    unit: str | None = None


class TestResult(Struct, frozen=True, kw_only=True):
    """What was seen: `measure` of `of`."""

    __test__: ClassVar[bool] = False
    measure: float | None = None
    of: float | None = None


class Test(Node, frozen=True, kw_only=True):
    """A small, quick try of one assumption, with its criterion set beforehand."""

    __test__: ClassVar[bool] = False
    kind = "test"
    rank = 5
    under = ("assumption",)
    plural = "tests"
    glyph = "◆"
    icon = "flask"
    colour = "magenta"
    shape = "pill"
    day_field = "ended"
    asked = ("method", "criterion", "planned")
    today = ("planned",)
    statuses = (
        Status("planned", "It has not started", stage="waiting"),
        Status("running", "It has started", stage="live", tone="busy"),
        Status("ended", "It is over, without a verdict yet", stage="done"),
        *VERDICTS,
    )

    method: Annotated[
        Literal["prototype", "survey", "data", "spike"] | None,
        Meta(description="Prototype, one-question survey, data mining or research spike."),
    ] = None
    criterion: Annotated[
        Criterion | None,
        Meta(
            description="What must be seen: `{measure, at_least, of}`; `at_most` for costs; `unit`"
            " in place of `of` for a number that is not some of many."
        ),
    ] = None
    planned: Annotated[
        Day | None, Meta(title="Planned for", description="The day it is planned for.")
    ] = None
    started: Annotated[Day | None, Meta(description="The day it began.")] = None
    ended: Annotated[Day | None, Meta(description="The day it ended.")] = None
    result: Annotated[TestResult | None, Meta(description="What was seen: `{measure, of}`.")] = None
    verdict: Annotated[
        Literal["supported", "refuted", "unclear"] | None,
        Meta(description="What the result says of the assumption."),
    ] = None

    def written_status(self) -> str:
        """Its verdict; without one, how far it has come."""
        if self.verdict is not None:
            return self.verdict
        over = self.ended is not None or self.result is not None
        return "ended" if over else "running" if self.started else "planned"
