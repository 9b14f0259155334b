"""See :class:`DanglingLink`."""

from ost.judge.rule import Rule


class DanglingLink(Rule, frozen=True):
    """A link or a named node does not exist.

    Why: A link to nothing is a moment that is not counted, or a node without a place. It happens
    when a file is renamed or an id has a typo; former ids under `aliases` keep old links working.
    Links out of the content folder and to other types of file are left alone.

    Source: Obsidian, aliases <https://help.obsidian.md/aliases>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cant-agree  # OST010
        ---
        # Everybody vetoes on their own phone

        Heard in [[p07]], see also [the log](log/evenings.md). <!-- OST010 -->

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: morefilmnights  # OST010
        ---
        # We cannot agree on what to watch

    Fixed:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        aliases: [cant-agree]
        ---
        # We cannot agree on what to watch
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cant-agree
        ---
        # Everybody vetoes on their own phone

        See also [the log](https://example.org/log) and [[cannot-agree|the need]].
    """

    code = "OST010"
    fixes = True
