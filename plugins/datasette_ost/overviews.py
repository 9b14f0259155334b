"""What the pages that look across nodes show, as values: as `datasette_ost.shapes` for one node."""

from msgspec import Struct, field

from datasette_ost.shapes import About, Box, Mention, Moment, Value, Waiver
from ost.notation import Notation


class Weighed(Struct):
    """An assumption with its tests. `shared` are the other solutions here that rest on it."""

    box: Box
    tests: list[Box]
    shared: list[str] = field(default_factory=list)


class Rival(Struct):
    """One solution of those compared. `moments` are about it, its assumptions or their tests."""

    box: Box
    body: str
    notation: Notation
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
    waivers: list[Waiver]


class Sibling(Struct):
    """An opportunity beside its siblings; `segments` counts the participants of each segment."""

    box: Box
    segments: dict[str, int]
    solutions: int = 0


class SiblingsPage(Struct):
    """`/-/ost/siblings/PARENT.json`: a parent's opportunities in their own order, unranked."""

    about: About
    node: Box
    above: list[Mention]
    siblings: list[Sibling]
    more: int
    decisions: list[Settled]


class Heard(Struct):
    """An opportunity, and how many participants told of it: by segment, and moments by month."""

    box: Box
    segments: dict[str, int]
    months: dict[str, int]


class Loose(Struct):
    """Words of an interview that no opportunity took up."""

    text: str
    second: int | None
    url: str | None
    source: Mention


class EvidencePage(Struct):
    """`/-/ost/evidence.json`: opportunities by segment and month, each by its own moments only.

    Arguments: `participant`, whose `thread` it gives; `from`, the first opportunity's number; and
    `segment`, whose months it gives alone.
    """

    about: About
    opportunities: list[Heard]
    segments: dict[str, int]
    months: list[str]
    first: int
    more: int
    unmapped: list[Loose]
    more_unmapped: int
    participant: str
    thread: list[Moment]
    segment: str = ""


class Week(Struct):
    """A week's interviews, by its Monday; how many had each of the trio, and all three."""

    monday: str
    interviews: int
    pm: int = 0
    designer: int = 0
    engineer: int = 0
    trio: int = 0


class Team(Struct):
    """What interviews told a team's outcomes of: how many in each of the page's weeks; weeks in a
    row as on the page. The name is "" for interviews that serve no team's outcome.
    """

    name: str
    weeks: list[int]
    streak: int
    longest: int


class Remarked(Struct):
    """A coach's rule, and how often it was remarked."""

    code: str
    name: str
    many: int


class PracticePage(Struct):
    """`/-/ost/practice.json`: the newest 26 weeks. `streak` weeks in a row reach the newest."""

    about: About
    weeks: list[Week]
    streak: int
    longest: int
    missed: list[str]
    teams: list[Team]
    recruited: dict[str, int]
    questions: list[Remarked]


class BetsPage(Struct):
    """`/-/ost/bets.json`: solutions with a bet; `calibration` counts verdicts by confidence."""

    about: About
    bets: list[Box]
    more: int
    calibration: dict[str, dict[str, int]]


class Event(Struct):
    """Something that happened on a day: a decision, or what became of a shipped solution."""

    date: str
    said: str
    node: Mention


class OutcomePage(Struct):
    """`/-/ost/outcome/ID.json`: a metric over time, and what happened meanwhile."""

    about: About
    node: Box
    above: list[Mention]
    measurements: list[Value]
    events: list[Event]
    shipped: list[Mention]


class Change(Struct):
    """Something that happened on a day. `words` say more: who spoke, why, how much."""

    date: str
    said: str
    words: str | None
    node: Mention


class ChangesPage(Struct):
    """`/-/ost/changes.json`: the newest 60 of all that has a day. Also a feed, `changes.atom`."""

    about: About
    changes: list[Change]
