"""See :class:`AliasBomb`."""

from ost.judge.rule import Rule


class AliasBomb(Rule, frozen=True):
    """YAML aliases in the front matter unfold to too much, or to themselves.

    Why: a few lines of aliases of aliases unfold to billions of values and would stop every
    build; a value that holds itself has no end. Nobody writes that by hand, so the front matter
    is not read.

    Source: YAML 1.2.2 <https://yaml.org/spec/1.2.2/>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        tags: &all [choosing, *all]  # OST014
        ---
        # We cannot agree on what to watch

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        tags: &all [choosing, evening]
        other_ways: *all
        ---
        # We cannot agree on what to watch
    """

    code = "OST014"
