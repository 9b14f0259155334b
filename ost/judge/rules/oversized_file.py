"""See :class:`OversizedFile`."""

from ost.judge.rule import Rule


class OversizedFile(Rule, frozen=True):
    """A file is too large and was not read.

    Why: A node is a page that people read. A file of several megabytes is an export, a transcript
    or a recording in the wrong place, and reading it would slow down every build.

    Source: Product Talk: a snapshot is one page
    <https://www.producttalk.org/glossary-discovery-interview-snapshot>

    Bad: `interviews/all-of-2026.md`, 10 MB of transcripts in one file.

    Good: one snapshot for each interview, each naming its `transcript`.
    """

    code = "OST003"
