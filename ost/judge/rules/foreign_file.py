"""See :class:`ForeignFile`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class ForeignFile(Rule, frozen=True):
    """A Markdown file has no `kind`, so it is not part of the tree.

    Why: Read-me files and notes may be next to the nodes, and links to them work. But a snapshot
    whose front matter was forgotten looks just like one, and no one would notice. Files that are
    never nodes can be listed under `exclude` in `ost.toml`.

    Source: front matter as in Jekyll and Obsidian <https://jekyllrb.com/docs/front-matter/>

    Bad:

        -- how-we-work.md -- OST005
        # How we work
        -- p07.md -- OST005
        ---
        participant: P07
        ---
        # P07: film night with two teenagers

    Good:

        -- p07.md --
        ---
        kind: interview
        participant: P07
        ---
        # P07: film night with two teenagers
    """

    code = "OST005"
    severity = Severity.NOTE
