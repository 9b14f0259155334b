"""Sentences said to a participant, and the coach's remarks on them."""

from msgspec import Struct


class Advice(Struct, frozen=True):
    """What a fault does, and what to ask instead; the coach praises each of these questions."""

    does: str
    ask: str

    def __str__(self) -> str:
        return f"{self.does}; ask: {self.ask}"


FAULTS = {
    "generalising": Advice("asks what is usual", "When did this last happen?"),
    "hypothetical": Advice(
        "asks about a hypothetical", "What did you do the last time it came up?"
    ),
    "future": Advice("asks for a prediction", "What did you do about it the last time?"),
    "leading": Advice("suggests an answer", "What was that like?"),
    "double-barrelled": Advice("asks two things at once", "What happened first?"),
    "closed": Advice("can end in yes or no", "Tell me about the last time that happened."),
    "out-of-context": Advice(
        "asks for a fact outside any story", "Tell me about the last time you did this."
    ),
    "pitch": Advice("brings in our own idea", "Walk me through the last time you did this."),
    "rating": Advice("asks for a verdict", "What happened when you used it?"),
}
STRENGTHS = ("story-prompt", "timeline", "setting", "follow-up")
QUIET = frozenset({"out-of-context", "rating"})
"""Faults to think about that do not make a question faulty on their own."""


class Utterance(Struct, frozen=True):
    """One sentence said to a participant.

    `context` is the heading above it, or "". `speaker` is "" in a guide.
    """

    line: int
    text: str
    speaker: str = ""
    context: str = ""


class Remark(Struct, frozen=True):
    """A fault, and the words that show it."""

    fault: str
    phrase: str


class Assessment(Struct, frozen=True):
    """An utterance with its remarks or its strengths, never both."""

    utterance: Utterance
    remarks: tuple[Remark, ...] = ()
    strengths: tuple[str, ...] = ()

    @property
    def faulty(self) -> bool:
        """Whether an experienced interviewer would ask differently."""
        return any(remark.fault not in QUIET for remark in self.remarks)
