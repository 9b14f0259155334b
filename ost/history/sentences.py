"""Turns changes into sentences: what happened to which node, with the old and the new value."""

from collections.abc import Callable
from typing import NamedTuple

from ost import words
from ost.history.change import Change, Verb
from ost.history.record import Record, Records
from ost.tree.node import DRAFT
from ost.words import counted

UNPROVED = "bar and result came together, so git cannot show which came first"
LONGEST = 60
"""The maximum of characters of a title in a sentence."""


class Style(NamedTuple):
    """How an output writes titles, ids and other text of files, and emphasis."""

    title: Callable[[str], str]
    code: Callable[[str], str]
    text: Callable[[str], str]
    strong: Callable[[str], str] = str


class SentenceParts(NamedTuple):
    """A change as a row of a table: subject, before, after."""

    what: str
    before: str = ""
    after: str = ""

    def sentence(self) -> str:
        """The row as a sentence."""
        if self.before and self.after:
            return f"{self.what}: {self.before} → {self.after}"
        if self.before:
            return f"{self.what} (was {self.before})"
        return f"{self.what}: {self.after}" if self.after else self.what


class Both(NamedTuple):
    """Both sides, to look up ids."""

    before: Records
    after: Records

    def record(self, node: str) -> Record | None:
        """The current record of the node, or its last one."""
        return self.after.get(node) or self.before.get(node)

    def title(self, node: str) -> str:
        """A node's title; for an unknown node, its id."""
        record = self.record(node)
        return record.title if record is not None else node


def line(change: Change, both: Both, style: Style) -> SentenceParts:
    """A change in words."""
    return _LINES.get(change.change, _field)(change, both, style)


def short(title: str) -> str:
    """A title, cut if it is long."""
    return title if len(title) <= LONGEST else title[: LONGEST - 1].rstrip() + "…"


def people(many: int) -> str:
    """`1 person`, `3 people`."""
    return counted(many, "person", "people")


def value(what: object, style: Style) -> str:
    """A value of a field: numbers, words, lists, and criteria in words."""
    if what is None:
        return ""
    if isinstance(what, bool):
        return "yes" if what else "no"
    if isinstance(what, int | float):
        return words.amount(what)
    if isinstance(what, list | tuple):
        return ", ".join(value(each, style) for each in what)
    if isinstance(what, dict):
        return bar(what, style)
    return style.text(short(words.day(str(what))))


def bar(what: object, style: Style) -> str:
    """A criterion or a result: `at least 8 of 10 families`. Other mappings are shown by key."""
    if not isinstance(what, dict):
        return value(what, style)
    numbers = {name: each for name, each in what.items() if name != "verdict"}
    if "at_least" not in numbers and "at_most" not in numbers and "of" not in numbers:
        pairs = (f"{style.text(str(name))} {value(each, style)}" for name, each in numbers.items())
        return ", ".join(pairs)
    word = "at most" if "at_most" in numbers else "at least" if "at_least" in numbers else ""
    number = numbers.get("at_least", numbers.get("at_most", numbers.get("measure")))
    of = f" of {value(numbers['of'], style)}" if "of" in numbers else ""
    measure = numbers.get("measure") if word else None
    counted_by = (numbers.get("unit"), measure)
    what = "".join(f" {value(each, style)}" for each in counted_by if each is not None)
    return f"{word} {value(number, style)}{of}{what}".strip()


def _titled(change: Change, style: Style) -> str:
    return f"{change.kind} {style.title(short(change.title))}".strip()


def _titles(ids: object, both: Both, style: Style) -> str:
    names = ids if isinstance(ids, list | tuple) else [ids]
    shown = [style.title(short(both.title(str(each)))) for each in names[:5]]
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(shown) + more


def _added(change: Change, both: Both, style: Style) -> SentenceParts:
    record = both.after.get(change.node)
    parent = record.parents[0] if record is not None and record.parents else None
    under = f" under {style.title(short(both.title(parent)))}" if parent else ""
    by = f", {people(len(change.people))}" if change.people else ""
    by += f"; {UNPROVED}" if _at_once(change, both) else ""
    like = f" ({style.text(str(change.before))})" if change.before else ""
    draft = "draft " if record is not None and record.status == DRAFT.name else ""
    return SentenceParts(f"new {draft}{_titled(change, style)}{under}{by}{like}")


def _removed(change: Change, both: Both, style: Style) -> SentenceParts:
    like = f" ({style.text(str(change.after))})" if change.after else ""
    reason = ""
    if change.kind == "solution":
        reason = f"; {style.code('status: dropped')} with {style.code('because:')} keeps the reason"
    return SentenceParts(f"{_titled(change, style)} removed{like}{reason}")


def _renamed(change: Change, both: Both, style: Style) -> SentenceParts:
    before, after = style.code(str(change.before)), style.code(change.node)
    return SentenceParts(f"id of {_titled(change, style)}", before, after)


def _reworded(change: Change, both: Both, style: Style) -> SentenceParts:
    before, after = str(change.before), str(change.after)
    return SentenceParts(f"{change.kind} reworded", *map(style.text, (before, after)))


def _rekinded(change: Change, both: Both, style: Style) -> SentenceParts:
    before, after = style.text(str(change.before)), style.text(str(change.after))
    return SentenceParts(f"{style.title(short(change.title))} is another kind", before, after)


def _moved(change: Change, both: Both, style: Style) -> SentenceParts:
    sides = (
        "nowhere" if each is None else style.title(short(both.title(str(each))))
        for each in (change.before, change.after)
    )
    return SentenceParts(f"{_titled(change, style)} moved", *sides)


def _split(change: Change, both: Both, style: Style) -> SentenceParts:
    parts = _titles(change.after, both, style)
    return SentenceParts(f"opportunity {style.title(short(change.title))} was split into {parts}")


def _merged(change: Change, both: Both, style: Style) -> SentenceParts:
    into = _titles(change.after, both, style)
    return SentenceParts(f"opportunity {style.title(short(change.title))} was merged into {into}")


def _status(change: Change, both: Both, style: Style) -> SentenceParts:
    sides = (style.text(str(each)) if each else "" for each in (change.before, change.after))
    return SentenceParts(_titled(change, style), *sides)


def _speaker(change: Change, both: Both, style: Style) -> str:
    """Who spoke or, without people, the title of the signal or interview."""
    named = style.text(", ".join(change.people))
    return named or style.title(short(both.title(change.field or "")))


def _mention(change: Change, both: Both, style: Style) -> SentenceParts:
    verb = "contradicted" if change.change is Verb.AGAINST else "mentioned"
    who = _speaker(change, both, style)
    source = f", moved from {_titles(change.before, both, style)}" if change.before else ""
    words = style.text(short(str(change.after or "")))
    return SentenceParts(f"{who} {verb} {style.title(short(change.title))}{source}", "", words)


def _withdrawn(change: Change, both: Both, style: Style) -> SentenceParts:
    who = _speaker(change, both, style)
    went = f", moved to {_titles(change.after, both, style)}" if change.after else ""
    title = style.title(short(change.title))
    words = style.text(short(str(change.before or "")))
    return SentenceParts(f"{who} no longer mentions {title}{went}", words)


def _evidence(change: Change, both: Both, style: Style) -> SentenceParts:
    before = int(str(change.before or 0))
    after = int(str(change.after or 0))
    was, now = (both.before.get(change.node), both.after.get(change.node))
    had = set(was.people) if was else set()
    has = set(now.people) if now else set()
    named = [f"+{each}" for each in change.people if each in has - had]
    named += [f"−{each}" for each in change.people if each in had - has]
    more = f", {len(named) - 6} more" if len(named) > 6 else ""
    who = f" ({style.text(', '.join(named[:6]))}{more})" if named else ""
    return SentenceParts(
        f"evidence for {style.title(short(change.title))}", people(before), f"{people(after)}{who}"
    )


def _rivals(change: Change, both: Both, style: Style) -> SentenceParts:
    before, after = ids(change.before), ids(change.after)
    come = [f"+{both.title(each)}" for each in after if each not in before]
    gone = [f"−{both.title(each)}" for each in before if each not in after]
    named = style.text(", ".join(map(short, (*come, *gone)[:4])))
    what = f"live solutions for {style.title(short(change.title))}"
    return SentenceParts(what, str(len(before)), f"{len(after)} ({named})")


def ids(what: object) -> list[str]:
    """The ids of a list; none for other values."""
    return [str(each) for each in what] if isinstance(what, list | tuple) else []


def _bar(change: Change, both: Both, style: Style) -> SentenceParts:
    word = {
        Verb.BAR_SET: "bar set for",
        Verb.BAR_CHANGED: "bar changed for",
        Verb.BAR_MOVED: "the bar moved with the result of",
    }[change.change]
    what = f"{word} {style.title(short(change.title))}"
    old, new = verdict_by(change.before), verdict_by(change.after)
    after = bar(change.after, style)
    if _at_once(change, both):
        after += f"; {UNPROVED}"
    if old and old != new:
        after += f"; by the bar set before, this test is {old}"
    return SentenceParts(what, bar(change.before, style), after)


def _at_once(change: Change, both: Both) -> bool:
    """Whether a test's bar and its result came in the same change, as after a squash."""
    was, now = both.before.get(change.node), both.after.get(change.node)
    there, before = (each.fields.keys() if each is not None else () for each in (now, was))
    both_came = {"criterion", "result"} <= set(there)
    return change.kind == "test" and both_came and not {"criterion", "result"} & set(before)


def verdict_by(what: object) -> str:
    """The verdict of a result by a criterion."""
    return str(what.get("verdict") or "") if isinstance(what, dict) else ""


def _measured(change: Change, both: Both, style: Style) -> SentenceParts:
    day = (change.field or "").partition(": ")[2]
    record = both.after.get(change.node)
    target = record.fields.get("target") if record is not None else None
    of = f" of {value(target, style)}" if isinstance(target, int | float) else ""
    what = f"outcome {style.title(short(change.title))} measured on {style.text(words.day(day))}"
    after = f"{value(change.after, style)}{of}" if change.after is not None else "taken out"
    return SentenceParts(what, value(change.before, style), after)


def _decided(change: Change, both: Both, style: Style) -> SentenceParts:
    word = "chooses" if change.field == "chose" else "passes over"
    before = _titles(change.before, both, style) if change.before else ""
    after = _titles(change.after, both, style) if change.after else "nothing"
    return SentenceParts(f"{_titled(change, style)} {word}", before, after)


def _suspect(change: Change, both: Both, style: Style) -> SentenceParts:
    reasons = "; ".join(_reason(each, both, style) for each in ids(change.after))
    return SentenceParts(f"{_titled(change, style)} is suspect", "", reasons)


def _reason(reason: str, both: Both, style: Style) -> str:
    """Why a decision is suspect, with titles in place of ids."""
    about, _, why = reason.partition(" ")
    if both.record(about) is None:
        return style.text(reason)
    before, on, rest = why.partition("rests on ")
    ground, comma, became = rest.partition(", which ")
    if both.record(ground) is not None:
        why = f"{style.text(before + on)}{style.title(short(both.title(ground)))}"
        why += style.text(comma + became)
    else:
        why = style.text(why)
    return f"{style.title(short(both.title(about)))} {why}"


def _waived(change: Change, both: Both, style: Style) -> SentenceParts:
    rule = style.code((change.field or "").partition(": ")[2])
    if change.change is Verb.WAIVER_ENDED:
        return SentenceParts(f"{_titled(change, style)} no longer waives {rule}")
    waiver = change.after if isinstance(change.after, dict) else {}
    reason, until = waiver.get("because"), waiver.get("until")
    limit = f" until {style.text(str(until))}" if until else ""
    because = style.text(short(str(reason))) if reason else "no reason given"
    return SentenceParts(f"{_titled(change, style)} waives {rule}{limit}", "", because)


def _text(change: Change, both: Both, style: Style) -> SentenceParts:
    return SentenceParts(f"text of {_titled(change, style)}")


def _field(change: Change, both: Both, style: Style) -> SentenceParts:
    field = style.code(change.field or change.change.value)
    before, after = value(change.before, style), value(change.after, style)
    what = f"{field} of {_titled(change, style)}"
    if not before and not after:
        return SentenceParts(f"{what} changed")
    return SentenceParts(what, before or "nothing", after or "nothing")


_LINES: dict[Verb, Callable[[Change, Both, Style], SentenceParts]] = {
    Verb.ADDED: _added,
    Verb.REMOVED: _removed,
    Verb.RENAMED: _renamed,
    Verb.REWORDED: _reworded,
    Verb.REKINDED: _rekinded,
    Verb.MOVED: _moved,
    Verb.SPLIT: _split,
    Verb.MERGED: _merged,
    Verb.STATUS: _status,
    Verb.TARGET_CHOSEN: _status,
    Verb.TARGET_LEFT: _status,
    Verb.HEARD: _mention,
    Verb.AGAINST: _mention,
    Verb.WITHDRAWN: _withdrawn,
    Verb.EVIDENCE: _evidence,
    Verb.LOST_EVIDENCE: _evidence,
    Verb.RIVALS: _rivals,
    Verb.BAR_SET: _bar,
    Verb.BAR_CHANGED: _bar,
    Verb.BAR_MOVED: _bar,
    Verb.MEASURED: _measured,
    Verb.DECIDED: _decided,
    Verb.SUSPECT: _suspect,
    Verb.WAIVED: _waived,
    Verb.WAIVER_ENDED: _waived,
    Verb.TEXT: _text,
}
