"""The words that open an interview and recruit people for it, from the team's guide and the
opportunity's `moment`.
"""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta, Struct

from ost.judge.questions import guide_assessments
from ost.tree.model import Guide, Node, Opportunity
from ost.tree.tree import Tree

CALL = "May our product team call you for 20 minutes to hear how it went?"

BLANK = "…"
"""Stands in for a moment that the tree does not name."""


class Opening(Struct, frozen=True, kw_only=True):
    """What to say before and at the start of one interview."""

    moment: Annotated[str, Meta(description="The moment; empty if no node names one.")] = ""
    segment: Annotated[str, Meta(description="Whom to look for; empty for any customer.")] = ""
    story: Annotated[str, Meta(description="The story prompt to open with.")]
    product: Annotated[
        str, Meta(description="The question for a prompt in the product; empty without a moment.")
    ] = ""
    sales: Annotated[str, Meta(description="What to ask colleagues in sales.")] = ""
    support: Annotated[str, Meta(description="What to ask colleagues in support.")] = ""
    source: Annotated[str, Meta(description="Where the story prompt comes from.")]


def opening(node: Node, tree: Tree, segment: str = "") -> Opening:
    """The words to open an interview about a node."""
    above = (node, *tree.ancestors(node))
    moment, at = next(
        (
            (_phrase(each.moment), str(each.id))
            for each in above
            if isinstance(each, Opportunity) and each.moment and each.moment.strip()
        ),
        ("", ""),
    )
    linked, guide, prompt = _prompt(tree, {each.id for each in above})
    if prompt and (linked or not moment):
        source = f"guide {guide!r}"
    elif moment:
        prompt = f"Think of the last time this came up: {moment}. What happened?"
        source = f"`moment` of {at!r}"
    else:
        prompt, source = f"Tell me about the last time you {BLANK}", f"add `moment` to {node.id!r}"
    if not moment:
        return Opening(segment=segment, story=prompt, source=source)
    who = f"a customer ({segment})" if segment else "a customer"
    return Opening(
        moment=moment,
        segment=segment,
        story=prompt,
        product=f"Did this come up for you in the last week: {moment}? {CALL}",
        sales=f"When {who} brings this up: {moment}, ask: “{CALL}”",
        support=f"When {who} writes about this: {moment}, answer, then ask: “{CALL}”",
        source=source,
    )


def _prompt(tree: Tree, about: Iterable[str]) -> tuple[bool, str, str]:
    """The first story prompt of a guide that links to one of these nodes, or else of any guide,
    with the guide's id.
    """
    wanted = set(about)
    found: list[tuple[bool, str, str]] = []
    for guide in tree.nodes(Guide):
        if guide.draft:
            continue
        prompt = next(
            (
                each
                for each in guide_assessments(guide.entry.body)
                if "story-prompt" in each.strengths
            ),
            None,
        )
        if prompt is not None:
            links = {each.target for each in tree.outgoing.get(guide.id, ())}
            found.append((not links & wanted, str(guide.id), prompt.utterance.text.strip()))
    if not found:
        return False, "", ""
    foreign, guide_id, words = min(found)
    return not foreign, guide_id, words


def _phrase(moment: str) -> str:
    """A moment as it follows a colon: on one line, without `when`."""
    words = " ".join(moment.split()).rstrip(" .!?…")
    for lead in ("when you are ", "when you're ", "while ", "when "):
        if words.casefold().startswith(lead):
            words = words[len(lead) :]
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
