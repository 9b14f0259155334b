"""Markdown to HTML that is safe to show: no raw HTML, no script in a link, nothing loaded.

The caller decides where `[[id]]` and `[12:41]` lead; this module knows no files and no database.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

Resolve = Callable[[str], str | None]
"""Takes the target of a link (an id, or a relative path to a file) and gives the page's address."""

Play = Callable[[int], str | None]
"""Takes a second of the recording and gives the address that plays it."""

_WIKI = re.compile(r"\[\[([^\[\]|#\n]+)(?:#([^\[\]|\n]*))?(?:\|([^\[\]\n]*))?\]\]")
_CLOCK = r"(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d)(?:[.,]\d{1,3})?"
_UNTIL = r"(?:\s{0,3}[-–—~→]\s{0,3}[\d:.,]{4,12})?"
_STAMP = re.compile(rf"\[{_CLOCK}(?P<until>{_UNTIL})\](?![\[(:])")
_ROUND = re.compile(rf"\({_CLOCK}(?P<until>{_UNTIL})\)")
_CALLOUT = re.compile(r"^((?:[ \t>]|[-*+] )*>[ \t]*)\[![\w-]+\][-+]?[ \t]*", re.MULTILINE)
"""The marker of a callout, `> [!quote] title`."""
_ANCHOR = re.compile(
    r"<a\b(?=[^<>\n]*+>[^<>\n]*+</a>)"
    rf'[^<>\n]*\bdata-t="(?:{_CLOCK}|(\d{{1,9}}))"[^<>\n]*+>([^<>\n]*+)</a>'
)
_TITLE = re.compile(r"\A\s*# [^\n]*(?:\n|\Z)")
_OUTSIDE = ("http", "https", "mailto")


def render(text: str, *, resolve: Resolve, play: Play) -> str:
    """The text as HTML. Links that lead nowhere become plain words."""
    return str(_MARKDOWN.renderer.render(_tokens(text), _MARKDOWN.options, _env(resolve, play)))


def render_line(text: str, *, resolve: Resolve, play: Play) -> str:
    """One line of text as HTML, without a paragraph around it."""
    return str(_MARKDOWN.renderer.render(_inline(text), _MARKDOWN.options, _env(resolve, play)))


def without_title(body: str) -> str:
    """A node's text without the heading that gave it its title."""
    return _TITLE.sub("", body, count=1)


def clock(second: int) -> str:
    """A second of a recording as people write it: `12:41`, `1:02:03`."""
    hours, rest = divmod(second, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@lru_cache(maxsize=1024)
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(_MARKDOWN.parse(_CALLOUT.sub(r"\1", text) if "[!" in text else text))


@lru_cache(maxsize=4096)
def _inline(text: str) -> tuple[Token, ...]:
    return tuple(_MARKDOWN.parseInline(text))


def _env(resolve: Resolve, play: Play) -> dict[str, object]:
    return {"resolve": resolve, "play": play}


def as_it_stands(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
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


ROOM = 3
"""The levels that a list with a paragraph takes."""


def _wiki(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    found = _WIKI.match(state.src, state.pos) if state.src.startswith("[[", state.pos) else None
    if found is None:
        return False
    if not silent:
        token = state.push("wiki", "", 0)
        target, _, words = found.groups()
        token.meta = {"target": target.strip()}
        token.content = (words or target).strip()
    state.pos = found.end()
    return True


def _stamp(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    first = state.src[state.pos]
    pattern = _STAMP if first == "[" else _ANCHOR if first == "<" else None
    found = pattern.match(state.src, state.pos) if pattern else None
    if found is None or not _is_time(found):
        return False
    if not silent:
        token = state.push("stamp", "", 0)
        token.meta = {"second": _second(found), "until": _until(found)}
        token.content = found.group(0)
    state.pos = found.end()
    return True


def _round_stamps(state: StateCore) -> None:
    """Finds `(12:41)`, at which markdown-it's own text rule does not stop."""
    for block in state.tokens:
        if block.children and any("(" in each.content for each in block.children):
            block.children = [part for each in block.children for part in _parted(each)]


def _parted(token: Token) -> Iterator[Token]:
    if token.type != "text":
        yield token
        return
    done = 0
    for found in filter(_is_time, _ROUND.finditer(token.content)):
        yield Token("text", "", 0, content=token.content[done : found.start()])
        meta = {"second": _second(found), "until": _until(found)}
        yield Token("stamp", "", 0, content=found.group(0), meta=meta)
        done = found.end()
    yield Token("text", "", 0, content=token.content[done:]) if done else token


def _is_time(found: re.Match[str]) -> bool:
    """Whether it is a time: minutes end at 59 where hours are said."""
    hours, minutes = found.group(1, 2)
    return not hours or int(minutes) < 60


def _until(found: re.Match[str]) -> str:
    """The end of a range, as it is shown."""
    end = found.groupdict().get("until") or ""
    return end.strip(" -–—~→")


def _second(found: re.Match[str]) -> int:
    groups = found.groups()
    if found.re is _ANCHOR and groups[3] is not None:
        return int(groups[3])
    hours, minutes, seconds = groups[:3]
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)


class _Renderer(RendererHTML):
    """Writes our own tokens, and links only where they lead somewhere safe."""

    def wiki(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """A link to a node."""
        token = tokens[index]
        words = escapeHtml(token.content)
        address = env["resolve"](token.meta["target"])
        if address is None or env.get("open"):
            return f'<span class="missing">{words}</span>'
        return f'<a class="wiki" href="{escapeHtml(address)}">{words}</a>'

    def stamp(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """A link to a second of the recording."""
        second = tokens[index].meta["second"]
        until = tokens[index].meta["until"]
        shown = f"{clock(second)}–{escapeHtml(until)}" if until else clock(second)
        address = env["play"](second)
        if not address or env.get("open"):
            return f'<span class="stamp">{shown}</span>'
        return f'<a class="stamp" href="{escapeHtml(address)}" rel="noreferrer">{shown}</a>'

    def link_open(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        """A link to another page or site; plain words when it leads nowhere safe."""
        written = str(tokens[index].attrGet("href") or "")
        address, outside = _address(written, env["resolve"])
        env.setdefault("open", []).append(address is not None)
        if address is None:
            return '<span class="missing">'
        more = ' rel="noreferrer nofollow"' if outside else ""
        return f'<a href="{escapeHtml(address)}"{more}>'

    def link_close(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        """The end of what `link_open` began."""
        return "</a>" if env["open"].pop() else "</span>"

    def image(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """A link to the picture: pages load nothing from elsewhere."""
        token = tokens[index]
        words = escapeHtml(token.content or "picture")
        address, _ = _address(str(token.attrGet("src") or ""), lambda _: None)
        if address is None:
            return f'<span class="missing">{words}</span>'
        return f'<a href="{escapeHtml(address)}" rel="noreferrer nofollow">{words}</a>'


def _address(written: str, resolve: Resolve) -> tuple[str | None, bool]:
    """Where a Markdown link may lead, and whether that is outside."""
    try:
        parts = urlsplit(written)
    except ValueError:
        return None, False
    if parts.scheme:
        return (written if parts.scheme in _OUTSIDE else None), True
    if parts.netloc:
        return None, False
    if not parts.path:
        return None, False
    return resolve(parts.path), False


def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)
    made.enable(["table", "strikethrough"])
    made.block.ruler.before("code", "as_it_stands", as_it_stands)
    made.inline.ruler.before("link", "wiki", _wiki)
    made.inline.ruler.before("wiki", "stamp", _stamp)
    made.core.ruler.push("round_stamps", _round_stamps)
    return made


_MARKDOWN = _markdown()
