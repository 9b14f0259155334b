"""Markdown as markdown-it-py finds it: the reference for `ost.read.plain_blocks` and
`ost.read.plain_inline`.

Imported only when a text is out of the ordinary, so that a small change loads no parser.
"""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.image import image as markdown_image
from markdown_it.rules_inline.link import link as markdown_link
from markdown_it.token import Token
from msgspec.structs import replace

from ost.limits import DEEPEST_LISTS
from ost.read.blocks import BlockEvent, LinkDefinitions, Part, end
from ost.read.inline import OWN, InlineText, Linked, Stamped, squeezed, take
from ost.render import ROOM, as_it_stands


class Verbatim(MarkdownIt):
    """Markdown that takes addresses as they are written: where they lead is not for it to say."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        """The address itself."""
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's name
        """Nothing is shown here, so nothing is refused."""
        return True


InlineRule = Callable[[StateInline, bool], bool]

_BLOCKS = Verbatim("commonmark", {"maxNesting": 2 * DEEPEST_LISTS + ROOM}).disable(
    ["inline", "text_join"]
)
_BLOCKS.block.ruler.before("code", "as_it_stands", as_it_stands)
_PLAIN = re.compile(r"[^\n!#$%&(*+\-:<=>@\[\\\]^_`{}~]+")


def blocks(body: str) -> tuple[list[BlockEvent], LinkDefinitions]:  # noqa: C901 - one case a token
    """The events as markdown-it-py finds them."""
    env: dict[str, LinkDefinitions] = {}
    events: list[BlockEvent] = []
    lists: list[bool] = []
    lines = body.split("\n")
    ends: list[int] = []
    heading = 0
    for token in _BLOCKS.parse(body, env):
        first, last = token.map or (0, 0)
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                lists.append(token.type == "ordered_list_open")
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                events.append(BlockEvent("item", first, len(lists) - 1, "", lists[-1]))
            case "list_item_close":
                end(events, "item", 0)
            case "blockquote_open":
                events.append(BlockEvent("quote", first))
                while last - 1 > first and not lines[last - 1].strip(" \t"):
                    last -= 1
                ends.append(last - 1)
            case "blockquote_close":
                end(events, "quote", ends.pop())
            case "heading_open":
                heading = int(token.tag[1])
            case "inline":
                kind = "heading" if heading else "text"
                events.append(BlockEvent(kind, first, heading, token.content))
                heading = 0
    return events, env.get("references", {})


def outline(body: str) -> list[Part]:  # noqa: C901 - one case a token
    """What may hold nodes: headings, list items that begin with words, texts, and blocks of code.
    Quotes are left out.
    """
    parts: list[Part] = []
    lists = quotes = 0
    opened = ""
    depth = end = 0
    for token in _BLOCKS.parse(body):
        first, last = token.map or (0, 0)
        if token.type.endswith("_list_open"):
            lists += 1
        elif token.type.endswith("_list_close"):
            lists -= 1
        elif token.type.startswith("blockquote_"):
            quotes += token.nesting
        elif token.type == "heading_open":
            opened, depth, end = "heading", int(token.tag[1]), last
        elif token.type == "list_item_open":
            opened, depth, end = "item", lists - 1, last
        elif token.type in ("fence", "code_block") and not quotes:
            inside = first + (token.type == "fence")
            parts.append(Part("code", lists, inside, last, last, token.content))
            opened = ""
        elif token.type == "inline":
            if not quotes and opened == "item":
                parts.append(Part("item", depth, first, last, end, token.content))
            elif not quotes and opened == "heading" and not lists:
                parts.append(Part("heading", depth, first, last, end, token.content))
            elif not quotes and opened != "heading":
                parts.append(Part("text", lists, first, last, last, token.content))
            opened = ""
        elif token.type != "paragraph_open":
            opened = ""
    return parts


def said(content: str, definitions: LinkDefinitions) -> InlineText:
    """What the text says as markdown-it-py finds it."""
    words: list[str] = []
    links: list[Linked] = []
    stamps: list[Stamped] = []
    tokens: list[Token] = []
    _MARKDOWN.inline.parse(content, _MARKDOWN, {"references": definitions}, tokens)
    open_at = 0
    for token in tokens:
        match token.type:
            case "text" | "text_special" | "code_inline":
                words.append(token.content)
            case "softbreak" | "hardbreak":
                words.append(" ")
            case "own":
                words.append(take(token.meta["found"], links, stamps))
            case "link_open" if "linked" in token.meta:
                open_at = len(words)
                links.append(token.meta["linked"])
            case "link_close" if links and not links[-1].words and links[-1].form == "markdown":
                label = " ".join("".join(words[open_at:]).split())
                links[-1] = replace(links[-1], words=label)
    return InlineText(squeezed("".join(words)), tuple(links), tuple(stamps))


def pictures(content: str, definitions: LinkDefinitions) -> tuple[Linked, ...]:
    """The links to the pictures that a text shows."""
    tokens: list[Token] = []
    _MARKDOWN.inline.parse(content, _MARKDOWN, {"references": definitions}, tokens)
    found = (each.meta.get("linked") for each in tokens if each.type == "image")
    return tuple(each for each in found if each is not None)


def _own(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Wikilinks and timestamps, which CommonMark does not know."""
    found = OWN.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("own", "", 0).meta["found"] = found
    state.pos = found.end()
    return True


def _text(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Plain text as markdown-it's own rule takes it, but it stops at `(`."""
    found = _PLAIN.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True


def _located(rule: InlineRule, token_type: str, address: str, bracket: int) -> InlineRule:
    """A rule of markdown-it's that also notes where the target of its link is. The token of
    this type holds the address; the link's `[` is this many characters behind its start.
    """

    def located(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            token = next(each for each in state.tokens[before:] if each.type == token_type)
            href = str(token.attrGet(address) or "")
            linked = _target(state, start + bracket, state.pos, href)
            if linked is not None:
                token.meta["linked"] = linked
        return True

    return located


def _target(state: StateInline, start: int, end: int, href: str) -> Linked | None:
    """The link, or None when it leads to another site or within its own page."""
    address, _, heading = href.partition("#")
    if not address or address.startswith("//") or ":" in address.split("/")[0]:
        return None
    label_end = state.md.helpers.parseLinkLabel(state, start, True)  # noqa: FBT003
    if end == label_end + 1 or state.src[label_end + 1] != "(":
        label = state.src[label_end + 2 : end - 1].strip() if end > label_end + 1 else ""
        name = normalizeReference(label or state.src[start + 1 : label_end])
        return Linked("markdown", address, "", heading, start, end, 0, 0, name)
    begin = label_end + 2
    while state.src[begin] in " \t\n":
        begin += 1
    to = state.md.helpers.parseLinkDestination(state.src, begin, end).pos
    if state.src[begin] == "<":
        begin, to = begin + 1, to - 1
    hash_at = state.src.find("#", begin, to)
    return Linked(
        "markdown", address, "", heading, start, end, begin, to if hash_at < 0 else hash_at
    )


def _parser() -> MarkdownIt:
    parser = Verbatim("commonmark").enable("strikethrough")
    rules = parser.inline.ruler
    rules.at("text", _text)
    rules.at("link", _located(markdown_link, "link_open", "href", bracket=0))
    rules.at("image", _located(markdown_image, "image", "src", bracket=1))
    rules.before("link", "own", _own)
    return parser


_MARKDOWN = _parser()
