"""The records that commands print with `--format json`. Each field describes itself."""

from typing import Annotated, Any

from msgspec import Meta, Struct

Id = Annotated[str, Meta(description="The node's stable id.")]
KindName = Annotated[str, Meta(description="outcome, opportunity, solution, interview and so on.")]
Title = Annotated[str, Meta(description="The first heading.")]
StatusName = Annotated[
    str | None, Meta(description="Its status; an assumption's comes from its tests.")
]
SecondHeard = Annotated[int | None, Meta(description="The second in the recording.")]
Url = Annotated[str | None, Meta(description="The recording's address at that second.")]


class Branch(Struct, kw_only=True):
    """A node in the tree, with the nodes below it by primary place (`ost tree`)."""

    id: Id
    kind: KindName
    title: Title
    status: StatusName
    participants: Annotated[int, Meta(description="People with moments for it or below it.")]
    moments: Annotated[int, Meta(description="Moments for it or anything below it.")]
    against: Annotated[int, Meta(description="Moments against it or anything below it.")]
    signals: Annotated[int, Meta(description="Mentions in signals of it or below it.")]
    errors: Annotated[int, Meta(description="Errors on the node itself.")]
    warnings: Annotated[int, Meta(description="Warnings on the node itself.")]
    illustrative: Annotated[bool, Meta(description="Made up to show how the method works.")]
    path: Annotated[str, Meta(description="Its file, relative to the content folder.")]
    line: Annotated[int, Meta(description="The line of its title.")]
    children: Annotated[list["Branch"], Meta(description="The nodes directly below it.")] = []


class NodeLink(Struct, frozen=True, kw_only=True):
    """A node linked with another one."""

    id: Id
    kind: KindName
    title: Title
    status: StatusName
    relation: Annotated[str, Meta(description="parent, mentions, chose, over or guide.")] = "parent"


class Words(Struct, frozen=True, kw_only=True):
    """Someone's own words."""

    text: Annotated[str, Meta(description="The words.")]
    second: SecondHeard
    url: Url


class MomentCard(Struct, frozen=True, kw_only=True):
    """A moment: a place in an interview or signal where someone mentions a node."""

    source: Annotated[str, Meta(description="The id of the interview or signal.")]
    node: Annotated[str, Meta(description="The id of the node it is about.")]
    title: Annotated[str, Meta(description="That node's title.")]
    participant: Annotated[str | None, Meta(description="Who said it.")]
    stance: Annotated[str, Meta(description="for, or against.")]
    kind: Annotated[str, Meta(description="story (an interview) or signal.")]
    words: Annotated[str, Meta(description="What was noted.")]
    second: SecondHeard
    url: Url
    date: Annotated[str | None, Meta(description="The day of the interview or signal.")]
    quotes: Annotated[tuple[Words, ...], Meta(description="The participant's own words.")] = ()


class WaiverCard(Struct, frozen=True, kw_only=True):
    """A rule waived for a node."""

    rule: Annotated[str, Meta(description="The rule's name.")]
    because: Annotated[str | None, Meta(description="The reason.")]
    until: Annotated[str | None, Meta(description="The last day it applies.")]
    state: Annotated[str, Meta(description="active, expired or unused.")]


class Card(Struct, frozen=True, kw_only=True):
    """Everything about one node (`ost show`)."""

    id: Id
    kind: KindName
    title: Title
    status: StatusName
    illustrative: Annotated[bool, Meta(description="Made up to show how the method works.")]
    path: Annotated[str, Meta(description="Its file, relative to the content folder.")]
    line: Annotated[int, Meta(description="The line of its title.")]
    participants: Annotated[int, Meta(description="People with moments for it or below it.")]
    moments: Annotated[int, Meta(description="Moments for it or anything below it.")]
    against: Annotated[int, Meta(description="Moments against it or anything below it.")]
    signals: Annotated[int, Meta(description="Mentions in signals, of it or anything below it.")]
    fields: Annotated[dict[str, Any], Meta(description="Its fields, as in front matter.")]
    body: Annotated[str, Meta(description="The Markdown below the front matter.")]
    above: Annotated[tuple[NodeLink, ...], Meta(description="The nodes above it, topmost first.")]
    below: Annotated[tuple[NodeLink, ...], Meta(description="The nodes below it, by any parent.")]
    evidence: Annotated[tuple[MomentCard, ...], Meta(description="Moments about the node itself.")]
    heard: Annotated[tuple[MomentCard, ...], Meta(description="Moments of an interview or signal.")]
    quotes: Annotated[tuple[Words, ...], Meta(description="An interview's quotes outside moments.")]
    story: Annotated[tuple[Words, ...], Meta(description="The steps of an interview's story.")]
    mentioned: Annotated[tuple[NodeLink, ...], Meta(description="Other nodes that link to it.")]
    waivers: Annotated[tuple[WaiverCard, ...], Meta(description="Its waivers.")]


class TestRecord(Struct, frozen=True, kw_only=True):
    """A test of an assumption."""

    id: Id
    title: Title
    status: StatusName
    method: Annotated[str | None, Meta(description="Prototype, survey, data or spike.")]
    criterion: Annotated[
        dict[str, Any] | None, Meta(description="The criterion: what must be seen.")
    ]
    result: Annotated[dict[str, Any] | None, Meta(description="The result: what was seen.")]


class AssumptionRecord(Struct, frozen=True, kw_only=True):
    """An assumption of a solution, with its tests."""

    id: Id
    title: Title
    status: StatusName
    risk: Annotated[str | None, Meta(description="The kind of assumption, such as `usability`.")]
    importance: Annotated[str | None, Meta(description="How much depends on it.")]
    tests: Annotated[tuple[TestRecord, ...], Meta(description="Its tests.")] = ()


class SettlingDecision(Struct, frozen=True, kw_only=True):
    """A decision for or against a solution."""

    id: Id
    title: Title
    relation: Annotated[str, Meta(description="chose or over.")]
    date: Annotated[str | None, Meta(description="Its day.")]
    because: Annotated[str | None, Meta(description="The reason.")]


class SolutionRecord(Struct, frozen=True, kw_only=True):
    """One of an opportunity's solutions, with its assumptions."""

    id: Id
    title: Title
    status: StatusName
    differs: Annotated[str | None, Meta(description="How it differs from the alternatives.")]
    because: Annotated[str | None, Meta(description="Why it was dropped.")]
    bet: Annotated[dict[str, Any] | None, Meta(description="What it is expected to do.")]
    result: Annotated[dict[str, Any] | None, Meta(description="The result of the bet.")]
    participants: Annotated[int, Meta(description="People with evidence for it or below it.")]
    moments: Annotated[int, Meta(description="Moments for it or anything below it.")]
    against: Annotated[int, Meta(description="Moments against it or anything below it.")]
    assumptions: Annotated[
        tuple[AssumptionRecord, ...], Meta(description="The most important first.")
    ] = ()
    decisions: Annotated[tuple[SettlingDecision, ...], Meta(description="The newest first.")] = ()


class Comparison(Struct, frozen=True, kw_only=True):
    """An opportunity's solutions side by side (`ost compare`)."""

    id: Id
    title: Title
    status: StatusName
    participants: Annotated[int, Meta(description="People with evidence for it or below it.")]
    against: Annotated[int, Meta(description="Moments against it or anything below it.")]
    solutions: Annotated[tuple[SolutionRecord, ...], Meta(description="Live ones first.")]


class RuleLine(Struct, frozen=True, kw_only=True):
    """A rule (`ost rule`)."""

    code: Annotated[str, Meta(description="The stable code, such as `OST301`.")]
    name: Annotated[str, Meta(description="The name, such as `single-solution`.")]
    family: Annotated[str, Meta(description="reading, shape, evidence, solutions, privacy …")]
    severity: Annotated[str, Meta(description="Its usual severity.")]
    summary: Annotated[str, Meta(description="What is wrong, in one line.")]
    page: Annotated[str, Meta(description="The whole page, in Markdown.")]


class BuildResult(Struct, frozen=True, kw_only=True):
    """What `ost build` did."""

    path: Annotated[str, Meta(description="The published file.")]
    written: Annotated[bool, Meta(description="False if it was already up to date.")]
    build: Annotated[str, Meta(description="The build's id: a hash of everything in it.")]
    files: Annotated[int, Meta(description="Files read.")]
    nodes: Annotated[int, Meta(description="Nodes found.")]
    errors: Annotated[int, Meta(description="Diagnostics that are errors.")]
    warnings: Annotated[int, Meta(description="Diagnostics that are warnings.")]
    notes: Annotated[int, Meta(description="Diagnostics that are notes.")]
    revisions: Annotated[
        int, Meta(description="Revisions in the file's history; 0 without `--history`.")
    ]


class ImportedFile(Struct, frozen=True, kw_only=True):
    """A file that an import writes."""

    path: Annotated[str, Meta(description="Its path, relative to the content folder.")]
    kind: KindName
    title: Title
    source: Annotated[str, Meta(description="The imported file that it comes from.")]
    line: Annotated[int, Meta(description="The line there, from 1; 0 for the whole file.")]


class LeftLine(Struct, frozen=True, kw_only=True):
    """A line or a file that is in no draft."""

    path: Annotated[str, Meta(description="The imported file.")]
    line: Annotated[int, Meta(description="Its line, from 1; 0 for the whole file.")]
    text: Annotated[str, Meta(description="Its text.")]
    why: Annotated[str, Meta(description="Why it was left out.")]


class KnownNode(Struct, frozen=True, kw_only=True):
    """A node of an imported file that exists here, or may exist, under another title."""

    path: Annotated[str, Meta(description="The imported file.")]
    line: Annotated[int, Meta(description="The line there, from 1; 0 for the whole file.")]
    title: Annotated[str, Meta(description="Its title there.")]
    id: Annotated[str, Meta(description="The id of the node here.")]
    title_here: Annotated[str, Meta(description="The title of the node here.")]


class ImportedMaterial(Struct, frozen=True, kw_only=True):
    """The result for one file or folder."""

    name: Annotated[str, Meta(description="The file or folder.")]
    format: Annotated[str | None, Meta(description="The format it was read in.")]
    files: Annotated[tuple[ImportedFile, ...], Meta(description="The files to write.")]
    present: Annotated[tuple[str, ...], Meta(description="Ids of nodes that exist here already.")]
    retitled: Annotated[
        tuple[KnownNode, ...], Meta(description="The existing nodes that have another title here.")
    ]
    doubts: Annotated[
        tuple[KnownNode, ...],
        Meta(description="New nodes that may exist here, each with the likely one."),
    ]
    unread: Annotated[tuple[LeftLine, ...], Meta(description="Lines that were not understood.")]
    not_read: Annotated[tuple[LeftLine, ...], Meta(description="Files that were not read.")]
    left_out: Annotated[tuple[LeftLine, ...], Meta(description="What was left out on purpose.")]
    notes: Annotated[tuple[str, ...], Meta(description="How it was read.")]


class ImportRecord(Struct, frozen=True, kw_only=True):
    """The files that an import writes or would write (`ost import`)."""

    written: Annotated[bool, Meta(description="Whether the files were written.")]
    materials: Annotated[tuple[ImportedMaterial, ...], Meta(description="File by file.")]
