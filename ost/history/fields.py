"""Changes in the fields of a node. Some have a word of their own."""

from collections.abc import Iterator, Mapping

from ost.history.change import LOOK, Change, Verb, changed
from ost.history.record import Record
from ost.tree.fields import referring
from ost.tree.model import kind_named

_WORDS = {
    ("test", "result"): Verb.RESULT,
    ("test", "verdict"): Verb.VERDICT,
    ("solution", "bet"): Verb.BET,
    ("solution", "result"): Verb.SETTLED,
    ("outcome", "target"): Verb.GOAL,
    ("outcome", "by"): Verb.GOAL,
    ("interview", "consent"): Verb.CONSENT,
}
_DECIDED = ("chose", "over")
"""Fields of decisions that other changes report."""


def field_changes(was: Record, now: Record, became: Mapping[str, str]) -> Iterator[Change]:
    """A change for every field whose value differs. `became` maps former ids to current ones."""
    kind = kind_named(now.kind)
    for name in sorted(was.fields.keys() | now.fields.keys()):
        before, after = was.fields.get(name), now.fields.get(name)
        if name in referring(kind) and isinstance(before, list | tuple):
            before = [became.get(str(each), each) for each in before]
        if before == after or (kind.decides and name in _DECIDED):
            continue
        if (now.kind, name) == ("test", "criterion"):
            yield _bar(was, now)
        elif (now.kind, name) == ("outcome", "measurements"):
            yield from _measured(now, before, after)
        else:
            verb = _WORDS.get((now.kind, name), Verb.FIELD)
            yield _change(verb, now, name, before, after)


def verdict(criterion: object, result: object) -> str | None:
    """The verdict of a result by a criterion; None if a number is missing."""
    bar, seen = _numbers(criterion), _numbers(result)
    measured = seen.get("measure")
    if measured is None:
        return None
    for name, sign in (("at_least", 1), ("at_most", -1)):
        needed = bar.get(name)
        if needed is None:
            continue
        reached = {sign * measured >= sign * needed}
        asked, took_part = bar.get("of"), seen.get("of")
        if asked and took_part and asked != took_part:
            reached.add(sign * measured * asked >= sign * needed * took_part)
        if len(reached) > 1:
            return "unclear"
        return "supported" if reached.pop() else "refuted"
    return None


def _bar(was: Record, now: Record) -> Change:
    """A test's criterion: set, changed, or moved together with the result."""
    before, after = was.fields.get("criterion"), now.fields.get("criterion")
    if before is None:
        return _change(Verb.BAR_SET, now, "criterion", before, after)
    old, new = was.fields.get("result"), now.fields.get("result")
    if old == new or after is None:
        seen = old is not None or was.fields.get("started") is not None
        weight = LOOK if seen else 0
        return _change(Verb.BAR_CHANGED, now, "criterion", before, after, weight)
    result = new if new is not None else old
    return _change(
        Verb.BAR_MOVED, now, "criterion", _judged(before, result), _judged(after, result)
    )


def _judged(criterion: object, result: object) -> object:
    """A criterion, with the verdict of the result by that criterion."""
    values = dict(criterion) if isinstance(criterion, dict) else {"criterion": criterion}
    values["verdict"] = verdict(criterion, result)
    return values


def _measured(now: Record, before: object, after: object) -> Iterator[Change]:
    """Measurements: new ones, and corrected ones, by their day."""
    if not isinstance(before or {}, dict) or not isinstance(after or {}, dict):
        yield _change(Verb.FIELD, now, "measurements", before, after)
        return
    old = before if isinstance(before, dict) else {}
    new = after if isinstance(after, dict) else {}
    for day in sorted(old.keys() | new.keys()):
        if old.get(day) != new.get(day):
            yield _change(Verb.MEASURED, now, f"measurements: {day}", old.get(day), new.get(day))


def _numbers(value: object) -> dict[str, float]:
    if not isinstance(value, dict):
        return {}
    return {
        name: float(each)
        for name, each in value.items()
        if isinstance(each, int | float) and not isinstance(each, bool)
    }


def _change(
    verb: Verb, now: Record, field: str, before: object, after: object, weight: int = 0
) -> Change:
    return changed(
        verb,
        now.id,
        now.kind,
        now.title,
        now.place(field.partition(":")[0]),
        field=field,
        before=before,
        after=after,
        weight=weight,
    )
