"""Sums up many changes in one sentence."""

from collections import Counter
from collections.abc import Iterable, Mapping

from ost.history.change import Change, Verb
from ost.history.sentences import Both, Style, ids, short
from ost.tree.model import KINDS
from ost.words import counted

MOST = 5
"""How many sorts of change a headline names. The list below it has all of them."""


def headline(changes: Iterable[Change], both: Both, style: Style, *, look: int) -> str:
    """One sentence with the most important changes."""
    all_changes = tuple(changes)
    parts = list(_parts(all_changes, both, style)) if all_changes else ["no changes in the tree"]
    if look:
        parts.append(style.strong(counted(look, "thing needs a look", "things need a look")))
    elif not all_changes:
        parts.append("only the findings changed")
    text = ", ".join(parts).replace(", and more", " and more") or "Only details changed"
    return f"{text[:1].upper()}{text[1:]}."


def _parts(changes: tuple[Change, ...], both: Both, style: Style) -> Iterable[str]:
    of = {verb: [each for each in changes if each.change is verb] for verb in Verb}
    targets = of[Verb.TARGET_CHOSEN]
    if len(targets) == 1:
        yield f"the target is now {style.title(short(targets[0].title))}{_rivals(targets[0], of)}"
        of[Verb.TARGET_LEFT] = []  # for that one
    elif targets:
        yield f"{len(targets)} targets were chosen"
    came = Counter(each.kind for each in of[Verb.ADDED])
    speaking = [kind for kind in KINDS.values() if kind.speaks]
    spoken = {kind.kind for kind in speaking}
    of[Verb.ADDED] = [each for each in of[Verb.ADDED] if each.kind not in spoken]
    counted_changes = [
        counted(came[kind.kind], f"{kind.kind} came in", f"{kind.plural} came in")
        for kind in speaking
        if came[kind.kind]
    ]
    counted_changes += _counts(_COUNTED, of)
    # Consequences of other changes are only news without those changes.
    yield from counted_changes[:MOST] or ([] if targets else _counts(_OTHERWISE, of))
    if len(counted_changes) > MOST:
        yield "and more"


def _rivals(target: Change, of: Mapping[Verb, list[Change]]) -> str:
    """How many live solutions a target has, if that number changed."""
    for change in of[Verb.RIVALS]:
        if change.node == target.node:
            was, now = len(ids(change.before)), len(ids(change.after))
            return f" with {counted(now, 'live solution')} (was {was})"
    return ""


def _counts(words: Iterable[tuple[Verb, str, str]], of: Mapping[Verb, list[Change]]) -> list[str]:
    """How many nodes changed, by sort of change."""
    nodes = ((one, many, {each.node for each in of[verb]}) for verb, one, many in words)
    return [counted(len(found), one, many) for one, many, found in nodes if found]


_COUNTED = (
    (Verb.SPLIT, "opportunity was split", "opportunities were split"),
    (Verb.MERGED, "opportunity was merged", "opportunities were merged"),
    (Verb.ADDED, "node is new", "nodes are new"),
    (Verb.REMOVED, "node is gone", "nodes are gone"),
    (Verb.MOVED, "node moved", "nodes moved"),
    (Verb.REWORDED, "node was reworded", "nodes were reworded"),
    (Verb.REKINDED, "node is of another kind", "nodes are of another kind"),
    (Verb.TARGET_LEFT, "target was left", "targets were left"),
    (Verb.GOAL, "goal changed", "goals changed"),
    (Verb.MEASURED, "outcome was measured", "outcomes were measured"),
    (Verb.DECIDED, "decision was made", "decisions were made"),
    (Verb.BAR_SET, "bar was set", "bars were set"),
    (Verb.BAR_CHANGED, "bar was changed", "bars were changed"),
    (Verb.VERDICT, "verdict came in", "verdicts came in"),
    (Verb.SETTLED, "bet was settled", "bets were settled"),
    (Verb.STATUS, "node changed status", "nodes changed status"),
    (Verb.WAIVED, "rule was waived", "rules were waived"),
    (Verb.WAIVER_ENDED, "waiver ended", "waivers ended"),
)

_OTHERWISE = (
    (Verb.RESULT, "result came in", "results came in"),
    (Verb.HEARD, "opportunity was mentioned again", "opportunities were mentioned again"),
    (Verb.AGAINST, "node was contradicted", "nodes were contradicted"),
    (Verb.WITHDRAWN, "node lost a mention", "nodes lost mentions"),
    (Verb.EVIDENCE, "node has other evidence", "nodes have other evidence"),
    (
        Verb.RIVALS,
        "opportunity has other live solutions",
        "opportunities have other live solutions",
    ),
    (Verb.BET, "bet changed", "bets changed"),
)
