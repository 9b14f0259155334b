"""How names are compared and spelt: case, accents, hyphens and blanks, and ids made from words."""

import re
from unicodedata import combining, name, normalize


def composed(name: str) -> str:
    """A name with every accent in one sign with its letter, as all names are compared."""
    return name if name.isascii() else normalize("NFC", name)


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
