"""See :class:`ProtocolReadOut`."""

from collections.abc import Iterator

from ost.judge.questions import interview_review
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree


class ProtocolReadOut(Rule, frozen=True):
    """An interviewer reads out a list and does not follow up on answers.

    Why: who, what, why, how and when, one after the other, get facts without a story. An interview
    in which most questions share no word with the answer before is read out, not led.

    Source: Teresa Torres on Lenny's Podcast, on interviewing by protocol
    <https://youtu.be/9RFaz9ZBXpk?t=2198>

    Bad:

        -- p07.md --
        ---
        kind: interview
        transcript: talk.txt  # OST429
        ---
        # P07: film night with two teenagers
        -- talk.txt --
        Interviewer: How many people live with you?
        P07: Two teenagers and my husband.
        Interviewer: Which devices are in the kitchen?
        P07: A radio that belonged to my mother.
        Interviewer: What do you pay each month?
        P07: I would have to look at the bank statement.
        Interviewer: Where do you go on holiday?
        P07: Mostly to the sea.
        Interviewer: Who reads newspapers?
        P07: My husband on Saturdays.
        Interviewer: When does school begin?
        P07: At eight, which is too early.
        Interviewer: What colour is your sofa?
        P07: Green, from a flea market.
        Interviewer: Which cinema is nearest?
        P07: It closed last year.
        Interviewer: How old is your television?
        P07: Ten years.
        Interviewer: What is your favourite snack?
        P07: Popcorn.

    Good:

        -- p07.md --
        ---
        kind: interview
        transcript: talk.txt
        ---
        # P07: film night with two teenagers
        -- talk.txt --
        Interviewer: Tell me about the last time you watched a film together.
        P07: Friday, everyone on the sofa, and the choosing took forty minutes.
        Interviewer: Forty minutes of choosing, what happened?
        P07: Everyone had a veto.
    """

    code = "OST429"
    severity = Severity.NOTE
    kinds = (Interview,)
    needs = "transcript"

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether most questions ignore the answer before."""
        review = interview_review(node, tree) if isinstance(node, Interview) else None
        shape = review.shape if review else None
        if shape is not None and shape.read_out:
            message = (
                f"most of {shape.questions} questions ignore the answer before; "
                "follow up on answers"
            )
            yield self.about(node, node.place("transcript"), message)
