"""Who speaks in an interview: its participants and its interviewers."""

from collections.abc import Iterator
from functools import lru_cache

from ost.expression import expression
from ost.read.decoration import person
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.document import Field
from ost.read.markdown import NamedPeople
from ost.read.place import Place
from ost.read.value import scalars

ASKED = "OST041"

_THEIRS = ("participant", "participants")
_OURS = ("interviewer", "interviewers", "moderator")
_JOINT = expression(r"[,;&/+]|\band\b|\bund\b|\bet\b")


def speakers(fields: tuple[Field, ...]) -> NamedPeople:
    """The names that front matter gives."""
    return NamedPeople(
        frozenset(person(each) for each in _named(fields, _OURS)),
        frozenset(person(each) for each in _named(fields, _THEIRS)),
    )


def asked(at: Place) -> Diagnostic:
    """The remark on a quote that is the interviewer's."""
    message = "the label names the interviewer, so this does not count as a quote"
    return Diagnostic(path="", at=at, code=ASKED, message=message, severity=Severity.WARNING)


@lru_cache(maxsize=1024)
def several(written: str) -> tuple[str, ...]:
    """Each of the people whom one text names."""
    found = (" ".join(each.strip(" []\"'").split()) for each in _JOINT.split(written))
    return tuple(dict.fromkeys(each for each in found if each))


def _named(fields: tuple[Field, ...], names: tuple[str, ...]) -> Iterator[str]:
    for field in fields:
        if field.name.casefold() in names:
            for scalar in scalars(field.value):
                yield scalar.text
                yield from several(scalar.text)
