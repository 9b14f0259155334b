"""See :class:`LateDecision`."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta

from ost.judge.choices import deciding
from ost.judge.node_lists import places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Decision, Node, Opportunity
from ost.tree.past import Version
from ost.tree.tree import Tree
from ost.words import counted


class LateDecision(Rule, frozen=True):
    """The decision for a target is much later or older than the choice.

    Why: a decision that is written down weeks after the target gives the reasons that turned out
    well, not those that the team had. A decision from before the target was last given up says why
    it was chosen then, not why it was chosen again. If no decision chose the target at all,
    `undecided-target` says so. It needs git history, so only `ost check --calendar` reports it.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 7, as in Hamster's skill on
    prioritizing opportunities <https://github.com/gethamster/skills>

    Bad:

        -- cannot-agree.md -- @2026-09-20
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
        -- cannot-agree.md -- @2026-10-01
        ---
        kind: opportunity
        status: target
        ---
        # We cannot agree on what to watch
        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target  # OST333
        ---
        # We cannot agree on what to watch
        -- agree-first.md --
        ---
        kind: decision
        chose: cannot-agree
        ---
        # We begin with agreeing

    Bad:

        -- cannot-agree.md -- @2026-09-01
        ---
        kind: opportunity
        status: target
        ---
        # We cannot agree on what to watch
        -- cannot-agree.md -- @2026-10-01
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target  # OST333
        ---
        # We cannot agree on what to watch
        -- agree-first.md -- @2026-09-01
        ---
        kind: decision
        chose: cannot-agree
        ---
        # We begin with agreeing
        -- agree-first.md --
        ---
        kind: decision
        chose: cannot-agree
        ---
        # We begin with agreeing

    Good:

        -- cannot-agree.md -- @2026-10-01
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
        ---
        # We cannot agree on what to watch
        -- agree-first.md --
        ---
        kind: decision
        chose: cannot-agree
        ---
        # We begin with agreeing
    """

    code = "OST333"
    severity = Severity.NOTE
    kinds = (Opportunity,)
    calendar = True

    days: Annotated[
        int, Meta(description="How many days after the target its decision may be committed.")
    ] = 7

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether a decision from these days chose the target."""
        if not isinstance(node, Opportunity) or node.status != "target":
            return
        began = tree.began.get(node.id)
        chosen, left = _choice(
            tree.past.get(node.id, ()), known=began is not None and not began.first
        )
        decisions = {each.id: each for each in deciding(node, tree, "chose")}
        written = sorted(
            (first, last, each.id)
            for each in decisions.values()
            for first, last in _choosing(tree.past.get(each.id, ()), node)
        )
        if not chosen or len({each for *_, each in written}) < len(decisions) or not written:
            return
        fresh = [each for each in written if not left or each[1] >= left]
        first, _, about = (fresh or written)[0]
        late = (date.fromisoformat(first) - date.fromisoformat(chosen)).days
        if not fresh:
            message = (
                f"was chosen again on {chosen}; decision {about!r} is of {first}, before it was "
            )
            message += f"left on {left}"
        elif late > self.days:
            message = f"was chosen on {chosen}; decision {about!r} was committed "
            message += f"{counted(late, 'day')} later, on {first}"
        else:
            return
        decision: Decision = decisions[about]
        yield self.about(
            node,
            node.place("status"),
            f"target {node.id!r} {message}",
            related=places([decision], "the decision"),
        )


def _choice(versions: Sequence[Version], *, known: bool) -> tuple[str, str]:
    """The day of the commit that chose a target, and the day it had been given up before, if ever.
    The first is empty if the file was added as the target, unless the day is `known`.
    """
    runs: list[tuple[bool, str]] = []
    for version in versions:
        target = (version.fields or {}).get("status") == "target"
        if not runs or runs[-1][0] != target:
            runs.append((target, version.day))
    if not runs or not runs[-1][0] or (len(runs) == 1 and not known):
        return "", ""
    return runs[-1][1], runs[-2][1] if len(runs) > 2 else ""


def _choosing(versions: Sequence[Version], node: Node) -> Iterable[tuple[str, str]]:
    """When a decision first chose the node, and its last edit."""
    names = (str(node.id), *map(str, node.aliases))
    since, edited, before = "", "", None
    for version in versions:
        chose = json.dumps((version.fields or {}).get("chose"), ensure_ascii=False).casefold()
        named = any(name.casefold() in chose for name in names)
        since = (since or version.day) if named else ""
        edited = version.day if version.fields != before else edited
        before = version.fields
    return [(since, edited)] if since else []
