"""What each page shows, as values: the templates and the `.json` twins are made from these.

Fields with a column's name hold what `docs/reference/database.md` says of it; days are ISO text.
"""

from typing import Any

from msgspec import Struct, field


class About(Struct, kw_only=True):
    """The published file itself."""

    build: str = ""
    title: str = ""
    as_of: str = ""
    edit_url: str = ""


class Mention(Struct):
    """A node as it is named on another node's page."""

    id: str
    kind: str
    title: str
    status: str | None
    illustrative: int
    parent: str | None


class Box(Struct):
    """A node as a box of the tree. `made_up` of its `participants` are illustrative."""

    id: str
    kind: str
    title: str
    status: str | None
    parent: str | None
    depth: int
    lft: int | None
    rgt: int | None
    children: int
    descendants: int
    participants: int
    moments: int
    against: int
    signals: int
    errors: int
    warnings: int
    waived: int
    illustrative: int
    last_heard: str | None
    fields: dict[str, Any]
    made_up: int


class Node(Struct):
    """A whole row of `node`, its fields read."""

    id: str
    kind: str
    title: str
    status: str | None
    parent: str | None
    outcome: str | None
    lft: int | None
    rgt: int | None
    depth: int | None
    children: int
    descendants: int
    participants: int
    interviews: int
    moments: int
    against: int
    signals: int
    first_heard: str | None
    last_heard: str | None
    errors: int
    warnings: int
    waived: int
    illustrative: int
    date: str | None
    participant: str | None
    segment: str | None
    recording: str | None
    fields: dict[str, Any]
    body: str
    path: str
    line: int


class Second(Struct):
    """A second of a recording; `url` is empty when there is nothing to play."""

    second: int
    url: str | None


class Quote(Struct):
    """A participant's own words. `further` are its timestamps after the first."""

    id: str
    source: str
    moment: str | None
    participant: str | None
    text: str
    section: str | None
    second: int | None
    url: str | None
    line: int
    further: list[Second]


class Moment(Struct):
    """One place where something about a node was heard. `about` is the node, `of` the interview."""

    id: str
    stance: str
    kind: str
    words: str
    second: int | None
    url: str | None
    date: str | None
    participant: str | None
    line: int
    further: list[Second]
    about: Mention
    of: Mention
    segment: str | None
    quotes: list[Quote] = field(default_factory=list)


class Step(Struct):
    """One step of a story."""

    position: int
    text: str
    second: int | None
    url: str | None
    line: int
    further: list[Second]


class Diagnostic(Struct):
    """One thing that `ost check` says; `title` is the node's."""

    path: str
    line: int
    column: int
    code: str
    name: str
    severity: str
    message: str
    node: str | None
    kind: str | None
    title: str | None


class Waiver(Struct):
    """A rule set aside for a node; `title` is the node's."""

    node: str
    rule: str
    because: str
    until: str | None
    state: str
    path: str
    line: int
    kind: str
    title: str


class Rule(Struct):
    """A rule, and how many diagnostics it gave."""

    code: str
    name: str
    family: str
    severity: str
    summary: str
    errors: int
    warnings: int
    notes: int


class Voice(Struct):
    """Somebody who speaks for a node."""

    participant: str
    segment: str | None
    moments: int
    illustrative: int


class Value(Struct):
    """A metric's value on a day."""

    outcome: str
    date: str
    value: float


class Linked(Struct):
    """A link between two nodes, seen from one: `relation` as in `edge`, `node` the other end."""

    relation: str
    node: Mention


class Interview(Struct):
    """An interview or signal in a list."""

    id: str
    kind: str
    title: str
    date: str | None
    participant: str | None
    segment: str | None
    illustrative: int
    moments: int


class Count(Struct):
    """How many nodes of a kind serve an outcome (none when `outcome` is null)."""

    outcome: str | None
    kind: str
    nodes: int
    errors: int
    warnings: int


class TreesPage(Struct):
    """`/-/ost.json`: every outcome, what hangs under it; newest interviews; `material` unread."""

    about: About
    outcomes: list[Box]
    measurements: list[Value]
    counts: list[Count]
    unplaced: list[Mention]
    interviews: list[Interview]
    signals: int
    file_diagnostics: int
    material: list[str]


class Sought(Struct, frozen=True):
    """What is looked for in a tree: words, a kind, a status, a rule, whom was heard and when.

    `rule` is a code or a name, `any` remark, or `waived`. With `only`, the rest is left out.
    """

    q: str = ""
    kind: str = ""
    status: str = ""
    segment: str = ""
    since: str = ""
    until: str = ""
    rule: str = ""
    only: str = ""


class Choices(Struct):
    """What can be looked for in a tree; `rules` by code with their names."""

    statuses: list[str]
    segments: list[str]
    rules: dict[str, str]


class TreePage(Struct):
    """`/-/ost/tree/ID.json`: the tree from a node downwards, in reading order, as deep as fits.

    `above` leads from the outcome to the node; `levels` is how many levels below it are here;
    `hits` are the nodes that were looked for, `hit_count` of them in the whole tree.
    Arguments: `levels`, `at` (a node whose place is included however deep it is), and what is
    looked for: `q`, `kind`, `status`, `segment`, `since`, `until`, `rule`, `only`.
    """

    about: About
    above: list[Mention]
    boxes: list[Box]
    levels: int
    at: str
    counts: dict[str, int]
    measurements: list[Value]
    sought: Sought
    choices: Choices
    hits: list[str]
    hit_count: int


class PanelPage(Struct):
    """`/-/ost/panel/ID.json`: a node in short, beside the tree: its evidence, and what is amiss."""

    about: About
    node: Node
    above: list[Mention]
    moments: list[Moment]
    voices: list[Voice]
    diagnostics: list[Diagnostic]
    waivers: list[Waiver]


class NodePage(Struct):
    """`/-/ost/node/ID.json`: one node, its place, what hangs below, and who spoke of it."""

    about: About
    node: Node
    above: list[Mention]
    parents: list[Mention]
    below: list[Box]
    adopted: list[Mention]
    links: list[Linked]
    backlinks: list[Linked]
    more_links: bool
    moments: list[Moment]
    more_moments: int
    voices: list[Voice]
    diagnostics: list[Diagnostic]
    waivers: list[Waiver]
    measurements: list[Value]
    names: dict[str, str]


class InterviewPage(Struct):
    """`/-/ost/interview/ID.json`: one interview or signal: its story, quotes and moments."""

    about: About
    node: Node
    moments: list[Moment]
    quotes: list[Quote]
    steps: list[Step]
    others: list[Interview]
    links: list[Linked]
    backlinks: list[Linked]
    diagnostics: list[Diagnostic]
    waivers: list[Waiver]
    names: dict[str, str]


class Hit(Struct):
    """A node that was found; `found` is the place, with the words between U+E000 and U+E001."""

    node: Mention
    found: str


class QuoteHit(Struct):
    """Words that were found, a participant's (`quote`) or noted (`moment`)."""

    kind: str
    text: str
    found: str
    participant: str | None
    second: int | None
    url: str | None
    source: Mention
    about: Mention | None


class SearchPage(Struct):
    """`/-/ost/search.json`: nodes and words that were found. Arguments: `q`, `kind`."""

    about: About
    query: str
    kind: str
    kinds: dict[str, int]
    nodes: list[Hit]
    words: list[QuoteHit]


class Judged(Struct):
    """A node of which something was said, and by which rules."""

    node: Mention
    errors: int
    warnings: int
    notes: int
    rules: list[str]


class CheckPage(Struct):
    """`/-/ost/check.json`: what `ost check` says; waivers. Argument: `rule`, a code or a name.

    Without one, `diagnostics` are the first few of each rule and `nodes` those with most errors.
    `problem` is why the server still shows an older build, or "".
    """

    about: About
    rules: list[Rule]
    diagnostics: list[Diagnostic]
    waivers: list[Waiver]
    rule: str
    page: str
    more: int
    nodes: list[Judged]
    more_nodes: int
    problem: str = ""
