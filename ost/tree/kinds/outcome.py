"""The outcome: a change that a team wants to bring about."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ost.tree.node import Day, Node, Status


class Measurement(Struct, frozen=True, order=True, gc=False):
    """A metric's value on a day."""

    on: Day
    value: float


class Outcome(Node, frozen=True, kw_only=True):
    """A change in customer behaviour or in the business that a team is asked to bring about."""

    kind = "outcome"
    rank = 1
    under = ("outcome",)
    plural = "outcomes"
    glyph = "◎"
    icon = "flag"
    colour = "indigo"
    shape = "card"
    top = True
    needs_evidence = True
    series = "measurements"
    asked = ("metric", "unit", "baseline", "target", "by")
    statuses = (
        Status("active", "The team is working on it", stage="live", usual=True),
        Status("met", "The target was reached", stage="done", tone="good"),
        Status("dropped", "The team no longer pursues it", stage="aside", tone="quiet"),
    )

    status: Annotated[
        Literal["active", "met", "dropped"] | None,
        Meta(description="The outcome's status; `active` by default."),
    ] = None
    measure: Annotated[
        Literal["business", "product", "traction"] | None,
        Meta(description="The business's health, behaviour in the product, or use of one feature."),
    ] = None
    metric: Annotated[str | None, Meta(description="What is measured, in words.")] = None
    unit: Annotated[str | None, Meta(description="The metric's unit.")] = None
    baseline: Annotated[float | None, Meta(description="The value at the start.")] = None
    target: Annotated[float | None, Meta(description="The value aimed for.")] = None
    by: Annotated[Day | None, Meta(title="Due", description="The day the target is due.")] = None
    team: Annotated[str | None, Meta(description="The team that owns the outcome.")] = None
    learning_goal: Annotated[
        bool | str | None,
        Meta(description="What the team must learn before it can set a number, or `true`."),
    ] = None
    measurements: Annotated[
        tuple[Measurement, ...], Meta(description="The metric over time: a map of day to value.")
    ] = ()
