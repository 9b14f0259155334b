"""The signal: anything people say that is not a story."""

from typing import Annotated

from msgspec import Meta

from ost.tree.node import Day, Node, People


class Signal(Node, frozen=True, kw_only=True):
    """What is not a story: a ticket, a sales call, a survey answer, a number from analytics."""

    kind = "signal"
    rank = 8
    plural = "signals"
    glyph = "∿"
    icon = "bars"
    colour = "olive"
    placed = False
    speaks = "signal"
    day_field = "date"
    asked = ("date", "source")
    today = ("date",)

    date: Annotated[Day | None, Meta(description="The day it came in.")] = None
    source: Annotated[str | None, Meta(description="Where it came from.")] = None
    participant: Annotated[People | None, Meta(description="Whose it is, as a pseudonym.")] = None
    segment: Annotated[str | None, Meta(description="The kind of customer.")] = None
    links: Annotated[tuple[str, ...], Meta(description="Where to see it.")] = ()
