"""See :class:`OversizedFile`."""

from ost.judge.rule import Rule


class OversizedFile(Rule, frozen=True):
    """A file is larger than 5 MB, and is not read.

    Why: a node is a page that people read. What is as large as this is an export, a transcript or a
    recording in the wrong place, and reading it would keep everybody waiting at every build.

    Source: Product Talk: a snapshot is one page
    <https://www.producttalk.org/glossary-discovery-interview-snapshot>

    Bad: `interviews/all-of-2026.md`, 10 MB of transcripts in one file.

    Good: one snapshot for each interview, each naming its `transcript`.
    """

    code = "OST003"
