"""The guide: what an interviewer intends to ask."""

from ost.tree.node import Node


class Guide(Node, frozen=True, kw_only=True):
    """The prompts an interviewer intends to use."""

    kind = "guide"
    rank = 9
    plural = "guides"
    glyph = "¶"
    icon = "lines"
    colour = "grey"
    placed = False
