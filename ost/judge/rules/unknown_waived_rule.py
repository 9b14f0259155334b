"""See :class:`UnknownWaivedRule`."""

from ost.judge.rule import Rule


class UnknownWaivedRule(Rule, frozen=True):
    """A waiver names a rule that does not exist.

    Why: It silences nothing, and its author believes that it does. Rules are named by their name or
    their code, as `ost check` prints them.

    Source: our own design; no outside source

    Bad:

        -- forgot-password.md --
        ---
        kind: opportunity
        allow:
          - rule: single-soluton  # OST033
            because: table stakes
        ---
        # I am locked out of my account <!-- OST301 -->
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

    code = "OST033"
    fixes = True
