"""See :class:`UnknownField`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class UnknownField(Rule, frozen=True):
    """Front matter has a field that this kind of node does not have.

    Why: a mistyped name is not an empty field, it is a lost one: `staus: target` leaves the
    opportunity open, and every list and check believes it. It is a warning, because other tools
    keep fields of their own in front matter.

    Source: our own design; no outside source

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        staus: target  # OST007
        ---
        # We cannot agree on what to watch

    Fixed:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
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

    code = "OST007"
    severity = Severity.WARNING
    fixes = True
