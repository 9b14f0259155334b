"""What a test's criterion says, beyond its numbers."""

import re

from ost.tree.model import Criterion

_PERCENT = re.compile(r"%|\bper ?cent\b|\bpercentage\b", re.IGNORECASE)


def is_percentage(criterion: Criterion, fewest: int = 30) -> bool:
    """Whether it asks for a share of people, of too few or of nobody knows how many."""
    share = 0 < (criterion.at_least or 0) < 1
    if not share and not _PERCENT.search(criterion.measure or ""):
        return False
    return criterion.of is None or criterion.of < fewest
