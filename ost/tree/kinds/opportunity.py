"""The opportunity: a need, pain or desire."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ost.tree.node import Node, Status


class Lenses(Struct, frozen=True, kw_only=True):
    """The four lenses for comparing siblings: words, never scores."""

    size: str | None = None
    market: str | None = None
    company: str | None = None
    customer: str | None = None


class Opportunity(Node, frozen=True, kw_only=True):
    """A customer's need, pain or desire, in words a customer might say."""

    kind = "opportunity"
    rank = 2
    under = ("outcome", "opportunity")
    plural = "opportunities"
    glyph = "●"
    icon = "speech"
    colour = "blue"
    needs_evidence = True
    asked = ("need", "moment")
    statuses = (
        Status("open", "Mentioned, not chosen yet", stage="waiting", usual=True),
        Status("target", "The team is working on it now", stage="live", tone="focus"),
        Status("addressed", "A shipped solution meets it", stage="done", tone="good"),
        Status("parked", "Left for later", stage="aside", tone="quiet"),
    )

    status: Annotated[
        Literal["open", "target", "addressed", "parked"] | None,
        Meta(description="`target`: the team is working on it now; `open` by default."),
    ] = None
    because: Annotated[str | None, Meta(description="Why it was parked.")] = None
    need: Annotated[
        Literal["need", "pain", "desire"] | None,
        Meta(title="Type", description="Which of the three it is."),
    ] = None
    moment: Annotated[
        str | None, Meta(description="When in the customer's experience it happens.")
    ] = None
    other_ways: Annotated[
        tuple[str, ...],
        Meta(
            title="Other ways to address it",
            description="Other ways to address it, to show that it is not a disguised solution.",
        ),
    ] = ()
    lenses: Annotated[
        Lenses | None, Meta(description="Size, market, company and customer, each in words.")
    ] = None
