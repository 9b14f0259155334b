"""The decision: what was chosen, over what, and why."""

from typing import Annotated, Literal

from msgspec import Meta

from ost.tree.node import Day, Node, References


class Decision(Node, frozen=True, kw_only=True):
    """What the team chose, over what, and why."""

    kind = "decision"
    rank = 6
    under = ("outcome", "opportunity", "solution", "assumption", "test")
    plural = "decisions"
    glyph = "◼"
    icon = "diamond"
    colour = "slate"
    shape = "note"
    day_field = "on"
    decides = True
    asked = ("on", "chose", "over", "door", "because")
    today = ("on",)

    on: Annotated[Day | None, Meta(title="Decided", description="The day of the decision.")] = None
    chose: Annotated[References, Meta(description="The nodes chosen.")] = ()
    over: Annotated[References, Meta(description="The nodes it was chosen over.")] = ()
    door: Annotated[
        Literal["one-way", "two-way"] | None,
        Meta(description="Whether it is hard (`one-way`) or easy (`two-way`) to reverse."),
    ] = None
    because: Annotated[str | None, Meta(description="The reason.")] = None
    revisit: Annotated[
        Day | str | None, Meta(description="When to revisit it: a day, or an event in words.")
    ] = None
