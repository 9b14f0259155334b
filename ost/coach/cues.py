"""A cue: words that mark a class of questions, and the source that teaches it."""

import re

from msgspec import Struct

BEFORE, AFTER = r"(?<!\w)(?:", r")(?!\w)"


def words(*alternatives: str) -> re.Pattern[str]:
    """Whole words, in any case, with either apostrophe; every alternative is bounded in length."""
    plain = "|".join(alternatives).replace("'", "['’]")
    return re.compile(BEFORE + plain + AFTER, re.IGNORECASE)


class Cue(Struct, frozen=True):
    """The words that mark a class, the words that exempt from it, and the source."""

    name: str
    source: str
    pattern: re.Pattern[str]
    but: re.Pattern[str] | None = None

    def found(self, text: str) -> str:
        """The marking words in a text; "" without any."""
        found = self.pattern.search(text)
        if found is None or not found[0] or (self.but is not None and self.but.search(text)):
            return ""
        return found[0]
