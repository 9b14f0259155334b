"""The kinds of node and their fields. The one place that says what front matter may hold.

Field descriptions become the reference pages, the column descriptions of the published file, and
the words of "unknown field" diagnostics. A field's type says how it is read (`ost.tree.fields`).
"""

import datetime
from typing import Annotated, ClassVar, Literal, NewType

from msgspec import Meta, Struct

from ost.read.document import Entry
from ost.read.place import Place

NodeId = NewType("NodeId", str)
Day = datetime.date
People = NewType("People", str)
"""One person or several, as `ost.tree.participants` writes them."""


class Reference(Struct, frozen=True, gc=False):
    """A node named in front matter: the id it resolved to (or what was written, when it resolves
    to nothing; then `found` is false), and where it stands.
    """

    id: NodeId
    at: Place
    found: bool = True


References = tuple[Reference, ...]


class Waiver(Struct, frozen=True, kw_only=True):
    """A rule that does not apply to this node, for a reason and until a day."""

    rule: str
    because: str = ""
    until: Day | None = None
    at: Place


class Bet(Struct, frozen=True, kw_only=True):
    """What a solution is expected to do, written down before it ships."""

    expect: float | str | None = None
    metric: str | None = None
    by: Day | None = None
    confidence: float | str | None = None


class BetResult(Struct, frozen=True, kw_only=True):
    """What became of a bet."""

    on: Day | None = None
    actual: float | str | None = None
    verdict: Literal["met", "missed", "unclear"] | None = None


class Criterion(Struct, frozen=True, kw_only=True):
    """What must be seen for a test to support its assumption, in absolute numbers: 7 of 10."""

    measure: str | None = None
    at_least: float | None = None
    of: float | None = None
    at_most: float | None = None


class TestResult(Struct, frozen=True, kw_only=True):
    """What was seen: `measure` of `of`."""

    __test__: ClassVar[bool] = False
    measure: float | None = None
    of: float | None = None


class Lenses(Struct, frozen=True, kw_only=True):
    """The four lenses for comparing siblings: words, never scores."""

    size: str | None = None
    market: str | None = None
    company: str | None = None
    customer: str | None = None


class Interviewers(Struct, frozen=True, kw_only=True):
    """Who of the trio took part, by initials."""

    pm: str | None = None
    designer: str | None = None
    engineer: str | None = None

    def names(self) -> tuple[str, ...]:
        """Those who are named, in that order."""
        return tuple(each for each in (self.pm, self.designer, self.engineer) if each)


class Measurement(Struct, frozen=True, order=True, gc=False):
    """A metric's value on a day."""

    on: Day
    value: float


class Node(Struct, frozen=True, kw_only=True):
    """What an entry means. `parents` are the nodes it hangs under; the first that was found is its
    primary place. `at` is where remarks about the whole node go.
    """

    kind: ClassVar[str] = "node"
    under: ClassVar[tuple[str, ...]] = ()

    id: NodeId
    path: str
    at: Place
    title: str
    entry: Entry
    parents: References = ()
    aliases: Annotated[
        tuple[str, ...], Meta(description="Former ids; links to them still lead here.")
    ] = ()
    waivers: tuple[Waiver, ...] = ()
    illustrative: Annotated[
        bool, Meta(description="Made up to show how the method works; not something anybody said.")
    ] = False
    tags: Annotated[tuple[str, ...], Meta(description="Free words to find nodes by.")] = ()

    def place(self, name: str) -> Place:
        """Where a field's value stands, or the node's own place when it has no such field."""
        field = self.entry.field(name)
        return self.at if field is None else field.value.at


class Outcome(Node, frozen=True, kw_only=True):
    """A change in customer behaviour or in the business that a team is asked to bring about."""

    kind = "outcome"
    under = ("outcome",)

    status: Annotated[
        Literal["active", "met", "dropped"] | None,
        Meta(description="Where the outcome stands; `active` when not given."),
    ] = None
    measure: Annotated[
        Literal["business", "product", "traction"] | None,
        Meta(
            description="Health of the business, behaviour in the product, or use of one feature."
        ),
    ] = None
    metric: Annotated[str | None, Meta(description="What is measured, in words.")] = None
    unit: Annotated[str | None, Meta(description="The metric's unit.")] = None
    baseline: Annotated[float | None, Meta(description="The value at the start.")] = None
    target: Annotated[float | None, Meta(description="The value aimed for.")] = None
    by: Annotated[Day | None, Meta(description="The day the target is due.")] = None
    team: Annotated[str | None, Meta(description="The team that owns the outcome.")] = None
    learning_goal: Annotated[
        bool | str | None,
        Meta(description="What the team must learn before it can set a number, or `true`."),
    ] = None
    measurements: Annotated[
        tuple[Measurement, ...], Meta(description="The metric over time: a map of day to value.")
    ] = ()


class Opportunity(Node, frozen=True, kw_only=True):
    """A customer's need, pain or desire, in words a customer might say."""

    kind = "opportunity"
    under = ("outcome", "opportunity")

    status: Annotated[
        Literal["open", "target", "addressed", "parked"] | None,
        Meta(description="`target`: the team works on it now; `open` when not given."),
    ] = None
    need: Annotated[
        Literal["need", "pain", "desire"] | None, Meta(description="Which of the three it is.")
    ] = None
    moment: Annotated[
        str | None, Meta(description="The moment of the customer's experience in which it occurs.")
    ] = None
    other_ways: Annotated[
        tuple[str, ...],
        Meta(description="Other ways to address it; shows that it is no solution in disguise."),
    ] = ()
    lenses: Annotated[
        Lenses | None, Meta(description="Size, market, company and customer, each in words.")
    ] = None


class Solution(Node, frozen=True, kw_only=True):
    """Something that might address an opportunity; one of several candidates."""

    kind = "solution"
    under = ("opportunity",)

    status: Annotated[
        Literal["idea", "candidate", "testing", "building", "shipped", "dropped"] | None,
        Meta(description="How far it has come; `idea` when not given."),
    ] = None
    differs: Annotated[
        str | None, Meta(description="In what way it is a rival to its siblings, in a few words.")
    ] = None
    because: Annotated[str | None, Meta(description="Why it was dropped.")] = None
    bet: Annotated[Bet | None, Meta(description="What it is expected to do, by when.")] = None
    result: Annotated[BetResult | None, Meta(description="What became of the bet.")] = None
    links: Annotated[tuple[str, ...], Meta(description="Tickets and pull requests.")] = ()


class Assumption(Node, frozen=True, kw_only=True):
    """Something that must be true for a solution to work."""

    kind = "assumption"
    under = ("solution",)

    risk: Annotated[
        Literal["desirability", "usability", "feasibility", "viability", "ethics"] | None,
        Meta(description="Which of the five kinds of assumption it is."),
    ] = None
    importance: Annotated[
        Literal["high", "medium", "low"] | None,
        Meta(description="How much the solution depends on it."),
    ] = None


class Test(Node, frozen=True, kw_only=True):
    """A small, quick try of one assumption, with its criterion set beforehand."""

    __test__: ClassVar[bool] = False
    kind = "test"
    under = ("assumption",)

    method: Annotated[
        Literal["prototype", "survey", "data", "spike"] | None,
        Meta(description="Prototype, one-question survey, data mining or research spike."),
    ] = None
    criterion: Annotated[
        Criterion | None,
        Meta(description="What must be seen: `{measure, at_least, of}`; `at_most` for costs."),
    ] = None
    planned: Annotated[Day | None, Meta(description="The day it is planned for.")] = None
    started: Annotated[Day | None, Meta(description="The day it began.")] = None
    ended: Annotated[Day | None, Meta(description="The day it ended.")] = None
    result: Annotated[TestResult | None, Meta(description="What was seen: `{measure, of}`.")] = None
    verdict: Annotated[
        Literal["supported", "refuted", "unclear"] | None,
        Meta(description="What the result says of the assumption."),
    ] = None


class Decision(Node, frozen=True, kw_only=True):
    """What the team chose, over what, and why."""

    kind = "decision"
    under = ("outcome", "opportunity", "solution", "assumption", "test")

    on: Annotated[Day | None, Meta(description="The day of the decision.")] = None
    chose: Annotated[References, Meta(description="The nodes chosen.")] = ()
    over: Annotated[References, Meta(description="The nodes set aside.")] = ()
    door: Annotated[
        Literal["one-way", "two-way"] | None,
        Meta(description="Whether it can be taken back."),
    ] = None
    because: Annotated[str | None, Meta(description="The reason.")] = None
    revisit: Annotated[
        Day | str | None, Meta(description="When, or on what sign, to look at it again.")
    ] = None


class Interview(Node, frozen=True, kw_only=True):
    """A snapshot of one customer's story."""

    kind = "interview"

    date: Annotated[Day | None, Meta(description="The day of the interview.")] = None
    participant: Annotated[
        People | None, Meta(description="A pseudonym, such as P07; of several a list.")
    ] = None
    segment: Annotated[str | None, Meta(description="The kind of customer.")] = None
    interviewers: Annotated[
        Interviewers | None, Meta(description="Who took part: `{pm, designer, engineer}`.")
    ] = None
    recording: Annotated[str | None, Meta(description="The recording: an address or a file.")] = (
        None
    )
    duration: Annotated[
        str | None, Meta(description="The recording's length, as `h:mm:ss` or `mm:ss`.")
    ] = None
    transcript: Annotated[
        str | None, Meta(description="The transcript's path: `.vtt`, `.srt`, `.txt` or `.md`.")
    ] = None
    consent: Annotated[
        str | None, Meta(description="What the participant agreed to, such as `research`.")
    ] = None
    recruited: Annotated[
        Literal["in-product", "sales", "support", "panel", "network", "other"] | None,
        Meta(description="How the participant was found."),
    ] = None
    guide: Annotated[References, Meta(description="The interview guide used.")] = ()


class Signal(Node, frozen=True, kw_only=True):
    """What is not a story: a ticket, a sales call, a survey answer, a number from analytics."""

    kind = "signal"

    date: Annotated[Day | None, Meta(description="The day it came in.")] = None
    source: Annotated[str | None, Meta(description="Where it came from.")] = None
    participant: Annotated[People | None, Meta(description="Whose it is, as a pseudonym.")] = None
    segment: Annotated[str | None, Meta(description="The kind of customer.")] = None
    links: Annotated[tuple[str, ...], Meta(description="Where to see it.")] = ()


class Guide(Node, frozen=True, kw_only=True):
    """The prompts an interviewer intends to use."""

    kind = "guide"


class Unknown(Node, frozen=True, kw_only=True):
    """A node whose kind is none of ours: its links stay alive until the kind is mended."""

    kind = "unknown"


KINDS: dict[str, type[Node]] = {
    each.kind: each
    for each in (
        Outcome,
        Opportunity,
        Solution,
        Assumption,
        Test,
        Decision,
        Interview,
        Signal,
        Guide,
    )
}

SOURCES = frozenset({"interview", "signal", "guide"})
"""Kinds that hang under nothing and have no place in the tree."""

OVER = frozenset({"met", "dropped"})
"""The status of an outcome that is no longer worked on."""

LIVE = frozenset({None, "idea", "candidate", "testing", "building", "shipped"})
"""The status of a solution that has not been dropped."""


class Moment(Struct, frozen=True, kw_only=True):
    """One place of one interview (or signal) where something about a node was heard.

    `words` are the item's own; `stamps` in seconds in the order written; `at` covers the item.
    `against` is true for an item that speaks against the node it links; `doubtful` when its words
    do not make certain whether it does.
    """

    source: NodeId
    node: NodeId
    words: str
    against: bool
    seconds: tuple[int, ...]
    quotes: tuple["Said", ...]
    at: Place
    doubtful: bool = False


class Said(Struct, frozen=True):
    """Words said by the participant, with the second at which they were said, if known."""

    text: str
    second: int | None
    at: Place
