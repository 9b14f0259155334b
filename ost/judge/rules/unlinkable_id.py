"""See :class:`UnlinkableId`."""

from ost.judge.rule import Rule


class UnlinkableId(Rule, frozen=True):
    """A node has an id that no link can contain.

    Why: In a link, `|` starts its words, `#` a heading, `^` a block, and brackets end it. Nothing
    can link to a node whose file name has one of these, or starts or ends with a space.

    Source: Obsidian, internal links <https://help.obsidian.md/links>

    Bad:

        -- what-now#2.md --
        ---
        kind: opportunity
        ---
        # What do we watch now? <!-- OST019 -->

    Good:

        -- what-now-2.md --
        ---
        kind: opportunity
        ---
        # What do we watch now?
    """

    code = "OST019"
