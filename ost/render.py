"""Markdown to HTML that is safe to show: no script in a link, nothing loaded, no HTML of the text
but tags that only format it (`ost.markup`).

It does not search for links or timestamps: it receives their places (`ost.notation`), and the
caller decides where they lead. This module knows no files and no database.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from ost.markup import OWN, OWN_END, pairs, set_blocks, table, tag
from ost.notation import (
    CALLOUT,
    PLAIN,
    LinkMark,
    Notation,
    SilentMark,
    StampMark,
    normalize_bullets,
)
from ost.recording import clock

Mark = LinkMark | StampMark | SilentMark

Resolve = Callable[[str], str | None]
"""Returns the address of a node's page, by the node's id."""

Play = Callable[[int], str | None]
"""Returns the address that plays a second of the recording."""


def _nowhere(_: object) -> None:
    return None


_OUTSIDE = ("http", "https", "mailto")


_SIGN = "\ue000"
"""Around the number of a mark, which takes its place while Markdown is parsed: a character that no
text uses. Around all but addresses are brackets that no rule of Markdown knows.
"""
_STANDS = re.compile(f"{OWN}?{_SIGN}(\\d+){_SIGN}{OWN_END}?")


def render(
    text: str, notation: Notation = PLAIN, *, resolve: Resolve = _nowhere, play: Play = _nowhere
) -> str:
    """The text as HTML without its title. Links that lead nowhere become plain words."""
    parsed = _parsed(text, notation)
    return _html(parsed, parsed.tokens, resolve, play)


def render_parts(
    text: str,
    notation: Notation = PLAIN,
    *,
    resolve: Resolve = _nowhere,
    play: Play = _nowhere,
    hidden: Collection[int] = (),
) -> Iterator[tuple[int, str]]:
    """The text before the first heading and under each, as HTML without the heading; each with
    the line of its heading in the text, from 0, or -1.

    Blocks that begin in one of the lines `hidden` are left out below a heading: they are shown
    elsewhere.
    """
    parsed = _parsed(text, notation)
    line, begin, tokens = -1, 0, parsed.tokens
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and not token.level and token.map:
            yield (
                line,
                _html(parsed, _without_hidden(tokens[begin:index], line, hidden), resolve, play),
            )
            line, begin = token.map[0], index + _HEADING
    yield line, _html(parsed, _without_hidden(tokens[begin:], line, hidden), resolve, play)


_BLOCKS = frozenset(("paragraph_open", "blockquote_open", "tr_open"))
"""What may be told as a whole: a paragraph, also an item's, a quote, a row of a table."""


def _without_hidden(
    tokens: Sequence[Token], heading: int, hidden: Collection[int]
) -> Sequence[Token]:
    """The tokens below a heading without blocks that begin in lines that are told, and without
    lists and tables of nothing else. A heading that is told has told the paragraphs below it.
    """
    if heading < 0 or not hidden:
        return tokens
    kept: list[Token] = []
    begun: list[int] = []
    inside = 0
    for token in tokens:
        if inside:
            inside += token.nesting
        elif token.nesting > 0 and _is_shown(token, heading, hidden):
            inside = 1
        else:
            if token.nesting > 0:
                begun.append(len(kept))
            kept.append(token)
            if token.nesting < 0:
                begin = begun.pop()
                if _is_empty(kept[begin:]):
                    del kept[begin:]
    return kept


def _is_shown(token: Token, heading: int, hidden: Collection[int]) -> bool:
    if token.type not in _BLOCKS or not token.map:
        return False
    below = token.type == "paragraph_open" and not token.level and heading in hidden
    return below or token.map[0] in hidden


def _is_empty(block: Sequence[Token]) -> bool:
    """Whether nothing is left between the tokens that begin and end a block, or of a table its
    head alone.
    """
    if block[0].type == "table_open":
        return all(token.type != "td_open" for token in block)
    return len(block) == _ENDS


_ENDS = 2


def plain(text: str, notation: Notation = PLAIN) -> str:
    """The words that `render` shows, on one line."""
    words: list[str] = []
    for token in _parsed(text, notation).tokens:
        words += [" "] if token.children is None else map(_shown, token.children)
        if token.children is None:
            words.append(token.content)
    return " ".join("".join(words).split())


def first_paragraph(text: str, notation: Notation = PLAIN) -> str:
    """The words of the first paragraph that is in no list and no quote, on one line; "" without."""
    tokens = _parsed(text, notation).tokens
    for token, words in pairwise(tokens):
        if token.type == "paragraph_open" and not token.level:
            words_shown = " ".join("".join(map(_shown, words.children or ())).split())
            if words_shown:
                return words_shown
    return ""


def alternative(picture: Token) -> str:
    """The words that stand for a picture."""
    return "".join(map(_shown, picture.children or ()))


def _shown(token: Token) -> str:
    """The words of a part of a paragraph."""
    if token.type == "image":
        return alternative(token)
    if token.type == "own":  # of the reading, where a picture holds no links
        return str(token.meta["found"][0])
    mark = token.meta.get("mark")
    if isinstance(mark, LinkMark):
        return mark.words or mark.node or token.content
    if isinstance(mark, StampMark):
        return clock(mark.second)
    return " " if token.type in {"softbreak", "hardbreak"} else token.content


_HEADING = 3
"""Tokens per heading: opening, words, closing."""


class _Parsed(NamedTuple):
    tokens: tuple[Token, ...]
    marks: tuple[Mark, ...]


@lru_cache(maxsize=1024)
def _parsed(text: str, notation: Notation) -> _Parsed:
    placed, marks = _place(normalize_bullets(text.replace("\ue000", "\ufffd")), notation)
    if "[!" in placed:
        placed = CALLOUT.sub(lambda each: each[1] + _head(each["title"]), placed)
    written = tuple(text[each.start : each.end] for each in marks)
    tokens = _MARKDOWN.parse(placed, {"marks": marks, "written": written})
    if any("\n" in each for each in written):
        _restore_lines(tokens, placed, written)
    title = text.count("\n", 0, notation.title[0]) if notation.title else -1
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and not token.level and token.map and token.map[0] == title:
            del tokens[index : index + _HEADING]
            break
    return _Parsed(tuple(tokens), marks)


def _restore_lines(tokens: Sequence[Token], placed: str, written: Sequence[str]) -> None:
    """Counts the lines of marks that span several; in the parsed text, each stands on one."""
    above, taken = [], 0
    for line in (*placed.split("\n"), ""):
        above.append(taken)
        taken += sum(written[int(each[1])].count("\n") for each in _STANDS.finditer(line))
    for token in tokens:
        token.map = [line + above[line] for line in token.map] if token.map else None


def _head(title: str | None) -> str:
    """What a callout begins with: a title, or nothing."""
    return f"\u00a0{title}" if title else ""


def _place(text: str, notation: Notation) -> tuple[str, tuple[Mark, ...]]:
    """The text with a number in place of each mark, and the marks."""
    own: list[Mark] = [*notation.links, *notation.stamps, *notation.silent]
    found = [
        *((each, OWN, OWN_END) for each in own),
        *((each, "", "") for each in notation.addresses),
    ]
    if not found:
        return text, ()
    found.sort(key=lambda each: each[0].start)
    pieces: list[str] = []
    marks: list[Mark] = []
    done = 0
    for mark, before, behind in found:
        if done <= mark.start < mark.end <= len(text):  # a file from elsewhere may say anything
            stands = f"{before}{_SIGN}{len(marks)}{_SIGN}{behind}"
            pieces.append(f"{text[done : mark.start]}{stands}")
            marks.append(mark)
            done = mark.end
    return "".join((*pieces, text[done:])), tuple(marks)


def _html(parsed: _Parsed, tokens: Sequence[Token], resolve: Resolve, play: Play) -> str:
    env = {"marks": parsed.marks, "resolve": resolve, "play": play}
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, env))


def _marks(state: StateCore) -> None:
    """Restores the marks in words, and the original text of the others."""
    if not state.env.get("marks"):
        return
    marks, written = state.env["marks"], state.env["written"]

    def back(text: str) -> str:
        return _STANDS.sub(lambda found: str(written[int(found[1])]), text)

    for block in state.tokens:
        if block.children is None:
            block.content, block.info = back(block.content), back(block.info)
        elif _SIGN in block.content:
            block.children = [
                part for each in block.children for part in _parted(each, marks, back)
            ]


def _parted(token: Token, marks: Sequence[Mark], back: Callable[[str], str]) -> Iterator[Token]:
    """A token of words, split into words and the marks between them."""
    if token.type != "text" or _SIGN not in token.content:
        token.content = back(token.content)
        for child in token.children or ():
            child.content = back(child.content)
        for name in ("href", "src", "title"):
            value = token.attrGet(name)
            if isinstance(value, str) and not _address_mark(value, marks):
                token.attrSet(name, _MARKDOWN.normalizeLink(back(value)))
        yield token
        return
    done = 0
    for found in _STANDS.finditer(token.content):
        mark = marks[int(found[1])]
        if found.start() > done:
            yield Token("text", "", 0, content=token.content[done : found.start()])
        kind = "stamp" if isinstance(mark, StampMark) else "wiki"
        if not isinstance(mark, SilentMark):
            yield Token(kind, "", 0, content=back(found[0]), meta={"mark": mark})
        done = found.end()
    yield Token("text", "", 0, content=token.content[done:])


def _address_mark(href: str, marks: Sequence[Mark]) -> LinkMark | None:
    """The mark in an address, ignoring a place within the file."""
    found = _STANDS.match(href)
    mark = marks[int(found[1])] if found and href[found.end() :][:1] in ("", "#", "?") else None
    return mark if isinstance(mark, LinkMark) else None


class _Renderer(RendererHTML):
    """Renders our own tokens, and only links that lead somewhere safe."""

    def wiki(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """A link to a node."""
        mark = tokens[index].meta["mark"]
        address = env["resolve"](mark.node) if mark.node else None
        words = escapeHtml(mark.words or mark.node or tokens[index].content)
        if address is None:
            return f'<span class="missing">{words}</span>'
        if _in_link(env):
            return words
        return f'<a class="wiki" href="{escapeHtml(address)}">{words}</a>'

    def stamp(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """A link to a second of the recording."""
        mark = tokens[index].meta["mark"]
        shown = (
            clock(mark.second)
            if mark.until is None
            else (f"{clock(mark.second)}–{clock(mark.until)}")
        )
        address = env["play"](mark.second)
        if not address or _in_link(env):
            return f'<span class="stamp">{shown}</span>'
        return f'<a class="stamp" href="{escapeHtml(address)}" rel="noreferrer">{shown}</a>'

    def link_open(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        """A link to another page or site; plain words when it leads nowhere safe."""
        written = str(tokens[index].attrGet("href") or "")
        mark = _address_mark(written, env["marks"])
        if mark is not None:
            address, outside = env["resolve"](mark.node) if mark.node else None, False
        else:
            address, outside = _address(written), True
        env.setdefault("open", []).append(address is not None)
        if address is None:
            return '<span class="missing">'
        more = ' rel="noreferrer nofollow"' if outside else ""
        return f'<a href="{escapeHtml(address)}"{more}>'

    def link_close(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        """The end of a link."""
        return "</a>" if env["open"].pop() else "</span>"

    def image(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """A link to the picture, because pages load nothing from elsewhere."""
        token = tokens[index]
        words = escapeHtml(alternative(token) or "picture")
        address = _address(str(token.attrGet("src") or ""))
        if address is None:
            return f'<span class="missing">{words}</span>'
        return f'<a href="{escapeHtml(address)}" rel="noreferrer nofollow">{words}</a>'


def _in_link(env: EnvType) -> bool:
    """Whether a link around these words leads somewhere: HTML has no link in another."""
    return any(env.get("open", ()))


def _address(written: str) -> str | None:
    """The safe outside address of a Markdown link; links to nodes are marks."""
    try:
        scheme = urlsplit(written).scheme
    except ValueError:
        return None
    return written if scheme in _OUTSIDE else None


class _Markdown(MarkdownIt):
    """Markdown in which addresses may be marks, and lead anywhere."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        """The address as written in HTML; an address with a mark stays as it is."""
        return url if _SIGN in url else super().normalizeLink(url)

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's name
        """Whatever is written as a link is one; where it leads is looked at when it is shown."""
        return True


def _markdown() -> MarkdownIt:
    made = _Markdown("commonmark", {"html": False}, renderer_cls=_Renderer)
    made.enable("strikethrough")
    made.block.ruler.before("paragraph", "own_table", table, {"alt": ["paragraph", "reference"]})
    set_blocks(made)
    made.inline.ruler.before("html_inline", "tag", tag)
    made.core.ruler.push("marks", _marks)
    made.core.ruler.push("pairs", pairs)
    return made


_MARKDOWN = _markdown()
