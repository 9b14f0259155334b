"""What the pages that look across nodes show, as values: as `datasette_ost.shapes` for one node."""

from msgspec import Struct, field

from datasette_ost.shapes import About, Box, Mention, Moment


class Weighed(Struct):
    """An assumption with its tests. `shared` are the other solutions here that rest on it."""

    box: Box
    tests: list[Box]
    shared: list[str] = field(default_factory=list)


class Rival(Struct):
    """One solution of those compared. `moments` are about it, its assumptions or their tests."""

    box: Box
    body: str
    assumptions: list[Weighed]
    moments: list[Moment]


class Settled(Struct):
    """A decision: what was chosen and what was set aside."""

    node: Mention
    date: str | None
    door: str
    because: str
    revisit: str
    chose: list[Mention]
    over: list[Mention]


class ComparePage(Struct):
    """`/-/ost/compare/OPPORTUNITY.json`: its solutions side by side; those dropped stand last.

    `heard` are the newest moments about the opportunity itself; `more` solutions were left out.
    """

    about: About
    node: Box
    above: list[Mention]
    rivals: list[Rival]
    live: int
    more: int
    heard: list[Moment]
    decisions: list[Settled]
    names: dict[str, str]
