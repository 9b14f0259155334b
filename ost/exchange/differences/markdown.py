"""A difference as a comment below a pull request: a two-minute read, and never too long."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ost.exchange.differences import mermaid
from ost.exchange.differences.difference import NamedDifference, place_of
from ost.exchange.differences.escape import code
from ost.exchange.escape import markdown
from ost.exchange.reports.finding import Finding
from ost.history.change import LOOK, TREE, Change, Verb
from ost.history.headline import headline
from ost.history.sentences import Style, bar, ids, line, people, verdict_by
from ost.read.diagnostic import Severity
from ost.tree.model import kind_named
from ost.words import counted

LIMIT = 60_000
"""The maximum of bytes in a comment. GitHub accepts 65,536 characters, and someone may add to it.
"""
MARKER = "<!-- ost-diff -->"
FEW_RULES, MANY_RULES = 10, 60
FEW_ERRORS = 10

COMMENT = Style(
    title=lambda text: f"*{markdown(text.strip())}*",
    code=code,
    text=markdown,
    strong=lambda text: f"**{text}**",
)

_ICONS = {
    Verb.BAR_MOVED: "⚠️",
    Verb.LOST_EVIDENCE: "🔇",
    Verb.TARGET_CHOSEN: "🎯",
    Verb.SUSPECT: "❓",
    Verb.CONSENT: "✋",
    Verb.MEASURED: "📈",
    Verb.GOAL: "📈",
    Verb.SPLIT: "🟣",
    Verb.MERGED: "🟣",
    Verb.ADDED: "🟢",
    Verb.REMOVED: "🔴",
    Verb.MOVED: "🔵",
    Verb.REWORDED: "✏️",
    Verb.EVIDENCE: "👂",
    Verb.HEARD: "👂",
    Verb.AGAINST: "👎",
    Verb.WITHDRAWN: "✂️",
    Verb.RIVALS: "⚖️",
    Verb.DECIDED: "🧭",
    Verb.BAR_SET: "🧪",
    Verb.BAR_CHANGED: "🧪",
    Verb.RESULT: "🧪",
    Verb.VERDICT: "🧪",
    Verb.WAIVED: "🔕",
    Verb.WAIVER_ENDED: "🔔",
}
_CONSENT = "its words are still in git history, which matters if consent was withdrawn"


def render(named: NamedDifference, limit: int = LIMIT) -> str:
    """The comment, or "" if the tree has not changed.

    A long comment is shortened in a fixed order: the rest becomes counts, rules are cut to ten,
    rows to one per sort of change, the picture to targets; then the picture goes. The headline and
    what needs a review always stay.
    """
    if not named.difference:
        return ""
    plan = _plan(named)
    top, look = _top(named), list(_look(named, plan))
    text = ""
    for parts in _cuts(named, plan):
        text = "\n".join(each for each in (top, "".join(look), *parts, _foot(named)) if each)
        if _size(text) <= limit:
            return text
    # Only the list of what needs a review is left, and it is too long: cut it to fit.
    while look and _size(text) > limit:
        look = look[: len(look) * 3 // 4]
        more = f"- and more: {code(named.called)} lists all of it\n"
        text = "\n".join((top, "".join(look) + more, _foot(named)))
    return text


class Plan(NamedTuple):
    """The parts of a comment. Each change is in one of them."""

    look: tuple[Change, ...]
    rows: tuple[Change, ...]
    rest: tuple[Change, ...]


def _plan(named: NamedDifference) -> Plan:
    look, rows, rest = [], [], []
    evidence = {
        (each.node, each.people)
        for each in named.difference.changes
        if each.change in {Verb.EVIDENCE, Verb.LOST_EVIDENCE}
    }
    # Evidence for a node is not news if it came with the same people for a node right below it.
    echoes = {
        (parent, people)
        for node, people in evidence
        if (record := named.both.record(node)) is not None
        for parent in record.parents
    }
    for change in named.difference.changes:
        echo = change.change is Verb.EVIDENCE and (change.node, change.people) in echoes
        came = change.change is Verb.ADDED and _apart(change.kind)
        if change.weight >= LOOK:
            look.append(change)
        elif change.weight < TREE or echo or came:
            rest.append(change)
        else:
            rows.append(change)
    return Plan(tuple(look), tuple(rows), tuple(rest))


def _cuts(named: NamedDifference, plan: Plan) -> Iterator[tuple[str, ...]]:
    """The text below the list of what needs a review, shorter with each attempt."""
    picture, table, counts = _picture(named), _table(plan, named), _counted(plan)
    grouped, few = _grouped(plan), _rules(named, FEW_RULES)
    yield picture, table, _rules(named, MANY_RULES), _rest(plan, named)
    yield picture, table, _rules(named, MANY_RULES), counts
    yield picture, table, few, counts
    yield picture, grouped, few, counts
    yield _picture(named, targets_only=True), grouped, few, counts
    yield grouped, few, counts
    yield (counts,)


def _top(named: NamedDifference) -> str:
    found = named.difference
    look = len(found.look()) + len(found.errors())
    marker = MARKER.replace(" -->", f" {code(named.place)} -->") if named.place else MARKER
    headline_text = headline(found.changes, named.both, COMMENT, look=look)
    where = f" ({code(named.place)})" if named.place else ""
    return f"{marker}\n### 🌳 What this does to the tree{where}\n\n{headline_text}\n"


def _look(named: NamedDifference, plan: Plan) -> Iterator[str]:
    for change in plan.look:
        sentence = _must(change, named)
        yield f"- {_icon(change)} {sentence[:1].upper()}{sentence[1:]}\n"
    errors = named.difference.errors()
    for found in errors[:FEW_ERRORS]:
        yield f"- {_rule(found, named)}\n"
    if len(errors) > FEW_ERRORS:
        yield f"- ❌ and {len(errors) - FEW_ERRORS:,} more errors\n"


def _must(change: Change, named: NamedDifference) -> str:
    parts = line(change, named.both, COMMENT)
    if change.change is Verb.TARGET_CHOSEN:
        return f"**New target: {COMMENT.title(change.title)}**{_chosen(change, named)}"
    if change.change is Verb.BAR_MOVED:
        return f"**The bar moved with the result.** {_bar(change, named)}"
    if change.change is Verb.LOST_EVIDENCE:
        return f"{COMMENT.title(change.title)} **lost its only evidence**: {parts.after}"
    if change.change is Verb.SUSPECT:
        return f"**Look at {change.kind} {COMMENT.title(change.title)} again:** {parts.after}"
    if change.change is Verb.REMOVED and change.kind == "interview":
        return f"interview {code(change.node)} was removed; {_CONSENT}"
    return parts.sentence()


def _bar(change: Change, named: NamedDifference) -> str:
    """The old and the new bar, the result, and the verdict by each."""
    record = named.both.after.get(change.node)
    seen = record.fields.get("result") if record is not None else None
    bars = f"{bar(change.before, COMMENT)} → {bar(change.after, COMMENT)}"
    sentence = f"{COMMENT.title(change.title)}: {bars}, seen {bar(seen, COMMENT) or 'nothing'}"
    old, new = verdict_by(change.before), verdict_by(change.after)
    if old and old != new:
        return f"{sentence}. By the bar set before, this test is **{old}**."
    return sentence


def _chosen(change: Change, named: NamedDifference) -> str:
    """How many people mentioned a target, and the decision that chose it."""
    record = named.both.after.get(change.node)
    many = len(record.people) if record is not None else 0
    mentioned_by = f", heard from {people(many)}"
    for other in named.difference.changes:
        if (
            other.change is Verb.DECIDED
            and other.field == "chose"
            and change.node in ids(other.after)
        ):
            return f"{mentioned_by}; decided in {code(other.node)}"
    earlier = next(_choosing(change.node, named), "")
    if earlier:
        return f"{mentioned_by}; {code(earlier)} chose it before"
    return f"{mentioned_by}; no decision says why"


def _choosing(node: str, named: NamedDifference) -> Iterator[str]:
    """The decisions that chose a node, in this change or before."""
    for name in named.both.after:
        record = named.both.after[name]
        if kind_named(record.kind).decides and node in ids(record.fields.get("chose")):
            yield name


def _picture(named: NamedDifference, *, targets_only: bool = False) -> str:
    drawn = mermaid.draw(named.difference.changes, named.both, targets_only=targets_only)
    return f"```mermaid\n{drawn}```\n<sub>{mermaid.KEY}</sub>\n" if drawn else ""


def _apart(kind: str) -> bool:
    """Whether nodes of a kind have no place in the tree."""
    return not kind_named(kind).placed


def _table(plan: Plan, named: NamedDifference) -> str:
    rows = [_row(each, named) for each in plan.rows]
    return f"{_HEAD}{''.join(rows)}" if rows else ""


_HEAD = "| | what | before | after |\n| --- | --- | --- | --- |\n"


def _row(change: Change, named: NamedDifference) -> str:
    parts = line(change, named.both, COMMENT)
    return f"| {_icon(change)} | {parts.what} | {parts.before} | {parts.after} |\n"


def _grouped(plan: Plan) -> str:
    """One row per sort of change and kind."""
    groups = Counter((each.change, each.kind) for each in plan.rows)
    rows = [
        f"| {_ICONS.get(verb, '🟡')} | {verb.value} | {many:,} × {kind} |\n"
        for (verb, kind), many in groups.items()
    ]
    return f"| | what | how many |\n| --- | --- | --- |\n{''.join(rows)}" if rows else ""


def _rules(named: NamedDifference, most: int) -> str:
    found = named.difference.diagnostics
    if not found.new and not found.gone:
        return ""
    items = [f"- {_rule(each, named)}" for each in found.new[:most]]
    items += _more(len(found.new), most, "new findings")
    items += [f"- ✅ {each.code} no longer on {_about(each, named)}" for each in found.gone[:most]]
    items += _more(len(found.gone), most, "cured")
    counts = f"{len(found.new):,} new, {len(found.gone):,} fixed"
    return _folded(f"Rules: {counts}", items)


def _more(there: int, most: int, what: str) -> list[str]:
    return [f"- and {there - most:,} more {what}"] if there > most else []


def _rule(finding: Finding, named: NamedDifference) -> str:
    mark = {Severity.ERROR: "❌ ", Severity.WARNING: "⚠️ "}.get(finding.severity, "")
    place = code(place_of(finding, named.in_repository))
    message = markdown(_short(finding.message))
    return f"{mark}{finding.code}{f' {place}' if place else ''}: {message}"


def _about(finding: Finding, named: NamedDifference) -> str:
    return code(finding.node or named.in_repository(finding.path))


def _rest(plan: Plan, named: NamedDifference) -> str:
    items = [f"- {line(each, named.both, COMMENT).sentence()}" for each in plan.rest]
    return _folded(f"Everything else: {counted(len(items), 'change')}", items) if items else ""


def _counted(plan: Plan) -> str:
    counts = Counter(each.change.value for each in plan.rest)
    items = [f"- {verb}: {many:,}" for verb, many in sorted(counts.items())]
    return _folded(f"Everything else: {counted(counts.total(), 'change')}", items) if items else ""


def _folded(title: str, lines: Iterable[str]) -> str:
    inside = "\n".join(lines)
    return f"<details><summary>{title}</summary>\n\n{inside}\n\n</details>\n"


def _foot(named: NamedDifference) -> str:
    changes = named.difference.changes
    nodes = len({each.node for each in changes})
    of = f"{counted(len(changes), 'change')} · {counted(nodes, 'node')}"
    return f"<sub>{code(named.called)} · {of}</sub>\n"


def _icon(change: Change) -> str:
    return _ICONS.get(change.change, "🟡")


def _short(text: str) -> str:
    return text if len(text) <= 300 else text[:299] + "…"


def _size(text: str) -> int:
    return len(text.encode())
