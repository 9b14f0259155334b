"""Markdown as markdown-it-py finds it: the reference for `ost.read.plain_blocks` and
`ost.read.plain_inline`.

Imported only when a text is out of the ordinary, so that a small change loads no parser.
"""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt, helpers
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.image import image as markdown_image
from markdown_it.rules_inline.link import link as markdown_link
from markdown_it.token import Token
from msgspec.structs import replace

from ost.limits import DEEPEST_LISTS
from ost.markup import ROOM, set_blocks, tag
from ost.read.blocks import BlockEvent, LinkDefinitions, Part, end
from ost.read.inline import OWN, InlineText, Linked, Stamped, squeezed, take
from ost.render import alternative


class Verbatim(MarkdownIt):
    """Markdown that takes addresses as they are written: where they lead is not for it to say."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        """The address itself."""
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's name
        """Nothing is shown here, so nothing is refused."""
        return True


InlineRule = Callable[[StateInline, bool], bool]


def _block_parser(*, html: bool) -> MarkdownIt:
    nesting = 2 * DEEPEST_LISTS + ROOM
    parser = Verbatim("commonmark", {"maxNesting": nesting, "html": html})
    set_blocks(parser)
    return parser.disable(["inline", "text_join"])


_BLOCKS, _WITH_HTML = _block_parser(html=False), _block_parser(html=True)
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
    for token in _WITH_HTML.parse(body):
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


def leaves(body: str) -> list[tuple[int, int, bool]]:
    """The blocks that hold no others: the first line, the one behind the last, whether it is code.
    HTML is among them, because comments are.
    """
    return [
        (token.map[0], token.map[1], token.type in ("fence", "code_block"))
        for token in _WITH_HTML.parse(body)
        if token.map and token.type in ("fence", "code_block", "html_block", "inline")
    ]


def said(content: str, definitions: LinkDefinitions) -> InlineText:
    """What the text says as markdown-it-py finds it."""
    words: list[str] = []
    links: list[Linked] = []
    stamps: list[Stamped] = []
    unseen: list[tuple[int, int]] = []
    tokens: list[Token] = []
    opened: list[tuple[int, int]] = []
    """Of links around these words: their number if they are kept, and where their words begin."""
    _MARKDOWN.inline.parse(content, _MARKDOWN, {"references": definitions}, tokens)
    for token in tokens:
        if "unseen" in token.meta:
            unseen.append(token.meta["unseen"])
        match token.type:
            case "text" | "text_special" | "code_inline":
                words.append(token.content)
            case "image":
                words.append(alternative(token))
            case "softbreak" | "hardbreak":
                words.append(" ")
            case "own":
                words.append(take(token.meta["found"], links, stamps, unseen))
            case "link_open":
                linked = token.meta.get("linked")
                opened.append((len(links) if linked else -1, len(words)))
                links += [linked] if linked else []
            case "link_close":
                number, begin = opened.pop()
                if number >= 0:
                    links[number] = replace(links[number], words=squeezed("".join(words[begin:])))
    return InlineText(squeezed("".join(words)), tuple(links), tuple(stamps), tuple(unseen))


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
            label_end = state.md.helpers.parseLinkLabel(state, start + bracket, True)  # noqa: FBT003
            token.meta["unseen"] = (label_end + 1, state.pos)
            linked = _target(state, start + bracket, state.pos, href)
            if linked is not None:
                token.meta["linked"] = linked
        return True

    return located


def _label(state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: FBT001, FBT002, N803 - markdown-it's signature
    """The end of a link's words, as markdown-it finds it; but links in our own notation may be
    among them.
    """
    before, level = state.pos, 1
    state.pos = start + 1
    try:
        while state.pos < state.posMax:
            begin = state.pos
            level -= state.src[begin] == "]"
            if not level:
                return begin
            state.md.inline.skipToken(state)
            if state.src[begin] != "[":
                continue
            if state.pos == begin + 1:
                level += 1
            elif disableNested and OWN.match(state.src, begin, state.posMax) is None:
                return -1
        return -1
    finally:
        state.pos = before


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


class _Helpers:
    """What markdown-it's rules ask for parts of links."""

    parseLinkLabel = staticmethod(_label)  # noqa: N815 - markdown-it's name
    parseLinkDestination = staticmethod(helpers.parseLinkDestination)  # noqa: N815
    parseLinkTitle = staticmethod(helpers.parseLinkTitle)  # noqa: N815


def _parser() -> MarkdownIt:
    parser = Verbatim("commonmark", {"html": False}).enable("strikethrough")
    parser.helpers = _Helpers()  # type: ignore[assignment] # markdown-it has its module there
    rules = parser.inline.ruler
    rules.at("text", _text)
    rules.at("link", _located(markdown_link, "link_open", "href", bracket=0))
    rules.at("image", _located(markdown_image, "image", "src", bracket=1))
    rules.before("link", "own", _own)
    rules.before("html_inline", "tag", tag)
    return parser


_MARKDOWN = _parser()
