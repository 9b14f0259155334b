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
    colour = "blue"
    needs_evidence = True
    asked = ("need", "moment")
    statuses = (
        Status("open", "Heard, and not chosen yet", stage="waiting", usual=True),
        Status("target", "The team is working on it now", stage="live", tone="focus"),
        Status("addressed", "A solution has shipped that meets it", stage="done", tone="good"),
        Status("parked", "Set aside for now", stage="aside", tone="quiet"),
    )

    status: Annotated[
        Literal["open", "target", "addressed", "parked"] | None,
        Meta(description="`target`: the team works on it now; `open` when not given."),
    ] = None
    because: Annotated[str | None, Meta(description="Why it was parked.")] = None
    need: Annotated[
        Literal["need", "pain", "desire"] | None, Meta(description="Which of the three it is.")
    ] = None
    moment: Annotated[
        str | None, Meta(description="The moment of the customer's experience in which it occurs.")
    ] = None
    other_ways: Annotated[
        tuple[str, ...],
        Meta(description="Other ways to address it; shows that it is not a solution in disguise."),
    ] = ()
    lenses: Annotated[
        Lenses | None, Meta(description="Size, market, company and customer, each in words.")
    ] = None
