"""What a test's criterion says, beyond its numbers."""

import re

from ost.tree.model import Criterion

_PERCENT = re.compile(r"%|\bper ?cent\b|\bpercentage\b", re.IGNORECASE)


_SPOKEN = re.compile(
    r"(?P<least>\d+(?:[.,]\d+)?)\s*(?:of|out of|in|/|von|sur|de)\s*(?:the |every )?(?P<of>\d+)\b",
    re.IGNORECASE,
)


def spoken(criterion: Criterion) -> bool:
    """Whether the words say of how many: `at least 6 of 10 families`."""
    found = _SPOKEN.search(criterion.measure or "")
    return found is not None and float(found["least"].replace(",", ".")) <= float(found["of"])


def is_percentage(criterion: Criterion, fewest: int = 30) -> bool:
    """Whether it asks for a share of people, of too few or of nobody knows how many."""
    if spoken(criterion):
        return False
    share = 0 < (criterion.at_least or 0) < 1
    if not share and not _PERCENT.search(criterion.measure or ""):
        return False
    return criterion.of is None or criterion.of < fewest
