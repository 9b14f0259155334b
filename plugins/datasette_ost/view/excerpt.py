"""The place in a text at which words were found, and these words marked."""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from datasette_ost.file.full_text import BEGIN, END

_WORDS = 28
"""As many words as an excerpt has."""

_BEFORE = 6
"""How many of them come before the first that was found."""

_FOUND = re.compile(f"{BEGIN}(.*?){END}", re.DOTALL)


def found_in(highlighted: str) -> set[str]:
    """The words that the index has marked in a text."""
    return set(_FOUND.findall(highlighted))


def excerpt(text: str, found: Iterable[str]) -> str:
    """The surroundings of the first word that was found, with all that were between marks; "" if
    there is none.
    """
    wanted = "|".join(re.escape(each) for each in sorted(found, key=len, reverse=True))
    hit = re.search(rf"(?<!\w)(?:{wanted})(?!\w)", text) if wanted else None
    if hit is None:
        return ""
    words = list(re.finditer(r"\S+", text))
    at = next(number for number, each in enumerate(words) if each.end() > hit.start())
    first = max(0, min(at - _BEFORE, len(words) - _WORDS))
    last = min(len(words), first + _WORDS)
    piece = text[words[first].start() : words[last - 1].end()]
    shown = re.sub(rf"(?<!\w)(?:{wanted})(?!\w)", rf"{BEGIN}\g<0>{END}", piece)
    return f"{'…' if first else ''}{shown}{'…' if last < len(words) else ''}"


def marked(text: str) -> Markup:
    """Text with the words that were found marked: escaped first, so that content is never HTML."""
    safe = str(escape(text))
    parts = safe.split(BEGIN)
    made = [parts[0].replace(END, "")]
    for part in parts[1:]:
        hit, closed, rest = part.partition(END)
        made.append(f"<mark>{hit}</mark>{rest.replace(END, '')}" if closed else hit)
    return Markup("".join(made))  # noqa: S704 - escaped above
