"""Tables in which only the order of rows says what is below what."""

from collections.abc import Sequence
from itertools import pairwise

from ost.exchange.foreign.records import ForeignRecord
from ost.read.vocabulary import SUB
from ost.tree.model import KINDS


def nest_by_order(rows: Sequence[tuple[ForeignRecord, str]]) -> bool:
    """Puts each record below the last one above it that may be its parent. Returns whether it did.

    Only if nothing else decides it, and if the rows go down and up again like a tree or leave no
    choice. A list of one kind after another decides nothing. `rows` are records with the words for
    their kinds.
    """
    placed = [each for each in rows if each[0].kind in KINDS and KINDS[each[0].kind].placed]
    records = [record for record, _ in placed]
    if any(each.parents or each.children or each.links for each in records):
        return False
    ranks = [KINDS[each.kind].rank for each in records]
    nested = any(one > two for one, two in pairwise(ranks)) or any(_sub(word) for _, word in placed)
    if not nested and not _sole(records):
        return False
    last: dict[tuple[str, bool], tuple[int, ForeignRecord]] = {}
    for number, (record, word) in enumerate(placed):
        sub = _sub(word)
        kinds = (record.kind,) if sub else KINDS[record.kind].under
        above = [last.get((each, deep)) for each in kinds for deep in ((False,) if sub else _BOTH)]
        fits = [each for each in above if each and (sub or each[1].kind != record.kind)]
        if fits:
            parent = max(fits, key=lambda each: each[0])[1]
            record.parents = (parent.key or f"{parent.kind} {parent.title}",)
        last[record.kind, sub] = number, record
    return any(record.parents for record in records)


_BOTH = (False, True)


def _sub(word: str) -> bool:
    """Whether a word means a child of the same kind, as in sub-opportunity."""
    return word.casefold() in SUB


def _sole(records: Sequence[ForeignRecord]) -> bool:
    """Whether each record has at most one possible parent."""
    kinds = [each.kind for each in records]
    return all(
        sum(kinds.count(above) for above in KINDS[kind].under if above != kind) <= 1
        for kind in set(kinds)
    )
