"""See :class:`ExpiredWaiver`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class ExpiredWaiver(Rule, frozen=True):
    """A waiver's end date has passed.

    Why: a waiver says that a rule does not apply for now. When its day is over somebody has to look
    again: does the reason still hold? Until then the rule speaks. `until` is the last day it holds.

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
