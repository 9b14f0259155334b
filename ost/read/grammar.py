"""Which grammar reads Markdown: the plain one where it is certain, or else markdown-it-py.

markdown-it-py is imported only when a text is out of the ordinary.
"""

from ost.read import plain_blocks, plain_inline
from ost.read.blocks import BlockEvent, LinkDefinitions
from ost.read.inline import InlineText


def blocks(body: str) -> tuple[list[BlockEvent], LinkDefinitions]:
    """The events of a body, and its link definitions."""
    found = plain_blocks.scanned(body)
    if found is not None:
        return found, {}
    from ost.read import commonmark

    return commonmark.blocks(body)


def said(content: str, definitions: LinkDefinitions) -> InlineText:
    """What a block says whose text is `content`."""
    found = None if definitions and "[" in content else plain_inline.scanned(content)
    if found is not None:
        return found
    from ost.read import commonmark

    return commonmark.said(content, definitions)
