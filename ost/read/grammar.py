"""Chooses the Markdown parser: the plain one where it is certain, otherwise markdown-it-py.

markdown-it-py is imported only for unusual texts.
"""

from collections.abc import Sequence

from ost.read import plain_blocks, plain_inline
from ost.read.blocks import BlockEvent, LinkDefinitions
from ost.read.inline import InlineText


def blocks(body: str, lines: Sequence[str] = ()) -> tuple[list[BlockEvent], LinkDefinitions]:
    """The block events of a body, and its link definitions. `lines` are its lines, if known."""
    found = plain_blocks.scan(body, lines)
    if found is not None:
        return found, {}
    from ost.read import commonmark

    return commonmark.blocks(body)


def inline(content: str, definitions: LinkDefinitions) -> InlineText:
    """The text, links and timestamps of a block whose source is `content`."""
    found = None if definitions and "[" in content else plain_inline.scan(content)
    if found is not None:
        return found
    from ost.read import commonmark

    return commonmark.inline(content, definitions)
