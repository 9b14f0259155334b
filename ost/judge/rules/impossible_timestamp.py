"""See :class:`ImpossibleTimestamp`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class ImpossibleTimestamp(Rule, frozen=True):
    """A timestamp has sixty or more seconds or minutes.

    Why: `[12:75]` is not a time in any recording; most likely two digits were swapped. It cannot
    link to the second, so the words next to it lead nowhere.

    Source: ISO 8601, times of day <https://www.iso.org/iso-8601-date-and-time-format.html>

    Bad:

        -- p07.md --
        ---
        kind: interview
        ---
        # P07: film night with two teenagers

        ## Memorable quote
        > We spend longer choosing than watching. [12:75] <!-- OST016 -->

    Good:

        -- p07.md --
        ---
        kind: interview
        ---
        # P07: film night with two teenagers

        ## Memorable quote
        > We spend longer choosing than watching. [12:57]
    """

    code = "OST016"
    severity = Severity.WARNING
