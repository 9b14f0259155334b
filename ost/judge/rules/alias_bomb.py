"""See :class:`AliasBomb`."""

from ost.judge.rule import Rule


class AliasBomb(Rule, frozen=True):
    """YAML aliases in the front matter expand without end.

    Why: A few lines of aliases of aliases expand to billions of values and would stop every build,
    and a value that contains itself never ends. No one writes that by hand, so the front matter is
    not read.

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
