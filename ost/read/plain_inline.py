"""Reads the text of a block that needs no Markdown parser.

Most text is plain. For it, `scan` returns the same as markdown-it-py (`ost.read.commonmark`) in a
tenth of the time. It returns None whenever it is not certain. A property test compares the two.
"""

from ost.expression import expression
from ost.read.inline import (
    IN_BRACKETS,
    OWN,
    InlineLink,
    InlineStamp,
    InlineText,
    collapse_spaces,
    collect,
)

_UNCERTAIN = expression(
    r"[\\`]|~~|\]\(|<(?![ \n])|&(?=#|[A-Za-z][A-Za-z0-9]*;)"
    # Emphasis has so many forms that only these certainly mean nothing.
    r"|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<! )\*|\*(?! )"
)
_EMPHASIS = expression(
    r"(?<![^ \n])(\*\*?|__?)(?=[^\W_])([^*_\\`<&\[\]]*(?:[^\W_]|[.!?:]))\1(?![^ \n.,;:!?])"
)
_TIME = r"\[((?:[0-9]{1,3}:[0-5]?[0-9]|[0-9]{1,3}):[0-5][0-9])\]"
_SIGNS = r"#()*<=>@\[\\\]^_`{|}~&"
"""What may be more than plain words."""
_UNDECORATED = expression(
    rf"(?:{_TIME} |\[\[([^\W\d_][\w-]*)\]\] )?"
    # `(?>…)` does not try shorter words, because what follows would not fit them either.
    rf"((?>[^\W\d_](?:[^{_SIGNS}]*[^{_SIGNS} ])?))"
    rf"(?: {_TIME})?"
)


def plain_line(content: str) -> InlineText | None:
    """A line of plain words that start with a letter, with at most one timestamp, before or after
    them, and at most one link, before them. None for any other line.
    """
    found = _UNDECORATED.fullmatch(content)
    if found is None:
        return None
    first, name, words, last = found.groups()
    if "  " in words or not words.isprintable() or (first and last):
        return None
    if not (first or name or last):
        return InlineText(words)
    links: tuple[InlineLink, ...] = ()
    stamps: tuple[InlineStamp, ...] = ()
    if name:
        words = f"{name} {words}"
        links = (InlineLink("wiki", name, "", "", 0, len(name) + 4, 2, len(name) + 2),)
    if first:
        stamps = (InlineStamp(first, 0, len(first) + 2),)
    elif last:
        end = len(content)
        stamps = (InlineStamp(last, end - len(last) - 2, end),)
    return InlineText(words, links, stamps)


def scan(content: str) -> InlineText | None:
    """The text with its links and timestamps, or None if it needs a parser. Requires that there are
    no link definitions.
    """
    parenthesis = "(" in content
    if (parenthesis and "](" in content) or _may_have_markup(content):
        return _search(content)
    if not parenthesis and "[" not in content:
        return InlineText(collapse_spaces(content))
    return plain_line(content) or _search(content, certain=True)


def _may_have_markup(content: str) -> bool:
    # Several searches for one character are faster than one search for any of them.
    return (
        "*" in content
        or "_" in content
        or "<" in content
        or "`" in content
        or "\\" in content
        or "&" in content
        or "~" in content
    )


def _search(content: str, *, certain: bool = False) -> InlineText | None:
    """Searches for our own notation. `certain` means the text has no other markup."""
    pieces: list[str] = []
    """Plain text and the words shown for each match, alternating."""
    links: list[InlineLink] = []
    stamps: list[InlineStamp] = []
    unseen: list[tuple[int, int]] = []
    position = 0
    mixed = "(" in content or "!" in content or "<" in content
    for found in (OWN if mixed else IN_BRACKETS).finditer(content):
        start, end = found.span()
        if mixed and content[start - 1 : start + 1] in ("](", "!["):
            return None
        pieces += (content[position:start], collect(found, links, stamps, unseen))
        position = end
    pieces.append(content[position:])
    if not certain:
        if "*" in content or "_" in content:
            pieces[::2] = [_EMPHASIS.sub(r"\2", each) for each in pieces[::2]]
        if _UNCERTAIN.search("\x00".join(pieces[::2])):
            return None
    return InlineText(collapse_spaces("".join(pieces)), tuple(links), tuple(stamps), tuple(unseen))
