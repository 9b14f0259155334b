"""What to do next: whom to interview about what, what to test, and what waits for someone.

Every task says why, with counts and ids. Nothing is scored.
"""

import datetime
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from ost.days import away
from ost.exchange.agenda.opening import Opening, opening
from ost.judge.assumption_tests import verdicts
from ost.judge.evidence import interviews, segment, stories
from ost.judge.rules.unmapped_moment import UnmappedMoment
from ost.tree.evidence import speaker
from ost.tree.model import (
    OVER,
    Assumption,
    Interview,
    Node,
    NodeId,
    Opportunity,
    Outcome,
    Solution,
)
from ost.tree.participants import people
from ost.tree.tree import Tree
from ost.words import counted, either, listed

What = Literal["interview", "test", "map", "waiver", "draft"]

FEWEST = 3
"""A target's evidence is thin if it comes from fewer people."""
STALE = 30
"""A target's evidence is stale after this many days without an interview about it."""
SOON = 14
"""Waivers that end within this many days are listed."""


class Task(Struct, frozen=True, kw_only=True):
    """One thing to do next, and why."""

    what: Annotated[
        What,
        Meta(description="`interview`, `test`, `map`, `waiver` or `draft`."),
    ]
    words: Annotated[str, Meta(description="What to do, in a sentence.")]
    why: Annotated[tuple[str, ...], Meta(description="The reasons, with counts and ids.")]
    node: Annotated[str, Meta(description="The node it is about.")]
    on: Annotated[datetime.date, Meta(description="The day to do it by.")]
    opening: Annotated[
        Opening | None, Meta(description="The words to open an interview and to recruit.")
    ] = None


class Agenda(Struct, frozen=True, kw_only=True):
    """What to do next (`ost next`)."""

    as_of: Annotated[datetime.date, Meta(description="The day it was computed for.")]
    tasks: Annotated[tuple[Task, ...], Meta(description="The tasks, the most useful first.")]


def agenda(tree: Tree) -> Agenda:
    """What to do next in a tree, as of its day."""
    tasks = (
        *_interviews(tree),
        *_tests(tree),
        *_unmapped(tree),
        *_waivers(tree),
        *_drafts(tree),
    )
    return Agenda(as_of=tree.as_of, tasks=tasks)


def targets(tree: Tree) -> tuple[Opportunity, ...]:
    """The opportunities that the team is working on."""
    return tuple(
        node
        for node in tree.nodes(Opportunity)
        if node.status == "target" and not node.draft and not _over(node, tree)
    )


def _over(node: Node, tree: Tree) -> bool:
    """Whether every outcome above a node is over: met or dropped."""
    above = [each for each in tree.ancestors(node) if isinstance(each, Outcome)]
    return bool(above) and all(each.status in OVER for each in above)


def _interviews(tree: Tree) -> Iterator[Task]:
    """One interview about each target with thin or stale evidence or missing segments, and one
    about each outcome without a target.
    """
    found = sorted(
        (len(_people(node, tree)), node.id, node, why)
        for node in targets(tree)
        if (why := _reasons(node, tree))
    )
    for _, _, node, why in found:
        yield interview(node, why, tree)
    aimed = {above.id for node in targets(tree) for above in tree.ancestors(node)}
    for outcome in tree.nodes(Outcome):
        below = any(each.kind == Outcome.kind for each in tree.children_of.get(outcome.id, ()))
        if outcome.status in OVER or outcome.draft or outcome.id in aimed or below:
            continue
        why = ("no target below it", *_reasons(outcome, tree))
        yield interview(outcome, why, tree)


def interview(node: Node, why: tuple[str, ...], tree: Tree) -> Task:
    """The task to interview someone about a node: whom, and which words to use."""
    missing = _segments_missing(node, tree)
    who = f"someone in segment {missing[0]!r}" if missing else "a customer"
    return Task(
        what="interview",
        words=f"Interview {who} about {node.title!r}",
        why=why,
        node=str(node.id),
        on=away(tree.as_of, 6 - tree.as_of.weekday()),
        opening=opening(node, tree, segment=missing[0] if missing else ""),
    )


def _reasons(node: Node, tree: Tree) -> tuple[str, ...]:
    """The reasons why the evidence for a node is not enough."""
    reasons: list[str] = []
    names = _people(node, tree)
    if len(names) < FEWEST:
        who = f" ({', '.join(names)})" if names else ""
        reasons.append(
            f"{counted(len(names), 'person', 'people')} so far{who}, fewer than {FEWEST}"
        )
    days = [each.day for _, each in stories(node, tree) if each.day and each.day <= tree.as_of]
    ago = (tree.as_of - max(days)).days if days else 0
    if ago > STALE:
        reasons.append(f"last mentioned {counted(ago, 'day')} ago, on {max(days)}")
    if missing := _segments_missing(node, tree):
        named = either([repr(each) for each in missing])
        reasons.append(f"no one in segment {named} has mentioned it")
    return tuple(reasons)


def _people(node: Node, tree: Tree) -> tuple[str, ...]:
    found = {person for _, each in stories(node, tree) for person in people(speaker(each))}
    return tuple(sorted(found))


def _segments_missing(node: Node, tree: Tree) -> tuple[str, ...]:
    """Segments that the team interviewed but that have not mentioned this; those with the fewest
    interviews first.
    """
    times = _interviewed(tree)
    mentioned_by = {segment(each) for _, each in stories(node, tree)}
    return tuple(sorted(times.keys() - mentioned_by, key=lambda each: (times[each], each)))


def _interviewed(tree: Tree) -> Mapping[str, int]:
    """How many signed interviews there are with each segment, counted once for all tasks."""
    key = ("interviewed segments", NodeId(""))
    if key not in tree.worked_out:
        times: dict[str, int] = {}
        for interview in interviews(tree):
            if its := segment(interview):
                times[its] = times.get(its, 0) + (not interview.draft)
        tree.worked_out[key] = times
    found: dict[str, int] = tree.worked_out[key]
    return found


_COMMITTED = ("building", "testing", "candidate", "shipped", "idea")
"""Statuses of a live solution, the one with the most at stake first."""
_IMPORTANCE = ("high", "medium", None, "low")


def _tests(tree: Tree) -> Iterator[Task]:
    """The riskiest assumption that no test has settled, below a target if there is one."""
    aimed = {node.id for node in targets(tree)}
    found: list[tuple[tuple[bool, int, int, int, int, str], Assumption, tuple[Solution, ...]]] = []
    for assumption in tree.nodes(Assumption):
        solutions = tuple(
            each
            for each in tree.parents(assumption)
            if isinstance(each, Solution) and each.own_status() in _COMMITTED and not each.result
        )
        if assumption.draft or verdicts(assumption, tree) or not solutions:
            continue
        below = any(above.id in aimed for each in solutions for above in tree.ancestors(each))
        stake = min(_COMMITTED.index(each.own_status() or "idea") for each in solutions)
        against = sum(each.against for each in tree.moments(assumption))
        weight = _IMPORTANCE.index(assumption.importance)
        rank = (not below, stake, weight, -against, -len(solutions), str(assumption.id))
        found.append((rank, assumption, solutions))
    for rank, assumption, solutions in sorted(found, key=lambda each: each[0])[:1]:
        carried = listed([f"{each.id!r} ({each.own_status()})" for each in solutions])
        why = [f"importance {assumption.importance or 'not set'}", f"carries {carried}"]
        if not rank[0]:
            why.append("below a target")
        if against := sum(each.against for each in tree.moments(assumption)):
            why.append(f"{counted(against, 'moment')} against it")
        running = [each for each in tree.below(assumption.id, Node) if each.status == "running"]
        why.append(f"test {str(running[0].id)!r} is running" if running else "no test has a result")
        yield Task(
            what="test",
            words=f"Test whether this is true: {assumption.title!r}",
            why=tuple(why),
            node=str(assumption.id),
            on=away(tree.as_of, 6 - tree.as_of.weekday()),
        )


def _unmapped(tree: Tree) -> Iterator[Task]:
    """Each interview that names opportunities missing from the tree. A draft has to be checked
    first.
    """
    rule = UnmappedMoment(days=-1)
    for interview in tree.nodes(Interview):
        if interview.draft:
            continue
        lines = [each.at.line + 1 for each in rule.check(interview, tree)]
        if lines:
            many = counted(len(lines), "opportunity", "opportunities")
            yield Task(
                what="map",
                words=f"Map {many} from {interview.id!r} to the tree",
                why=(f"line {listed([str(each) for each in lines])} links no node",),
                node=str(interview.id),
                on=tree.as_of,
            )


def _waivers(tree: Tree) -> Iterator[Task]:
    """Each waiver that ends soon or has ended."""
    ending = sorted(
        (waiver.until, node.id, waiver.rule, waiver.because)
        for node in tree.nodes(Node)
        for waiver in node.waivers
        if waiver.until is not None and waiver.until <= away(tree.as_of, SOON)
    )
    for until, node_id, rule, because in ending:
        left = (until - tree.as_of).days
        when = (
            f"ends in {counted(left, 'day')}" if left >= 0 else f"ended {counted(-left, 'day')} ago"
        )
        yield Task(
            what="waiver",
            words=f"Review the waiver of {rule!r} for {node_id!r}",
            why=(f"it {when}, on {until}", *([f"reason: {because}"] if because else [])),
            node=str(node_id),
            on=until,
        )


def _drafts(tree: Tree) -> Iterator[Task]:
    """Each draft that no one has signed."""
    for node in tree.nodes(Node):
        if node.draft:
            made = node.generated
            by = f"drafted by {made.by}" if made and made.by else "drafted by a machine"
            yield Task(
                what="draft",
                words=f"Check {node.kind} {node.id!r}, then run `ost verify {node.id}`",
                why=(by + (f" on {made.at}" if made and made.at else ""), "does not count yet"),
                node=str(node.id),
                on=tree.as_of,
            )
