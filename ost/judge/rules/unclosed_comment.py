"""See :class:`UnclosedComment`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class UnclosedComment(Rule, frozen=True):
    """A comment begins and never ends.

    Why: comments are for the writers, so they are on no page and in no count. One that never ends
    hides everything below it, evidence included.

    Source: CommonMark, HTML blocks <https://spec.commonmark.org/0.31.2/#html-blocks>; Obsidian,
    comments <https://help.obsidian.md/syntax>

    Bad:

        -- cant-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch

        <!-- OST040 -->
        <!-- for the writers only

        Heard twice.

    Good:

        -- cant-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch

        <!-- for the writers only -->

        Heard twice.
    """

    code = "OST040"
    severity = Severity.WARNING
