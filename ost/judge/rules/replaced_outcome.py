"""See :class:`ReplacedOutcome`."""

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Annotated, NamedTuple

from msgspec import Meta

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, NodeId, Outcome
from ost.tree.past import Beginning
from ost.tree.tree import Tree
from ost.words import counted, day

ALIKE = 0.6
"""Titles and metrics more alike than this say the same in other words."""
NEAR = 31
"""An outcome that began within this many days of another's end may have replaced it."""


class ReplacedOutcome(Rule, frozen=True):
    """An outcome was replaced by another within a quarter.

    Why: It takes weeks of interviews until a tree says anything, and a team that goes from outcome
    to outcome starts from zero each time. A new number does not make a new outcome, and one that
    was met has had its time. The question is: was this decided, and why? It needs git history, so
    only `ost check --calendar` reports it.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 3, on ping-ponging between outcomes;
    see Shifting from outputs to outcomes
    <https://prodsens.live/2024/07/17/shifting-from-outputs-to-outcomes-why-it-matters-and-how-to-get-started>

    Bad:

        -- more-film-nights.md -- @2026-10-01
        ---
        kind: outcome
        metric: evenings that begin with a film
        ---
        # More evenings begin with a film
        -- more-film-nights.md --
        ---
        kind: outcome
        metric: evenings that begin with a film
        status: dropped
        ---
        # More evenings begin with a film
        -- fewer-cancellations.md --
        ---
        kind: outcome
        metric: subscriptions cancelled in a month
        ---
        # Fewer people cancel <!-- OST514 -->

    Bad:

        -- more-film-nights.md -- @2026-10-01
        ---
        kind: outcome
        metric: evenings that begin with a film
        ---
        # More evenings begin with a film
        -- more-film-nights.md --
        ---
        kind: outcome
        metric: subscriptions cancelled in a month
        ---
        # Fewer people cancel <!-- OST514 -->

    Bad:

        -- more-film-nights.md -- @2026-10-01
        ---
        kind: outcome
        ---
        # More evenings begin with a film
        -- fewer-cancellations.md --
        ---
        kind: outcome
        ---
        # Fewer people cancel <!-- OST514 -->

    Good:

        -- more-film-nights.md -- @2026-10-01
        ---
        kind: outcome
        metric: evenings that begin with a film
        target: 45
        ---
        # More evenings begin with a film
        -- more-film-nights.md --
        ---
        kind: outcome
        metric: evenings that begin with a film
        target: 40
        ---
        # More evenings begin with a film that all agree on

    Good:

        -- more-film-nights.md -- @2026-10-01
        ---
        kind: outcome
        ---
        # More evenings begin with a film
        -- more-film-nights.md --
        ---
        kind: outcome
        status: met
        ---
        # More evenings begin with a film
        -- fewer-cancellations.md --
        ---
        kind: outcome
        ---
        # Fewer people cancel
    """

    code = "OST514"
    severity = Severity.NOTE
    kinds = (Outcome,)
    calendar = True

    days: Annotated[int, Meta(description="How many days an outcome should last.")] = 90

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether this outcome replaced one that had hardly begun."""
        if not isinstance(node, Outcome) or node.status == "dropped":
            return
        for finding in (*self._in_place(node, tree), *self._of_another(node, tree)):
            yield self.about(node, node.at, f"outcome {node.id!r} {finding}; say why in a decision")
            return

    def _in_place(self, node: Outcome, tree: Tree) -> Iterator[str]:
        """The same file now states another outcome."""
        began = tree.began.get(node.id)
        versions = [each for each in tree.past.get(node.id, ()) if each.fields is not None]
        if began is None:
            return
        since = _start(began, versions[0].fields or {}) if versions else began.day
        for before, after in pairwise(versions):
            old, new = (each.fields or {} for each in (before, after))
            if _is_another(old, new):
                lasted = _days(since, after.day)
                if lasted < self.days:
                    until = f"{day(after.day)}, for {counted(lasted, 'day')}"
                    yield f"was {_title(old)!r} until {until}"
                since = after.day

    def _of_another(self, node: Outcome, tree: Tree) -> Iterator[str]:
        """Another outcome ended when this one began."""
        mine = tree.past.get(node.id, ())
        began = tree.began.get(node.id)
        if began is None or not mine or mine[-1].fields is None:
            return
        for other in sorted(tree.past):
            life = _life(other, tree) if other != node.id else None
            if life is None or _days(life.began, life.ended) >= self.days:
                continue
            near = abs(_days(life.ended, began.day)) <= NEAR and began.day > life.began
            same = all(
                life.fields.get(each) == mine[-1].fields.get(each) for each in ("team", "parent")
            )
            if near and same and _is_another(life.fields, mine[-1].fields):
                lasted = counted(_days(life.began, life.ended), "day")
                ended = f"which ended on {day(life.ended)} after {lasted}"
                yield f"took the place of {str(other)!r}, {ended}"


class _Life(NamedTuple):
    """An outcome that was given up: its days and its words."""

    began: str
    ended: str
    fields: Mapping[str, object]


def _life(other: NodeId, tree: Tree) -> _Life | None:
    """The life of an outcome that was dropped or deleted; None for any other node."""
    versions, began = tree.past[other], tree.began.get(other)
    living = [each for each in versions if each.fields is not None and not _is_over(each.fields)]
    if began is None or not living or living[-1] is versions[-1]:
        return None
    fields = living[-1].fields or {}
    end = versions[versions.index(living[-1]) + 1]
    met = end.fields is not None and end.fields.get("status") == "met"
    if fields.get("kind", fields.get("type")) != "outcome" or met:
        return None
    return _Life(_start(began, fields), end.day, fields)


def _is_over(fields: Mapping[str, object]) -> bool:
    return fields.get("status") in {"met", "dropped"}


def _start(began: Beginning, fields: Mapping[str, object]) -> str:
    """When an outcome began. A measurement, or an interview committed with it, may be older than
    the first commit.
    """
    measured = fields.get("measurements")
    days = map(str, measured) if isinstance(measured, dict) else ()
    return min(began.day, began.told or began.day, *days)


def _days(since: str, until: str) -> int:
    try:
        return (date.fromisoformat(until) - date.fromisoformat(since)).days
    except ValueError:
        # A measurement whose day does not exist.
        return 1_000_000


def _is_another(old: Mapping[str, object], new: Mapping[str, object]) -> bool:
    """Whether neither metric nor title says the same in other words."""
    pairs = [
        (str(old.get(name)), str(new.get(name)))
        for name in ("metric", "title")
        if old.get(name) is not None and new.get(name) is not None
    ]
    return bool(pairs) and all(_alikeness(*each) < ALIKE for each in pairs)


def _alikeness(one: str, other: str) -> float:
    first, second = sorted((one.casefold(), other.casefold()))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _title(fields: Mapping[str, object]) -> str:
    return str(fields.get("title") or fields.get("metric"))
