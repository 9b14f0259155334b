"""See :class:`StorylessGuide`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.questions import guide_assessments, interview_review, is_script
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Guide, Interview, Node
from ost.tree.tree import Tree


class StorylessGuide(Rule, frozen=True):
    """A guide, or the start of an interview, asks for no story.

    Why: one opening prompt for the last time something happened gives an hour of what people did.
    A guide of many direct questions gets an answer to each, and the context of none. A guide of a
    few questions is left alone, and so is a usability script.

    Source: Product Talk, story-based customer interviews
    <https://producttalk.org/2024/04/story-based-customer-interviews>

    Bad:

        -- film-nights.md --
        ---
        kind: guide
        ---
        # Film nights <!-- OST428 -->

        - How many people live with you?
        - Which services do you have?
        - Who owns the remote control?
        - Where does the TV stand?
        - What is your favourite film?

    Good:

        -- film-nights.md --
        ---
        kind: guide
        ---
        # Film nights

        - Tell me about the last time you watched a film together.
        - Who was there?
        - What happened then?
        - Where were you sitting?
        - What happened in the end?
    """

    code = "OST428"
    severity = Severity.WARNING
    kinds = (Guide, Interview)
    needs = "transcript"

    fewest: Annotated[
        int, Meta(description="How many questions a guide needs to be checked.", ge=1)
    ] = 5

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether there is a story prompt."""
        if isinstance(node, Guide):
            asked = guide_assessments(node.entry.body)
            many = sum("?" in each.utterance.text for each in asked)
            story = any("story-prompt" in each.strengths for each in asked)
            if many >= self.fewest and not story and not is_script(node.entry.body):
                message = f"no question of {many} asks for a story; ask about the last time"
                yield self.about(node, node.at, message)
        elif isinstance(node, Interview):
            review = interview_review(node, tree)
            shape = review.shape if review else None
            if shape is not None and shape.questions >= self.fewest and shape.story is None:
                message = "no early question asks for a story"
                yield self.about(node, node.place("transcript"), message, Severity.NOTE)
