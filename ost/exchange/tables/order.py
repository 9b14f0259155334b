"""Tables in which the order of the rows alone says what hangs under what."""

from collections.abc import Sequence
from itertools import pairwise

from ost.exchange.records import ForeignRecord
from ost.read.vocabulary import SUB
from ost.tree.model import KINDS


def hang(rows: Sequence[tuple[ForeignRecord, str]]) -> bool:
    """Hangs each record, given with the word for its kind, under the last one above it of a kind
    that it may hang under. Only where nothing else says it, and where the rows go down and up again
    like a tree or leave no choice; a list of one kind after the other says nothing.
    """
    placed = [each for each in rows if each[0].kind in KINDS and KINDS[each[0].kind].placed]
    records = [record for record, _ in placed]
    if any(each.parents or each.children or each.links for each in records):
        return False
    ranks = [KINDS[each.kind].rank for each in records]
    if not any(one > two for one, two in pairwise(ranks)) and not _sole(records):
        return False
    for number, (record, word) in enumerate(placed):
        sub = word.casefold() in SUB
        for above, other in reversed(placed[:number]):
            same = above.kind == record.kind
            fits = above.kind in KINDS[record.kind].under
            if fits and (sub and other.casefold() not in SUB if same else not sub):
                record.parents = (above.key or f"{above.kind} {above.title}",)
                break
    return any(record.parents for record in records)


def _sole(records: Sequence[ForeignRecord]) -> bool:
    """Whether there is at most one record that each may hang under."""
    kinds = [each.kind for each in records]
    return all(
        sum(kinds.count(above) for above in KINDS[kind].under if above != kind) <= 1
        for kind in set(kinds)
    )
