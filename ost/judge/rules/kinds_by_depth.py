"""See :class:`KindsByDepth`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class KindsByDepth(Rule, frozen=True):
    """A one-file tree names no kinds, so depth decides the kind of each line.

    Why: headings below headings can only be an outcome, opportunities, solutions and experiments
    if the tree has exactly these levels. Words such as `opportunity:` make it certain.

    Source: OST on a page <https://github.com/mindsocket/ost-tools>

    Bad:

        -- tree.md --
        ---
        kind: tree
        ---
        # Increase trial conversion <!-- OST043 -->

        ## Sign-up is too complex

        ### Ask for fewer things

    Good:

        -- tree.md --
        ---
        kind: tree
        ---
        # Outcome: Increase trial conversion

        ## Opportunity: Sign-up is too complex

        ### Solution: Ask for fewer things
    """

    code = "OST043"
    severity = Severity.NOTE
