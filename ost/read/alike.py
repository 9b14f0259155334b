"""Which known name a written one can only stand for, or probably stands for."""

from collections.abc import Iterable
from unicodedata import combining, name, normalize

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


def squeezed(name: str) -> str:
    """The name's letters and digits alone, in small letters."""
    return "".join(each for each in name.casefold() if each.isalnum())


def unaccented(text: str) -> str:
    """The text with Latin letters without accents; other scripts keep their marks, which are part
    of their letters.
    """
    made: list[str] = []
    latin = False
    for letter in normalize("NFD", text):
        if not combining(letter):
            latin = letter.isascii() or "LATIN" in name(letter, "")
        elif latin:
            continue
        made.append(letter)
    return normalize("NFKC", "".join(made))


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


LOOSELY = 0.5
"""Enough where a person waits for the answer and can say no."""

NEAR = 0.6
"""So much alike is a name that was probably meant (the ratio of `difflib`)."""


def nearest(written: str, known: Iterable[str], cutoff: float = NEAR) -> str:
    """The known name most like the written one, ignoring case; "" when no name is near."""
    from difflib import get_close_matches  # few runs meet a mistyped name

    names = {name.casefold(): name for name in sorted(known, reverse=True)}
    near = get_close_matches(written.strip().casefold(), names, n=1, cutoff=cutoff)
    return names[near[0]] if near else ""


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?`, to end a message with, or "" when no known name is near."""
    near = alike(written, names := tuple(known)) or nearest(written, names)
    return f"; did you mean {near!r}?" if near else ""
