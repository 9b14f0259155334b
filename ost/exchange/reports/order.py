"""The order of findings for people: errors, then the target, then the rest."""

from collections.abc import Collection, Iterable

from ost.exchange.reports.finding import Finding
from ost.read.diagnostic import Severity

_WEIGHTS = list(Severity)


def in_order(found: Iterable[Finding], concerned: Collection[str]) -> tuple[Finding, ...]:
    """Errors first, then findings about the nodes in `concerned`, then the others. In each part,
    warnings come before notes; otherwise the order stays.
    """
    return tuple(sorted(found, key=lambda each: _key(each, concerned)))


def _key(finding: Finding, concerned: Collection[str]) -> tuple[int, int]:
    if finding.severity is Severity.ERROR:
        return (0, 0)
    return (1 if finding.node in concerned else 2, _WEIGHTS.index(finding.severity))
