"""See :class:`UnreadableFrontMatter`."""

from ost.judge.rule import Rule


class UnreadableFrontMatter(Rule, frozen=True):
    """The front matter is not valid YAML.

    Why: Without its front matter a file has no kind and no place in the tree, so everyone but its
    author loses it. Usually it is one character: a colon in words without quotes, or a missing
    closing quote.

    Source: YAML 1.2.2 <https://yaml.org/spec/1.2.2/>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        moment: Friday: after dinner  # OST001
        ---
        # We cannot agree on what to watch

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        moment: "Friday: after dinner"
        ---
        # We cannot agree on what to watch
    """

    code = "OST001"
