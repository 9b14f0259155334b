"""See :class:`UnidentifiedInterview`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Interview, Node, Opportunity
from ost.tree.tree import Tree
from ost.words import listed


class UnidentifiedInterview(Rule, frozen=True):
    """An interview has no participant or no date.

    Why: people are counted, not interviews: without a pseudonym, two interviews with one person
    count as two people. Without a date no one can tell whether a team still talks to customers, or
    how old its evidence is. It is a note, and a warning when the interview supports a target.
    Interviews that are made up or public (`consent: public recording`), or that hold nothing but
    front matter, are left alone.

    Source: Product Talk, Interview Snapshot: a name and quick facts
    <https://www.producttalk.org/glossary-discovery-interview-snapshot>

    Bad:

        -- film-night.md --
        ---
        kind: interview
        ---
        # Film night with two teenagers <!-- OST213 -->

        ## Story
        1. [03:10] Friday, everyone on the sofa

    Good:

        -- p07.md --
        ---
        kind: interview
        participant: P07
        date: 2026-11-03
        ---
        # P07: film night with two teenagers

        ## Story
        1. [03:10] Friday, everyone on the sofa
        -- p00.md --
        ---
        kind: interview
        illustrative: true
        ---
        # How a snapshot looks

        ## Story
        1. [03:10] Friday, everyone on the sofa
    """

    code = "OST213"
    severity = Severity.WARNING
    kinds = (Interview,)
    drafts = False

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Which of the two is missing; an unreadable value is reported by another rule."""
        if not isinstance(node, Interview) or node.illustrative or not node.entry.sections:
            return
        if "public" in (node.consent or "").casefold():
            return
        missing = [
            name
            for name in ("participant", "date")
            if getattr(node, name) is None and node.entry.field(name) is None
        ]
        if missing:
            message = f"interview {node.id!r} has no {listed(missing)}; add {_it(missing)}"
            targets = any(_is_target(each.node, tree) for each in tree.heard_in.get(node.id, ()))
            yield self.about(node, node.at, message, Severity.WARNING if targets else None)


def _it(missing: list[str]) -> str:
    return "both" if len(missing) > 1 else "it"


def _is_target(node_id: str, tree: Tree) -> bool:
    node = tree.get(node_id)
    return isinstance(node, Opportunity) and node.status == "target"
