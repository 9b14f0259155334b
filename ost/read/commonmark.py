"""Markdown as markdown-it-py parses it: the reference for `ost.read.plain_blocks` and
`ost.read.plain_inline`.

Imported only for unusual texts, so a small change loads no parser.
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
from ost.read.inline import OWN, InlineLink, InlineStamp, InlineText, collapse_spaces, collect
from ost.render import alternative


class Verbatim(MarkdownIt):
    """A parser that keeps addresses as written, because it does not resolve them."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        """The address, unchanged."""
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's name
        """Accepts everything, because nothing is shown here."""
        return True


InlineRule = Callable[[StateInline, bool], bool]


def _block_parser(*, html: bool) -> MarkdownIt:
    nesting = 2 * DEEPEST_LISTS + ROOM
    parser = Verbatim("commonmark", {"maxNesting": nesting, "html": html})
    set_blocks(parser)
    return parser.disable(["inline", "text_join"])


_BLOCKS, _WITH_HTML = _block_parser(html=False), _block_parser(html=True)
_PLAIN = re.compile(r"[^\n!#$%&(*+\-:<=>@\[\\\]^_`{}~]+")


def blocks(body: str) -> tuple[list[BlockEvent], LinkDefinitions]:  # noqa: C901 - one case per token
    """The block events and link definitions of a body."""
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
                events.append(BlockEvent(kind, first, heading, token.content.strip()))
                heading = 0
    return events, env.get("references", {})


def outline(body: str) -> list[Part]:  # noqa: C901 - one case per token
    """The parts that may hold nodes: headings, list items that start with words, paragraphs and
    code blocks. Quotes are excluded.
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
    """The blocks without inner blocks: first line, line after the last, and whether it is code.
    HTML is included, because comments are HTML.
    """
    return [
        (token.map[0], token.map[1], token.type in ("fence", "code_block"))
        for token in _WITH_HTML.parse(body)
        if token.map and token.type in ("fence", "code_block", "html_block", "inline")
    ]


def inline(content: str, definitions: LinkDefinitions) -> InlineText:
    """The text, links and timestamps of a block's content."""
    words: list[str] = []
    links: list[InlineLink] = []
    stamps: list[InlineStamp] = []
    unseen: list[tuple[int, int]] = []
    tokens: list[Token] = []
    opened: list[tuple[int, int]] = []
    """For each open link: its index if it is kept, and where its words begin."""
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
                words.append(collect(token.meta["found"], links, stamps, unseen))
            case "link_open":
                linked = token.meta.get("linked")
                opened.append((len(links) if linked else -1, len(words)))
                links += [linked] if linked else []
            case "link_close":
                number, begin = opened.pop()
                if number >= 0:
                    links[number] = replace(
                        links[number], words=collapse_spaces("".join(words[begin:]))
                    )
    return InlineText(collapse_spaces("".join(words)), tuple(links), tuple(stamps), tuple(unseen))


def pictures(content: str, definitions: LinkDefinitions) -> tuple[InlineLink, ...]:
    """The links to images in a text."""
    tokens: list[Token] = []
    _MARKDOWN.inline.parse(content, _MARKDOWN, {"references": definitions}, tokens)
    found = (each.meta.get("linked") for each in tokens if each.type == "image")
    return tuple(each for each in found if each is not None)


def _own(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Parses wikilinks and timestamps, which CommonMark does not define."""
    found = OWN.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("own", "", 0).meta["found"] = found
    state.pos = found.end()
    return True


def _text(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Parses plain text like markdown-it's own rule, but stops at `(`."""
    found = _PLAIN.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True


def _with_target(rule: InlineRule, token_type: str, address: str, bracket: int) -> InlineRule:
    """A markdown-it rule that also records its link's target. A token of `token_type` holds the
    address; the link's `[` is `bracket` characters after its start.
    """

    def rule_with_target(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
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

    return rule_with_target


def _label(state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: FBT001, FBT002, N803 - markdown-it's signature
    """The end of a link's words, like markdown-it's function, but links in our own notation may be
    among the words.
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


def _target(state: StateInline, start: int, end: int, href: str) -> InlineLink | None:
    """The link, or None if it leads to another site or stays on its page."""
    address, _, heading = href.partition("#")
    if not address or address.startswith("//") or ":" in address.split("/")[0]:
        return None
    label_end = state.md.helpers.parseLinkLabel(state, start, True)  # noqa: FBT003
    if end == label_end + 1 or state.src[label_end + 1] != "(":
        label = state.src[label_end + 2 : end - 1].strip() if end > label_end + 1 else ""
        name = normalizeReference(label or state.src[start + 1 : label_end])
        return InlineLink("markdown", address, "", heading, start, end, 0, 0, name)
    begin = label_end + 2
    while state.src[begin] in " \t\n":
        begin += 1
    to = state.md.helpers.parseLinkDestination(state.src, begin, end).pos
    if state.src[begin] == "<":
        begin, to = begin + 1, to - 1
    hash_at = state.src.find("#", begin, to)
    return InlineLink(
        "markdown", address, "", heading, start, end, begin, to if hash_at < 0 else hash_at
    )


class _Helpers:
    """The link functions that markdown-it's rules use."""

    parseLinkLabel = staticmethod(_label)  # noqa: N815 - markdown-it's name
    parseLinkDestination = staticmethod(helpers.parseLinkDestination)  # noqa: N815
    parseLinkTitle = staticmethod(helpers.parseLinkTitle)  # noqa: N815


def _parser() -> MarkdownIt:
    parser = Verbatim("commonmark", {"html": False}).enable("strikethrough")
    parser.helpers = _Helpers()  # type: ignore[assignment] # markdown-it has its module there
    rules = parser.inline.ruler
    rules.at("text", _text)
    rules.at("link", _with_target(markdown_link, "link_open", "href", bracket=0))
    rules.at("image", _with_target(markdown_image, "image", "src", bracket=1))
    rules.before("link", "own", _own)
    rules.before("html_inline", "tag", tag)
    return parser


_MARKDOWN = _parser()
