"""The turns of a transcript."""

from msgspec import Struct

from ost.read.place import Place


class Turn(Struct, frozen=True, array_like=True, gc=False):
    """What one speaker said until the next cue or speaker. `speaker` is "" when no one is named.

    `start` and `end` are seconds of the recording, None where the transcript gives no times.
    `text` is without markup, speaker and times, on one line; `at` covers it in the transcript's
    file.
    """

    speaker: str
    start: float | None
    end: float | None
    text: str
    at: Place


class Transcript(Struct, frozen=True, array_like=True):
    """A transcript's turns, in the order written."""

    turns: tuple[Turn, ...]

    @property
    def length(self) -> float | None:
        """The last second that a turn reaches; None without times."""
        ends = [each for turn in self.turns for each in (turn.start, turn.end) if each is not None]
        return max(ends, default=None)


ASKING = frozenset(("interviewer", "moderator", "facilitator", "researcher", "host"))
ANSWERING = frozenset(
    ("participant", "interviewee", "respondent", "user", "customer", "client", "guest")
)
"""What those who ask and those who answer are called where they have no name."""


def speaker_key(name: str) -> str:
    """A speaker's name as it is compared: small letters, without marks around it."""
    return " ".join(name.split()).strip(" -*_").casefold()
