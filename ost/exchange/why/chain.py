"""The chain from a node to what people said, and its weakest link."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct

BUILT = frozenset({"testing", "building", "shipped"})


class ChainLink(Struct, frozen=True, kw_only=True):
    """A node on the way up."""

    id: Annotated[str, Meta(description="The node's id.")]
    kind: Annotated[str, Meta(description="Its kind.")]
    title: Annotated[str, Meta(description="Its title.")]
    status: Annotated[str | None, Meta(description="Its status.")] = None
    people: Annotated[int, Meta(description="People with evidence for it or below it.")] = 0


class ChainVoice(Struct, frozen=True, kw_only=True):
    """What one person said."""

    participant: Annotated[str | None, Meta(description="Who said it.")]
    interview: Annotated[str, Meta(description="The interview or signal.")]
    words: Annotated[str, Meta(description="Their words, or what was noted.")]
    quoted: Annotated[bool, Meta(description="Whether these are their own words.")]
    second: Annotated[int | None, Meta(description="The second in the recording.")]
    url: Annotated[str | None, Meta(description="The recording's address at that second.")]
    date: Annotated[str | None, Meta(description="The day of the interview.")]
    about: Annotated[str, Meta(description="The node it is about.")]


class Choice(Struct, frozen=True, kw_only=True):
    """A decision on the way."""

    id: Annotated[str, Meta(description="The decision's id.")]
    title: Annotated[str, Meta(description="Its title.")]
    on: Annotated[str | None, Meta(description="The day it was taken.")]
    because: Annotated[str | None, Meta(description="The reason.")]
    chose: Annotated[tuple[str, ...], Meta(description="Titles of what was chosen.")]
    over: Annotated[tuple[str, ...], Meta(description="Titles of what it was chosen over.")]
    suspect: Annotated[
        tuple[str, ...], Meta(description="What has changed below it since it was last edited.")
    ] = ()


class Trial(Struct, frozen=True, kw_only=True):
    """An assumption, with a test of it if there is one."""

    assumption: Annotated[str, Meta(description="The assumption's title.")]
    status: Annotated[str | None, Meta(description="The assumption's status.")]
    importance: Annotated[str | None, Meta(description="How much depends on it.")] = None
    test: Annotated[str | None, Meta(description="The test's title.")] = None
    criterion: Annotated[object, Meta(description="The criterion.")] = None
    result: Annotated[object, Meta(description="The result.")] = None
    verdict: Annotated[str | None, Meta(description="The verdict.")] = None


class Chain(Struct, frozen=True, kw_only=True):
    """Why something is built (`ost why`)."""

    node: Annotated[str, Meta(description="The node asked about.")]
    asked: Annotated[str, Meta(description="How it was found: a commit, a file, a ticket.")] = ""
    way: Annotated[tuple[ChainLink, ...], Meta(description="The node and the nodes above it.")]
    rivals: Annotated[tuple[str, ...], Meta(description="Other live solutions.")] = ()
    decisions: Annotated[tuple[Choice, ...], Meta(description="Decisions on the way.")] = ()
    voices: Annotated[tuple[ChainVoice, ...], Meta(description="Statements for it.")] = ()
    against: Annotated[tuple[ChainVoice, ...], Meta(description="Statements against it.")] = ()
    tests: Annotated[tuple[Trial, ...], Meta(description="Assumptions and their tests.")] = ()
    weakest: Annotated[str, Meta(description="The weakest link, in a sentence.")] = ""

    def opportunity_link(self) -> ChainLink | None:
        """The opportunity that it addresses."""
        return next((each for each in self.way if each.kind == "opportunity"), None)


def weakest(chain: Chain) -> str:
    """The weakest link of a chain; "" when no link is weak."""
    return next(_weak(chain), "")


def _weak(chain: Chain) -> Iterator[str]:
    """What is weak in a chain, the weakest first."""
    first, need = chain.way[0], chain.opportunity_link()
    if need is None and first.kind != "outcome":
        yield "there is no opportunity above it, so it answers no known need"
        return
    refuted = [each for each in chain.tests if each.status == "refuted"]
    if refuted and first.status != "dropped":
        yield f"it rests on “{refuted[0].assumption}”, which was refuted"
    if need is not None:
        yield from _without_evidence(chain, need)
    for decision in chain.decisions:
        if decision.suspect:
            yield f"the decision “{decision.title}” is suspect: {'; '.join(decision.suspect)}"
    if first.kind == "solution":
        yield from _untested(chain, first)
    if chain.way[-1].kind != "outcome":
        yield f"“{chain.way[-1].title}” has no outcome above it"


def _without_evidence(chain: Chain, need: ChainLink) -> Iterator[str]:
    if not need.people:
        yield f"no customer has mentioned “{need.title}”"
    elif len({each.participant for each in chain.against}) >= need.people:
        yield f"as many people contradict “{need.title}” as support it"
    elif need.people == 1:
        yield f"only one person has mentioned “{need.title}”"


def _untested(chain: Chain, solution: ChainLink) -> Iterator[str]:
    if not chain.decisions:
        yield "no decision says why it was chosen"
    if not chain.rivals:
        yield "it has no live alternative to compare it with"
    if not chain.tests:
        yield "it has no assumptions, so nothing can be tested"
    open_ = [each for each in chain.tests if each.status in {None, "untested", "testing"}]
    heavy = [each for each in open_ if each.importance == "high"] or open_
    if heavy and solution.status in BUILT:
        yield f"“{heavy[0].assumption}” is not tested, but the solution is already being built"
    elif heavy:
        yield f"“{heavy[0].assumption}” is not tested"
    shaky = [each for each in chain.tests if each.status == "unclear"]
    if shaky:
        yield f"the tests of “{shaky[0].assumption}” are unclear"
