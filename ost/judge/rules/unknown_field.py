"""See :class:`UnknownField`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class UnknownField(Rule, frozen=True):
    """A node has a field that its kind does not have.

    Why: A field with a typo is lost: `staus: target` leaves the opportunity open, and every list
    and check believes it. It is a warning, because other tools keep their own fields in front
    matter.

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
