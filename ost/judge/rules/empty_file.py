"""See :class:`EmptyFile`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class EmptyFile(Rule, frozen=True):
    """A file is empty.

    Why: an empty file is mostly one whose text is still in somebody's editor. It holds no node, so
    links to it have nothing to show.

    Source: our own design; no outside source

    Bad:

        -- cannot-agree.md -- OST018

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
    """

    code = "OST018"
    severity = Severity.NOTE
