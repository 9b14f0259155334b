"""The solution: one of several ways to address an opportunity."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ost.tree.node import Day, Node, Status


class Bet(Struct, frozen=True, kw_only=True):
    """What a solution is expected to do, written down before it ships."""

    expect: float | str | None = None
    metric: str | None = None
    by: Day | None = None
    confidence: float | str | None = None


class BetResult(Struct, frozen=True, kw_only=True):
    """The result of a bet."""

    on: Day | None = None
    actual: float | str | None = None
    verdict: Literal["met", "missed", "unclear"] | None = None


class Solution(Node, frozen=True, kw_only=True):
    """Something that might address an opportunity; one of several candidates."""

    kind = "solution"
    rank = 3
    under = ("opportunity",)
    plural = "solutions"
    glyph = "■"
    icon = "bulb"
    colour = "green"
    shape = "block"
    rivals = True
    asked = ("differs",)
    statuses = (
        Status("idea", "Written down, not explored yet", stage="waiting"),
        Status("candidate", "One of the solutions being compared", stage="waiting", tone="chosen"),
        Status("testing", "Its assumptions are being tested", stage="live", tone="busy"),
        Status("building", "The team is building it", stage="live", tone="busy"),
        Status("shipped", "Customers have it", stage="done", tone="good"),
        Status("dropped", "The team no longer pursues it", stage="aside", tone="quiet"),
    )

    status: Annotated[
        Literal["idea", "candidate", "testing", "building", "shipped", "dropped"] | None,
        Meta(description="How far along it is; `idea` by default."),
    ] = None
    differs: Annotated[
        str | None,
        Meta(
            title="How it differs",
            description="How it differs from its alternatives, in a few words.",
        ),
    ] = None
    because: Annotated[str | None, Meta(description="Why it was dropped.")] = None
    bet: Annotated[Bet | None, Meta(description="What it is expected to do, by when.")] = None
    result: Annotated[BetResult | None, Meta(description="The result of the bet.")] = None
    links: Annotated[tuple[str, ...], Meta(description="Tickets and pull requests.")] = ()
