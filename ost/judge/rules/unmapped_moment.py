"""See :class:`UnmappedMoment`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.document import Item, Section
from ost.tree import sections as parts
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree

_NOTHING = {"", "-", "–", "—", "n/a", "none", "nothing", "nothing new", "todo", "tbd"}


class UnmappedMoment(Rule, frozen=True):
    """An opportunity from an interview is still nowhere in the tree.

    Why: No one finds again what is not in the tree. In the first days it may wait for the next
    interviews to show where it belongs; after two weeks it is forgotten. An item that links to an
    opportunity, new or old, is mapped.

    Source: Discovery health metrics, a playbook: unmapped signals; to look at the opportunities
    again every three or four interviews: Hamster's method page <https://github.com/gethamster/skills>

    Bad:

        -- p07.md --
        ---
        kind: interview
        date: 2026-11-03
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - the filters are for one person, not for a room [14:02] <!-- OST502 -->

    Good:

        -- p07.md --
        ---
        kind: interview
        date: 2026-11-03
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cannot-agree]] four people, three vetoes [12:41]
          - everybody says no once
        -- p08.md --
        ---
        kind: interview
        date: 2026-11-25
        ---
        # P08: alone on a Sunday

        ## Opportunities
        - the filters are for one person, not for a room [14:02]
        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
    """

    code = "OST502"
    severity = Severity.NOTE
    kinds = (Interview,)
    calendar = True
    drafts = False

    days: Annotated[int, Meta(description="How many days an item may wait.")] = 14

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each outermost item without a link, nested items included."""
        if not isinstance(node, Interview) or node.date is None:
            return
        ago = (tree.as_of - node.date).days
        if ago <= self.days:
            return
        for section in parts.sections(node.entry, parts.OPPORTUNITIES, tree.synonyms):
            for item in _unmapped(section):
                message = (
                    f"opportunity from {node.id!r} is not in the tree after {ago} days; "
                    "link it to a node"
                )
                yield self.about(node, item.at, message)


def _unmapped(section: Section) -> Iterator[Item]:
    group: list[Item] = []
    for item in section.items:
        if item.depth == 0:
            yield from _silent(group)
            group = []
        group.append(item)
    yield from _silent(group)


def _silent(group: list[Item]) -> Iterator[Item]:
    """The first of an item and those nested in it, when none of them links."""
    linked = any(each.links for each in group)
    if group and not linked and group[0].text.casefold().strip(" .") not in _NOTHING:
        yield group[0]
