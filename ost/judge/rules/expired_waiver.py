"""See :class:`ExpiredWaiver`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class ExpiredWaiver(Rule, frozen=True):
    """A waiver has expired.

    Why: A waiver says that a rule does not apply for now. After its last day someone has to look
    again: is the reason still true? Until then the rule applies. `until` is the last day of the
    waiver.

    Source: our own design; no outside source

    Bad:

        -- forgot-password.md --
        ---
        kind: opportunity
        allow:
          - rule: single-solution  # OST030
            because: until the rebuild of sign-in
            until: 2020-01-31
        ---
        # I am locked out of my account <!-- OST301 -->
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

    code = "OST030"
    severity = Severity.WARNING
