"""Finds the known name that a written one certainly or probably means."""

from collections.abc import Iterable

from ost.read.letters import squeezed
from ost.words import nearest, suggestion

SHORTEST = 5
"""So many letters make it unlikely that another word was meant after one slip."""


def alike(written: str, known: Iterable[str]) -> str:
    """The one known name that differs only by case, hyphens and blanks; else by a plural's s; else
    by one slip of the hand. "" when there is none, or more than one.
    """
    names = sorted(set(known))
    word = squeezed(written)
    for same in (_same, _plural, _slip):
        near = [each for each in names if same(word, squeezed(each))]
        if near:
            return near[0] if len(near) == 1 and word else ""
    return ""


def _same(one: str, other: str) -> bool:
    return one == other


def _plural(one: str, other: str) -> bool:
    return f"{one}s" == other or one == f"{other}s"


def _slip(one: str, other: str) -> bool:
    """Whether a letter is missing, too much or another one, or two neighbours are exchanged."""
    if min(len(one), len(other)) < SHORTEST or abs(len(one) - len(other)) > 1:
        return False
    shorter, longer = sorted((one, other), key=len)
    at = next((i for i, each in enumerate(shorter) if each != longer[i]), len(shorter))
    if len(shorter) < len(longer):
        return shorter[at:] == longer[at + 1 :]
    exchanged = longer[:at] + longer[at + 1 : at + 2] + longer[at : at + 1] + longer[at + 2 :]
    return shorter[at + 1 :] == longer[at + 1 :] or shorter == exchanged


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?`, to end a message with, or "" when no known name is near."""
    return suggestion(alike(written, names := tuple(known)) or nearest(written, names))
