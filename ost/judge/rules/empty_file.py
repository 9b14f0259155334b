"""See :class:`EmptyFile`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class EmptyFile(Rule, frozen=True):
    """A file is empty.

    Why: The text of an empty file is usually still in someone's editor. The file is not a node, so
    links to it lead nowhere.

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
