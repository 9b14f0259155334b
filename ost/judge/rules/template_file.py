"""See :class:`TemplateFile`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class TemplateFile(Rule, frozen=True):
    """A file is a template: its front matter holds placeholders.

    Why: editors keep templates beside the notes made from them. A template read as a node would
    count as an interview that no one held.

    Source: Obsidian, templates <https://help.obsidian.md/plugins/templates>

    Bad:

        -- templates/interview.md -- OST044
        ---
        kind: interview
        date: {{date}}
        ---
        # {{title}}

    Good:

        -- p07.md --
        ---
        kind: interview
        date: 2026-11-03
        participant: P07
        ---
        # P07: film night with two teenagers
    """

    code = "OST044"
    severity = Severity.NOTE
