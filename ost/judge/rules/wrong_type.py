"""See :class:`WrongType`."""

from ost.judge.rule import Rule


class WrongType(Rule, frozen=True):
    """A field has a value that does not fit.

    Why: An unknown status, or a day that does not exist, would silently drop out of every list and
    count. The node is kept without the value.

    Source: our own design; no outside source

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        target: a lot  # OST008
        by: 2026-02-30  # OST008
        status: activ  # OST008
        ---
        # More evenings begin with a film

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        need: pains  # OST008
        ---
        # We cannot agree on what to watch

    Fixed:

        -- cannot-agree.md --
        ---
        kind: opportunity
        need: pain
        ---
        # We cannot agree on what to watch

    Good:

        -- more-film-nights.md --
        ---
        kind: outcome
        target: 1.6
        by: 2026-02-28
        status: active
        ---
        # More evenings begin with a film
    """

    code = "OST008"
    fixes = True
