"""See :class:`UnreasonedWaiver`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class UnreasonedWaiver(Rule, frozen=True):
    """A waiver has no reason, so it silences nothing.

    Why: In a year no one will know whether one solution was enough, or whether someone was in a
    hurry. The next reader can agree or disagree with a reason.

    Source: our own design; no outside source

    Bad:

        -- forgot-password.md --
        ---
        kind: opportunity
        allow:
          - rule: single-solution  # OST032
            until: 2099-12-31
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

    code = "OST032"
    severity = Severity.WARNING
