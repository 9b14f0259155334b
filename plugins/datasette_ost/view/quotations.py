"""Which of all that people said a page shows first."""

from collections.abc import Sequence

from datasette_ost.file.moments import MomentRow, QuoteRow


def said(
    found: Sequence[MomentRow], stance: str, own: str
) -> list[tuple[MomentRow, QuoteRow | None]]:
    """What was said for or against, a quote of each moment before a note: of the node itself before
    what is below it, and of different people first.
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
