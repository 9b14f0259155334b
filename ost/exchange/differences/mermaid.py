"""A picture of what changed: the touched nodes and their paths to the top."""

from collections import Counter
from collections.abc import Iterable

from ost.exchange.differences.escape import label
from ost.history.change import LOOK, TREE, Change, Verb
from ost.history.sentences import Both, people
from ost.tree.model import KINDS, BoxShape

MOST = 40
"""How many nodes are legible in a comment."""
WIDE = 6
"""With more nodes next to each other, the picture would shrink until no one can read it; the tree
then grows to the right instead.
"""
LONGEST = 40
"""The maximum of characters of a title in the picture."""

SHAPES: dict[BoxShape, tuple[str, str]] = {
    "card": ("([", "])"),
    "round": ("(", ")"),
    "block": ("[", "]"),
    "dashed": ("[/", "/]"),
    "pill": ("{{", "}}"),
    "note": ("[[", "]]"),
}
_CLASSES = (
    "classDef new stroke:#1a7f37,stroke-width:3px",
    "classDef gone stroke:#cf222e,stroke-dasharray:4 3,color:#888",
    "classDef moved stroke:#0969da,stroke-width:3px",
    "classDef target stroke:#bf8700,stroke-width:4px",
    "classDef warn stroke:#cf222e,stroke-width:3px",
    "classDef changed stroke-width:3px",
)
KEY = "+ new · − gone · → moved · ◎ target · ! look here"
_GONE = {Verb.REMOVED, Verb.SPLIT, Verb.MERGED}


def draw(changes: Iterable[Change], both: Both, *, targets_only: bool = False) -> str:
    """The picture, or "" if no node of the tree was touched."""
    touched: dict[str, list[Change]] = {}
    for change in changes:
        record = both.record(change.node)
        if record is not None and _has_place(record.kind) and change.weight >= TREE:
            touched.setdefault(change.node, []).append(change)
    if targets_only:
        touched = {
            node: node_changes for node, node_changes in touched.items() if _is_target(node, both)
        }
    shown = _chosen(touched, both)
    if not shown:
        return ""
    names = {node: f"n{number}" for number, node in enumerate(shown)}
    beside = Counter(len(_way_up(node, both)) for node in shown)
    lines = ["flowchart LR" if max(beside.values()) > WIDE else "flowchart TD"]
    for node, name in names.items():
        lines.append(f"  {name}{_node(node, touched.get(node, ()), both)}")
    for node in shown:
        lines += _edges(node, touched.get(node, ()), both, names)
    return "\n".join((*lines, *(f"  {each}" for each in _CLASSES))) + "\n"


def _has_place(kind: str) -> bool:
    return kind in KINDS and KINDS[kind].placed


def _chosen(touched: dict[str, list[Change]], both: Both) -> list[str]:
    """The most important of the touched nodes with all nodes above them, as many as fit."""
    shown: dict[str, None] = {}
    order = sorted(touched, key=lambda node: (-max(each.weight for each in touched[node]), node))
    for node in order:
        way = [each for each in _way_up(node, both) if each not in shown]
        if len(shown) + len(way) <= MOST:
            shown.update(dict.fromkeys(reversed(way)))
    return list(shown)


def _way_up(node: str, both: Both) -> list[str]:
    way: list[str] = []
    here: str | None = node
    while here is not None and here not in way and len(way) < MOST:
        record = both.record(here)
        if record is None or not _has_place(record.kind):
            break
        way.append(here)
        here = record.parents[0] if record.parents else None
    return way


def _is_target(node: str, both: Both) -> bool:
    return any(
        (record := both.record(each)) is not None and record.status == "target"
        for each in _way_up(node, both)
    )


def _node(node: str, changes: Iterable[Change], both: Both) -> str:
    record = both.record(node)
    kind, title = (record.kind, record.title) if record is not None else ("", node)
    begin, end = SHAPES[KINDS[kind].shape if kind in KINDS else "block"]
    mark, tone = _tone(list(changes), node, both)
    short = title if len(title) <= LONGEST else title[: LONGEST - 1].rstrip() + "…"
    facts = "".join(f"<br/>{label(each)}" for each in _facts(changes))
    return f'{begin}"{mark}{label(short)}{facts}"{end}{f":::{tone}" if tone else ""}'


def _tone(changes: list[Change], node: str, both: Both) -> tuple[str, str]:
    verbs = {each.change for each in changes}
    if verbs & _GONE:
        return "− ", "gone"
    if Verb.ADDED in verbs:
        return "#43; ", "new"
    if Verb.TARGET_CHOSEN in verbs:
        return "◎ ", "target"
    if any(each.weight >= LOOK for each in changes):
        return "! ", "warn"
    if Verb.MOVED in verbs:
        return "→ ", "moved"
    return "", "changed" if verbs else ""


def _facts(changes: Iterable[Change]) -> Iterable[str]:
    """The line below a title."""
    for change in changes:
        if change.change in {Verb.STATUS, Verb.TARGET_CHOSEN, Verb.TARGET_LEFT}:
            yield f"{change.before} → {change.after}"
        elif change.change in {Verb.EVIDENCE, Verb.LOST_EVIDENCE}:
            yield f"{change.before} → {people(int(str(change.after)))}"
        elif change.change is Verb.ADDED and change.people:
            yield people(len(change.people))


def _edges(
    node: str, changes: Iterable[Change], both: Both, names: dict[str, str]
) -> Iterable[str]:
    record = both.record(node)
    parent = record.parents[0] if record is not None and record.parents else None
    changes = list(changes)
    gone = any(each.change in _GONE for each in changes)
    if parent in names:
        yield f"  {names[str(parent)]} {'-.-' if gone else '---'} {names[node]}"
    for change in changes:
        if change.change is Verb.MOVED and str(change.before) in names:
            yield f"  {names[str(change.before)]} -. was here .-> {names[node]}"
        elif change.change in {Verb.SPLIT, Verb.MERGED}:
            into = change.after if isinstance(change.after, list | tuple) else [change.after]
            for part in into:
                if str(part) in names:
                    yield f"  {names[node]} -. {change.change.value} .-> {names[str(part)]}"
