"""See :class:`UnreadableFrontMatter`."""

from ost.judge.rule import Rule


class UnreadableFrontMatter(Rule, frozen=True):
    """The front matter is not legal YAML.

    Why: without its front matter a file has no kind and no place in the tree, so all it says
    would be lost to everybody but its author. Mostly it is one sign: a colon inside words that
    are not quoted, or a quote that is not closed.

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
