"""See :class:`AmbiguousLink`."""

from ost.judge.rule import Rule


class AmbiguousLink(Rule, frozen=True):
    """A link could lead to several nodes.

    Why: A guess would put evidence under the wrong need. A link that is not an id is compared with
    ids and former ids, ignoring case, spaces and underscores; here more than one fits.

    Source: our own design; no outside source

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        aliases: [choosing]
        ---
        # We cannot agree on what to watch
        -- takes-too-long.md --
        ---
        kind: opportunity
        aliases: [choosing]
        ---
        # We spend longer choosing than watching
        -- p07.md --
        ---
        kind: interview
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[choosing]] four people, three vetoes <!-- OST011 -->

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        aliases: [choosing]
        ---
        # We cannot agree on what to watch
        -- takes-too-long.md --
        ---
        kind: opportunity
        ---
        # We spend longer choosing than watching
        -- p07.md --
        ---
        kind: interview
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[choosing]] four people, three vetoes
    """

    code = "OST011"
