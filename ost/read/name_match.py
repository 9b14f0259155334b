"""Matches a mistyped name with a known one."""

from collections.abc import Iterable

from ost.read.letters import alphanumeric
from ost.words import nearest, suggestion

SHORTEST = 5
"""Letters of the shortest name that may contain a typo. In a shorter name, one changed letter often
makes another word.
"""


def certain_match(written: str, known: Iterable[str]) -> str:
    """The only known name that differs by case, hyphens and spaces, or else by a plural's s, or
    else by one typo. "" if there is none or more than one.
    """
    names = sorted(set(known))
    word = alphanumeric(written)
    for same in (_same, _plural, _typo):
        near = [each for each in names if same(word, alphanumeric(each))]
        if near:
            return near[0] if len(near) == 1 and word else ""
    return ""


def _same(one: str, other: str) -> bool:
    return one == other


def _plural(one: str, other: str) -> bool:
    return f"{one}s" == other or one == f"{other}s"


def _typo(one: str, other: str) -> bool:
    """Whether one letter is missing, added or replaced, or two neighbouring letters are swapped."""
    if min(len(one), len(other)) < SHORTEST or abs(len(one) - len(other)) > 1:
        return False
    shorter, longer = sorted((one, other), key=len)
    at = next((i for i, each in enumerate(shorter) if each != longer[i]), len(shorter))
    if len(shorter) < len(longer):
        return shorter[at:] == longer[at + 1 :]
    exchanged = longer[:at] + longer[at + 1 : at + 2] + longer[at : at + 1] + longer[at + 2 :]
    return shorter[at + 1 :] == longer[at + 1 :] or shorter == exchanged


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the end of a message, or "" if no known name is similar."""
    return suggestion(certain_match(written, names := tuple(known)) or nearest(written, names))
