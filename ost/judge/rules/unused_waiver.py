"""See :class:`UnusedWaiver`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class UnusedWaiver(Rule, frozen=True):
    """A waiver silences nothing.

    Why: The mistake it excused has been fixed, or it is in the wrong node. It would silence the
    next mistake, for a reason that belongs to another. Waivers of rules that are switched off are
    not reported.

    Source: our own design; no outside source

    Bad:

        -- forgot-password.md --
        ---
        kind: opportunity
        allow:
          - rule: single-solution
            because: table stakes
          - rule: only-child-chain  # OST031
            because: we have just begun with this branch
        ---
        # I am locked out of my account
        -- reset-by-mail.md --
        ---
        kind: solution
        parent: forgot-password
        ---
        # A link by mail

    Fixed:

        -- forgot-password.md --
        ---
        kind: opportunity
        allow:
          - rule: single-solution
            because: table stakes
        ---
        # I am locked out of my account
        -- reset-by-mail.md --
        ---
        kind: solution
        parent: forgot-password
        ---
        # A link by mail

    Good:

        -- forgot-password.md --
        ---
        kind: opportunity
        allow:
          - rule: single-solution
            because: table stakes; every service does it the same way
            until: 2099-12-31
        ---
        # I am locked out of my account
        -- reset-by-mail.md --
        ---
        kind: solution
        parent: forgot-password
        ---
        # A link by mail
    """

    code = "OST031"
    severity = Severity.WARNING
    fixes = True
