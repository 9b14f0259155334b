"""Recognises the words of a block in plain text.

Most text holds nothing that takes a parser. For that, `scanned` gives the same as markdown-it-py
(`ost.read.commonmark`) in a tenth of the time, and it refuses whatever it is not certain of. A
property test holds the two together.
"""

from ost.expression import expression
from ost.read.inline import OWN, InlineText, Linked, Stamped, squeezed, take

_UNCERTAIN = expression(
    r"[\\`]|~~|\]\(|<(?![ \n])|&(?=[#A-Za-z])"
    # Emphasis begins and ends in so many ways that only these certainly mean nothing.
    r"|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<! )\*|\*(?! )"
)
_EMPHASIS = expression(
    r"(?<![^ \n])(\*\*?)(?=[A-Za-z0-9])([^*_\\`<&\[\]]*[A-Za-z0-9.!?:])\1(?![^ \n.,;:!?])"
)
_TIME = r"\[((?:[0-9]{1,3}:[0-5]?[0-9]|[0-9]{1,3}):[0-5][0-9])\]"
_LETTER = "A-Za-zÀ-ÖØ-öø-ɏ"
_UNDECORATED = expression(
    rf"(?:{_TIME} )?([{_LETTER}](?:[{_LETTER}0-9 ,.;:?'’%/-]*[{_LETTER}0-9,.;:?'’%])?)(?: {_TIME})?"
)


def undecorated(content: str) -> InlineText | None:
    """What a line says that is words and at most one timestamp, at its beginning or its end; None
    for others, and where there may be anything around the words that is none of them.
    """
    found = _UNDECORATED.fullmatch(content)
    if found is None:
        return None
    first, words, last = found.groups()
    if "  " in words or "--" in words or (first and last):
        return None
    if first:
        return InlineText(words, (), (Stamped(first, 0, len(first) + 2),))
    if last:
        end = len(content)
        return InlineText(words, (), (Stamped(last, end - len(last) - 2, end),))
    return InlineText(words)


def scanned(content: str) -> InlineText | None:
    """What the text says, or None where that takes a parser. There must be no link definitions."""
    if "](" in content or _doubtful(content):
        return _searched(content)
    if "[" not in content and "(" not in content:
        return InlineText(squeezed(content))
    return undecorated(content) or _searched(content, certain=True)


def _doubtful(content: str) -> bool:
    # So many searches for one sign each are quicker than one for a choice of signs.
    return (
        "*" in content
        or "_" in content
        or "<" in content
        or "`" in content
        or "\\" in content
        or "&" in content
        or "~" in content
    )


def _searched(content: str, *, certain: bool = False) -> InlineText | None:
    """What the text says; `certain` if it holds nothing doubtful but what we look for."""
    pieces: list[str] = []
    """Plain text and what is shown for a find, in turn."""
    links: list[Linked] = []
    stamps: list[Stamped] = []
    unseen: list[tuple[int, int]] = []
    position = 0
    for found in OWN.finditer(content):
        start = found.start()
        if content[start - 1 : start + 1] in ("](", "!["):
            return None
        pieces += (content[position:start], take(found, links, stamps, unseen))
        position = found.end()
    pieces.append(content[position:])
    if not certain:
        if "*" in content:
            pieces[::2] = [_EMPHASIS.sub(r"\2", each) for each in pieces[::2]]
        if _UNCERTAIN.search("\x00".join(pieces[::2])):
            return None
    return InlineText(squeezed("".join(pieces)), tuple(links), tuple(stamps), tuple(unseen))
