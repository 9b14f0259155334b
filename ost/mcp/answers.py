"""The answers of the tools. The fields document themselves: the schemas are made from them."""

from typing import Annotated

from msgspec import Meta, Struct

from ost.answers.records import Branch, Card
from ost.exchange.differences.difference import Difference
from ost.exchange.reports.finding import Finding
from ost.exchange.why.chain import Chain


class TreePart(Struct, frozen=True, kw_only=True):
    """The tree, or a part of it (`tree`)."""

    nodes: Annotated[
        tuple[Branch, ...], Meta(description="The topmost nodes, each with the nodes below it.")
    ]
    hidden: Annotated[
        int,
        Meta(description="Nodes left out; ask for more levels, or for the tree below a node."),
    ]


class NodeAnswer(Struct, frozen=True, kw_only=True):
    """One node (`node`)."""

    card: Annotated[Card, Meta(description="Everything about the node.")]
    findings: Annotated[tuple[Finding, ...], Meta(description="The findings of the rules.")]
    cut: Annotated[int, Meta(description="Characters left out at the end of the body.")] = 0


class Statement(Struct, frozen=True, kw_only=True):
    """What one person said about a node, at one place of an interview or signal."""

    stance: Annotated[str, Meta(description="for, or against.")]
    participant: Annotated[str | None, Meta(description="Who said it, by pseudonym.")]
    words: Annotated[str, Meta(description="Their words, or what was noted.")]
    quoted: Annotated[bool, Meta(description="Whether these are their own words.")]
    date: Annotated[str | None, Meta(description="The day of the interview or signal.")]
    days: Annotated[int | None, Meta(description="How many days ago that was.")]
    second: Annotated[int | None, Meta(description="The second in the recording.")]
    url: Annotated[str | None, Meta(description="The recording's address at that second.")]
    source: Annotated[str, Meta(description="The id of the interview or signal.")]
    kind: Annotated[str, Meta(description="story (an interview) or signal.")]
    about: Annotated[str, Meta(description="The id of the node it is about.")]

    @property
    def person(self) -> str:
        """The person who counts once: the participant, or the source if no one is named."""
        return self.participant or self.source


class Statements(Struct, frozen=True, kw_only=True):
    """The evidence for and against a node and what is below it (`evidence`)."""

    id: Annotated[str, Meta(description="The node.")]
    title: Annotated[str, Meta(description="Its title.")]
    as_of: Annotated[str, Meta(description="The day for which ages are given.")]
    people_for: Annotated[int, Meta(description="Different people with evidence for it.")]
    people_against: Annotated[int, Meta(description="Different people with evidence against it.")]
    contradicting: Annotated[
        tuple[Statement, ...], Meta(description="All statements against it, the newest first.")
    ]
    supporting: Annotated[
        tuple[Statement, ...],
        Meta(description="Statements for it: first one per person, then the others, newest first."),
    ]
    hidden: Annotated[int, Meta(description="Supporting statements left out by the limit.")]


class EvidencePack(Struct, frozen=True, kw_only=True):
    """The context needed to judge a node, within a budget (`context`)."""

    id: Annotated[str, Meta(description="The node.")]
    text: Annotated[str, Meta(description="The pack, in Markdown.")]
    used: Annotated[int, Meta(description="How large it is, in the unit of the budget.")]
    over: Annotated[bool, Meta(description="Whether the contradictions alone exceed the budget.")]
    people_for: Annotated[int, Meta(description="Different people with evidence for it.")]
    people_against: Annotated[int, Meta(description="Different people with evidence against it.")]
    hidden: Annotated[
        dict[str, int], Meta(description="How many items of each section were left out.")
    ]


class FindingList(Struct, frozen=True, kw_only=True):
    """The findings of the rules (`check`)."""

    findings: Annotated[tuple[Finding, ...], Meta(description="The most important first.")]
    errors: Annotated[int, Meta(description="How many of the requested findings are errors.")]
    hidden: Annotated[int, Meta(description="Findings left out by the limit.")]


class ChainList(Struct, frozen=True, kw_only=True):
    """Why something is built (`why`)."""

    chains: Annotated[tuple[Chain, ...], Meta(description="One for each node found.")]
    hidden: Annotated[
        int,
        Meta(description="Supporting statements left out by the limit; ask `evidence` for them."),
    ]
    hidden_chains: Annotated[int, Meta(description="Chains left out by the limit.")]


class DifferenceAnswer(Struct, frozen=True, kw_only=True):
    """What changed in the tree (`diff`)."""

    difference: Annotated[Difference, Meta(description="The changes and their findings.")]
    hidden: Annotated[int, Meta(description="Changes left out by the limit, the lightest.")]


class FoundNode(Struct, frozen=True, kw_only=True):
    """A node that contains the words."""

    id: Annotated[str, Meta(description="Its id.")]
    kind: Annotated[str, Meta(description="Its kind.")]
    title: Annotated[str, Meta(description="Its title.")]
    status: Annotated[str | None, Meta(description="Its status.")]


class FoundWords(Struct, frozen=True, kw_only=True):
    """A quote or a note that contains the words."""

    words: Annotated[str, Meta(description="The quote, or the note.")]
    quoted: Annotated[bool, Meta(description="Whether these are the participant's own words.")]
    participant: Annotated[str | None, Meta(description="Who said it.")]
    source: Annotated[str, Meta(description="The id of the interview or signal.")]
    about: Annotated[str | None, Meta(description="The id of the node it is about.")]
    second: Annotated[int | None, Meta(description="The second in the recording.")]


class SearchResult(Struct, frozen=True, kw_only=True):
    """The matches (`search`)."""

    nodes: Annotated[tuple[FoundNode, ...], Meta(description="Nodes, the best first.")]
    words: Annotated[tuple[FoundWords, ...], Meta(description="Quotes and notes, the best first.")]
