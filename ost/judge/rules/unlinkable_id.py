"""See :class:`UnlinkableId`."""

from ost.judge.rule import Rule


class UnlinkableId(Rule, frozen=True):
    """No link can lead to a node with this id.

    Why: in a link, `|` begins its words, `#` a heading, `^` a block, and brackets end it. A
    node whose file name has one of these, or begins or ends with a space, cannot be named by
    anybody.

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
