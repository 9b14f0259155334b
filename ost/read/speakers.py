"""The participants and interviewers of an interview."""

from collections.abc import Container, Iterator
from functools import lru_cache

from ost.expression import expression
from ost.read.body import SpeakerNames
from ost.read.decoration import person_key
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.document import Field
from ost.read.place import Place
from ost.read.value import scalars

ASKED = "OST041"

_PARTICIPANTS = ("participant", "participants")
_INTERVIEWERS = ("interviewer", "interviewers", "moderator")
_SEPARATOR = expression(r"[,;&/+]|\band\b|\bund\b|\bet\b")


def speakers(fields: tuple[Field, ...]) -> SpeakerNames:
    """The names of participants and interviewers in front matter."""
    return SpeakerNames(_Names(fields, _INTERVIEWERS), _Names(fields, _PARTICIPANTS))


class _Names(Container[str]):
    """The names in some fields, as `person_key` writes them. Most texts never ask for one."""

    __slots__ = ("_fields", "_keys", "_names")

    def __init__(self, fields: tuple[Field, ...], keys: tuple[str, ...]) -> None:
        self._fields, self._keys = fields, keys
        self._names: frozenset[str] | None = None

    def __contains__(self, name: object) -> bool:
        if self._names is None:
            names = _field_names(self._fields, self._keys)
            self._names = frozenset(person_key(each) for each in names)
        return name in self._names


def interviewer_quote(at: Place) -> Diagnostic:
    """The warning about a quote of the interviewer."""
    message = "the label names the interviewer, so this does not count as a quote"
    return Diagnostic(path="", at=at, code=ASKED, message=message, severity=Severity.WARNING)


@lru_cache(maxsize=1024)
def split_names(written: str) -> tuple[str, ...]:
    """Splits a text that names several people."""
    found = (" ".join(each.strip(" []\"'").split()) for each in _SEPARATOR.split(written))
    return tuple(dict.fromkeys(each for each in found if each))


def _field_names(fields: tuple[Field, ...], names: tuple[str, ...]) -> Iterator[str]:
    for field in fields:
        if field.name.casefold() in names:
            for scalar in scalars(field.value):
                yield scalar.text
                yield from split_names(scalar.text)
