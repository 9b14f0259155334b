"""See :class:`UnknownKind`."""

from ost.judge.rule import Rule


class UnknownKind(Rule, frozen=True):
    """The `kind` is not one that ost knows.

    Why: The kind decides what a node may say and where it belongs. Until it is fixed the node keeps
    its id and links to it work, but it is on no page and in no list.

    Source: our own design; no outside source

    Bad:

        -- cannot-agree.md --
        ---
        kind: oportunity  # OST006
        ---
        # We cannot agree on what to watch

    Fixed:

        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
    """

    code = "OST006"
    fixes = True
