"""See :class:`UnclosedFrontMatter`."""

from ost.judge.rule import Rule


class UnclosedFrontMatter(Rule, frozen=True):
    """The front matter begins with `---` but does not end.

    Why: without its end nobody can tell fields from text, so the file is not read. The end is a
    line of three hyphens alone.

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
