"""Compares and spells names: case, accents, hyphens and blanks, and ids made from words."""

import re
from unicodedata import combining, normalize
from unicodedata import name as letter_name

WORDS = 5
"""Words of an id; a title may be longer."""

LONGEST = 60
"""Letters of an id."""


def composed(name: str) -> str:
    """A name with every accent in one sign with its letter, as all names are compared."""
    return name if name.isascii() else normalize("NFC", name)


def decomposed(name: str) -> str:
    """A name with every accent in a sign of its own, as some file systems and editors write it."""
    return name if name.isascii() else normalize("NFD", name)


def fold(name: str) -> str:
    """Names that people consider the same: case, spaces, underscores and the way in which Unicode
    writes an accent do not count.
    """
    folded = composed(name).casefold().replace("_", " ").replace("-", " ")
    return "-".join(folded.split())


def squeezed(name: str) -> str:
    """The name's letters and digits alone, in small letters."""
    return "".join(each for each in name.casefold() if each.isalnum())


def slug(words: str) -> str:
    """Words as an id: `I have no time!` is `i-have-no-time`."""
    plain = unaccented(re.sub(r"['’]", "", words.casefold())).casefold()
    return "-".join(re.findall(r"\w+", plain))


def name(title: str) -> str:
    """The id that a title suggests: its first words, in small letters, with hyphens; "" for
    none.
    """
    words = slug(title.replace("_", " ")).split("-")[:WORDS]
    short = "-".join(words)[: LONGEST + 1]
    if len(short) > LONGEST:
        short = short[:LONGEST].rpartition("-")[0] or short[:LONGEST]
    return short.strip("-")


def unaccented(text: str) -> str:
    """The text with Latin letters without accents; other scripts keep their marks, which are part
    of their letters.
    """
    made: list[str] = []
    latin = False
    for letter in normalize("NFD", text):
        if not combining(letter):
            latin = letter.isascii() or "LATIN" in letter_name(letter, "")
        elif latin:
            continue
        made.append(letter)
    return normalize("NFKC", "".join(made))
