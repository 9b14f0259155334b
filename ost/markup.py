"""What Markdown is beyond CommonMark, alike for whoever reads it (`ost.read`) and whoever shows it
(`ost.render`).

HTML tags that format words or lay them out are shown so, as forges do, and add no words; what they
carry besides is left out. Any other tag is words, as it is written: it says something itself (an
address, a script), or it is not HTML (`<name>`).
"""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.html_re import close_tag, open_tag
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from ost.tables import cell_words, ruled

_TAG = re.compile(f"(?:{open_tag}|{close_tag})")
_NAME = re.compile(r"[a-zA-Z0-9-]+")
_SHOWN = "b strong i em u s del ins sub sup kbd mark small q cite abbr var samp code"
_INSIDE = "span font tt big strike bdi bdo ruby rt rp wbr time dfn"
"""Inside of a line; they are left out."""
_BETWEEN = (
    "p div center details summary hr ul ol li dl dt dd table thead tbody tfoot tr td th caption"
    " h1 h2 h3 h4 h5 h6 blockquote pre figure figcaption section article header footer aside"
    " main nav"
)
"""Between words; a blank stands for them."""
_KNOWN = {
    "br": "hardbreak",
    **dict.fromkeys(_SHOWN.split(), "format"),
    **dict.fromkeys(_INSIDE.split(), "nothing"),
    **dict.fromkeys(_BETWEEN.split(), "softbreak"),
}


def tag(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """A tag of these: a break, or a `format` or `nothing`, which has no words."""
    if not state.src.startswith("<", state.pos):
        return False
    found = _TAG.match(state.src, state.pos, state.posMax)
    name = _NAME.search(found[0]) if found else None
    type_ = _KNOWN.get(name[0].lower(), "") if name else ""
    if found is None or name is None or not type_:
        return False
    if not silent:
        token = state.push(type_, name[0].lower() if type_ == "format" else "", 0)
        token.meta["ends"] = found[0].startswith("</")
    state.pos = found.end()
    return True


def pairs(state: StateCore) -> None:
    """Leaves of formats those that begin and end among the same words."""
    for block in state.tokens:
        if block.children and any("ends" in each.meta for each in block.children):
            block.children = _paired(block.children)


def _paired(tokens: Sequence[Token]) -> list[Token]:
    begun: list[Token | None] = []
    """The formats around a token; None for what Markdown begins."""
    for token in tokens:
        if token.nesting > 0:
            begun.append(None)
        elif token.nesting < 0:
            while begun.pop() is not None:
                pass
        elif token.type == "format" and not token.meta["ends"]:
            begun.append(token)
        elif token.type == "format":
            _pair(begun, token)
    return [each for each in tokens if each.type not in {"format", "nothing"}]


_DEEPEST = 20
"""So many formats around a word are looked at, so that time grows no faster than the text."""


def _pair(begun: list[Token | None], end: Token) -> None:
    """Ends the last format of that name, and those that began in it."""
    for number in range(len(begun) - 1, max(len(begun) - _DEEPEST, 0) - 1, -1):
        begin = begun[number]
        if begin is None:
            return
        if begin.tag == end.tag:
            begin.type = end.type = "formatted"
            begin.nesting, end.nesting = 1, -1
            del begun[number:]
            return


def _as_it_stands(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Content nested too deeply, as one paragraph: markdown-it would drop it."""
    if state.level < state.md.options.maxNesting - ROOM:
        return False
    if not silent:
        state.push("paragraph_open", "p", 1).map = [first, last]
        words = state.push("inline", "", 0)
        words.content = state.getLines(first, last, state.blkIndent, False).strip()  # noqa: FBT003
        words.map, words.children = [first, last], []
        state.push("paragraph_close", "p", -1)
        state.line = last
    return True


OWN, OWN_END = "\u2e28", "\u2e29"
"""Around what stands for our own notation in a text that is shown: brackets that no one writes."""
_NO_ADDRESS = re.compile(
    r"\[(?:[^\\\]]|\\.){0,1000}+\]:[ \t]*\n?[> \t\u00a0]*+(?!<)"
    rf"(?:[\[(]|[^ \t\n]*?(?:\[\[|{OWN}))",
    re.DOTALL,
)


def definition(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """The definition of a link. `[^1]: words` is a footnote, whose words are words, and so is our
    own notation, which is not an address: `[x]: [[id]]`.
    """
    begin = state.bMarks[first] + state.tShift[first]
    if state.src.startswith("[^", begin) or _NO_ADDRESS.match(state.src, begin):
        return False
    return reference(state, first, last, silent)


def table(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """A table, wherever `ost.read` finds one in a paragraph: up to the end of the paragraph, with
    all cells of each row.
    """
    if not _begins_table(state, first, last):
        return False
    if silent:
        return True
    end = _end_of_paragraph(state, first + 2, last)
    state.push("table_open", "table", 1).map = [first, end]
    _push_rows(state, "thead", "th", range(first, first + 1))
    if end > first + 2:
        _push_rows(state, "tbody", "td", range(first + 2, end))
    state.push("table_close", "table", -1)
    state.line = end
    return True


def _ends_quote(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """A table below a quote is not in it."""
    return silent and _begins_table(state, first, last)


def _begins_table(state: StateBlock, first: int, last: int) -> bool:
    """Whether a line is the first of a table: a ruled line that could not be a list is next."""
    return (
        state.src.find("|", state.bMarks[first], state.eMarks[first]) >= 0
        and first + 1 < last
        and not state.is_code_block(first)
        and ruled(f"{_line(state, first)}\n{_line(state, first + 1)}") is not None
        and _end_of_paragraph(state, first + 1, first + 2) > first + 1
    )


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _end_of_paragraph(state: StateBlock, line: int, last: int) -> int:
    """The first line from one on with which markdown-it would end a paragraph."""
    ends = [each for each in state.md.block.ruler.getRules("paragraph") if each is not table]
    parent, state.parentType = state.parentType, "paragraph"
    while line < last and not state.isEmpty(line):
        inside = state.is_code_block(line) or state.sCount[line] < 0
        if not inside and any(each(state, line, last, True) for each in ends):  # noqa: FBT003
            break
        line += 1
    state.parentType = parent
    return line


def _push_rows(state: StateBlock, part: str, cell: str, lines: range) -> None:
    state.push(f"{part}_open", part, 1)
    for line in lines:
        state.push("tr_open", "tr", 1).map = [line, line + 1]
        for words in cell_words(_line(state, line)):
            state.push(f"{cell}_open", cell, 1)
            inline = state.push("inline", "", 0)
            inline.content, inline.map, inline.children = words, [line, line + 1], []
            state.push(f"{cell}_close", cell, -1)
        state.push("tr_close", "tr", -1)
    state.push(f"{part}_close", part, -1)


def set_blocks(parser: MarkdownIt) -> None:
    """Sets what blocks are, for whoever reads Markdown and whoever shows it."""
    parser.block.ruler.before("code", "as_it_stands", _as_it_stands)
    parser.block.ruler.at("reference", definition)
    parser.block.ruler.before("paragraph", "table_below", _ends_quote, {"alt": ["blockquote"]})


ROOM = 3
"""The levels that a list with a paragraph takes."""
