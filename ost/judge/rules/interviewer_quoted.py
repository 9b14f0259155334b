"""See :class:`InterviewerQuoted`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class InterviewerQuoted(Rule, frozen=True):
    """A quote carries the interviewer's label.

    Why: a quote is the customer's own words, and that is how pages show it. Labels are copied with
    the words from a transcript; the participant's is dropped, but what the interviewer said is not
    evidence, so it is not kept as a quote.

    Source: Product Talk, Interview Snapshot
    <https://www.producttalk.org/glossary-discovery-interview-snapshot>

    Bad:

        -- p07.md --
        ---
        kind: interview
        date: 2026-11-03
        participant: P07
        ---
        # P07: film night with two teenagers

        ## Memorable quote
        > Interviewer: What happened next? [00:19] <!-- OST041 -->

        > P07: We spend longer choosing than watching. [00:12]

        ## Opportunities
        - no one can say no without a reason

    Good:

        -- p07.md --
        ---
        kind: interview
        date: 2026-11-03
        participant: P07
        ---
        # P07: film night with two teenagers

        ## Memorable quote
        > P07: We spend longer choosing than watching. [00:12]

        ## Opportunities
        - no one can say no without a reason
    """

    code = "OST041"
    severity = Severity.WARNING
