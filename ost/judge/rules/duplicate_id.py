"""See :class:`DuplicateId`."""

from ost.judge.rule import Rule


class DuplicateId(Rule, frozen=True):
    """Two nodes have the same id.

    Why: The id is how everything else names a node. It is the file's name without its folders, so
    that files can move. The first file by path keeps the id; the other is on no page and in no list
    until it is renamed.

    Source: our own design; no outside source

    Bad:

        -- kitchen/too-slow.md --
        ---
        kind: opportunity
        ---
        # Dinner is over before we have chosen
        -- television/too-slow.md --
        ---
        kind: opportunity
        ---
        # The app is too slow on our television <!-- OST012 -->

    Good:

        -- kitchen/dinner-is-over.md --
        ---
        kind: opportunity
        ---
        # Dinner is over before we have chosen
        -- television/too-slow.md --
        ---
        kind: opportunity
        ---
        # The app is too slow on our television
    """

    code = "OST012"
