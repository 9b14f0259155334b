"""Compares names (case, accents, hyphens and spaces) and makes ids from titles."""

import re
from unicodedata import combining, normalize
from unicodedata import name as letter_name

WORDS = 5
"""Most words in an id; a title may be longer."""

LONGEST = 60
"""Most characters in an id."""


def composed(name: str) -> str:
    """A name in Unicode NFC, in which all names are compared."""
    return name if name.isascii() else normalize("NFC", name)


def decomposed(name: str) -> str:
    """A name in Unicode NFD, as some file systems and editors write it."""
    return name if name.isascii() else normalize("NFD", name)


def fold(name: str) -> str:
    """A key that is equal for names people consider the same: it ignores case, spaces, underscores,
    hyphens and how Unicode encodes accents.
    """
    folded = composed(name).casefold().replace("_", " ").replace("-", " ")
    return "-".join(folded.split())


def alphanumeric(name: str) -> str:
    """The letters and digits of a name in lower case."""
    return "".join(each for each in name.casefold() if each.isalnum())


def slug(words: str) -> str:
    """Words as an id: `I have no time!` becomes `i-have-no-time`."""
    plain = unaccented(re.sub(r"['’]", "", words.casefold())).casefold()
    return "-".join(re.findall(r"\w+", plain))


def name(title: str) -> str:
    """The id that a title suggests: its first words in lower case with hyphens, or ""."""
    words = slug(title.replace("_", " ")).split("-")[:WORDS]
    short = "-".join(words)[: LONGEST + 1]
    if len(short) > LONGEST:
        short = short[:LONGEST].rpartition("-")[0] or short[:LONGEST]
    return short.strip("-")


def unaccented(text: str) -> str:
    """The text without accents on Latin letters. Other scripts keep their marks, which are part of
    their letters.
    """
    result: list[str] = []
    latin = False
    for letter in normalize("NFD", text):
        if not combining(letter):
            latin = letter.isascii() or "LATIN" in letter_name(letter, "")
        elif latin:
            continue
        result.append(letter)
    return normalize("NFKC", "".join(result))
