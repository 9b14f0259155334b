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


ASKING = frozenset(
    (
        *("interviewer", "moderator", "facilitator", "researcher", "host"),
        *("interviewerin", "moderatorin", "forscher", "forscherin", "onderzoeker"),
        *("entrevistador", "entrevistadora", "moderador", "moderadora", "investigadora"),
        *("intervieweur", "intervieweuse", "enquêteur", "enquêtrice", "animatrice"),
        *("intervistatore", "intervistatrice", "moderatore", "moderatrice"),
    )
)
ANSWERING = frozenset(
    (
        *("participant", "interviewee", "respondent", "user", "customer", "client", "guest"),
        *("teilnehmer", "teilnehmerin", "kunde", "kundin", "befragte", "befragter", "proband"),
        *("probandin", "nutzer", "nutzerin", "deelnemer", "geïnterviewde", "participante"),
        *("entrevistado", "entrevistada", "usuario", "usuaria", "usuário", "cliente"),
        *("interviewé", "interviewée", "enquêté", "enquêtée", "utilisateur", "utilisatrice"),
        *("intervistato", "intervistata", "utente"),
    )
)
"""What those who ask and those who answer are called where they have no name, in English, German,
Dutch, Spanish, Portuguese, French and Italian."""


def speaker_key(name: str) -> str:
    """A speaker's name as it is compared: small letters, without marks around it."""
    return " ".join(name.split()).strip(" -*_").casefold()
