"""A transcript and its turns."""

from msgspec import Struct

from ost.read.place import Place


class Turn(Struct, frozen=True, array_like=True, gc=False):
    """What one speaker says until the next cue or speaker. `speaker` is "" if no one is named.

    `start` and `end` are seconds of the recording, or None in a transcript without times. `text` is
    one line without markup, speaker and times; `at` is its place in the transcript's file.
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
        """The last second that any turn reaches, or None without times."""
        ends = [each for turn in self.turns for each in (turn.start, turn.end) if each is not None]
        return max(ends, default=None)


INTERVIEWER_LABELS = frozenset(
    (
        *("interviewer", "moderator", "facilitator", "researcher", "host"),
        *("interviewerin", "moderatorin", "forscher", "forscherin", "onderzoeker"),
        *("entrevistador", "entrevistadora", "moderador", "moderadora", "investigadora"),
        *("intervieweur", "intervieweuse", "enquêteur", "enquêtrice", "animatrice"),
        *("intervistatore", "intervistatrice", "moderatore", "moderatrice"),
    )
)
PARTICIPANT_LABELS = frozenset(
    (
        *("participant", "interviewee", "respondent", "user", "customer", "client", "guest"),
        *("teilnehmer", "teilnehmerin", "kunde", "kundin", "befragte", "befragter", "proband"),
        *("probandin", "nutzer", "nutzerin", "deelnemer", "geïnterviewde", "participante"),
        *("entrevistado", "entrevistada", "usuario", "usuaria", "usuário", "cliente"),
        *("interviewé", "interviewée", "enquêté", "enquêtée", "utilisateur", "utilisatrice"),
        *("intervistato", "intervistata", "utente"),
    )
)
"""What transcripts call interviewers and participants who have no name, in English, German, Dutch,
Spanish, Portuguese, French and Italian."""


def speaker_key(name: str) -> str:
    """A speaker's name for comparison: lower case, without surrounding punctuation."""
    return " ".join(name.split()).strip(" -*_").casefold()
