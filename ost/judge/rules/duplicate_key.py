"""See :class:`DuplicateKey`."""

from ost.judge.rule import Rule


class DuplicateKey(Rule, frozen=True):
    """A key appears twice in one mapping of the front matter.

    Why: YAML keys are unique, and its readers take sometimes the first and sometimes the last. Here
    the first counts; only people know which one was meant.

    Source: YAML 1.2.2 <https://yaml.org/spec/1.2.2/>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: open
        status: target  # OST009
        ---
        # We cannot agree on what to watch

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        need: pain
        need: pain  # OST009
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

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
        ---
        # We cannot agree on what to watch
    """

    code = "OST009"
    fixes = True
