"""Which quotes and notes a page shows first."""

from collections.abc import Sequence

from datasette_ost.file.moments import MomentRow, QuoteRow


def quotations(
    found: Sequence[MomentRow], stance: str, own: str
) -> list[tuple[MomentRow, QuoteRow | None]]:
    """What people said for or against: quotes before notes, those about the node itself before
    those about nodes below it, and one from each person before a second from anyone.
    """
    quoted = [
        (each, each.quotes[0] if each.quotes else None)
        for each in sorted(found, key=lambda each: (not each.quotes, each.about.id != own))
        if (each.quotes or each.words) and each.stance == stance and each.kind == "story"
    ]
    people = {each.participant or each.of.id: (each, quote) for each, quote in reversed(quoted)}
    first = sorted(
        people.values(),
        key=lambda each: (each[1] is not None, each[0].about.id == own, each[0].date or ""),
        reverse=True,
    )
    return [*first, *(each for each in quoted if each not in first)]
