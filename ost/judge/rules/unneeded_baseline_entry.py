"""See :class:`UnneededBaselineEntry`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class UnneededBaselineEntry(Rule, frozen=True):
    """The baseline holds back more findings than there are.

    Why: A finding from the project's start has been fixed, or its node is gone. The leftover entry
    would hide the next mistake of that kind in the same node. Entries of rules that are switched
    off are not reported. `ost check --write-baseline` writes the file again.

    Source: our own design; no outside source

    Bad: a line `{"rule":"single-solution","node":"cannot-agree"}` in the baseline, while
    'cannot-agree' has three solutions.

    Good: no such line.
    """

    code = "OST034"
    severity = Severity.WARNING
