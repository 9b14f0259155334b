"""Comments, which are for the writers alone: `<!-- … -->` and Obsidian's `%% … %%`.

Each is replaced by blanks of the same length, so that whatever else the text says keeps its place.
Code holds no comments. One that never ends hides the rest of the text: it is better to
show too little, and to say so, than to show what was hidden.
"""

import re

from msgspec import Struct

from ost.expression import expression

NARROW = "\u00a0"
"""A blank that Markdown does not take for indentation: it stands for a comment at the beginning of
a line or an item on which words follow."""

_TOKEN = expression(
    r"^(?:[ \t>]|[-*+] |\d{1,9}[.)] )*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})"
    r"|(?P<tick>`+)|(?P<slash>\\[\\`<%])|(?P<html><!--)|(?P<percent>%%)",
    re.MULTILINE,
)
_TICKS = expression(r"`+")
_BEFORE = expression(r"(?:[ \t>\u00a0]|[-*+] |\d{1,9}[.)] |#{1,6} )*")
_FOLLOWS = expression(r"[ \t]*[^\s]")


class Hidden(Struct, frozen=True):
    """The text without its comments, and where one begins that never ends (None if all end)."""

    text: str
    unclosed: int | None = None


def hidden(text: str) -> Hidden:
    """The text with every comment blanked out."""
    return _Scan(text).hidden() if "<!--" in text or "%%" in text else Hidden(text)


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraph = -1
        """Where the paragraph ends in which code was looked for last."""

    def hidden(self) -> Hidden:
        pieces: list[str] = []
        copied = at = 0
        while (found := _TOKEN.search(self.text, at)) is not None:
            at = found.end()
            match found.lastgroup:
                case "fence":
                    at = self._end_of_fence(found["fence"], at)
                case "tick":
                    at = self._end_of_code(len(found["tick"]), at)
                case "html" | "percent":
                    begin, end = found.start(), self._end_of_comment(found)
                    if end is None:
                        continue
                    whole = len(self.text) if end < 0 else end
                    pieces += (self.text[copied:begin], self._blanks(begin, whole))
                    if end < 0:
                        return Hidden("".join(pieces), begin)
                    copied = at = end
        return Hidden("".join([*pieces, self.text[copied:]]))

    def _end_of_fence(self, mark: str, at: int) -> int:
        """Where a block of code ends; one that is never closed takes the rest."""
        closing = re.compile(rf"^[ \t>]*{re.escape(mark)}{mark[0]}*[ \t]*$", re.MULTILINE)
        found = closing.search(self.text, at)
        return found.end() if found else len(self.text)

    def _end_of_code(self, ticks: int, at: int) -> int:
        """Where a code span ends: at as many backticks, in the same paragraph; else there is
        none.
        """
        if self.paragraph < at:
            stop = self.text.find("\n\n", at)
            self.paragraph = stop if stop >= 0 else len(self.text)
        for closing in _TICKS.finditer(self.text, at, self.paragraph):
            if len(closing[0]) == ticks:
                return closing.end()
        return at

    def _end_of_comment(self, found: re.Match[str]) -> int | None:
        """Where a comment ends; -1 when it never does, None when it is none."""
        begin, after = found.span()
        if found.lastgroup == "html":
            if self.text.startswith((">", "->"), after):  # HTML ends such a comment at once
                return self.text.index(">", after) + 1
            end = self.text.find("-->", after)
            return -1 if end < 0 else end + 3
        if begin and self.text[begin - 1].isdigit():  # `100%%`
            return None
        end = self.text.find("%%", after)
        if end >= 0:
            return end + 2
        return -1 if not begin or self.text[begin - 1].isspace() else None

    def _blanks(self, begin: int, end: int) -> str:
        """Blanks for a comment, its ends of lines kept."""
        lines = self.text[begin:end].split("\n")
        made = [" " * len(each) for each in lines]
        if _FOLLOWS.match(self.text, end):
            start = self.text.rfind("\n", 0, begin) + 1
            if len(lines) > 1 or _BEFORE.fullmatch(self.text, start, begin):
                made[-1] = NARROW * len(lines[-1])
        return "\n".join(made)
