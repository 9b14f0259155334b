"""Many changes in one sentence."""

from collections.abc import Iterable

from ost.history.change import Change, Verb
from ost.history.sentences import Both, Style, ids, short
from ost.words import counted

SPOKEN = ("interview", "signal")
"""Kinds of which nodes come in: they have no place in a tree."""


def headline(changes: Iterable[Change], both: Both, style: Style, *, look: int) -> str:
    """One sentence that says the most important of it."""
    said = list(_parts(tuple(changes), both, style))
    if look:
        said.append("1 thing needs a look" if look == 1 else f"{look} things need a look")
    text = ", ".join(said) or "Only details changed"
    return f"{text[:1].upper()}{text[1:]}."


def _parts(changes: tuple[Change, ...], both: Both, style: Style) -> Iterable[str]:
    of = {verb: [each for each in changes if each.change is verb] for verb in Verb}
    targets = of[Verb.TARGET_CHOSEN]
    if len(targets) == 1:
        yield f"the target is now {style.title(short(targets[0].title))}"
    elif targets:
        yield f"{len(targets)} targets were chosen"
    for kind in SPOKEN:
        came = sum(each.kind == kind for each in of[Verb.ADDED])
        if came:
            yield counted(came, f"{kind} came in", f"{kind}s came in")
    for verb, one, many in _COUNTED:
        found = [each for each in of[verb] if each.kind not in SPOKEN]
        if found:
            yield counted(len(found), one, many)
    rivals = {each.node: each for each in of[Verb.RIVALS]}
    for target in targets[:1]:
        if target.node in rivals:
            was, now = (len(ids(each)) for each in _sides(rivals[target.node]))
            yield f"it has {counted(now, 'live solution', 'live solutions')} (was {was})"


_COUNTED = (
    (Verb.SPLIT, "opportunity was split", "opportunities were split"),
    (Verb.MERGED, "opportunity was merged", "opportunities were merged"),
    (Verb.ADDED, "node is new", "nodes are new"),
    (Verb.REMOVED, "node is gone", "nodes are gone"),
    (Verb.MOVED, "node moved", "nodes moved"),
    (Verb.REWORDED, "node was reworded", "nodes were reworded"),
    (Verb.DECIDED, "choice was made", "choices were made"),
    (Verb.VERDICT, "verdict came in", "verdicts came in"),
    (Verb.STATUS, "node changed status", "nodes changed status"),
)


def _sides(change: Change) -> tuple[object, object]:
    return change.before, change.after
