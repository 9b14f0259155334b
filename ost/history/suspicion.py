"""Decisions whose grounds have changed since: a chosen node was reworded, deleted or refuted, or
lost its evidence. Computed from changes; nothing is written into files.
"""

from collections.abc import Iterable, Iterator, Mapping

from ost.history.change import Change, Verb, changed
from ost.history.record import Record, Records
from ost.judge.consent import is_withdrawn
from ost.tree.model import KINDS
from ost.tree.reach import reach

GROUND = {
    Verb.REWORDED: "reworded",
    Verb.REKINDED: "of another kind now",
    Verb.LOST_EVIDENCE: "lost its evidence",
    Verb.REMOVED: "removed",
    Verb.SPLIT: "split",
    Verb.MERGED: "merged",
    Verb.WITHDRAWN: "has less evidence",
}
"""Changes that make a decision suspect, if they happen to its chosen nodes or its subject."""


def suspects(
    before: Records, after: Records, changes: Iterable[Change], became: Mapping[str, str]
) -> Iterator[Change]:
    """The decisions on both sides that were not edited while their grounds changed."""
    changes = tuple(changes)
    shaken = _changes_by_decision(after, changes)
    if not shaken:
        return
    deciding = {name: name.encode() for name, kind in KINDS.items() if kind.decides}
    # A new id does not mean that someone looked again.
    looked_at = {
        each.node for each in changes if each.kind in deciding and each.change is not Verb.RENAMED
    }
    renamed = set(became.values())
    for node in sorted(after):
        there = node in before or node in renamed
        if node in looked_at or not there or not _decides(after, node, deciding):
            continue
        record = after[node]
        reasons = [
            f"{about} {why}" for about in _ground(record, became) for why in shaken.get(about, ())
        ]
        if reasons:
            yield changed(
                Verb.SUSPECT,
                node,
                record.kind,
                record.title,
                record.place(),
                after=sorted(set(reasons)),
            )


def _decides(records: Records, node: str, deciding: Mapping[str, bytes]) -> bool:
    # Search the bytes first: most nodes are not decisions and need not be decoded.
    encoded = records.encoded[node]
    return any(each in encoded for each in deciding.values()) and records[node].kind in deciding


def _ground(record: Record, became: Mapping[str, str]) -> list[str]:
    """The nodes that a decision chose, is about or links to, but not those that it rejected."""
    chosen, aside = (_names(record, field, became) for field in ("chose", "over"))
    linked = (became.get(each, each) for each in record.mentions)
    around = (*record.parents, *(each for each in linked if each not in aside))
    return list(dict.fromkeys((*chosen, *(became.get(each, each) for each in around))))


def _names(record: Record, field: str, became: Mapping[str, str]) -> list[str]:
    found = record.fields.get(field, ())
    names = [str(each) for each in found] if isinstance(found, list | tuple) else []
    return [became.get(each, each) for each in names]


def _changes_by_decision(after: Records, changes: Iterable[Change]) -> dict[str, list[str]]:
    """Changes of nodes that a decision may depend on."""
    found: dict[str, list[str]] = {}
    for change in changes:
        if change.change in GROUND:
            found.setdefault(change.node, []).append(GROUND[change.change])
        elif change.change is Verb.CONSENT and is_withdrawn(change.after):
            found.setdefault(change.node, []).append("withdrawn")
            for node in sorted(_supported_nodes(after[change.node], after)):
                found.setdefault(node, []).append(f"rests on {change.node}, which was withdrawn")
        elif change.change is Verb.VERDICT and change.after == "refuted":
            found.setdefault(change.node, []).append("refuted")
        elif change.change is Verb.STATUS and change.after in {"dropped", "refuted"}:
            found.setdefault(change.node, []).append(str(change.after))
            if change.kind == "assumption" and change.node in after:
                for parent in after[change.node].parents:
                    reason = f"rests on {change.node}, which was refuted"
                    found.setdefault(parent, []).append(reason)
    return found


def _supported_nodes(interview: Record, after: Records) -> set[str]:
    """The nodes that an interview supports, and everything above them."""

    def above(node: str) -> Iterable[str]:
        record = after.get(node)
        return record.parents if record is not None else ()

    return set(reach((each.node for each in interview.moments if not each.against), above))
