"""What changed in meaning between two trees."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from ost.history.change import Change, Verb, changed, in_order
from ost.history.fields import field_changes
from ost.history.flow import Flow, InterviewMoment, Turns, flow, turns
from ost.history.matching import Matching, match
from ost.history.record import Record, RecordedWaiver, Records, records
from ost.history.suspicion import suspects
from ost.tree.model import kind_named
from ost.tree.participants import people as named
from ost.tree.tree import Tree


def diff(before: Tree, after: Tree) -> tuple[Change, ...]:
    """Every change in meaning, the weightiest first; none between equal trees."""
    return compare(records(before), records(after))


def compare(
    before: Records, after: Records, among: AbstractSet[str] | None = None
) -> tuple[Change, ...]:
    """The same for records. Unchanged records are never decoded. `among` holds the ids of all that
    may differ, if known.
    """
    differing, matching, gone, come = _matched(before, after, among)
    if not (differing or gone or come or matching.became):
        return ()
    pairs = [(before[node], after[node]) for node in differing]
    pairs += [(before[old], after[new]) for old, new in matching.became.items()]
    lost = [before[each] for each in gone]
    fresh = [after[each] for each in come]
    moved = flow(
        (*lost, *(was for was, _ in pairs)), (*fresh, *(now for _, now in pairs)), matching.became
    )
    turned = turns(moved.carried, gone, come)
    found = [
        *_added_and_removed(lost, fresh, matching, turned),
        *_turned(before, turned),
        *_evidence_changes(before, after, moved, turned),
    ]
    for was, now in pairs:
        found += _node_changes(was, now, matching.became, corrected=now.id in moved.corrected)
    found += suspects(before, after, found, matching.became)
    return tuple(sorted(found, key=in_order))


def matched_ids(
    before: Records, after: Records, among: AbstractSet[str] | None = None
) -> Mapping[str, str]:
    """The new ids of nodes whose id changed."""
    return _matched(before, after, among)[1].became


def _matched(
    before: Records, after: Records, among: AbstractSet[str] | None = None
) -> tuple[list[str], Matching, set[str], set[str]]:
    """The ids of nodes that differ, the new ids of nodes whose id changed, and the ids that are
    gone or new.
    """
    old, new = before.encoded, after.encoded
    was = old.keys() if among is None else among & old.keys()
    now = new.keys() if among is None else among & new.keys()
    gone, come = was - now, now - was
    differing = sorted(each for each in was & now if old[each] != new[each])
    found = Matching({}, {})
    if gone and come:
        found = match(before, after, set(gone), set(come), differing)
    gone -= found.became.keys()
    come -= set(found.became.values())
    return differing, found, set(gone), set(come)


def _added_and_removed(
    lost: Iterable[Record], fresh: Iterable[Record], matching: Matching, turned: Turns
) -> Iterator[Change]:
    """Added and removed nodes. One that may be the same as another names it."""

    def like(node: str) -> str | None:
        other = matching.perhaps.get(node)
        return f"perhaps the same as {other}" if other else None

    for record in fresh:
        yield _change(
            Verb.ADDED, record, before=like(record.id), after=record.title, people=record.people
        )
        yield from _decided(None, record, {})
        yield from (each for each in _waived((), record) if each.change is Verb.WAIVED)
    for record in lost:
        if record.id not in turned.split and record.id not in turned.merged:
            yield _change(
                Verb.REMOVED,
                record,
                before=record.title,
                after=like(record.id),
                people=record.people,
            )


def _turned(before: Records, turned: Turns) -> Iterator[Change]:
    for node, parts in turned.split.items():
        record = before[node]
        yield _change(
            Verb.SPLIT, record, before=record.title, after=list(parts), people=record.people
        )
    for node, other in turned.merged.items():
        record = before[node]
        yield _change(Verb.MERGED, record, before=record.title, after=other, people=record.people)


def _evidence_changes(
    before: Records, after: Records, moved: Flow, turned: Turns
) -> Iterator[Change]:
    """New and withdrawn evidence."""
    explained = {*turned.split, *turned.merged}
    for moment in moved.new:
        yield from _moment(after, moment, None)
    for moment in moved.gone:
        yield from _removed_fields(before, moment, None)
    for was, now in moved.carried:
        if was.moment.node in explained:
            continue
        yield from _moment(after, now, was.moment.node)
        yield from _removed_fields(before, was, now.moment.node)


def _moment(after: Records, mention: InterviewMoment, came_from: str | None) -> Iterator[Change]:
    moment = mention.moment
    record = after.get(moment.node)
    if record is not None:
        yield changed(
            Verb.AGAINST if moment.against else Verb.HEARD,
            record.id,
            record.kind,
            record.title,
            (mention.path, moment.line),
            field=mention.source,
            before=came_from,
            after=moment.quote or moment.words,
            people=named(mention.person),
        )


def _removed_fields(
    before: Records, mention: InterviewMoment, went_to: str | None
) -> Iterator[Change]:
    moment = mention.moment
    record = before.get(moment.node)
    title, kind = (record.title, record.kind) if record else (moment.node, "")
    yield changed(
        Verb.WITHDRAWN,
        moment.node,
        kind,
        title,
        (mention.path, moment.line),
        field=mention.source,
        before=moment.quote or moment.words,
        after=went_to,
        people=named(mention.person),
    )


def _node_changes(
    was: Record, now: Record, became: Mapping[str, str], *, corrected: bool
) -> Iterator[Change]:
    """The changes of a node that exists before and after."""
    if was.id != now.id:
        yield _change(Verb.RENAMED, now, before=was.id, after=now.id)
    if was.title != now.title:
        yield _change(Verb.REWORDED, now, before=was.title, after=now.title)
    if was.kind != now.kind:
        yield _change(Verb.REKINDED, now, before=was.kind, after=now.kind)
    yield from _moves(was, now, became)
    yield from _status(was, now)
    yield from _decided(was, now, became)
    yield from field_changes(was, now, became)
    yield from _evidence(was, now)
    rivals = tuple(sorted(became.get(each, each) for each in was.rivals))
    if rivals != now.rivals and was.kind == now.kind:
        yield _change(Verb.RIVALS, now, before=list(rivals), after=list(now.rivals))
    yield from _waived(was.waivers, now)
    mentions = tuple(became.get(each, each) for each in was.mentions)
    if was.text != now.text or mentions != now.mentions or corrected:
        yield _change(Verb.TEXT, now)
    aliases = set(was.aliases) ^ set(now.aliases)
    if aliases - {was.id, now.id}:
        yield _change(
            Verb.FIELD, now, field="aliases", before=list(was.aliases), after=list(now.aliases)
        )


def _moves(was: Record, now: Record, became: Mapping[str, str]) -> Iterator[Change]:
    old = tuple(became.get(each, each) for each in was.parents)
    first, second = next(iter(old), None), next(iter(now.parents), None)
    if first != second:
        yield _change(Verb.MOVED, now, field="parent", before=first, after=second)
    elif old != now.parents:
        yield _change(Verb.FIELD, now, field="parent", before=list(old), after=list(now.parents))


def _status(was: Record, now: Record) -> Iterator[Change]:
    if was.status == now.status or was.kind != now.kind:
        return
    verb = Verb.STATUS
    if now.kind == "opportunity" and now.status == "target":
        verb = Verb.TARGET_CHOSEN
    elif now.kind == "opportunity" and was.status == "target":
        verb = Verb.TARGET_LEFT
    yield _change(verb, now, field="status", before=was.status, after=now.status)


def _evidence(was: Record, now: Record) -> Iterator[Change]:
    """The people with evidence for a node or for anything below it."""
    if was.people == now.people:
        return
    yield _change(
        Verb.EVIDENCE if now.people else Verb.LOST_EVIDENCE,
        now,
        before=len(was.people),
        after=len(now.people),
        people=tuple(sorted(set(was.people) ^ set(now.people))),
    )


def _decided(was: Record | None, now: Record, became: Mapping[str, str]) -> Iterator[Change]:
    """What a decision chose, and what it rejected."""
    if not kind_named(now.kind).decides:
        return
    for field in ("chose", "over"):
        old = [became.get(each, each) for each in _names(was, field)]
        new = _names(now, field)
        if old != new:
            yield _change(Verb.DECIDED, now, field=field, before=old, after=new)


def _names(record: Record | None, field: str) -> list[str]:
    found = record.fields.get(field, ()) if record is not None else ()
    return [str(each) for each in found] if isinstance(found, list | tuple) else []


def _waived(old: Iterable[RecordedWaiver], now: Record) -> Iterator[Change]:
    """Rules that are newly waived, or no longer waived."""
    was, new = ({each.rule: each for each in side} for side in (old, now.waivers))
    for rule in sorted(was.keys() | new.keys()):
        before, after = was.get(rule), new.get(rule)
        if before == after:
            continue
        had, has = (each is not None and each.active for each in (before, after))
        verb = Verb.FIELD if had == has else Verb.WAIVED if has else Verb.WAIVER_ENDED
        yield _change(
            verb,
            now,
            field=f"allow: {rule}",
            before=_reason(before) if had or verb is Verb.FIELD else None,
            after=_reason(after) if has or verb is Verb.FIELD else None,
        )


def _reason(waiver: RecordedWaiver | None) -> object:
    if waiver is None:
        return None
    return {"because": waiver.because, "until": waiver.until}


def _change(
    verb: Verb,
    record: Record,
    *,
    field: str | None = None,
    before: object = None,
    after: object = None,
    people: tuple[str, ...] = (),
) -> Change:
    return changed(
        verb,
        record.id,
        record.kind,
        record.title,
        record.place("" if field is None else field.partition(":")[0]),
        field=field,
        before=before,
        after=after,
        people=people,
    )
