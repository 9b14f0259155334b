"""See :class:`DuplicateId`."""

from ost.judge.rule import Rule


class DuplicateId(Rule, frozen=True):
    """Two nodes have the same id.

    Why: an id is how everything else names a node, and it is the file's name without its
    folders, so that files can be moved. Of two, the first by path stands; the other is in no
    picture and no list until it has a name of its own.

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
