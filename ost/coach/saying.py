"""What is said to a participant, and what the coach remarks about it."""

from msgspec import Struct

FAULTS = {
    "generalising": "it asks what is usual; when did it last happen, and what happened then?",
    "hypothetical": "it asks what would be; what has happened already?",
    "future": "it asks for a prediction; what have they done about it so far?",
    "leading": "it hands over an answer; how would they put it themselves?",
    "double-barrelled": "it asks two things; which of them first?",
    "closed": "yes or no ends the story; what happened?",
    "out-of-context": "it asks for a fact outside of any story; which time could it be about?",
    "pitch": "it turns the talk to an idea; what do they do today?",
    "rating": "it asks for a verdict; what did they do?",
}
STRENGTHS = ("story-prompt", "timeline", "setting", "follow-up")
QUIET = frozenset({"out-of-context", "rating"})
"""Faults to think about that do not make a question faulty on their own."""


class Said(Struct, frozen=True):
    """One sentence said; `context` is the heading it stands under, and "" where it has none."""

    line: int
    text: str
    speaker: str = ""
    context: str = ""


class Remark(Struct, frozen=True):
    """A fault, and the words that show it."""

    fault: str
    phrase: str


class Heard(Struct, frozen=True):
    """A sentence said and what there is to say about it."""

    said: Said
    remarks: tuple[Remark, ...] = ()
    strengths: tuple[str, ...] = ()
