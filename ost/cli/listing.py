"""What commands list, as other programs get it with `--format json`; documented by its fields."""

from typing import Annotated, Any

from msgspec import Meta, Struct

Id = Annotated[str, Meta(description="The node's stable id.")]
Kind = Annotated[str, Meta(description="outcome, opportunity, solution, interview and so on.")]
Title = Annotated[str, Meta(description="The first heading.")]
Status = Annotated[
    str | None, Meta(description="Where it stands; an assumption's comes from its tests.")
]
Second = Annotated[int | None, Meta(description="The second of the recording.")]
Url = Annotated[str | None, Meta(description="The recording at that second.")]


class Branch(Struct, kw_only=True):
    """A node in the tree, with what hangs under it by primary place (`ost tree`)."""

    id: Id
    kind: Kind
    title: Title
    status: Status
    participants: Annotated[int, Meta(description="Different people who speak for it or below it.")]
    moments: Annotated[int, Meta(description="Moments that speak for it or below it.")]
    against: Annotated[int, Meta(description="Moments that speak against it or below it.")]
    signals: Annotated[int, Meta(description="Mentions in signals of it or below it.")]
    errors: Annotated[int, Meta(description="Errors on the node itself.")]
    warnings: Annotated[int, Meta(description="Warnings on the node itself.")]
    illustrative: Annotated[bool, Meta(description="Made up to show how the method works.")]
    path: Annotated[str, Meta(description="Its file, relative to the content folder.")]
    line: Annotated[int, Meta(description="The line of its title.")]
    children: Annotated[list["Branch"], Meta(description="What hangs under it.")] = []


class Linked(Struct, frozen=True, kw_only=True):
    """A node that another one is linked with."""

    id: Id
    kind: Kind
    title: Title
    status: Status
    relation: Annotated[str, Meta(description="parent, mentions, chose, over or guide.")] = "parent"


class Said(Struct, frozen=True, kw_only=True):
    """Somebody's own words."""

    text: Annotated[str, Meta(description="The words.")]
    second: Second
    url: Url


class Heard(Struct, frozen=True, kw_only=True):
    """A moment: one place of one interview (or signal) where something about a node was heard."""

    source: Annotated[str, Meta(description="The id of the interview or signal.")]
    node: Annotated[str, Meta(description="The id of the node it is about.")]
    title: Annotated[str, Meta(description="That node's title.")]
    participant: Annotated[str | None, Meta(description="Who said it.")]
    stance: Annotated[str, Meta(description="for, or against.")]
    kind: Annotated[str, Meta(description="story (an interview) or signal.")]
    words: Annotated[str, Meta(description="What was noted.")]
    second: Second
    url: Url
    date: Annotated[str | None, Meta(description="The day of the interview or signal.")]
    quotes: Annotated[tuple[Said, ...], Meta(description="The participant's own words.")] = ()


class Waived(Struct, frozen=True, kw_only=True):
    """A rule that somebody decided does not apply to a node."""

    rule: Annotated[str, Meta(description="The rule's name.")]
    because: Annotated[str | None, Meta(description="The reason.")]
    until: Annotated[str | None, Meta(description="The last day it holds.")]
    state: Annotated[str, Meta(description="active, expired or unused.")]


class Card(Struct, frozen=True, kw_only=True):
    """Everything that there is about one node (`ost show`)."""

    id: Id
    kind: Kind
    title: Title
    status: Status
    illustrative: Annotated[bool, Meta(description="Made up to show how the method works.")]
    path: Annotated[str, Meta(description="Its file, relative to the content folder.")]
    line: Annotated[int, Meta(description="The line of its title.")]
    participants: Annotated[int, Meta(description="Different people who speak for it or below it.")]
    moments: Annotated[int, Meta(description="Moments that speak for it or below it.")]
    against: Annotated[int, Meta(description="Moments that speak against it or below it.")]
    signals: Annotated[int, Meta(description="Mentions in signals of it or below it.")]
    fields: Annotated[dict[str, Any], Meta(description="Its fields, as in front matter.")]
    body: Annotated[str, Meta(description="The Markdown below the front matter.")]
    above: Annotated[tuple[Linked, ...], Meta(description="What it hangs under, topmost first.")]
    below: Annotated[tuple[Linked, ...], Meta(description="What hangs under it, by any parent.")]
    evidence: Annotated[tuple[Heard, ...], Meta(description="Moments about the node itself.")]
    heard: Annotated[tuple[Heard, ...], Meta(description="Moments of an interview or signal.")]
    quotes: Annotated[tuple[Said, ...], Meta(description="An interview's quotes outside moments.")]
    story: Annotated[tuple[Said, ...], Meta(description="The steps of an interview's story.")]
    mentioned: Annotated[tuple[Linked, ...], Meta(description="Other nodes that link to it.")]
    waivers: Annotated[tuple[Waived, ...], Meta(description="Its waivers.")]


class RuleLine(Struct, frozen=True, kw_only=True):
    """A rule (`ost rule`)."""

    code: Annotated[str, Meta(description="The stable code, such as `OST301`.")]
    name: Annotated[str, Meta(description="The name, such as `single-solution`.")]
    family: Annotated[str, Meta(description="reading, shape, evidence, solutions, privacy …")]
    severity: Annotated[str, Meta(description="Its usual severity.")]
    summary: Annotated[str, Meta(description="What is wrong, in one line.")]
    page: Annotated[str, Meta(description="The whole page, in Markdown.")]


class Built(Struct, frozen=True, kw_only=True):
    """What `ost build` did."""

    path: Annotated[str, Meta(description="The file that stands for the project now.")]
    written: Annotated[bool, Meta(description="False when it was there already.")]
    build: Annotated[str, Meta(description="The build's id: a hash of all that went into it.")]
    files: Annotated[int, Meta(description="Files read.")]
    nodes: Annotated[int, Meta(description="Nodes found.")]
    errors: Annotated[int, Meta(description="Diagnostics that are errors.")]
    warnings: Annotated[int, Meta(description="Diagnostics that are warnings.")]
    notes: Annotated[int, Meta(description="Diagnostics that are notes.")]
    revisions: Annotated[
        int, Meta(description="Revisions in the file's history; 0 without `--history`.")
    ]
