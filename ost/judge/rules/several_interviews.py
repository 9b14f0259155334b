"""See :class:`SeveralInterviews`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree import sections as parts
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree

_ONCE = (parts.STORY, parts.OPPORTUNITIES)


class SeveralInterviews(Rule, frozen=True):
    """A file seems to hold a second interview.

    Why: one file is one interview with the people its front matter names. The words of a second
    interview would count as theirs: too few people are counted, and quotes go to the wrong person.

    Source: Product Talk, Interview Snapshot: one page for one interview
    <https://www.producttalk.org/glossary-discovery-interview-snapshot>

    Bad:

        -- p07.md --
        ---
        kind: interview
        date: 2026-11-03
        participant: P07
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - no one can say no without a reason

        # P08: a couple <!-- OST223 -->

        ## Opportunities
        - they fall asleep

    Good:

        -- p07.md --
        ---
        kind: interview
        date: 2026-11-03
        participant: P07
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - no one can say no without a reason
        -- p08.md --
        ---
        kind: interview
        date: 2026-11-03
        participant: P08
        ---
        # P08: a couple

        ## Opportunities
        - they fall asleep
    """

    code = "OST223"
    severity = Severity.WARNING
    kinds = (Interview,)
    drafts = False

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The first heading at which a second interview seems to begin."""
        seen: dict[str, int] = {}
        begins = None
        for section in node.entry.sections:
            named = parts.part(section.title, tree.synonyms)
            if section.level == 1 and not named and section.title and node.entry.title is not None:
                begins = begins or section
            if named not in _ONCE:
                continue
            if named in seen and section.level <= seen[named]:
                at = (begins or section).at
                message = (
                    f"a second interview seems to begin here: line {section.at.line + 1} is another"
                    f" {section.title!r}; move it to a file of its own"
                )
                yield self.about(node, at, message)
                return
            seen.setdefault(named, section.level)
