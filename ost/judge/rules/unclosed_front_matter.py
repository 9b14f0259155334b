"""See :class:`UnclosedFrontMatter`."""

from ost.judge.rule import Rule


class UnclosedFrontMatter(Rule, frozen=True):
    """The front matter starts with `---` but does not end.

    Why: Without an end, fields cannot be told from text, so the file is not read. The end is a line
    of three hyphens.

    Source: front matter as in Jekyll and Obsidian <https://jekyllrb.com/docs/front-matter/>

    Bad:

        -- cannot-agree.md -- OST017
        ---
        kind: opportunity
        # We cannot agree on what to watch

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
    """

    code = "OST017"
