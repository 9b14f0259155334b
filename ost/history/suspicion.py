"""Decisions whose ground has changed since: what was chosen reads otherwise, is gone, was refuted,
or lost its evidence. Computed from changes; nothing is stamped into files.
"""

from collections.abc import Iterable, Iterator, Mapping

from ost.history.change import Change, Verb, changed
from ost.history.record import Record, Records

GROUND = {
    Verb.REWORDED: "reworded",
    Verb.REKINDED: "of another kind now",
    Verb.LOST_EVIDENCE: "lost its evidence",
    Verb.REMOVED: "removed",
    Verb.SPLIT: "split",
    Verb.MERGED: "merged",
    Verb.WITHDRAWN: "not said by everyone any more",
}
"""What shakes a decision when it happens to what was chosen, or to what it is about."""


def suspects(
    before: Records, after: Records, changes: Iterable[Change], became: Mapping[str, str]
) -> Iterator[Change]:
    """The decisions, on both sides, that no one looked at while their ground changed."""
    changes = tuple(changes)
    shaken = _shaken(after, changes)
    if not shaken:
        return
    # Another id is not a second look.
    looked_at = {
        each.node for each in changes if each.kind == "decision" and each.change is not Verb.RENAMED
    }
    renamed = set(became.values())
    for node in sorted(after):
        there = node in before or node in renamed
        if node in looked_at or not there or not _is_decision(after, node):
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


def _is_decision(records: Records, node: str) -> bool:
    # Looked for in the bytes first: most nodes are none, and need not be decoded.
    return b"decision" in records.encoded[node] and records[node].kind == "decision"


def _ground(record: Record, became: Mapping[str, str]) -> list[str]:
    chosen = record.fields.get("chose", ())
    names = [str(each) for each in chosen] if isinstance(chosen, list | tuple) else []
    return [became.get(each, each) for each in (*names, *record.parents)]


def _shaken(after: Records, changes: Iterable[Change]) -> dict[str, list[str]]:
    """What happened to nodes that a decision may rest on."""
    found: dict[str, list[str]] = {}
    for change in changes:
        if change.change in GROUND:
            found.setdefault(change.node, []).append(GROUND[change.change])
        elif change.change is Verb.STATUS and change.after in {"dropped", "refuted"}:
            found.setdefault(change.node, []).append(str(change.after))
            record = after.get(change.node)
            if change.kind == "assumption" and record is not None:
                for parent in record.parents:
                    said = f"rests on {change.node}, which was refuted"
                    found.setdefault(parent, []).append(said)
    return found
