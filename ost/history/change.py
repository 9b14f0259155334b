"""A change in meaning: what happened to a node, in a fixed vocabulary."""

from collections.abc import Mapping
from enum import StrEnum
from hashlib import sha256
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from ost.tree.model import kind_named


class Verb(StrEnum):
    """What may happen to a tree, in the order of reports."""

    BAR_MOVED = "bar-moved"
    LOST_EVIDENCE = "lost-evidence"
    TARGET_CHOSEN = "target-chosen"
    TARGET_LEFT = "target-left"
    SUSPECT = "suspect"
    CONSENT = "consent"
    MEASURED = "measured"
    GOAL = "goal"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    REWORDED = "reworded"
    REKINDED = "rekinded"
    STATUS = "status"
    DECIDED = "decided"
    EVIDENCE = "evidence"
    HEARD = "heard"
    AGAINST = "against"
    WITHDRAWN = "withdrawn"
    RIVALS = "rivals"
    BAR_SET = "bar-set"
    BAR_CHANGED = "bar-changed"
    RESULT = "result"
    VERDICT = "verdict"
    BET = "bet"
    SETTLED = "settled"
    WAIVED = "waived"
    WAIVER_ENDED = "waiver-ended"
    RENAMED = "renamed"
    FIELD = "field"
    TEXT = "text"


LOOK, TREE, DETAIL = 3, 2, 1
"""The weight of a change: a reviewer must look, it changes the tree, it is a detail."""

_LOOK = {
    Verb.BAR_MOVED,
    Verb.LOST_EVIDENCE,
    Verb.TARGET_CHOSEN,
    Verb.SUSPECT,
    Verb.CONSENT,
}
_DETAIL = {Verb.RENAMED, Verb.FIELD, Verb.TEXT, Verb.HEARD, Verb.BET}


class Change(Struct, frozen=True, kw_only=True):
    """One change in meaning."""

    change: Annotated[Verb, Meta(description="What happened, as a word of the vocabulary.")]
    node: Annotated[
        str, Meta(description="The node's id after the change; if the node is gone, before it.")
    ]
    kind: Annotated[str, Meta(description="The node's kind.")]
    title: Annotated[str, Meta(description="The node's title.")]
    field: Annotated[str | None, Meta(description="The field, if the change is about one.")] = None
    before: Annotated[object, Meta(description="The old value, or null.")] = None
    after: Annotated[object, Meta(description="The new value, or null.")] = None
    people: Annotated[
        tuple[str, ...], Meta(description="The people whose words make the difference.")
    ] = ()
    weight: Annotated[
        int, Meta(description="3: a reviewer must look; 2: it changes the tree; 1: a detail.")
    ] = TREE
    fingerprint: Annotated[
        str, Meta(description="Equal for equal changes, whatever else changes.")
    ] = ""
    path: Annotated[str, Meta(description="The file, relative to the content folder.")] = ""
    line: Annotated[int, Meta(description="The line, from 1.")] = 1


def changed(
    verb: Verb,
    node: str,
    kind: str,
    title: str,
    place: tuple[str, int],
    *,
    field: str | None = None,
    before: object = None,
    after: object = None,
    people: tuple[str, ...] = (),
    weight: int = 0,
) -> Change:
    """A change with its weight and its fingerprint."""
    identity = msgspec.json.encode((verb.value, node, field, before, after), order="deterministic")
    return Change(
        change=verb,
        node=node,
        kind=kind,
        title=title,
        field=field,
        before=before,
        after=after,
        people=people,
        weight=weight or weigh(verb, kind),
        fingerprint=sha256(identity).hexdigest()[:12],
        path=place[0],
        line=place[1],
    )


def weigh(verb: Verb, kind: str) -> int:
    """How much a change weighs."""
    known = kind_named(kind)
    # Evidence and decisions are not removed without review.
    if verb in _LOOK or (verb is Verb.REMOVED and (known.speaks or known.decides)):
        return LOOK
    return DETAIL if verb in _DETAIL else TREE


def in_order(change: Change) -> tuple[int, int, int, str, str, str]:
    """The key that sorts changes: by weight, then in the order of the vocabulary, then by kind and
    node.
    """
    at = _ORDER[change.change]
    kind = kind_named(change.kind).rank
    return (-change.weight, at, kind, change.node, change.field or "", change.fingerprint)


_ORDER: Mapping[Verb, int] = {verb: number for number, verb in enumerate(Verb)}
