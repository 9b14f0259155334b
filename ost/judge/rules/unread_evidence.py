"""See :class:`UnreadEvidence`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.place import Place
from ost.tree import sections as parts
from ost.tree.model import Assumption, Interview, Node, Opportunity, Signal
from ost.tree.tree import Tree


class UnreadEvidence(Rule, frozen=True):
    """A link under Opportunities does not count as a moment.

    Why: each list item, table row or sub-heading that links an opportunity is one moment of the
    node it links first. A link in running text, or a second one in the same item, does not count,
    and no one would notice.

    Source: Product Talk, Interview Snapshot: the opportunities heard, one by one
    <https://www.producttalk.org/glossary-discovery-interview-snapshot>

    Bad:

        -- cant-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
        -- nothing-ages.md --
        ---
        kind: opportunity
        ---
        # There is nothing for mixed ages
        -- too-many-apps.md --
        ---
        kind: opportunity
        ---
        # There are too many apps
        -- p07.md --
        ---
        kind: interview
        date: 2026-11-03
        participant: P07
        ---
        # P07: film night with two teenagers

        ## Opportunities
        In one sentence: [[too-many-apps]] again. <!-- OST222 -->

        - [[cant-agree]] once more, and the ages as in [[nothing-ages]] <!-- OST222 -->

    Good:

        -- cant-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
        -- nothing-ages.md --
        ---
        kind: opportunity
        ---
        # There is nothing for mixed ages
        -- p07.md --
        ---
        kind: interview
        date: 2026-11-03
        participant: P07
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cant-agree]] and [[nothing-ages]]: four people, three vetoes

        | Opportunity | When |
        | --- | --- |
        | [[nothing-ages]] | [14:02] |
    """

    code = "OST222"
    severity = Severity.WARNING
    kinds = (Interview, Signal)
    drafts = False

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each link to an opportunity or assumption without a moment in this node."""
        counted = {moment.node for moment in tree.heard_in.get(node.id, ())}
        missed = [
            edge
            for edge in tree.outgoing.get(node.id, ())
            if edge.link.relation == "mentions" and edge.target not in counted
        ]
        if not missed:
            return
        inside = {
            place
            for section in parts.sections(node.entry, parts.OPPORTUNITIES, tree.synonyms)
            for place in (
                *(link.at for link in section.links),
                *(link.at for item in section.items for link in item.links),
                *(link.at for quote in section.quotes for link in quote.links),
            )
        }
        seen: set[tuple[str, Place]] = set()
        for edge in missed:
            target = tree.get(edge.target) if edge.link.at in inside else None
            if (
                isinstance(target, (Opportunity, Assumption))
                and (key := (edge.target, edge.link.at)) not in seen
            ):
                seen.add(key)
                message = (
                    f"this link to {edge.target!r} does not count: only the first link of a list"
                    f" item, a row or a sub-heading does; give it an item of its own"
                )
                yield self.about(node, edge.link.at, message)
