"""See :class:`UnknownKind`."""

from ost.judge.rule import Rule


class UnknownKind(Rule, frozen=True):
    """The `kind` is none of those that a tree is made of.

    Why: the kind decides what a node may say and where it hangs. Until it is mended the node
    keeps its id, and links to it work, but it is in no picture and no list.

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
